"""Withholding of rows about too few units, and of the sibling that would give them away."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from evaluation.result import Protection, Result
from evaluation.vocabulary.columns import STATISTICS

PROTECTED_UNITS = ("person", "organisation")
UNIT_COUNTS = ("n", "n_level", "n_reference")
BREAKDOWN = ["indicator", "estimand", "item", "scale", "wave", "term", "group"]
NUMBERS = (*STATISTICS, "reference")
HIDDEN = ("verdict", "reason")


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds of one programme, in number of units.

    Attributes
    ----------
    min_cell
        The smallest number of units behind a number that may be shown.
    min_cell_by_group
        Stricter thresholds of classifications with special categories of personal data.
    """

    min_cell: int = 5
    min_cell_by_group: Mapping[str, int] = field(default_factory=dict)

    def threshold(self, group: object) -> int:
        """Return the threshold for rows of a classification."""
        return self.min_cell_by_group.get(str(group), self.min_cell)


def protect(result: Result, policy: Policy) -> Result:
    """Withhold every row about too few units.

    A row is withheld if any of its counts of units is below the threshold and not zero, or if
    all of a group gave the same answer in a breakdown. Rows about statements, efforts or lines of
    a file count nobody and are left as they are. If just one level of a breakdown is withheld, the
    next smallest that is not empty is withheld too, because the total would give the first away.
    What was withheld before stays withheld.

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
    """
    table = result.table.reset_index(drop=True)
    about_units = _about_units(table)
    withheld = (_small(table, policy) | _group_disclosed(table)) & about_units | _withheld_before(table)
    withheld |= _sibling(table, withheld)
    numbers = [name for name in table.columns if name in NUMBERS]
    for name in numbers:
        table[name] = table[name].astype("float64").mask(withheld)
    for name in HIDDEN:
        if name in table.columns:
            table[name] = table[name].astype("object").mask(withheld, None)
    table["suppressed"] = withheld.to_numpy()
    shown = Protection(policy.min_cell, ("threshold", "group_disclosure", "sibling"), int(withheld.sum()))
    return Result(table, replace(result.meta, protected=shown))


def _about_units(table: pd.DataFrame) -> pd.Series:
    if "unit" not in table.columns:
        return pd.Series(True, index=table.index)
    return table["unit"].isna() | table["unit"].isin(PROTECTED_UNITS)


def _small(table: pd.DataFrame, policy: Policy) -> pd.Series:
    groups = (
        table["group"] if "group" in table.columns else pd.Series(None, index=table.index, dtype="object")
    )
    thresholds = groups.astype("object").map(policy.threshold).astype("float64")
    small = pd.Series(False, index=table.index)
    for name in UNIT_COUNTS:
        if name in table.columns:
            counts = table[name].astype("float64")
            small |= (counts > 0) & (counts < thresholds)
    if {"k", "group", "level"} <= set(table.columns):
        k = table["k"].astype("float64")
        small |= table["level"].notna() & (k > 0) & (k < thresholds)
    return small


def _group_disclosed(table: pd.DataFrame) -> pd.Series:
    if not {"k", "level", "estimand"} <= set(table.columns):
        return pd.Series(False, index=table.index)
    everyone = table["level"].notna() & table["estimate"].isin([0.0, 1.0])
    return everyone & ~table["estimand"].isin(["group_share", "response_rate"])


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
