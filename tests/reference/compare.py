"""Run the cases of a folder through the adapters and compare every expected number."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pandas as pd

from .adapters import ADAPTERS, CONVENTIONS_NOT_OFFERED

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One expected number and what was found.

    Attributes
    ----------
    name, expected
        The number in the case.
    found
        What the package gives; None if the adapter gives nothing under this name.
    relative, absolute
        The tolerances: allowed is relative * |expected| + absolute.
    """

    name: str
    expected: float
    found: float | None
    relative: float
    absolute: float

    @property
    def error(self) -> float:
        """Relative error; absolute where 0 is expected; infinite where nothing usable was found."""
        if self.found is None or math.isnan(self.found) != math.isnan(self.expected):
            return math.inf
        if math.isnan(self.expected) or self.found == self.expected:
            return 0.0
        gap = abs(self.found - self.expected)
        return gap / abs(self.expected) if self.expected else gap

    @property
    def use(self) -> float:
        """Share of the allowed difference that is used up; above 1 means failed."""
        allowed = self.relative * abs(self.expected) + self.absolute if math.isfinite(self.expected) else 0.0
        if self.error == 0:
            return 0.0
        gap = abs(self.found - self.expected) if math.isfinite(self.error) else math.inf
        return gap / allowed if allowed > 0 else math.inf

    @property
    def failed(self) -> bool:
        """Whether the difference is larger than allowed."""
        return self.use > 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case.

    Attributes
    ----------
    case
        The case.
    covered
        Whether there is an adapter for its estimator.
    differences
        All numbers compared.
    not_offered
        Expected names that the package leaves out on purpose, with the reason.
    problem
        The error that stopped the adapter; empty if none did.
    """

    case: Case
    covered: bool
    differences: tuple[Difference, ...] = ()
    not_offered: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    @property
    def failed(self) -> bool:
        """Whether the adapter stopped, or a number differs by more than allowed, or none was compared."""
        nothing = self.covered and not self.differences
        return bool(self.problem) or nothing or any(difference.failed for difference in self.differences)

    @property
    def worst(self) -> Difference | None:
        """The number that uses up most of what is allowed."""
        return max(self.differences, key=lambda difference: (difference.use, difference.error), default=None)


def read_cases(folder: Path) -> list[Case]:
    """Cases of a folder, in their order."""
    return json.loads((folder / "cases.json").read_text(encoding="utf-8"))


def read_frames(case: Case, folder: Path) -> list[pd.DataFrame]:
    """Tables of a case; only an empty field is a missing value."""
    return [
        pd.read_csv(folder / "data" / name, keep_default_na=False, na_values=[""])
        for name in case.get("data", [])
    ]


def run_case(
    case: Case,
    folder: Path,
    adapters: Mapping[str, Callable[..., Mapping[str, float]]] = ADAPTERS,
    not_offered: Mapping[str, Mapping[str, str]] = CONVENTIONS_NOT_OFFERED,
) -> Outcome:
    """Compute one case with the package and compare it."""
    estimator = case["estimator"]
    if estimator not in adapters:
        return Outcome(case, covered=False)
    try:
        found = adapters[estimator](case, read_frames(case, folder))
    except Exception as error:  # an adapter that stops is a failed case, and the others still run
        return Outcome(case, covered=True, problem=f"{type(error).__name__}: {error}")
    reasons = not_offered.get(estimator, {})
    left_out, differences = [], []
    for name, expected in case["expected"].items():
        reason = next((text for pattern, text in reasons.items() if fnmatchcase(name, pattern)), None)
        if name not in found and reason:
            left_out.append((name, reason))
        else:
            differences.append(_difference(case, name, expected, found.get(name)))
    return Outcome(case, True, tuple(differences), tuple(left_out))


def _difference(case: Case, name: str, expected: float | None, found: float | None) -> Difference:
    return Difference(
        name,
        math.nan if expected is None else float(expected),
        None if found is None else float(found),
        case.get("tolerances", {}).get(name, case["tolerance"]),
        case.get("abs_tolerances", {}).get(name, case.get("abs_tolerance", 0.0)),
    )
