"""How much each block of background moves a gap, whatever order the blocks are taken in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.design import model_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Movement:
    """What adjustment does to a gap; k blocks.

    Attributes
    ----------
    raw, adjusted
        The gap without and with the blocks.
    names
        The blocks.
    parts, std_error
        Shape (k,): what each block moves; they add up to raw minus adjusted.
    n, n_clusters
        People and companies.
    """

    raw: float
    adjusted: float
    names: tuple[str, ...]
    parts: Array
    std_error: Array
    n: int
    n_clusters: int


def gelbach(y: ArrayLike, member: ArrayLike, blocks: Mapping[str, ArrayLike], cluster: ArrayLike) -> Movement:
    """How much of a gap goes together with each block of background.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    member
        Who belongs to the group, shape (n,); the others are the reference.
    blocks
        Columns of each block by name, shape (n,) or (n, p).
    cluster
        The company of each person, shape (n,).

    Returns
    -------
    Movement
        With standard errors that take companies and the estimation of all coefficients into account.

    Raises
    ------
    EstimationError
        If there are no blocks, or columns cannot be told apart.

    Notes
    -----
    The omitted-variable formula: a block's coefficients in the full model times how its columns differ
    between the groups. Adding blocks one after the other gives parts that depend on the order; these do not.

    References
    ----------
    gelbach2016

    Examples
    --------
    >>> x = np.array([0.0, 1.0, 2.0, 1.0, 2.0, 3.0])
    >>> found = gelbach(2 * x, [0, 0, 0, 1, 1, 1], {"x": x}, [1, 2, 3, 1, 2, 3])
    >>> round(found.raw, 3), round(float(found.parts[0]), 3)
    (2.0, 2.0)
    """
    if not blocks:
        raise EstimationError(msg("At least one block of background is needed."))
    columns = {name: np.asarray(block, dtype=float).reshape(np.size(y), -1) for name, block in blocks.items()}
    base = np.column_stack([np.ones(np.size(y)), np.asarray(member, dtype=float)])
    outcome, x, numbers, clusters = model_rows(y, np.hstack([base, *columns.values()]), cluster)
    base = x[:, :2]
    inverse, inner = np.linalg.inv(x.T @ x), np.linalg.inv(base.T @ base)
    b = inverse @ x.T @ outcome
    own = (x * (outcome - x @ b)[:, None]) @ inverse
    parts, influence, start = [], [], 2
    for block in columns.values():
        places = slice(start, start + block.shape[1])
        worth = x[:, places] @ b[places]
        moved = inner @ base.T @ worth
        apart = (base * (worth - base @ moved)[:, None]) @ inner
        carried = own[:, places] @ (inner @ base.T @ x[:, places]).T
        parts.append(float(moved[1]))
        influence.append(apart[:, 1] + carried[:, 1])
        start = places.stop
    sums = np.zeros((clusters, len(parts)))
    np.add.at(sums, numbers, np.column_stack(influence))
    error = np.sqrt((sums**2).sum(axis=0) * clusters / (clusters - 1))
    raw = float((inner @ base.T @ outcome)[1])
    return Movement(raw, float(b[1]), tuple(columns), np.array(parts), error, outcome.size, clusters)
