"""Disclosure control: nothing is shown that would tell what a single person or company answered."""

from evaluation.disclosure.anonymity import Anonymity, anonymity
from evaluation.disclosure.complementary import Pattern, withheld_pattern
from evaluation.disclosure.exceptions import SignedOff, read_exceptions
from evaluation.disclosure.policy import Policy, row_key
from evaluation.disclosure.threshold import protect, withhold
from evaluation.disclosure.versions import Earlier, earlier_rows, withheld_after

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
    "row_key",
    "withheld_after",
    "withheld_pattern",
    "withhold",
]
