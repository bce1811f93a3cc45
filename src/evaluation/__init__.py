"""Evaluation of skills-development programmes: pre/post measurement, targets and equality analysis."""

from evaluation.project.load import load_project
from evaluation.result import Result
from evaluation.study import open_study
from evaluation.vocabulary.version import VERSION as __version__

__all__ = ["Result", "__version__", "load_project", "open_study"]
