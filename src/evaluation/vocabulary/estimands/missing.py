"""Who is silent, and whether a conclusion would be another if they differ from those who answered."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

MISSING: dict[str, Estimand] = {
    "response_pattern": Estimand(
        unit="share",
        label=pmsg("estimand", "When they answered"),
        figure="level",
        columns=("number_and_share",),
        rows=pmsg("column", "Answered"),
        short=(Line(msg("{Term}: {k} of {n} ({estimate}).")),),
        report=(Line(msg("{Term}: {k} of {n} ({estimate}).")),),
        checked_by=("closed form: k / n",),
    ),
    "attrition": Estimand(
        unit="share",
        label=pmsg("estimand", "Attrition"),
        figure="level",
        columns=("left_early", "verdict"),
        rows=pmsg("column", "Group"),
        short=(
            Line(msg("{k} of {n} left."), unless=("level",)),
            Line(msg("{k} of {n} {level} left.")),
        ),
        report=(
            Line(msg("{k} of {n} left before the end ({estimate})."), unless=("level",)),
            Line(msg("{k} of {n} {level} left before the end ({estimate}).")),
        ),
        checked_by=("closed form: k / n",),
    ),
    "differential_attrition": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Difference in attrition"),
        figure="difference",
        columns=("contrast", "points", "boundary", "verdict"),
        rows=pmsg("column", "Group"),
        short=(Line(msg("The attrition of the two groups differs by {estimate} percentage points.")),),
        report=(
            Line(
                msg(
                    "{k} of {n} left before the end; the attrition of the two groups differs by {estimate} percentage "
                    "points."
                )
            ),
            Line(
                msg("With so many leaving in all, {reference} percentage points or less count as low."),
                sure=True,
            ),
        ),
        checked_by=("closed form: difference of two k / n",),
    ),
    "assumed_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Mean change of everyone who answered before"),
        figure="difference",
        columns=("change", "interval", "bounds", "verdict"),
        rows=pmsg("column", "Those who left"),
        short=(Line(msg("{Term}: {estimate} {steps}.")),),
        report=(
            Line(
                msg(
                    "{Term}: {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high}). {verdict}."
                ),
                unless=("bound_low",),
            ),
            Line(
                msg(
                    "{Term}: between {bound_low} and {bound_high} {steps} ({level_percent} interval {conf_low} to "
                    "{conf_high}). {verdict}."
                )
            ),
            Line(msg("{Term}: {estimate} {steps}."), unless=("conf_low", "bound_low")),
            Line(msg("{Term}: between {bound_low} and {bound_high} {steps}."), unless=("conf_low",)),
        ),
        checked_by=("ipw", "rubin", "manski", "crv"),
    ),
    "leaver_gap": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Those who left minus those who stayed"),
        figure="difference",
        columns=("mean_left", "mean_stayed", "difference", "interval", "p_adjusted", "verdict"),
        short=(
            Line(
                msg(
                    "{Statement}: {mean_level} among those who left, {mean_reference} among those who stayed."
                )
            ),
        ),
        report=(
            Line(
                msg(
                    "{Statement}: {mean_level} among the {n_level} who left, {mean_reference} among the {n_reference} "
                    "who stayed, a difference of {estimate} {steps} ({level_percent} interval {conf_low} to "
                    "{conf_high})."
                )
            ),
            Line(
                msg(
                    "{Statement}: {mean_level} among the {n_level} who left, {mean_reference} among the {n_reference} "
                    "who stayed."
                ),
                unless=("conf_low",),
            ),
        ),
        checked_by=("crv",),
    ),
    "conclusion": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Verdict under other assumptions"),
        figure="level",
        columns=("usual", "finding", "verdict"),
        short=(),
        report=(),
        checked_by=("closed form: comparison of verdicts",),
    ),
}
