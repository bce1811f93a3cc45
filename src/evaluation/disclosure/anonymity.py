"""How well the people of a table are hidden among others, before rows are handed out for research."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Anonymity:
    """How well people are hidden in a table with one row each.

    Attributes
    ----------
    k
        The number of people in the smallest group that looks alike; 0 in an empty table.
    diversity
        The smallest number of different sensitive values in a group that looks alike; None if no
        sensitive column is given.
    groups
        How many groups that look alike there are.
    exposed
        How many people are in groups smaller than the threshold, or with fewer different values.
    """

    k: int
    diversity: int | None
    groups: int
    exposed: int


def anonymity(
    table: pd.DataFrame,
    *,
    known: Sequence[str],
    sensitive: str | None = None,
    min_cell: int = 5,
    min_values: int = 2,
) -> Anonymity:
    """Count the people who cannot be told apart by what others may know of them.

    Parameters
    ----------
    table
        One row per person.
    known
        Columns that somebody else may know of a person, such as sex, age and company.
    sensitive
        A column that nobody should be able to learn.
    min_cell
        The smallest group in which a person counts as hidden.
    min_values
        The smallest number of different sensitive values in such a group.

    Returns
    -------
    Anonymity
        The table is k-anonymous and, for the sensitive column, l-diverse.

    Raises
    ------
    EstimationError
        If a column is missing or no column is given.

    Notes
    -----
    k is the size of the smallest set of rows with the same values in all `known` columns; a missing
    value is a value like any other. The diversity counts different values, so it does not see that one value is
    much more common than the others. Neither protects a person whose answers somebody knows in part.

    References
    ----------
    machanavajjhala2007, sweeney2002

    Examples
    --------
    >>> people = pd.DataFrame({"sex": ["woman", "woman", "man"], "health": ["good", "poor", "good"]})
    >>> anonymity(people, known=["sex"], sensitive="health", min_cell=2)
    Anonymity(k=1, diversity=1, groups=2, exposed=1)
    """
    wanted = [*known, *([sensitive] if sensitive else [])]
    for name in wanted:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    if not known:
        raise EstimationError(
            msg("No column is given that others may know."), do=msg("Name at least one column.")
        )
    if table.empty:
        return Anonymity(0, 0 if sensitive else None, 0, 0)
    alike = table.groupby(list(known), dropna=False, observed=True, sort=False)
    sizes = alike.size()
    few = sizes < min_cell
    values = alike[sensitive].nunique(dropna=False) if sensitive else None
    if values is not None:
        few |= values < min_values
    least = None if values is None else int(values.min())
    return Anonymity(int(sizes.min()), least, len(sizes), int(sizes[few].sum()))
