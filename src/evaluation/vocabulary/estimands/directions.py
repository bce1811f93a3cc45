"""Who rose and fell, and changes of shares and of ordered answers."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

DIRECTIONS: dict[str, Estimand] = {
    "direction_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share who rose, stayed or fell"),
        figure="stacked",
        columns=("number_and_share", "interval", "n", "n_groups"),
        short=(
            Line(msg("{Label}: {estimate} {term}.")),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        report=(
            Line(msg("{Label}: {k} of {n} {respondents} ({estimate}) {term}.")),
            Line(msg("{Label}: {k} of {n} {respondents} ({estimate})."), unless=("term",)),
        ),
        checked_by=("prop_cr2",),
    ),
    "share_change": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Change of the share of yes"),
        figure="difference",
        columns=("mean_before", "mean_after", "change", "interval", "n", "n_groups", "method"),
        short=(Line(msg("The share of yes went from {mean_before} to {mean_after}.")),),
        report=(
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, the share of yes went from "
                    "{mean_before} to {mean_after} ({level_percent} interval of the change {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, the share of yes went from "
                    "{mean_before} to {mean_after}."
                ),
                unless=("conf_low",),
            ),
        ),
        checked_by=("mcnemar", "paired_prop_diff", "crv"),
    ),
    "net_rise": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Rose minus fell"),
        figure="difference",
        columns=("difference", "interval", "n", "n_groups", "method"),
        short=(Line(msg("Those who rose less those who fell: {estimate} percentage points.")),),
        report=(
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, those who rose less those who fell "
                    "were {estimate} percentage points ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, those who rose less those who fell "
                    "were {estimate} percentage points."
                ),
                unless=("conf_low",),
            ),
        ),
        checked_by=("crv",),
    ),
    "odds_ratio": Estimand(
        unit="ratio",
        label=pmsg("estimand", "Odds ratio of a higher answer"),
        figure="difference",
        columns=("estimate", "interval", "p_value", "n", "n_groups"),
        short=(Line(msg("The odds of a higher answer were {estimate} times as large afterwards.")),),
        report=(
            Line(
                msg(
                    "The odds of a higher answer were {estimate} times as large afterwards ({level_percent} interval "
                    "{conf_low} to {conf_high}; {n} answers)."
                )
            ),
            Line(
                msg("The odds of a higher answer were {estimate} times as large afterwards ({n} answers)."),
                unless=("conf_low",),
            ),
        ),
        checked_by=("clmm",),
    ),
    "moved_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share who gave another answer"),
        figure="target",
        columns=("number_and_share", "statistic", "df", "p_value"),
        short=(Line(msg("{k} of {n} gave another answer afterwards ({estimate}).")),),
        report=(
            Line(msg("{k} of {n} gave another answer afterwards ({estimate}).")),
            Line(msg("{Term}: the p value is {p_value}."), sure=True),
        ),
        checked_by=("marginal_homogeneity",),
    ),
    "ceiling_share": Estimand(
        unit="share",
        label=pmsg("estimand", "At the best value already before"),
        figure="target",
        columns=("number_and_share", "headroom"),
        short=(
            Line(msg("{Label}: {k} of {n} {respondents} ({estimate}) gave the best answer already before.")),
        ),
        report=(
            Line(
                msg(
                    "{Label}: {k} of {n} {respondents} ({estimate}) gave the best answer already before and could not "
                    "improve."
                )
            ),
            Line(msg("The mean was {headroom} {steps} from the best value.")),
        ),
        checked_by=("closed form: k / n",),
    ),
}
