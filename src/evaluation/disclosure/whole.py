"""The least value of weighted sums of unknown numbers, solved again and again under the same conditions."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

OPTIMAL = highspy.HighsModelStatus.kOptimal
FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible


@dataclass(frozen=True, slots=True)
class Least:
    """The least value of a weighted sum.

    Attributes
    ----------
    point
        A solution that has it, or the best that was found; None if there is none.
    bound
        What the sum cannot be below; minus infinity if nothing is known.
    """

    point: np.ndarray | None
    bound: float


class _Silent(highspy.Highs):
    """HiGHS without callbacks, since a line is written when they are set, before anything can forbid it."""

    def enableCallbacks(self) -> None:
        self.silent()


class Conditions:
    """Unknown numbers between limits, and sums of them between limits.

    Parameters
    ----------
    matrix
        One row per sum.
    least, most
        The limits of each sum; may be infinite.
    low, high
        The limits of each unknown number.

    Notes
    -----
    The model is handed to HiGHS once. Only the weights differ between questions, so that each search starts
    where the last one ended.
    """

    def __init__(
        self,
        matrix: sparse.csr_matrix,
        least: np.ndarray,
        most: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
    ):
        size = matrix.shape[1]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, matrix.shape[0]
        model.col_cost_, model.col_lower_, model.col_upper_ = np.zeros(size), low, high
        model.row_lower_, model.row_upper_ = least, most
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        self._places = np.arange(size, dtype=np.int32)
        self._solver = _Silent()
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(model)

    def least(self, weights: np.ndarray) -> Least:
        """Return the least value of a weighted sum of the numbers, which may be parts of people."""
        self._solver.changeColsCost(len(weights), self._places, weights)
        self._solver.run()
        if self._solver.getModelStatus() != OPTIMAL:
            return Least(None, -np.inf)
        point = np.array(self._solver.getSolution().col_value)
        return Least(point, float(weights @ point))

    def least_whole(self, weights: np.ndarray, nodes: int) -> Least:
        """Return the same in whole numbers; the bound is of parts of people if there are too many branches."""
        solver, size = self._solver, len(weights)
        solver.changeColsCost(size, self._places, weights)
        solver.changeColsIntegrality(size, self._places, np.ones(size, dtype=np.uint8))
        solver.setOptionValue("mip_max_nodes", nodes)
        solver.setOptionValue("presolve", "off")
        solver.run()
        info = solver.getInfo()
        status, bound = solver.getModelStatus(), float(info.mip_dual_bound)
        found = info.primal_solution_status == FEASIBLE
        point = np.array(solver.getSolution().col_value) if found else None
        solver.changeColsIntegrality(size, self._places, np.zeros(size, dtype=np.uint8))
        solver.setOptionValue("presolve", "choose")
        if status == OPTIMAL and point is not None:
            bound = max(bound, float(weights @ point))
        return Least(point, bound)
