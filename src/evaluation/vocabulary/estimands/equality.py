"""Who takes part, and how groups differ."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

EQUALITY: dict[str, Estimand] = {
    "mean_gap": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Difference in means"),
        figure="difference",
        columns=(
            "contrast",
            "mean_level",
            "mean_reference",
            "difference",
            "interval",
            "p_adjusted",
            "verdict",
        ),
        short=(
            Line(msg("{Statement}: {mean_level} among {level}, {mean_reference} among {reference_level}.")),
        ),
        report=(
            Line(
                msg(
                    "For {statement} the mean is {mean_level} among {level} ({n_level} answers) and "
                    "{mean_reference} among {reference_level} ({n_reference} answers), a difference of {estimate} "
                    "{steps} ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "For {statement} the mean is {mean_level} among {level} ({n_level} answers) and "
                    "{mean_reference} among {reference_level} ({n_reference} answers), a difference of {estimate} "
                    "{steps}."
                ),
                unless=("conf_low",),
            ),
        ),
        easy=(
            Line(msg("{n_level} {level} answered.")),
            Line(msg("{n_reference} {reference_level} answered.")),
        ),
        checked_by=("crv", "gap"),
    ),
    "group_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of those who take part"),
        figure="composition",
        columns=("taking_part", "reference", "ratio", "p_value", "verdict"),
        short=(Line(msg("{Statement}, {estimate} are {level}.")),),
        report=(
            Line(msg("{Statement}, {k} of {n} are {level} ({estimate}).")),
            Line(msg("Among those they are compared with, {reference} are {level}.")),
        ),
        easy=(Line(msg("{k} of {n} are {level}.")),),
        checked_by=("representation",),
    ),
    "group_mean": Estimand(
        unit="score",
        label=pmsg("estimand", "Mean"),
        figure="level",
        columns=("estimate", "interval", "n"),
        short=(Line(msg("{Level}: {estimate}.")),),
        report=(Line(msg("Among {level} the mean is {estimate} ({n} answers).")),),
        checked_by=("prop_cr2",),
    ),
}
