"""How well the questions measure."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

MEASUREMENT: dict[str, Estimand] = {
    "reliability": Estimand(
        unit="coefficient",
        label=pmsg("estimand", "Reliability"),
        figure="level",
        columns=("estimate", "interval", "n", "reason", "verdict"),
        rows=pmsg("column", "Coefficient"),
        short=(
            Line(msg("The reliability is {estimate}."), unless=("term",)),
            Line(msg("{term}: {estimate}."), unless=("Scale",)),
            Line(msg("{Scale}, {wave}: {term} is {estimate}.")),
        ),
        report=(
            Line(msg("The reliability is {estimate} ({n} answers)."), unless=("term",)),
            Line(msg("{term}: {estimate} ({n} answers)."), unless=("Scale",)),
            Line(msg("{Scale}, {wave}: {term} is {estimate} ({n} answers).")),
            Line(msg("{Scale}, {wave}: {term}."), unless=("estimate",)),
        ),
        checked_by=("alpha", "omega_cfa", "splithalf", "cfa"),
    ),
    "item_rest": Estimand(
        unit="coefficient",
        label=pmsg("estimand", "Correlation with the other questions"),
        figure="level",
        columns=("item", "item_rest", "share_lowest", "share_highest", "n", "reason"),
        rows=pmsg("column", "Scale"),
        short=(Line(msg("{item}: correlation {estimate} with the other questions.")),),
        report=(
            Line(
                msg(
                    "{item}: correlation {estimate} with the other questions; {share_lowest} chose the lowest "
                    "answer and {share_highest} the highest ({n} answers)."
                )
            ),
        ),
        checked_by=("alpha",),
    ),
    "measurement_shift": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Shift by unequal measurement"),
        figure="difference",
        columns=("contrast", "item", "difference", "dmacs", "p_value", "p_adjusted", "n", "reason"),
        rows=pmsg("column", "Scale"),
        short=(Line(msg("Unequal measurement moves the difference by {estimate} {steps}.")),),
        report=(
            Line(
                msg("Unequal measurement moves the difference by {estimate} {steps} ({n} answers)."),
                unless=("Scale",),
            ),
            Line(
                msg(
                    "{Scale}: questions that moved otherwise than the others account for {estimate} of the mean "
                    "change of {reference} {steps} ({n} people)."
                ),
                unless=("level", "item"),
            ),
            Line(
                msg(
                    "{Scale}, {level} minus {reference_level}: without the question “{item}” the difference would "
                    "change by {estimate} {steps} ({n} answers)."
                )
            ),
            Line(msg("At the same level their answers to it lie {dmacs} standard deviations apart.")),
            Line(msg("{Scale}."), unless=("estimate", "level")),
            Line(msg("{Scale}, {level} minus {reference_level}."), unless=("estimate",)),
            Line(
                msg(
                    "{Scale}: “{item}” moved {estimate} {steps} beyond what the other questions explain ({n} people)."
                ),
                unless=("level",),
            ),
        ),
        checked_by=("long_invariance", "dif_ordinal", "dmacs"),
    ),
    "ordinal_shift": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Shift by unequal measurement, answers as ordered"),
        figure="difference",
        columns=("contrast", "item", "difference", "n", "reason"),
        rows=pmsg("column", "Scale"),
        short=(Line(msg("Unequal measurement moves the change by {estimate} {steps}.")),),
        report=(
            Line(
                msg("Unequal measurement moves the change by {estimate} {steps} ({n} people)."),
                unless=("Scale",),
            ),
            Line(
                msg(
                    "{Scale}: with answers as ordered, not as numbers, questions that measure differently account for "
                    "{estimate} of the mean change of {reference} {steps} ({n} people)."
                ),
                unless=("item",),
            ),
            Line(
                msg(
                    "{Scale}: with answers as ordered, “{item}” moved {estimate} {steps} beyond what the questions "
                    "share ({n} people)."
                )
            ),
            Line(msg("{Scale}."), unless=("estimate",)),
        ),
        checked_by=("long_invariance_ordinal",),
    ),
    "equality_step": Estimand(
        unit="fit",
        label=pmsg("estimand", "Fit with more and more equal"),
        figure="level",
        columns=("cfi", "rmsea", "worse_by", "df", "p_value", "rmsea_difference", "n", "reason"),
        rows=pmsg("column", "Scale, and what is taken as equal"),
        short=(Line(msg("The fit (CFI) is {estimate}.")),),
        report=(
            Line(msg("The fit is {estimate} (CFI), with an error of {rmsea} (RMSEA)."), unless=("Scale",)),
            Line(msg("{Scale}, {term}: the fit is {estimate} (CFI), with an error of {rmsea} (RMSEA).")),
        ),
        checked_by=("long_invariance_ordinal",),
    ),
    "item_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "What the change of a question consists of"),
        figure="difference",
        columns=("item", "change", "true_change", "by_loading", "by_intercept", "dmacs", "n", "reason"),
        rows=pmsg("column", "Scale"),
        short=(Line(msg("The mean answer changed by {estimate} {steps}.")),),
        report=(
            Line(msg("The mean answer changed by {estimate} {steps} ({n} people)."), unless=("Scale",)),
            Line(
                msg(
                    "{Scale}: the mean answer to “{item}” changed by {estimate} {steps} ({n} people), of which "
                    "{true_change} is what the questions share, {by_loading} comes from another weight of the "
                    "question and {by_intercept} from another use of the answers."
                )
            ),
            Line(msg("{Scale}."), unless=("estimate",)),
        ),
        checked_by=("response_shift_parts",),
    ),
    "reliable_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Changed by more than measurement error"),
        figure="stacked",
        columns=("number_and_share", "detectable", "reason"),
        short=(Line(msg("{statement}: {estimate} {term}.")),),
        report=(
            Line(msg("{Statement}: {k} of {n} {respondents} ({estimate}) {term}.")),
            Line(
                msg("Measurement error alone can move one person by up to {detectable} {steps}."), sure=True
            ),
            Line(msg("{Label}."), unless=("estimate",)),
        ),
        checked_by=("rci",),
    ),
}
