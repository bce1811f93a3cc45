"""Earlier and later values of the same units, side by side."""

import numpy as np
import pandas as pd

from evaluation.stats.checks import demand_known
from evaluation.stats.cluster_choice import ClusterInference
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg, nmsg

INFERENCE = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")


def paired_values(
    table: pd.DataFrame, *, before: str, after: str, value: str, unit: str, cluster: str | None
) -> pd.DataFrame:
    """Values of those who answered both times.

    Parameters
    ----------
    table, before, after, value, unit, cluster
        As in `mean_change`.

    Returns
    -------
    pandas.DataFrame
        One row per unit with both waves: `before`, `after` and `cluster`, a number.

    Raises
    ------
    EstimationError
        If a column or a wave is missing, or a unit has two rows in one wave.

    Examples
    --------
    >>> scores = pd.DataFrame({"person": [1, 1, 2], "wave": ["w1", "w3", "w1"], "value": [2, 4, 3]})
    >>> paired_values(
    ...     scores, before="w1", after="w3", value="value", unit="person", cluster=None
    ... )["after"].tolist()
    [4.0]
    """
    for name in {unit, "wave", value, *([cluster] if cluster else [])}:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    demand_known(table["wave"], (before, after))
    known = table[value].notna() & table[unit].notna()
    rows = table[table["wave"].isin([before, after]) & known]
    twice = int(rows.duplicated([unit, "wave"]).sum())
    if twice:
        raise EstimationError(
            nmsg(
                "One row repeats a unit within a wave.",
                "{count} rows repeat a unit within a wave.",
                count=twice,
            ),
            do=msg("Keep one row per unit and wave, or average them first."),
        )
    rows = rows.astype({unit: "object"}).set_index(unit)
    first, later = (rows[rows["wave"] == wave] for wave in (before, after))
    both = first.index.intersection(later.index, sort=False)
    wide = pd.DataFrame({"before": first[value].reindex(both), "after": later[value].reindex(both)})
    wide = wide.astype(float)
    if cluster is None or cluster == unit:
        return wide.assign(cluster=np.arange(len(wide)))
    named = [part[cluster].astype("object").reindex(wide.index) for part in (first, later)]
    return wide.assign(cluster=_clusters(named[0].fillna(named[1])))


def _clusters(named: pd.Series) -> np.ndarray:
    """Give every cluster a number; a unit without one is a cluster of its own."""
    codes, names = pd.factorize(named, sort=False)
    alone = codes < 0
    return np.where(alone, len(names) + np.cumsum(alone), codes)


def said_of(found: ClusterInference) -> dict[str, float | int | str]:
    """Columns that say what a contrast rests on and how it was computed.

    Parameters
    ----------
    found
        From `mean_inference` or `cluster_inference`.

    Returns
    -------
    dict
        Estimate, inference, `n`, `n_groups` (the clusters that the contrast rests on) and `method`.

    Examples
    --------
    >>> from evaluation.stats.cluster_choice import mean_inference
    >>> said_of(mean_inference([1.0, 2.0, 4.0], list("aab")))["method"]
    'too_few_clusters'
    """
    numbers = {name: float(getattr(found, name)) for name in ("estimate", *INFERENCE)}
    return numbers | {"n": found.n, "n_groups": found.identifying_clusters, "method": found.method}
