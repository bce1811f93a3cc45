"""Evaluation of skills-development programmes: pre/post measurement, targets and equality analysis."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation.project.load import load_project
    from evaluation.result import Result
    from evaluation.study import open_study
    from evaluation.vocabulary.version import VERSION as __version__

PLACES = {
    "Result": ("evaluation.result", "Result"),
    "__version__": ("evaluation.vocabulary.version", "VERSION"),
    "load_project": ("evaluation.project.load", "load_project"),
    "open_study": ("evaluation.study", "open_study"),
}
"""Where the public names live; each is imported when it is first used, so that the command line starts fast."""

__all__ = ["Result", "__version__", "load_project", "open_study"]


def __getattr__(name: str) -> Any:
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = PLACES[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *PLACES})
