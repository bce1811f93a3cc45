"""Disclosure control: nothing is shown that would tell what a single person or company answered."""

from evaluation.disclosure.threshold import Policy, protect

__all__ = ["Policy", "protect"]
