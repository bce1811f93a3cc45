"""Those who took part against a comparison group: effects where the design shows them, else differences."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.estimands.missing import MISSING
from evaluation.vocabulary.message import msg, pmsg

ROWS = pmsg("column", "Way of computing")

IMPACT: dict[str, Estimand] = {
    "effect": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Estimated effect"),
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
            Line(msg("{Term}: {estimate} {steps}.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: the estimated effect of taking part is {estimate} {steps} ({level_percent} interval "
                    "{conf_low} to {conf_high}; {n_level} who took part and {n_reference} who did not)."
                )
            ),
            Line(
                msg(
                    "{Term}: the estimated effect of taking part is {estimate} {steps} ({n_level} who took part and "
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
            Line(msg("{Term}: {estimate} {steps}.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: those who took part differ by {estimate} {steps} from the comparison group "
                    "({level_percent} "
                    "interval {conf_low} to {conf_high}; {n_level} and {n_reference} answers)."
                )
            ),
            Line(
                msg(
                    "{Term}: those who took part differ by {estimate} {steps} from the comparison group ({n_level} and "
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
        short=(
            Line(msg("{Term}: {estimate} standard deviations ({method}).")),
            Line(msg("{Label}: {estimate} standard deviations ({method})."), unless=("term",)),
        ),
        report=(
            Line(
                msg(
                    "{Label}: those who took part lie {estimate} standard deviations from the comparison group "
                    "beforehand ({method})."
                ),
                unless=("term",),
            ),
            Line(
                msg(
                    "{Term}, {level}: those who took part lie {estimate} standard deviations from the comparison group "
                    "beforehand ({method})."
                )
            ),
            Line(
                msg(
                    "{Term}: those who took part lie {estimate} standard deviations from the comparison group "
                    "beforehand ({method})."
                ),
                unless=("level",),
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
            Line(msg("{Term}: {estimate} {steps}.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term} (by at most {delta} {steps}): between {bound_low} and {bound_high} {steps}, and with "
                    "chance taken into account between {conf_low} and {conf_high}."
                )
            ),
            Line(msg("{Term}, {level}: {estimate} {steps} ({method})."), unless=("bound_low",)),
            Line(msg("{Term}: {estimate} {steps} ({method})."), unless=("bound_low", "level")),
            Line(msg("{Term}: {estimate} {steps}."), unless=("bound_low", "method")),
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
    "company_prediction": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Where a further organisation's mean change is likely to lie"),
        figure="difference",
        columns=("change", "prediction", "in_organisations"),
        rows=pmsg("column", "Statement"),
        short=(Line(msg("A further organisation: {conf_low} to {conf_high} {steps}.")),),
        report=(
            Line(
                msg(
                    "{Label}: the mean change of a further organisation is likely to lie between {conf_low} and "
                    "{conf_high} {steps} ({level_percent} prediction from {n} organisations)."
                )
            ),
        ),
        checked_by=("meta", "metareg"),
    ),
    "company_heterogeneity": Estimand(
        unit="share",
        label=pmsg("estimand", "Spread between organisations that is more than chance"),
        figure="level",
        columns=("estimate", "interval", "p_value", "in_organisations"),
        rows=pmsg("column", "Statement"),
        short=(Line(msg("{Label}: {estimate} of the spread between organisations is more than chance.")),),
        report=(
            Line(
                msg(
                    "{Label}: of the spread between the organisations' changes {estimate} is more than chance "
                    "({level_percent} interval {conf_low} to {conf_high}; {n} organisations)."
                )
            ),
        ),
        checked_by=("meta",),
    ),
    "evidence_step": Estimand(
        unit="count",
        label=pmsg("estimand", "How strong the evidence is"),
        figure="level",
        columns=("on_the_ladder",),
        rows=pmsg("column", "Ladder"),
        short=(Line(msg("{Term}: step {estimate} on a scale that ends at {reference}.")),),
        report=(Line(msg("{Term}: step {estimate} on a scale that ends at {reference}.")),),
        checked_by=("closed form: the design's place on a ladder",),
    ),
    "compared_attrition": MISSING["differential_attrition"],
    "compared_count": Estimand(
        unit="count",
        label=pmsg("estimand", "Who is compared"),
        figure="level",
        columns=("in_programme", "in_comparison"),
        rows=pmsg("column", "Counted"),
        short=(Line(msg("{Term}: {n_level} and {n_reference}.")),),
        report=(
            Line(msg("{Term}: {n_level} of those who take part and {n_reference} of the comparison group.")),
        ),
        checked_by=("closed form: count",),
    ),
    "growth_difference": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Difference in growth, in percentage points"),
        figure="difference",
        columns=(
            "points",
            "interval",
            "p_value",
            "mean_growth",
            "mean_growth_others",
            "in_programme",
            "in_comparison",
            "verdict",
        ),
        rows=pmsg("column", "Amount in the accounts"),
        short=(
            Line(msg("{Term}: {estimate} percentage points.")),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: the growth of those who take part differs by {estimate} percentage points from that of "
                    "the organisations they are compared with ({level_percent} interval {conf_low} to {conf_high}; "
                    "{n_level} and {n_reference} organisations)."
                )
            ),
            Line(
                msg(
                    "{Term}: the growth of those who take part differs by {estimate} percentage points from that of "
                    "the organisations they are compared with ({n_level} and {n_reference} organisations)."
                ),
                unless=("conf_low",),
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("closed form: weighted difference of means",),
    ),
}
