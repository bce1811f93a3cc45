"""Disclosure control: nothing is shown that would tell what a single person or company answered."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from evaluation.disclosure.anonymity import Anonymity, anonymity
from evaluation.disclosure.exceptions import SignedOff, read_exceptions
from evaluation.disclosure.policy import Policy, row_key
from evaluation.disclosure.threshold import protect, withhold

if TYPE_CHECKING:
    from evaluation.disclosure.complementary import Pattern, withheld_pattern

__all__ = [
    "Anonymity",
    "Pattern",
    "Policy",
    "SignedOff",
    "anonymity",
    "protect",
    "read_exceptions",
    "row_key",
    "withheld_pattern",
    "withhold",
]


def __getattr__(name: str) -> Any:
    """Load the solver of linear programmes when it is asked for; a report that was made before needs none."""
    if name not in ("Pattern", "withheld_pattern"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("evaluation.disclosure.complementary"), name)
