"""Those who took part against a comparison group: effects where the design shows them, else differences."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

ROWS = pmsg("column", "Way of computing")

IMPACT: dict[str, Estimand] = {
    "effect": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Estimated effect"),
        figure="difference",
        columns=("difference", "interval", "p_value", "method", "n_level", "n_reference", "n_groups"),
        rows=ROWS,
        short=(
            Line(msg("{Term}: {estimate} steps.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: the estimated effect of taking part is {estimate} steps ({level_percent} interval "
                    "{conf_low} to {conf_high}; {n_level} who took part and {n_reference} who did not)."
                )
            ),
            Line(
                msg(
                    "{Term}: the estimated effect of taking part is {estimate} steps ({n_level} who took part and "
                    "{n_reference} who did not)."
                ),
                unless=("conf_low",),
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("did", "twfe", "ancova", "psw", "ebal", "aipw", "drdid", "staggered"),
    ),
    "association": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Difference against the comparison group"),
        figure="difference",
        columns=(
            "difference",
            "interval",
            "p_value",
            "p_adjusted",
            "method",
            "n_level",
            "n_reference",
            "n_groups",
        ),
        rows=ROWS,
        short=(
            Line(msg("{Term}: {estimate} steps.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: those who took part differ by {estimate} steps from the comparison group ({level_percent} "
                    "interval {conf_low} to {conf_high}; {n_level} and {n_reference} answers)."
                )
            ),
            Line(
                msg(
                    "{Term}: those who took part differ by {estimate} steps from the comparison group ({n_level} and "
                    "{n_reference} answers)."
                ),
                unless=("conf_low",),
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("did", "twfe", "ancova", "psw", "ebal", "aipw", "drdid", "staggered"),
    ),
    "baseline_difference": Estimand(
        unit="effect",
        label=pmsg("estimand", "Difference beforehand, in standard deviations"),
        figure="difference",
        columns=("estimate", "method", "mean_level", "mean_reference", "n_level", "n_reference", "reason"),
        rows=pmsg("column", "Characteristic"),
        short=(Line(msg("{Term}: {estimate} standard deviations.")),),
        report=(
            Line(
                msg(
                    "{Term}: those who took part lie {estimate} standard deviations from the comparison group "
                    "beforehand ({method})."
                )
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("psw", "match"),
    ),
    "hidden_bias_ratio": Estimand(
        unit="ratio",
        label=pmsg("estimand", "What something unmeasured would have to be"),
        figure="level",
        columns=("estimate", "n"),
        rows=pmsg("column", "Measure"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(
            Line(
                msg(
                    "{Term}: something unmeasured would have to be {estimate} times as common among "
                    "those who took part, "
                    "and make a good outcome {estimate} times as likely, to explain this away."
                )
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("evalue", "rosenbaum"),
    ),
    "hidden_bias_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Variance that something unmeasured would have to explain"),
        figure="level",
        columns=("estimate", "n"),
        rows=pmsg("column", "Measure"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(
            Line(
                msg(
                    "{Term}: something unmeasured would have to explain {estimate} of what is left of both the outcome "
                    "and who took part."
                )
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("sensemakr",),
    ),
    "bounded_difference": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "What would remain under less favourable assumptions"),
        figure="difference",
        columns=("difference", "interval", "n_level", "n_reference"),
        rows=pmsg("column", "Assumption"),
        short=(
            Line(msg("{Term}: {estimate} steps.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term} (by at most {delta} steps): between {bound_low} and {bound_high} steps, and with chance "
                    "taken into account between {conf_low} and {conf_high}."
                )
            ),
            Line(msg("{Term}: {estimate} steps ({method})."), unless=("bound_low",)),
            Line(msg("{Term}: {estimate} steps."), unless=("bound_low", "method")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("sensemakr", "oster", "closed form: the interval moved by the violation"),
    ),
    "pooled_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Change over several programmes"),
        figure="difference",
        columns=("difference", "interval", "n"),
        rows=pmsg("column", "Quantity"),
        short=(
            Line(msg("{Term}: {estimate} steps.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: {estimate} steps ({level_percent} interval {conf_low} to {conf_high}; {n} put together)."
                )
            ),
            Line(msg("{Term}: {estimate} steps ({n} put together)."), unless=("conf_low",)),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("meta", "metareg"),
    ),
    "heterogeneity": Estimand(
        unit="share",
        label=pmsg("estimand", "Spread between programmes that is more than chance"),
        figure="level",
        columns=("estimate", "interval", "p_value", "n"),
        rows=pmsg("column", "Quantity"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(
            Line(
                msg(
                    "{Term}: {estimate} ({level_percent} interval {conf_low} to {conf_high}; {n} put together)."
                )
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("meta",),
    ),
}
