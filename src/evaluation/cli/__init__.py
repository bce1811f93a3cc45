"""The command line."""

import gc
import importlib
import os
import sys
from typing import Any

from evaluation.cli.unchanged import tell_unchanged

SETTINGS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Set before numpy is imported: with one thread the same input gives the same digits."""
OBJECTS = 50_000
"""After how many new objects Python looks for cycles of them; by default it looks so often that a seventh of a
report's time goes there."""
SLOW = "rfc3987_syntax"
"""Comes with JupyterLab and builds parsers for a second when it is imported, for a check of web addresses that
no notebook needs; jsonschema does without it if it is not there."""

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line, unless the report that is asked for is there and up to date."""
    if tell_unchanged(sys.argv[1:]):
        return
    gc.set_threshold(OBJECTS)
    os.environ.update(SETTINGS)
    sys.modules.setdefault(SLOW, None)  # type: ignore[arg-type]
    importlib.import_module("evaluation.cli.start").main()


def __getattr__(name: str) -> Any:
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module("evaluation.cli.start").app
