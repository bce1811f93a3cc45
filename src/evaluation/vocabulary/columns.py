"""The column glossary: the only names a result may use, with their meaning."""

from collections.abc import Iterable

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import Message, msg, pmsg

KEYS: dict[str, Message] = {
    "indicator": pmsg("column", "Indicator"),
    "estimand": pmsg("column", "Quantity"),
    "unit": pmsg("column", "Unit"),
    "scale": pmsg("column", "Scale"),
    "item": pmsg("column", "Question"),
    "term": pmsg("column", "Part"),
    "wave": pmsg("column", "Wave"),
    "contrast": pmsg("column", "Comparison"),
    "group": pmsg("column", "Classification"),
    "level": pmsg("column", "Group"),
    "project": pmsg("column", "Project"),
    "method": pmsg("column", "Computed by"),
}
ESTIMATES: dict[str, Message] = {
    "estimate": pmsg("column", "Estimate"),
    "std_error": pmsg("column", "Standard error"),
    "conf_low": pmsg("column", "Interval from"),
    "conf_high": pmsg("column", "Interval to"),
    "statistic": pmsg("column", "Test statistic"),
    "df": pmsg("column", "Degrees of freedom"),
    "p_value": pmsg("column", "p value"),
    "p_adjusted": pmsg("column", "p (Holm)"),
    "p_step_down": pmsg("column", "p (Westfall and Young)"),
    "std_change": pmsg("column", "Standardised change"),
    "shrunken": pmsg("column", "Drawn towards the mean"),
    "predicted_low": pmsg("column", "A further project: from"),
    "predicted_high": pmsg("column", "A further project: to"),
    "sd_change": pmsg("column", "Standard deviation of the change"),
    "icc": pmsg("column", "Intraclass correlation of the change"),
    "heterogeneity": pmsg("column", "Spread that is more than chance"),
    "true_change": pmsg("column", "Of which what the questions share"),
    "by_loading": pmsg("column", "Of which other weight"),
    "by_intercept": pmsg("column", "Of which other use of the answers"),
    "rmsea": pmsg("column", "Error of the fit (RMSEA)"),
    "rmsea_difference": pmsg("column", "Error per equality"),
    "dmacs": pmsg("column", "Unequal measurement, in standard deviations"),
}
LEVELS: dict[str, Message] = {
    "mean_before": pmsg("column", "Before"),
    "mean_after": pmsg("column", "After"),
    "mean_level": pmsg("column", "Mean of the group"),
    "mean_reference": pmsg("column", "Mean of the reference group"),
    "mean_share": pmsg("column", "Mean of the units' own shares"),
    "largest_share": pmsg("column", "Largest unit's share"),
    "ratio": pmsg("column", "Ratio"),
    "bend": pmsg("column", "Change of the yearly difference from one year to the next"),
    "headroom": pmsg("column", "Room to the best value"),
    "share_lowest": pmsg("column", "Chose the lowest answer"),
    "share_highest": pmsg("column", "Chose the highest answer"),
}
COUNTS: dict[str, Message] = {
    "n": pmsg("column", "Answers"),
    "n_total": pmsg("column", "All"),
    "k": pmsg("column", "Yes"),
    "n_groups": pmsg("column", "Organisations"),
    "n_level": pmsg("column", "Answers in the group"),
    "n_reference": pmsg("column", "Answers in the reference group"),
    "named_by": pmsg("column", "Named by"),
    "names": pmsg("column", "Names others"),
}
LIMITS: dict[str, Message] = {
    "bound_low": pmsg("column", "Among all: at least"),
    "bound_high": pmsg("column", "Among all: at most"),
    "n_needed": pmsg("column", "Yes needed among the silent"),
    "tipping_share": pmsg("column", "Share needed among the silent"),
    "delta": pmsg("column", "Shift of those who left"),
    "detectable": pmsg("column", "Smallest change that counts"),
    "probability": pmsg("column", "Chance that the target is reached"),
}
JUDGEMENT: dict[str, Message] = {
    "target": pmsg("column", "Target"),
    "reference": pmsg("column", "Compared with"),
    "smallest_important": pmsg("column", "Smallest important change"),
    "verdict": pmsg("column", "Verdict"),
    "reason": pmsg("column", "Reason"),
    "usual": pmsg("column", "Verdict in the report"),
    "changes_under": pmsg("column", "Another verdict under"),
}
CONTROL: dict[str, Message] = {
    "suppressed": pmsg("column", "Withheld"),
    "rounded": pmsg("column", "Rounded"),
}

STATISTICS = {**ESTIMATES, **LEVELS, **COUNTS, **LIMITS}
GLOSSARY: dict[str, Message] = {**KEYS, **STATISTICS, **JUDGEMENT, **CONTROL}
MANDATORY = ("estimand", "estimate", "n")


def check_columns(columns: Iterable[str]) -> None:
    """Refuse a table with a column outside the glossary or without the mandatory ones."""
    names = list(columns)
    for name in names:
        if name not in GLOSSARY:
            raise EstimationError(
                msg("A result cannot have the column {name}.", name=name), do=one_of(name, GLOSSARY)
            )
    missing = [name for name in MANDATORY if name not in names]
    if missing:
        raise EstimationError(
            msg("A result needs the columns {missing}.", missing=", ".join(missing)),
            do=msg("Add them to the table; the others are optional."),
        )
