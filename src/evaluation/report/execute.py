"""Executing notebooks with papermill: in forks of this process, or in kernels.

This module is imported when there is a notebook to be run, since papermill takes half a second to load.
"""

import importlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.manager import AsyncKernelManager
from papermill.exceptions import PapermillExecutionError

from evaluation.report.engines import FORK, NBCLIENT
from evaluation.report.executed import KeptChapters, Notebook, read, without_times, write
from evaluation.report.exhibit import UNSEEN
from evaluation.report.forks import in_forks
from evaluation.report.watched import READS, only_by_study
from evaluation.study import handed_down, open_study
from evaluation.vocabulary.environment import environment

log = logging.getLogger(__name__)

SETTINGS = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TZ": "UTC",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    UNSEEN: "1",
}
"""What kernels are started with, so that two runs of the same input give the same numbers."""

SHELL = "IPython.core.interactiveshell"
DRAWING = "matplotlib.backends.backend_svg"
"""What runs cells, and what draws: imported once before forking, as is every chapter that a notebook asks for."""


class PrivateKernelManager(AsyncKernelManager):
    """Starts kernels whose messages are encrypted: they carry people's answers over a local port."""

    def __init__(self, **options: Any):
        super().__init__(transport_encryption="auto", **options)


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to be run: where it comes from, where it goes, and what its outputs are kept by."""

    notebook: Path
    made: Path
    given: dict[str, Any]
    kept: KeptChapters | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a notebook's run ended: after how many seconds, and with which failed cell."""

    seconds: float
    failure: tuple[str, str, str] | None = None


def in_kernels(tasks: Sequence[Task], at_once: int) -> Iterator[tuple[Task, Outcome]]:
    """Run every notebook in a kernel of its own, several at a time."""
    with environment(SETTINGS), ThreadPoolExecutor(max_workers=at_once) as pool:
        running = {pool.submit(_execute, task, NBCLIENT): task for task in _longest_first(tasks)}
        for future in as_completed(running):
            yield running[future], future.result()


def in_forks_of_this_process(tasks: Sequence[Task], at_once: int) -> Iterator[tuple[Task, Outcome]]:
    """Run every notebook in a fork, which has the imports and the tables of this process."""
    ordered = _longest_first(tasks)
    with handed_down(open_study(tasks[0].given["project_file"])), environment({UNSEEN: "1"}):
        for place, outcome in in_forks(_imported(ordered), at_once):
            yield ordered[place], outcome


def _imported(tasks: Sequence[Task]) -> Iterator[Callable[[], Outcome]]:
    """Yield what to do when its imports are there: of the first alone, then, while it runs, of all others."""
    for some, module in ((tasks[:1], SHELL), (tasks[1:], DRAWING)):
        for name in (module, *_imports(some)) if some else ():
            importlib.import_module(name)
        yield from (partial(_execute, task, FORK) for task in some)


RUNNERS: dict[str, Callable[[Sequence[Task], int], Iterator[tuple[Task, Outcome]]]] = {
    FORK: in_forks_of_this_process,
    NBCLIENT: in_kernels,
}


def run_alone(task: Task, engine: str) -> Outcome:
    """Run one notebook in this process, or in a kernel."""
    with environment(SETTINGS):
        return _execute(task, engine)


def _longest_first(tasks: Sequence[Task]) -> list[Task]:
    """Put notebooks with many cells first, so that none of them is left to run alone at the end."""
    return sorted(tasks, key=lambda task: -len(read(task.notebook)["cells"]))


def _imports(tasks: Sequence[Task]) -> list[str]:
    """List the chapters that notebooks import, so that each is read once for all of them."""
    prefix = "from evaluation.chapters import "
    lines = [line for task in tasks for cell in read(task.notebook)["cells"]
             for line in "".join(cell["source"]).splitlines() if cell["cell_type"] == "code"]  # fmt: skip
    found = [
        name.strip() for line in lines if line.startswith(prefix) for name in line[len(prefix) :].split(",")
    ]
    return [f"evaluation.chapters.{name}" for name in dict.fromkeys(found)]


def _execute(task: Task, engine: str) -> Outcome:
    log.debug("Running %s.", task.notebook.name)
    start = time.monotonic()
    options = {"kernel_manager_class": PrivateKernelManager} if engine == NBCLIENT else {}
    try:
        papermill.execute_notebook(
            str(task.notebook),
            str(task.made),
            parameters=task.given,
            engine_name=engine,
            progress_bar=False,
            autosave_cell_every=0,
            **options,
        )
    except PapermillExecutionError as error:
        return Outcome(time.monotonic() - start, (error.source, error.ename, error.evalue))
    made, source = read(task.made), read(task.notebook)
    executed: Notebook = without_times(made, source)
    if task.kept is not None:
        reads = made["metadata"].get(READS) if only_by_study(source) else None
        task.kept.keep(task.notebook.stem, executed, task.key, reads)
    write(executed, task.made)
    return Outcome(time.monotonic() - start)
