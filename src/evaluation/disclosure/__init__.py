"""Disclosure control: nothing is shown that would tell what a single person or company answered."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from evaluation.disclosure.anonymity import Anonymity, anonymity
from evaluation.disclosure.exceptions import SignedOff, read_exceptions
from evaluation.disclosure.policy import Policy, row_key
from evaluation.disclosure.rounding import rounded
from evaluation.disclosure.threshold import protect, withhold

if TYPE_CHECKING:
    from evaluation.disclosure.complementary import withheld_pattern
    from evaluation.disclosure.earlier import Earlier, earlier_rows
    from evaluation.disclosure.pattern import Pattern
    from evaluation.disclosure.versions import withheld_after

__all__ = [
    "Anonymity",
    "Earlier",
    "Pattern",
    "Policy",
    "SignedOff",
    "anonymity",
    "earlier_rows",
    "protect",
    "read_exceptions",
    "rounded",
    "row_key",
    "withheld_after",
    "withheld_pattern",
    "withhold",
]


SOLVED = {
    "Pattern": "pattern",
    "withheld_pattern": "complementary",
    "Earlier": "earlier",
    "earlier_rows": "earlier",
    "withheld_after": "versions",
}
"""Names that need a solver of linear programmes, with their modules; a report that was made before needs none."""


def __getattr__(name: str) -> Any:
    """Load the solver when it is asked for."""
    if name not in SOLVED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"evaluation.disclosure.{SOLVED[name]}"), name)
