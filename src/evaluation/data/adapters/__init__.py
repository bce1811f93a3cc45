"""Exports as survey tools write them: which tool it was, and how its files are read."""

from evaluation.data.adapters.registry import ADAPTERS, Adapted, adapt, adapt_file

__all__ = ["ADAPTERS", "Adapted", "adapt", "adapt_file"]
