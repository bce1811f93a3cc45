"""What a funder's report asks for besides findings: the design, common indicators, who was at workshops."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

REPORTING: dict[str, Estimand] = {
    "design": Estimand(
        unit="count",
        label=pmsg("estimand", "Design of the evaluation"),
        figure="level",
        columns=("finding",),
        rows=pmsg("column", "Design"),
        short=(Line(msg("{Term}")),),
        report=(Line(msg("{Term}")),),
        checked_by=("closed form: nothing is computed",),
    ),
    "common_indicator": Estimand(
        unit="count",
        label=pmsg("estimand", "Common indicator of the fund"),
        figure="level",
        columns=("counted_number", "known", "remark"),
        rows=pmsg("column", "Common indicator"),
        short=(
            Line(msg("{Term}: {estimate}.")),
            Line(msg("{Term}: not filled in."), unless=("estimate",)),
        ),
        report=(
            Line(msg("{Term}, {level}: {estimate} of {n}.")),
            Line(msg("{Term}: {estimate} of {n}."), unless=("level",)),
            Line(msg("{Term}: not filled in."), unless=("estimate",)),
        ),
        checked_by=("closed form: count",),
    ),
    "workshop_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of those at workshops"),
        figure="level",
        columns=("number_and_share",),
        rows=pmsg("column", "Who"),
        short=(Line(msg("{Term}: {k} of {n} at workshops.")),),
        report=(Line(msg("{Term}: {k} of {n} at workshops ({estimate}).")),),
        checked_by=("closed form: k / n",),
    ),
}
