"""What every method on groups needs of its table: the complete rows, and companies by number."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from evaluation.stats.cluster_choice import ordered_clusters
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

MANY = 50
"""Kinds of people up to which companies are told apart by how many of each kind they have."""


def complete_rows(table: pd.DataFrame, columns: Sequence[str], cluster: str | None = None) -> pd.DataFrame:
    """Return the rows that have a value in every column, in an order that names do not change.

    Parameters
    ----------
    table
        One row per person.
    columns
        Columns that must have a value.
    cluster
        A column that must exist, with or without values.

    Raises
    ------
    EstimationError
        If a column is missing.
    """
    for name in [*columns, *([cluster] if cluster else [])]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    return table[table[list(columns)].notna().all(axis=1)].reset_index(drop=True)


def cluster_codes(rows: pd.DataFrame, cluster: str | None) -> np.ndarray:
    """Give every company a number; a person without one is a company of their own.

    Parameters
    ----------
    rows
        One row per person.
    cluster
        The column with the company; None if people are independent.
    """
    if cluster is None:
        return np.arange(len(rows))
    codes, names = pd.factorize(rows[cluster])
    alone = codes < 0
    return np.where(alone, len(names) + np.cumsum(alone), codes)


def company_order(y: np.ndarray, x: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Return numbers of companies by what their people hold together, so that neither names nor order meet chance.

    Parameters
    ----------
    y, x
        Outcome and columns of each person, shapes (n,) and (n, p).
    clusters
        The company of each person, shape (n,).
    """
    _, kinds = np.unique(x, axis=0, return_inverse=True)
    each = np.eye(int(kinds.max(initial=-1)) + 1)[kinds.ravel()] if len(np.unique(kinds)) <= MANY else x
    held = np.column_stack([each, each * y[:, None], each * y[:, None] ** 2])
    return ordered_clusters(y, held, clusters)


def indicator_columns(rows: pd.DataFrame, names: Iterable[str]) -> dict[str, np.ndarray]:
    """Turn each column into numbers: a number stays, a classification becomes indicators of its levels.

    Parameters
    ----------
    rows
        Complete rows.
    names
        Columns.

    Returns
    -------
    dict
        By name, shape (n, levels - 1) or (n, 1); a classification with one level is left out.
    """
    blocks = {}
    for name in names:
        values = rows[name]
        if pd.api.types.is_numeric_dtype(values):
            block = values.to_numpy(float)[:, None]
        else:
            levels = sorted(values.astype("object").unique())
            block = np.array([values == level for level in levels[1:]], dtype=float).reshape(-1, len(rows)).T
        if block.shape[1] and np.ptp(block, axis=0).min() > 0:
            blocks[name] = block
    return blocks
