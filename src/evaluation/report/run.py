"""Running the notebooks once with papermill; every language and format is rendered from what they stored."""

import importlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.manager import AsyncKernelManager
from papermill.exceptions import PapermillExecutionError

from evaluation.project.model import LoadedProject
from evaluation.report.executed import KeptChapters, Notebook, read, without_times, write
from evaluation.report.forks import can_fork, in_forks
from evaluation.report.parameters import declared_parameters, refuse_unknown
from evaluation.study import handed_down, open_study
from evaluation.vocabulary.errors import MissingFileError, ReportError, one_of
from evaluation.vocabulary.message import msg

log = logging.getLogger(__name__)

SETTINGS = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TZ": "UTC",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""What kernels are started with, so that two runs of the same input give the same numbers."""

FORK, NBCLIENT = "fork", "nbclient"
ENGINES = (FORK, NBCLIENT)
"""How notebooks can be run: in forks of this process, or by a kernel each, which works everywhere."""

WARM = ("matplotlib.backends.backend_svg", "IPython.core.interactiveshell")
"""Imported once before forking, with every chapter that a notebook asks for."""


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
    engine: str
    kept: KeptChapters | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a notebook's run ended: after how many seconds, and with which failed cell."""

    seconds: float
    failure: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Executed:
    """What `run_chapters` did.

    Attributes
    ----------
    paths
        The executed notebooks, in the order that was asked for.
    engine
        What ran them.
    seconds
        How long each took that was run; what is missing here was still valid.
    keys
        What the outputs of each are kept by.
    """

    paths: list[Path]
    engine: str
    seconds: dict[str, float] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def notebook_folder(start: Path) -> Path:
    """Find the folder of notebooks beside or above a project."""
    for folder in (start, *start.parents, Path.cwd(), *Path.cwd().parents):
        if (folder / "notebooks" / "00_overview.ipynb").is_file():
            return folder / "notebooks"
    raise MissingFileError(
        msg("The notebooks are not found."),
        where=str(start),
        do=msg("Run the command from the folder of the repository, or give `--notebooks FOLDER`."),
    )


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


def run_chapters(
    loaded: LoadedProject,
    names: Sequence[str],
    out: Path,
    *,
    notebooks: Path,
    failed: Path,
    force: bool = False,
    engine: str = "",
    at_once: int = 0,
    done: Callable[[str], None] = lambda name: None,
) -> Executed:
    """Execute notebooks with papermill, several at a time; what is still valid is not executed again.

    Parameters
    ----------
    loaded
        The programme, whose tables are up to date. Its definition's file is every notebook's parameter.
    names
        Names of notebooks without ending, in the order of the report.
    out
        The folder for the executed notebooks.
    notebooks
        The folder of the notebooks.
    failed
        The folder where a notebook that fails is kept.
    force
        Whether to execute all of them, whatever is still valid.
    engine
        One of `ENGINES`; the fastest that works here if empty.
    at_once
        How many notebooks at most run at the same time; as many as there are processors if 0.
    done
        Called with each name when it is finished.

    Returns
    -------
    Executed
        The notebooks, without anything that depends on when they ran.

    Raises
    ------
    ReportError
        If a cell fails: with notebook, cell and the error's own text.
    """
    out.mkdir(parents=True, exist_ok=True)
    used, kept = chosen_engine(engine), KeptChapters(loaded)
    given = {"project_file": str(loaded.file)}
    tasks: dict[str, Task] = {}
    keys: dict[str, str] = {}
    for name in names:
        source = read(notebooks / f"{name}.ipynb")
        refuse_unknown(given, declared_parameters(notebooks / f"{name}.ipynb"), f"{name}.ipynb")
        keys[name] = key = kept.key(source, given)
        valid = None if force else kept.find(name, source, key)
        if valid is None:
            tasks[name] = Task(notebooks / f"{name}.ipynb", out / f"{name}.ipynb", given, used, kept, key)
        else:
            write(valid, out / f"{name}.ipynb")
            done(name)
    seconds: dict[str, float] = {}
    for name, outcome in RUNNERS[used](tasks, at_once or os.cpu_count() or 1):
        if outcome.failure:
            raise _failure(tasks[name], failed, *outcome.failure)
        seconds[name] = round(outcome.seconds, 3)
        done(name)
    return Executed([out / f"{name}.ipynb" for name in names], used, seconds, keys)


def execute_one(notebook: Path, out: Path, given: dict[str, Any], *, failed: Path, engine: str = "") -> Path:
    """Execute one notebook that is no chapter of a project.

    Parameters
    ----------
    notebook
        The notebook.
    out
        The folder for the executed one.
    given
        Its parameters.
    failed
        The folder where a notebook that fails is kept.
    engine
        One of `ENGINES`; the fastest that works here if empty.

    Raises
    ------
    ReportError
        If a cell fails: with notebook, cell and the error's own text.
    """
    refuse_unknown(given, declared_parameters(notebook), notebook.name)
    task = Task(notebook, out / notebook.name, given, chosen_engine(engine))
    with _settings():
        outcome = _execute(task)
    if outcome.failure:
        raise _failure(task, failed, *outcome.failure)
    return task.made


def _in_kernels(tasks: dict[str, Task], at_once: int) -> Iterator[tuple[str, Outcome]]:
    with _settings(), ThreadPoolExecutor(max_workers=at_once) as pool:
        running = {pool.submit(_execute, task): name for name, task in tasks.items()}
        for future in as_completed(running):
            yield running[future], future.result()


def _in_forks(tasks: dict[str, Task], at_once: int) -> Iterator[tuple[str, Outcome]]:
    if not tasks:
        return
    names, one = list(tasks), next(iter(tasks.values()))
    for module in (*WARM, *_imports(list(tasks.values()))):
        importlib.import_module(module)
    with handed_down(open_study(one.given["project_file"])):
        for place, outcome in in_forks([partial(_execute, task) for task in tasks.values()], at_once):
            yield names[place], outcome


RUNNERS: dict[str, Callable[[dict[str, Task], int], Iterator[tuple[str, Outcome]]]] = {
    FORK: _in_forks,
    NBCLIENT: _in_kernels,
}


def _imports(tasks: Sequence[Task]) -> list[str]:
    """List the chapters that notebooks import, so that each is read once for all of them."""
    prefix = "from evaluation.chapters import "
    lines = [line for task in tasks for cell in read(task.notebook)["cells"]
             for line in "".join(cell["source"]).splitlines() if cell["cell_type"] == "code"]  # fmt: skip
    found = [
        name.strip() for line in lines if line.startswith(prefix) for name in line[len(prefix) :].split(",")
    ]
    return [f"evaluation.chapters.{name}" for name in dict.fromkeys(found)]


def _execute(task: Task) -> Outcome:
    log.debug("Running %s.", task.notebook.name)
    start = time.monotonic()
    options = {"kernel_manager_class": PrivateKernelManager} if task.engine == NBCLIENT else {}
    try:
        papermill.execute_notebook(
            str(task.notebook),
            str(task.made),
            parameters=task.given,
            engine_name=task.engine,
            progress_bar=False,
            autosave_cell_every=0,
            **options,
        )
    except PapermillExecutionError as error:
        return Outcome(time.monotonic() - start, (error.source, error.ename, error.evalue))
    executed: Notebook = without_times(read(task.made), read(task.notebook))
    if task.kept is not None:
        task.kept.keep(task.notebook.stem, executed, task.key)
    write(executed, task.made)
    return Outcome(time.monotonic() - start)


def _failure(task: Task, failed: Path, source: str, kind: str, text: str) -> ReportError:
    failed.mkdir(parents=True, exist_ok=True)
    kept = shutil.copy2(task.made, failed / task.made.name)
    return ReportError(
        msg(
            "The cell “{source}” failed: {error}: {text}",
            source=source.strip()[:80],
            error=kind,
            text=text,
        ),
        where=task.notebook.name,
        do=msg("The executed notebook is kept for reading: {path}.", path=str(kept)),
    )


@contextmanager
def _settings() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
