"""The rows of a model for people within organisations, checked and made orthonormal."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float, finite
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Matrix = NDArray[np.float64]


def model_rows(
    y: ArrayLike, x: ArrayLike, cluster: ArrayLike
) -> tuple[Matrix, Matrix, NDArray[np.intp], int]:
    """Outcome, columns and cluster numbers of a model, or what is in the way.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    x
        Columns of the model, shape (n, p).
    cluster
        The organisation of each row, shape (n,): numbers or text.

    Returns
    -------
    tuple
        Outcome (n,), columns (n, p), cluster numbers from 0 (n,), and how many clusters there are.

    Examples
    --------
    >>> model_rows([1.0, 2.0], [[1.0], [1.0]], ["b", "a"])[2].tolist()
    [1, 0]
    """
    outcome, design, labels = (
        finite(y, pmsg("argument", "The outcome")),
        as_float(x, "The columns of the model"),
        np.asarray(cluster),
    )
    if design.ndim != 2 or labels.ndim != 1 or not len(outcome) == len(design) == len(labels):
        raise EstimationError(
            msg(
                "Outcome, model and clusters must have one row per person; found {y}, {x} and {cluster}.",
                y=str(outcome.shape),
                x=str(design.shape),
                cluster=str(labels.shape),
            )
        )
    if not np.all(np.isfinite(design)):
        raise EstimationError(
            msg("The columns of the model have missing or infinite values."),
            do=msg("Keep the complete rows before calling the method."),
        )
    return outcome, design, *cluster_numbers(labels)


def cluster_numbers(labels: NDArray[Any]) -> tuple[NDArray[np.intp], int]:
    """Numbers for the clusters, and how many there are.

    Parameters
    ----------
    labels
        Numbers or text, shape (n,), none missing, at least two different.

    Returns
    -------
    tuple
        Numbers from 0, shape (n,), and the number of clusters.

    Examples
    --------
    >>> cluster_numbers(np.array([7, 7, 3]))[1]
    2
    """
    # A missing number differs from itself, and None sorts with nothing.
    missing = labels == None if labels.dtype == object else labels != labels  # noqa: E711
    if np.any(missing | (labels != labels)):
        raise EstimationError(
            msg("Some rows belong to no cluster."), do=msg("Leave these rows out, and say so.")
        )
    names, numbers = np.unique(labels, return_inverse=True)
    if names.size < 2:
        raise EstimationError(
            msg("All rows belong to one cluster, so the spread between clusters is unknown."),
            do=msg("Report the estimate without an interval."),
        )
    return numbers, names.size


def orthonormal_columns(design: Matrix) -> tuple[Matrix, Matrix]:
    """Orthonormal columns that span a model, and the matrix that makes them.

    Parameters
    ----------
    design
        Columns of the model, shape (n, p), finite.

    Returns
    -------
    tuple of numpy.ndarray
        Q, shape (n, p), and the root, shape (p, p), with design @ root = Q.

    Notes
    -----
    Columns are brought to length 1 before the QR decomposition, so that units do not matter when
    columns that repeat one another are looked for.

    Examples
    --------
    >>> orthonormal_columns(np.ones((4, 1)))[0].round(3).ravel().tolist()
    [-0.5, -0.5, -0.5, -0.5]
    """
    size = np.sqrt(np.sum(design**2, axis=0))
    usable = size.size > 0 and len(design) >= size.size and np.all(size > 0)
    orthonormal, triangle = np.linalg.qr(design / size) if usable else (design, np.zeros((1, 1)))
    if np.linalg.matrix_rank(triangle, tol=1e-10) < max(size.size, 1):
        raise EstimationError(
            msg("The columns of the model repeat one another, so their coefficients cannot be told apart."),
            do=msg("Leave out one category of every grouping, and columns that never vary."),
        )
    return orthonormal, np.linalg.inv(triangle) / size[:, None]
