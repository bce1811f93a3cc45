"""How notebooks can be run."""

from importlib.metadata import entry_points

from evaluation.report.forks import can_fork
from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.message import msg

FORK, NBCLIENT = "fork", "nbclient"
ENGINES = (FORK, NBCLIENT)
"""In forks of this process, or by a kernel each, which works everywhere."""


def chosen_engine(asked: str = "") -> str:
    """Return the engine that is asked for; the fastest that works here if none is.

    Raises
    ------
    ReportError
        If there is no such engine.
    """
    if asked and asked not in ENGINES:
        raise ReportError(msg("There is no engine {name}.", name=asked), do=one_of(asked, ENGINES))
    registered = entry_points(group="papermill.engine", name=FORK)
    return asked or (FORK if registered and can_fork() else NBCLIENT)
