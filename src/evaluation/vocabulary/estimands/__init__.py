"""The registry of quantities that results may estimate: one module per family."""

from evaluation.vocabulary.estimands.change import CHANGE
from evaluation.vocabulary.estimands.data import DATA
from evaluation.vocabulary.estimands.equality import EQUALITY
from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.estimands.measurement import MEASUREMENT
from evaluation.vocabulary.estimands.targets import TARGETS

ESTIMANDS: dict[str, Estimand] = {**TARGETS, **CHANGE, **EQUALITY, **MEASUREMENT, **DATA}

__all__ = ["ESTIMANDS", "Estimand", "Line"]
