"""Which rows of a report are withheld and which rounded, and what earlier reports ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluation.disclosure.rounding import Limits


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which rows of a report are withheld.

    Attributes
    ----------
    primary, complementary
        Per row of the tables, one after the other: withheld for its own number, or for another's.
    cells
        How many counts the tables hold.
    targets
        How many counts had to be protected.
    unlinked
        Per row, whether its counts contradict the others', so that they were taken for counts of
        something else.
    rounds
        How many times all counts were looked at while rows were added.
    unprotected
        How many counts can be told although no further row would hide them.
    rounded
        Per row, whether it is shown in rounded numbers instead of being withheld for another's.
    """

    primary: np.ndarray
    complementary: np.ndarray
    cells: int
    targets: int
    unlinked: np.ndarray
    rounds: int
    unprotected: int
    rounded: np.ndarray

    @property
    def withheld(self) -> np.ndarray:
        """Return per row whether it is withheld."""
        return self.primary | self.complementary


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier reports ask for.

    Attributes
    ----------
    kept_back
        Per row, whether it is never shown as it is.
    may_round
        Per row, whether it may be shown rounded.
    between
        By place of a row, the limits of its counts that a reader knows.
    """

    kept_back: np.ndarray
    may_round: np.ndarray
    between: Mapping[int, Mapping[str, Limits]]

    @classmethod
    def nothing(cls, rows: int) -> Before:
        """Return that nothing is asked for."""
        return cls(np.zeros(rows, dtype=bool), np.ones(rows, dtype=bool), {})
