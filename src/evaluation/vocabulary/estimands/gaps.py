"""Gaps looked into: adjusted, developing, in parts, and between combinations of groups."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

ROWS = pmsg("column", "Statement and part")

GAPS: dict[str, Estimand] = {
    "share_gap": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Difference in shares"),
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
                    "{Statement}: {mean_level} among {level} ({n_level} answers) and {mean_reference} among "
                    "{reference_level} ({n_reference} answers), a difference of {estimate} percentage points "
                    "({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "{Statement}: {mean_level} among {level} ({n_level} answers) and {mean_reference} among "
                    "{reference_level} ({n_reference} answers), a difference of {estimate} percentage points."
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
    "adjusted_gap": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Difference, as it is and adjusted"),
        figure="difference",
        columns=("contrast", "difference", "interval", "n_level", "n_reference"),
        rows=ROWS,
        short=(Line(msg("{Statement}, {term}: {estimate} {steps}.")),),
        report=(
            Line(
                msg(
                    "{Statement}, {term}: {level} minus {reference_level} is {estimate} {steps} "
                    "({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg("{Statement}, {term}: {level} minus {reference_level} is {estimate} {steps}."),
                unless=("conf_low",),
            ),
            Line(msg("{Statement}, {term}: too few for an estimate."), unless=("estimate",)),
        ),
        checked_by=("crv", "emmeans"),
    ),
    "gap_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "How the difference has moved"),
        figure="difference",
        columns=("contrast", "difference", "interval", "p_adjusted", "p_step_down", "n_level", "n_reference"),
        rows=ROWS,
        short=(Line(msg("{Statement}, {term}: {estimate} {steps}.")),),
        report=(
            Line(
                msg(
                    "{Statement}, {term}: {level} minus {reference_level} is {estimate} {steps} "
                    "({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg("{Statement}, {term}: {level} minus {reference_level} is {estimate} {steps}."),
                unless=("conf_low",),
            ),
            Line(msg("{Statement}, {term}: too few for an estimate."), unless=("estimate",)),
        ),
        checked_by=("gap_change",),
    ),
    "gap_part": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Part of the difference"),
        figure="difference",
        columns=("contrast", "difference", "interval", "n_level", "n_reference"),
        rows=ROWS,
        short=(Line(msg("{Statement}, {term}: {estimate} {steps}.")),),
        report=(
            Line(
                msg(
                    "{Statement}, {term}: {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(msg("{Statement}, {term}: {estimate} {steps}."), unless=("conf_low",)),
            Line(msg("{Statement}, {term}: too few for an estimate."), unless=("estimate",)),
        ),
        checked_by=("oaxaca",),
    ),
    "gap_movement": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "How far background moves the difference"),
        figure="difference",
        columns=("contrast", "difference"),
        rows=ROWS,
        short=(Line(msg("{Statement}, {term}: {estimate} {steps}.")),),
        report=(
            Line(msg("{Statement}, {term}: {estimate} {steps}.")),
            Line(msg("{Statement}, {term}: too few for an estimate."), unless=("estimate",)),
        ),
        checked_by=("closed form: the parts add up to the raw minus the adjusted gap",),
    ),
    "stratum_count": Estimand(
        unit="count",
        label=pmsg("estimand", "How many there are"),
        figure="level",
        columns=("number_of_people",),
        rows=pmsg("column", "Combination"),
        short=(Line(msg("{Level}: {n}.")),),
        report=(Line(msg("{Level}: {n}.")),),
        checked_by=("closed form: count",),
    ),
    "stratum_mean": Estimand(
        unit="score",
        label=pmsg("estimand", "Mean, drawn towards that of all"),
        figure="level",
        columns=("estimate", "interval", "n"),
        rows=pmsg("column", "Combination"),
        short=(Line(msg("{Level}: {estimate}.")),),
        report=(
            Line(msg("Among {level} the mean is about {estimate} ({n} answers).")),
            Line(msg("{Level}: too few for an estimate."), unless=("estimate",)),
        ),
        checked_by=("maihda",),
    ),
    "stratum_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of the variance"),
        figure="level",
        columns=("estimate", "interval", "n"),
        rows=pmsg("column", "Measure"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(
            Line(
                msg("{Term}: {estimate} ({level_percent} interval {conf_low} to {conf_high}; {n} answers).")
            ),
            Line(msg("{Term}: {estimate} ({n} answers)."), unless=("conf_low",)),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("maihda",),
    ),
}
