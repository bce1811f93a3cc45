"""Rows whose counts contradict those of all others."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from evaluation.disclosure.state import TOLERANCE, Ties


def contradictions(ties: Ties, withheld: np.ndarray, rows: int) -> np.ndarray:
    """Find rows whose counts cannot be of the units that their keys say, so that they are left out.

    Parameters
    ----------
    ties
        The system.
    withheld
        Per row, whether its counts are not shown.
    rows
        How many rows there are.

    Returns
    -------
    numpy.ndarray
        Per row, whether it is left out; as few units as possible contradict the rest.
    """
    shown = ~withheld[ties.row_of]
    lines = np.flatnonzero(shown)
    unlinked = np.zeros(rows, dtype=bool)
    if not len(lines):
        return unlinked
    equal = np.flatnonzero(ties.least[: ties.always] == ties.most[: ties.always])
    at_most = np.flatnonzero(np.isinf(ties.least[: ties.always]))
    slack, count = sparse.identity(len(lines), format="csr"), len(lines)
    empty = sparse.csr_matrix((len(equal), 2 * count))
    found = linprog(
        np.concatenate([np.zeros(len(ties.low)), np.ones(2 * count)]),
        A_ub=sparse.hstack([ties.matrix[at_most], sparse.csr_matrix((len(at_most), 2 * count))]),
        b_ub=np.zeros(len(at_most)),
        A_eq=sparse.bmat(
            [[ties.matrix[equal], empty], [ties.told[lines], sparse.hstack([slack, -slack])]], format="csr"
        ),
        b_eq=np.concatenate([np.zeros(len(equal)), ties.numbers[lines]]),
        bounds=np.vstack([np.column_stack([ties.low, ties.high]), np.tile([0.0, np.inf], (2 * count, 1))]),
        method="highs",
    )
    off = found.x[len(ties.low) :].reshape(2, count).sum(axis=0) > TOLERANCE
    unlinked[ties.row_of[lines[off]]] = True
    return unlinked
