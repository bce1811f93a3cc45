"""Which levels of a classification occur, in an order that does not depend on the rows'."""

from collections.abc import Iterable

import pandas as pd

from evaluation.stats.checks import demand_known


def present_levels(values: pd.Series) -> list[str]:
    """Return the levels that occur: in the order of the categories, or else sorted.

    Parameters
    ----------
    values
        The level of each row; missing values are left out.
    """
    occurring = values.dropna().unique()
    if isinstance(values.dtype, pd.CategoricalDtype):
        return [level for level in values.cat.categories if level in occurring]
    return sorted(occurring)


def demand_levels(values: pd.Series, levels: Iterable[str]) -> None:
    """Refuse levels that a classification does not have.

    A level to which nobody belongs is a row about nobody, not a mistake: where the column has no categories that
    say which levels there are, one of those that are asked for must occur.

    Parameters
    ----------
    values
        The level of each row.
    levels
        What is asked for.

    Raises
    ------
    EstimationError
        With the nearest level.
    """
    wanted = list(levels)
    if isinstance(values.dtype, pd.CategoricalDtype) or (wanted and not values.isin(wanted).any()):
        demand_known(values, wanted)
