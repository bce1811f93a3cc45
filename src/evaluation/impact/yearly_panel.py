"""Amounts of organisations by year, arranged for comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evaluation.impact.growth import GROWTH
from evaluation.stats.cluster_choice import FEWEST
from evaluation.stats.group_time import GroupTime, group_time_effects
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg


@dataclass(frozen=True)
class YearlyPanel:
    """Amounts of organisations by year, on both sides.

    Attributes
    ----------
    amounts
        One row per organisation, one column per year, ascending; NaN where there is none.
    start
        The first year that the programme can show in; 0 for the comparison group.
    cells
        The classifications within which organisations are compared.
    growth
        A key of `GROWTH`.
    """

    amounts: pd.DataFrame
    start: pd.Series
    cells: pd.DataFrame
    growth: str

    @property
    def years(self) -> np.ndarray:
        """Return the years, shape (years,)."""
        return self.amounts.columns.to_numpy(dtype=int)

    @property
    def starts(self) -> np.ndarray:
        """Return the years in which organisations start, ascending."""
        return np.unique(self.start[self.start > 0])

    @cached_property
    def cell(self) -> np.ndarray:
        """Return the number of each organisation's combination of classifications."""
        if self.cells.columns.empty:
            return np.zeros(len(self.cells), dtype=int)
        return self.cells.groupby(list(self.cells), observed=True).ngroup().to_numpy()

    @cached_property
    def effects(self) -> GroupTime:
        """Return the effects by start and year; before the start from one year to the next."""
        return self._effects(fixed_base=False)

    @cached_property
    def since_base(self) -> GroupTime:
        """Return the same with all growth counted from the last year before the start."""
        return self._effects(fixed_base=True)

    def _effects(self, *, fixed_base: bool) -> GroupTime:
        return group_time_effects(
            self.amounts,
            self.start,
            self.years,
            change=GROWTH[self.growth],
            cell=self.cell,
            fixed_base=fixed_base,
        )

    @property
    def used(self) -> np.ndarray:
        """Return which organisations any effect from the start on is made of, shape (organisations,)."""
        return self.effects.used[:, self.effects.period >= self.effects.group].any(axis=1)


def yearly_panel(
    table: pd.DataFrame,
    *,
    start: str = "start",
    value: str = "value",
    unit: str = "organisation",
    year: str = "year",
    growth: str = "symmetric",
    cells: Sequence[str] = (),
) -> YearlyPanel:
    """Arrange yearly amounts of organisations for comparison.

    Parameters
    ----------
    table
        One row per organisation and year.
    start
        The column with the year in which an organisation starts; 0 for the comparison group.
    value, unit, year
        Columns with the amount in money of one year, the organisation, and the year as a number.
    growth
        A key of `GROWTH`: "symmetric", "log" or "percentage".
    cells
        Classifications: every organisation is compared with others of the same levels.

    Returns
    -------
    YearlyPanel
        Without organisations that lack a classification, that had started in the first year, or that start together
        with fewer than four others.

    Raises
    ------
    EstimationError
        If a column is missing, a definition of growth is unknown, or one side is empty.

    References
    ----------
    callaway2021

    Examples
    --------
    >>> rows = pd.DataFrame({"organisation": np.repeat(range(20), 3), "year": [2020, 2021, 2022] * 20, "value": 5.0})
    >>> rows["start"] = np.where(rows["organisation"] < 10, 2022, 0)
    >>> yearly_panel(rows).amounts.shape
    (20, 3)
    """
    for name in (start, value, unit, year, *cells):
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    if growth not in GROWTH:
        raise EstimationError(
            msg("There is no definition of growth {name}.", name=growth), do=one_of(growth, GROWTH)
        )
    rows = table[table[[start, *cells]].notna().all(axis=1)]
    wide = rows.pivot_table(index=unit, columns=year, values=value, dropna=False).sort_index(axis=1)
    about = rows.drop_duplicates(unit).set_index(unit).loc[wide.index]
    began = about[start].astype("int64")
    many = (began == 0) | ((began.map(began.value_counts()) >= FEWEST) & (began > wide.columns[0]))
    panel = YearlyPanel(wide[many], began[many], about.loc[many, list(cells)], growth)
    if not len(panel.starts) or not (panel.start == 0).any():
        raise EstimationError(
            msg(
                "Yearly accounts need five organisations that start in the same year, and a comparison group."
            )
        )
    return panel
