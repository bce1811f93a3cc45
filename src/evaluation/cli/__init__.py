"""The command line."""

from evaluation.cli.start import app, main

__all__ = ["app", "main"]
