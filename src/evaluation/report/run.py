"""Running the notebooks once with papermill; every language and format is rendered from what they stored."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from evaluation.project.model import LoadedProject
from evaluation.report.engines import chosen_engine
from evaluation.report.executed import KeptChapters, read, write
from evaluation.report.parameters import declared_parameters, refuse_unknown
from evaluation.vocabulary.errors import MissingFileError, ReportError
from evaluation.vocabulary.message import msg

Watch = Callable[[Sequence[str]], AbstractContextManager[Callable[[str], None]]]


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
    """

    paths: list[Path]
    engine: str
    seconds: dict[str, float] = field(default_factory=dict)


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
    watch: Watch = lambda names: nullcontext(lambda name: None),
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
    watch
        Called once with the names of those that are to be run; what it gives is called with each that is finished.

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
    keys: dict[str, str] = {}
    missing: list[str] = []
    for name in names:
        source = read(notebooks / f"{name}.ipynb")
        refuse_unknown(given, declared_parameters(notebooks / f"{name}.ipynb"), f"{name}.ipynb")
        keys[name] = key = kept.key(source, given)
        valid = None if force else kept.find(name, source, key)
        if valid is None:
            missing.append(name)
        else:
            write(valid, out / f"{name}.ipynb", indent=None)
    seconds: dict[str, float] = {}
    with watch(missing) as done:
        if missing:
            execute = import_module("evaluation.report.execute")
            tasks = [execute.Task(notebooks / f"{name}.ipynb", out / f"{name}.ipynb", given, kept, keys[name])
                     for name in missing]  # fmt: skip
            for task, outcome in execute.RUNNERS[used](tasks, at_once or os.cpu_count() or 1):
                if outcome.failure:
                    raise _failure(task.made, failed, *outcome.failure)
                seconds[task.made.stem] = round(outcome.seconds, 3)
                done(task.made.stem)
    return Executed([out / f"{name}.ipynb" for name in names], used, seconds)


def execute_one(
    notebook: Path, out: Path, given: Mapping[str, Any], *, failed: Path, engine: str = ""
) -> Path:
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

    Returns
    -------
    Path
        The executed notebook.

    Raises
    ------
    ReportError
        If a cell fails: with notebook, cell and the error's own text.
    """
    refuse_unknown(given, declared_parameters(notebook), notebook.name)
    execute = import_module("evaluation.report.execute")
    task = execute.Task(notebook, out / notebook.name, dict(given))
    outcome = execute.run_alone(task, chosen_engine(engine))
    if outcome.failure:
        raise _failure(task.made, failed, *outcome.failure)
    return task.made


def _failure(made: Path, failed: Path, source: str, kind: str, text: str) -> ReportError:
    failed.mkdir(parents=True, exist_ok=True)
    kept = shutil.copy2(made, failed / made.name)
    return ReportError(
        msg(
            "The cell “{source}” failed: {error}: {text}",
            source=source.strip()[:80],
            error=kind,
            text=text,
        ),
        where=made.name,
        do=msg("The executed notebook is kept for reading: {path}.", path=str(kept)),
    )
