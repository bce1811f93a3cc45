"""What every comparison needs of its table: complete rows, sides, organisations and covariates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evaluation.stats.cluster_choice import (
    ClusterInference,
    cluster_inference,
    mean_inference,
    method_for,
)
from evaluation.stats.doubly_robust import Influence
from evaluation.stats.propensity import sides
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

INFERENCE = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")
NOTHING = dict.fromkeys(INFERENCE, np.nan)


@dataclass(frozen=True, slots=True)
class Sample:
    """Complete rows of a comparison.

    Attributes
    ----------
    rows
        One row per person.
    treated
        1 or 0, shape (n,).
    cluster
        Number of the organisation, shape (n,); a person without one is one of their own.
    x
        Covariates as numbers, shape (n, p); the levels of a classification as indicators against the first.
    names
        Of the covariates' columns.
    """

    rows: pd.DataFrame
    treated: np.ndarray
    cluster: np.ndarray
    x: np.ndarray
    names: tuple[str, ...]

    def values(self, name: str) -> np.ndarray:
        """Return a column as numbers, shape (n,)."""
        return self.rows[name].to_numpy(float)

    def counts(self) -> dict[str, int]:
        """Return how many there are on each side, and organisations on the smaller."""
        took = self.treated == 1
        fewest = min(len(np.unique(self.cluster[side])) for side in (took, ~took))
        return {
            "n": took.size,
            "n_level": int(took.sum()),
            "n_reference": int((~took).sum()),
            "n_groups": fewest,
        }


def sample(
    table: pd.DataFrame,
    *,
    treated: str,
    outcomes: Sequence[str],
    covariates: Sequence[str] = (),
    cluster: str | None = "organisation",
) -> Sample:
    """Return the complete rows of a comparison.

    Parameters
    ----------
    table
        One row per person.
    treated
        The column that is true for those who took part.
    outcomes, covariates
        Columns that must have a value.
    cluster
        The column with the organisation; None if people are independent.

    Raises
    ------
    EstimationError
        If a column is missing, or nobody is on one of the sides.
    """
    needed = [treated, *outcomes, *covariates]
    for name in [*needed, *([cluster] if cluster else [])]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    rows = table[table[needed].notna().all(axis=1)].reset_index(drop=True)
    took = sides(rows[treated].to_numpy(float)).astype(float)
    blocks, names = _columns(rows, covariates)
    return Sample(rows, took, _clusters(rows, cluster), blocks, names)


def _columns(rows: pd.DataFrame, covariates: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    columns: dict[str, np.ndarray] = {}
    for name in covariates:
        if pd.api.types.is_numeric_dtype(rows[name]):
            columns[name] = rows[name].to_numpy(float)
            continue
        for level in sorted(rows[name].astype("object").unique())[1:]:
            columns[f"{name}.{level}"] = (rows[name] == level).to_numpy(float)
    varying = {name: values for name, values in columns.items() if np.ptp(values) > 0}
    made = np.column_stack(list(varying.values())) if varying else np.empty((len(rows), 0))
    return made, tuple(varying)


def _clusters(rows: pd.DataFrame, cluster: str | None) -> np.ndarray:
    if cluster is None:
        return np.arange(len(rows))
    codes, names = pd.factorize(rows[cluster])
    alone = codes < 0
    return np.where(alone, len(names) + np.cumsum(alone), codes)


def numbers_of(found: ClusterInference) -> dict[str, Any]:
    """Return the columns of a row that inference fills.

    Parameters
    ----------
    found
        From `cluster_inference` or `mean_inference`.
    """
    own = {name: float(getattr(found, name)) for name in ("estimate", *INFERENCE)}
    return own | {"method": found.method}


def regression(y: np.ndarray, x: np.ndarray, cluster: np.ndarray, conf_level: float) -> dict[str, Any]:
    """Return estimate and inference of the second column of a regression.

    Parameters
    ----------
    y, x, cluster
        Outcome (n,), columns (n, p) and organisations (n,).
    conf_level
        Level of the interval, between 0 and 1.
    """
    weights = np.eye(x.shape[1])[1]
    return numbers_of(cluster_inference(y, x, cluster, weights, conf_level))


def from_influence(found: Influence, own: Sample, conf_level: float) -> dict[str, Any]:
    """Return estimate and inference from what every row adds, organisations put together.

    With fewer than eight organisations on one side nothing but the estimate is given: the wild bootstrap
    would need the model, and CR2 of a mean does not see how few carry the estimate.

    Parameters
    ----------
    found
        The estimate, with what every row adds.
    own
        The rows.
    conf_level
        Level of the interval, between 0 and 1.
    """
    inference = mean_inference(found.influence + found.estimate, own.cluster, conf_level)
    if method_for(own.counts()["n_groups"], inference.df) != "cr2_satterthwaite":
        return {"estimate": found.estimate, **NOTHING, "method": "too_few_clusters"}
    return numbers_of(inference) | {"estimate": found.estimate}
