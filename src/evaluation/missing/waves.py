"""One row per person who answered before, whether or not they answered after."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.stats.checks import demand_known
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

MIN_CLUSTERS = 5
"""Below this many organisations no interval is trustworthy."""


@dataclass(frozen=True, slots=True)
class Followed:
    """People who answered before; n people, p columns.

    Attributes
    ----------
    change
        Later minus earlier, shape (n,); NaN for those who did not answer after.
    before, after
        Shape (n,); after is NaN for those who did not answer.
    seen
        Shape (n,), whether they answered after.
    columns
        Shape (n, p): ones, the score before, and what else is known.
    cluster
        Shape (n,), numbers of the organisations; who has none is one by themselves.
    n_clusters
        Organisations.
    """

    change: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    seen: NDArray[np.bool_]
    columns: NDArray[np.float64]
    cluster: NDArray[np.intp]
    n_clusters: int


def two_waves(
    table: pd.DataFrame,
    *,
    before: str,
    after: str,
    value: str = "value",
    unit: str = "person",
    cluster: str = "organisation",
    known: Sequence[str] = (),
) -> pd.DataFrame:
    """Put two waves side by side for everyone who answered before.

    Parameters
    ----------
    table
        Long form: one row per unit and wave, with the columns `unit`, "wave", `value`, `cluster`.
    before, after
        The two waves, as they stand in the column "wave".
    value
        The column with the score, in steps of the scale.
    unit
        The column that identifies the same person in both waves.
    cluster
        The column with the organisation.
    known
        Further columns that may say who stays, taken from the wave before.

    Returns
    -------
    pandas.DataFrame
        One row per unit that answered before: "before", "after" (missing for who left),
        "organisation" and the columns `known`.

    Raises
    ------
    EstimationError
        If a column or a wave is missing, or a unit has two rows in one wave.

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "person": ["a", "b", "a"],
    ...     "organisation": ["x", "x", "x"],
    ...     "wave": ["w1", "w1", "w3"],
    ...     "value": [2, 3, 4],
    ... })
    >>> two_waves(scores, before="w1", after="w3")["after"].tolist()
    [4.0, nan]
    """
    _demand(table, [unit, "wave", value, cluster, *known])
    demand_known(table["wave"], (before, after))
    answered = table[table[value].notna() & table[unit].notna() & table["wave"].isin([before, after])]
    twice = int(answered.duplicated([unit, "wave"]).sum())
    if twice:
        raise EstimationError(
            msg("{count} rows repeat a unit within a wave.", count=twice),
            do=msg("Keep one row per unit and wave, or average them first."),
        )
    first, later = (answered[answered["wave"] == wave].set_index(unit) for wave in (before, after))
    wide = pd.DataFrame(
        {"before": first[value].astype(float), "after": later[value].astype(float).reindex(first.index)}
    )
    return wide.assign(organisation=first[cluster], **{name: first[name] for name in known})


def _demand(table: pd.DataFrame, names: Sequence[str]) -> None:
    for name in names:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )


def followed(table: pd.DataFrame, known: Sequence[str] = ()) -> Followed:
    """Return the numbers that the methods need, from a table made by `two_waves`.

    Parameters
    ----------
    table
        One row per person who answered before: "before", "after", "organisation".
    known
        Further columns that may say who stays: numbers, or categories. A missing category is one of
        its own; a missing number is set to the mean and marked. Columns that say nothing new are
        left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"before": [2.0, 3, 4], "after": [3.0, None, 4], "organisation": list("xyx")})
    >>> followed(rows).seen.tolist()
    [True, False, True]
    """
    _demand(table, ["before", "after", "organisation", *known])
    rows = table[table["before"].notna()]
    first, later = (rows[name].to_numpy(float, na_value=np.nan) for name in ("before", "after"))
    seen = ~np.isnan(later)
    if np.count_nonzero(seen) < 2:
        raise EstimationError(msg("Too few answered both times for a judgement."))
    # In the order of their names, so that the same draws serve the same organisations in any row order.
    codes, names = pd.factorize(rows["organisation"].astype("object").map(str, na_action="ignore"), sort=True)
    alone = codes < 0
    cluster = np.unique(np.where(alone, len(names) + np.cumsum(alone), codes), return_inverse=True)[1]
    parts = [np.ones((len(rows), 1)), first[:, None], *(_columns(rows[name]) for name in known)]
    return Followed(
        change=later - first,
        before=first,
        after=later,
        seen=seen,
        columns=_independent(np.hstack(parts)),
        cluster=cluster,
        n_clusters=int(cluster.max()) + 1,
    )


def _columns(known: pd.Series) -> NDArray[np.float64]:
    if pd.api.types.is_numeric_dtype(known):
        values = known.to_numpy(float, na_value=np.nan)
        absent = np.isnan(values)
        mean = values[~absent].mean() if not absent.all() else 0.0
        return np.column_stack([np.where(absent, mean, values), absent])
    codes, names = pd.factorize(known.astype("object"), sort=False, use_na_sentinel=False)
    return np.eye(len(names))[codes]


def _independent(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out columns that those before them add up to, and bring the others to like size."""
    kept: list[NDArray[np.float64]] = []
    basis = np.empty((len(columns), 0))
    for column in columns.T:
        rest = column - basis @ (basis.T @ column)
        size = np.linalg.norm(rest)
        if size > 1e-8 * max(np.linalg.norm(column), 1e-300):
            basis = np.column_stack([basis, rest / size])
            kept.append(column / np.abs(column).max())
    return np.column_stack(kept)
