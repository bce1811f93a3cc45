"""The registry of quantities that results may estimate: one module per family."""

from evaluation.vocabulary.estimands.accounts import ACCOUNTS
from evaluation.vocabulary.estimands.answers import ANSWERS
from evaluation.vocabulary.estimands.change import CHANGE
from evaluation.vocabulary.estimands.course import COURSE
from evaluation.vocabulary.estimands.data import DATA
from evaluation.vocabulary.estimands.described import DESCRIBED
from evaluation.vocabulary.estimands.directions import DIRECTIONS
from evaluation.vocabulary.estimands.equality import EQUALITY
from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.estimands.gaps import GAPS
from evaluation.vocabulary.estimands.impact import IMPACT
from evaluation.vocabulary.estimands.linkage import LINKAGE
from evaluation.vocabulary.estimands.measurement import MEASUREMENT
from evaluation.vocabulary.estimands.missing import MISSING
from evaluation.vocabulary.estimands.needs import NEEDS
from evaluation.vocabulary.estimands.network import NETWORK
from evaluation.vocabulary.estimands.organisation import ORGANISATION
from evaluation.vocabulary.estimands.participation import PARTICIPATION
from evaluation.vocabulary.estimands.planning import PLANNING
from evaluation.vocabulary.estimands.programme import PROGRAMME
from evaluation.vocabulary.estimands.reporting import REPORTING
from evaluation.vocabulary.estimands.targets import TARGETS

ESTIMANDS: dict[str, Estimand] = {
    **TARGETS,
    **CHANGE,
    **EQUALITY,
    **MEASUREMENT,
    **DATA,
    **DESCRIBED,
    **MISSING,
    **LINKAGE,
    **DIRECTIONS,
    **COURSE,
    **ANSWERS,
    **PARTICIPATION,
    **GAPS,
    **IMPACT,
    **ACCOUNTS,
    **PLANNING,
    **REPORTING,
    **ORGANISATION,
    **NEEDS,
    **NETWORK,
    **PROGRAMME,
}

__all__ = ["ESTIMANDS", "Estimand", "Line"]
