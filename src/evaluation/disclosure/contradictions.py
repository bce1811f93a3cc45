"""What contradicts all other counts, and is left out."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from evaluation.disclosure.state import TOLERANCE, Ties

ELSEWHERE = 0.1
"""What it costs, per unit, to go against limits that are known from elsewhere; a row of the report costs 1."""


def contradictions(ties: Ties, withheld: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray]:
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
    unlinked : numpy.ndarray
        Per row, whether it is left out; as few units as possible contradict the rest.
    off : numpy.ndarray
        Per limit that is known whatever is shown, whether it contradicts the rest.
    """
    shown = np.flatnonzero(~withheld[ties.row_of])
    told, limits = (
        ties.always + shown,
        np.arange(ties.matrix.shape[0] - len(ties.system.between), ties.matrix.shape[0]),
    )
    unlinked, off = np.zeros(rows, dtype=bool), np.zeros(len(limits), dtype=bool)
    if not len(told):
        return unlinked, off
    soft = np.concatenate([told, limits])
    equal = np.flatnonzero(ties.least[: ties.always] == ties.most[: ties.always])
    at_most = np.flatnonzero(np.isinf(ties.least[: ties.always]))
    count, slack = len(soft), sparse.identity(len(soft), format="csr")
    same = np.flatnonzero(ties.least[soft] == ties.most[soft])
    above = np.flatnonzero((ties.least[soft] < ties.most[soft]) & np.isfinite(ties.most[soft]))
    below = np.flatnonzero((ties.least[soft] < ties.most[soft]) & np.isfinite(ties.least[soft]))

    def lines(which: np.ndarray, sign: float) -> sparse.csr_matrix:
        return sign * sparse.hstack([ties.matrix[soft[which]], slack[which], -slack[which]], format="csr")

    def hard(which: np.ndarray) -> sparse.csr_matrix:
        return sparse.hstack([ties.matrix[which], sparse.csr_matrix((len(which), 2 * count))], format="csr")

    price = np.where(np.arange(count) < len(told), 1.0, ELSEWHERE)
    found = linprog(
        np.concatenate([np.zeros(len(ties.low)), price, price]),
        A_ub=sparse.vstack([hard(at_most), lines(above, 1.0), lines(below, -1.0)]),
        b_ub=np.concatenate([np.zeros(len(at_most)), ties.most[soft[above]], -ties.least[soft[below]]]),
        A_eq=sparse.vstack([hard(equal), lines(same, 1.0)]),
        b_eq=np.concatenate([np.zeros(len(equal)), ties.least[soft[same]]]),
        bounds=np.vstack([np.column_stack([ties.low, ties.high]), np.tile([0.0, np.inf], (2 * count, 1))]),
        method="highs",
    )
    against = found.x[len(ties.low) :].reshape(2, count).sum(axis=0) > TOLERANCE
    unlinked[ties.row_of[shown[against[: len(told)]]]] = True
    return unlinked, against[len(told) :]
