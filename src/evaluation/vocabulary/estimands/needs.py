"""What is needed, what there is, and which need is the largest."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

NEEDS: dict[str, Estimand] = {
    "need_area": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Need and competence"),
        figure="quadrant",
        columns=("needed", "there", "lacking", "n"),
        rows=pmsg("column", "Area"),
        short=(Line(msg("{item}: {mean_reference} needed, {mean_level} there.")),),
        report=(
            Line(
                msg(
                    "{item}: {mean_reference} needed and {mean_level} there on average, a difference of {estimate} "
                    "steps ({n} answers)."
                )
            ),
        ),
        checked_by=("needs_quadrant",),
    ),
    "need_rank": Estimand(
        unit="rank",
        label=pmsg("estimand", "Rank among the needs"),
        figure="level",
        columns=("rank", "rank_range", "top_three", "weighted", "lack_more", "n"),
        rows=pmsg("column", "Area"),
        short=(Line(msg("{item}: rank {estimate}.")),),
        report=(
            Line(
                msg(
                    "{item}, {term}: rank {estimate} among the needs; with organisations drawn anew, {conf_low} to "
                    "{conf_high}."
                )
            ),
            Line(msg("{item}, {term}: rank {estimate} among the needs."), unless=("conf_low",)),
            Line(msg("The chance that it is among the three largest is {probability}."), sure=True),
        ),
        checked_by=("borich", "rds"),
    ),
}
