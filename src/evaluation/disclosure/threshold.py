"""Withholding of rows about too few units, and of the sibling that would give them away."""

from dataclasses import replace

import numpy as np
import pandas as pd

from evaluation.disclosure.policy import PROTECTED_UNITS, Policy
from evaluation.result import Protection, Result
from evaluation.vocabulary.columns import CONTROL, GLOSSARY, KEYS
from evaluation.vocabulary.estimands import ESTIMANDS

UNIT_COUNTS = ("n", "n_level", "n_reference")
BREAKDOWN = ["indicator", "estimand", "item", "scale", "wave", "term", "group"]
STATED = ("target", "smallest_important")
"""What was written in the definition beforehand, and is no secret of anybody."""
HIDDEN = tuple(name for name in GLOSSARY if name not in (*KEYS, *CONTROL, *STATED))
SHARES = ("share_lowest", "share_highest")
"""Columns with the share who gave one certain answer."""
TAKING_PART = ("response_rate", "attrition", "response_pattern", "link_rate", "coded_share")
"""Quantities whose yes is that somebody took part: among all it is no secret how many did not."""
REGISTERED = ("covered_share", "eligible_share", "limited_share", "common_indicator")
"""Quantities counted in registers, of which it is no secret that all, or none, meet the requirement."""
COMPOSITION = ("group_share",)
"""Quantities whose yes is to belong to the level."""
FORECAST = ("answers_needed",)
"""Quantities that count answers nobody has given yet."""
PARTS = ("answer_share", "reliable_share")
"""Quantities whose rows are the several answers to one question."""
RULES = ("threshold", "small_part", "group_disclosure", "dominance", "sibling")


def protect(result: Result, policy: Policy) -> Result:
    """Withhold every row about too few units, looking at this result alone.

    A row is withheld if any of its counts of units is below the threshold and not zero; if the number
    of yes, or of no, is; if all gave the same answer; or if one unit makes up more of a sum than the
    policy allows (`largest_share`). How many did not take part is a secret in breakdowns only, and that
    all meet a requirement is none. Rows about statements, efforts or lines of a file count nobody and
    are left as they are. If just one level of a breakdown is withheld, the next smallest that is not
    empty is withheld too, because the total would give the first away. What was withheld before stays
    withheld. Rows that are signed off are shown.

    Parameters
    ----------
    result
        Any result; it is not changed.
    policy
        The thresholds.

    Returns
    -------
    Result
        The same rows, with every number of a withheld row removed and `suppressed` true.

    Examples
    --------
    >>> few = Result(pd.DataFrame({"estimand": ["attained_share"], "estimate": [0.75], "n": [4], "k": [3]}))
    >>> protect(few, Policy(min_cell=5)).table[["estimate", "suppressed"]].values.tolist()
    [[nan, True]]
    """
    table = result.table.reset_index(drop=True)
    exposed = _small(table, policy) | _small_part(table, policy) | _of_one_mind(table)
    exposed |= _dominated(table, policy)
    withheld = (exposed & _about_units(table) & ~_signed_off(table, policy)) | _withheld_before(table)
    withheld |= _sibling(table, withheld)
    return withhold(Result(table, result.meta), withheld, policy, RULES)


def withhold(result: Result, withheld: pd.Series, policy: Policy, rules: tuple[str, ...]) -> Result:
    """Remove every number, verdict and reason of the marked rows.

    Parameters
    ----------
    result
        Any result; it is not changed.
    withheld
        Per row, whether it is to be withheld.
    policy
        The thresholds, for the record.
    rules
        Keys of the rules that were applied.

    Returns
    -------
    Result
        The same rows with `suppressed`.
    """
    table, hidden = result.table.reset_index(drop=True), withheld.to_numpy(dtype=bool)
    columns = {
        name: _without(column, hidden) if name in HIDDEN else column
        for name, column in table.items()
        if name not in ("largest_share", *CONTROL)
    }
    shown = Protection(policy.min_cell, rules, int(hidden.sum()))
    near = {"rounded": table["rounded"].astype("float64").mask(hidden)} if "rounded" in table else {}
    found = pd.DataFrame({**columns, "suppressed": hidden, **near}, index=table.index)
    return Result(found, replace(result.meta, protected=shown))


def _without(column: pd.Series, hidden: np.ndarray) -> pd.Series:
    """Return a column without the marked values; as one table at the end, since columns set singly take long."""
    texts = column.dtype == "object" or pd.api.types.is_string_dtype(column)
    left = column.astype("object" if texts else "float64")
    if not hidden.any():
        return left
    return left.mask(hidden, None) if texts else left.mask(hidden)


def _about_units(table: pd.DataFrame) -> pd.Series:
    if "unit" not in table.columns:
        return pd.Series(True, index=table.index)
    return table["unit"].isna() | table["unit"].isin(PROTECTED_UNITS)


def _thresholds(table: pd.DataFrame, policy: Policy) -> pd.Series:
    if "group" not in table.columns:
        return pd.Series(float(policy.min_cell), index=table.index)
    return table["group"].astype("object").map(policy.threshold).astype("float64")


def _small(table: pd.DataFrame, policy: Policy) -> pd.Series:
    limits, small = _thresholds(table, policy), pd.Series(False, index=table.index)
    for name in UNIT_COUNTS:
        if name in table.columns:
            small |= _between(table[name], limits)
    for name in SHARES:
        if name in table.columns:
            small |= _between((table[name].astype("float64") * table["n"]).round(), limits)
    counts = table["estimand"].map(
        lambda key: key in ESTIMANDS and ESTIMANDS[key].unit == "count" and key not in FORECAST
    )
    return small | (counts.astype(bool) & _between(table["estimate"], limits))


def _between(counts: pd.Series, limits: pd.Series) -> pd.Series:
    numbers = counts.astype("float64")
    return (numbers > 0) & (numbers < limits)


def _small_part(table: pd.DataFrame, policy: Policy) -> pd.Series:
    """Few yes or few no; those who take no part only where a breakdown tells who they are."""
    if not {"k", "estimand"} <= set(table.columns):
        return pd.Series(False, index=table.index)
    limits, yes = _thresholds(table, policy), table["k"].astype("float64")
    no = table["n"].astype("float64") - yes
    secret = _levelled(table) | ~table["estimand"].isin(TAKING_PART)
    complement = ~table["estimand"].isin(PARTS)
    return secret & (_between(yes, limits) | (complement & _between(no, limits)))


def _of_one_mind(table: pd.DataFrame) -> pd.Series:
    """All said yes, or all said no. That nobody chose one of several answers tells nothing of anybody."""
    if not {"k", "estimand"} <= set(table.columns):
        return pd.Series(False, index=table.index)
    yes, everyone = table["k"].astype("float64"), table["n"].astype("float64")
    told = ~table["estimand"].isin(COMPOSITION) & ~(
        table["estimand"].isin((*TAKING_PART, *REGISTERED)) & ~_levelled(table)
    )
    told &= ~((table["estimand"] == "response_rate") & (yes == everyone))
    return told & (everyone > 0) & ((yes == everyone) | ((yes == 0) & ~table["estimand"].isin(PARTS)))


def _dominated(table: pd.DataFrame, policy: Policy) -> pd.Series:
    if "largest_share" not in table.columns:
        return pd.Series(False, index=table.index)
    return table["largest_share"].astype("float64") > policy.dominance


def _levelled(table: pd.DataFrame) -> pd.Series:
    if "level" not in table.columns:
        return pd.Series(False, index=table.index)
    return table["level"].notna()


def _signed_off(table: pd.DataFrame, policy: Policy) -> pd.Series:
    if not (policy.signed_off or policy.public):
        return pd.Series(False, index=table.index)
    return pd.Series([policy.allowed(row) for row in table.to_dict("records")], index=table.index)


def _sibling(table: pd.DataFrame, withheld: pd.Series) -> pd.Series:
    extra = pd.Series(False, index=table.index)
    if "level" not in table.columns or not withheld.any():
        return extra
    keys = [name for name in BREAKDOWN if name in table.columns]
    for _, rows in table[table["level"].notna()].groupby(keys, dropna=False, sort=False, observed=True):
        open_rows = rows.index[~withheld[rows.index]]
        if withheld[rows.index].sum() == 1 and len(open_rows) > 0:
            sizes = table.loc[open_rows, "k" if "k" in table.columns else "n"].astype("float64")
            if (sizes > 0).any():
                extra[sizes[sizes > 0].idxmin()] = True
    return extra


def _withheld_before(table: pd.DataFrame) -> pd.Series:
    if "suppressed" not in table.columns:
        return pd.Series(False, index=table.index)
    return table["suppressed"].eq(True).fillna(False).astype(bool)
