"""What is done for one project, wherever it is done: read, run the notebooks, protect, keep what they show."""

import json
import os
import platform
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.chapters import NOTEBOOKS, chapters_of
from evaluation.data.ingest import ingest_and_store
from evaluation.data.manifest import is_current
from evaluation.data.store import short_texts
from evaluation.disclosure import row_key
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.report.exhibit import UNSEEN, Exhibit
from evaluation.report.places import is_alive
from evaluation.report.release import protected_together
from evaluation.report.render import read_exhibits
from evaluation.report.run import run_chapters
from evaluation.rules import evaluate
from evaluation.simulate import simulate, write_simulated
from evaluation.study import Study, handed_down, open_study
from evaluation.vocabulary.environment import environment
from evaluation.vocabulary.errors import EvaluationError, MissingFileError, Problem, ReportError
from evaluation.vocabulary.fingerprint import files_fingerprint, fingerprint, program_fingerprint
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.row import Key, is_rounded

FORM = 1
"""Raised when what is kept changes its form."""
SUMMED = ("coverage", "eligibility", "representation")
"""Kinds of rules whose counts are summed over projects."""
KEPT_WORDS = ("label.", "level.", "group.", "wave.", "id.")
HERE = platform.node() or "here"
"""This computer, in the names of temporary folders: others may reach them too."""
DAY = 86_400.0
Run = Mapping[str, Any]
"""What is known of one project after it was evaluated, as plain values."""


@dataclass(frozen=True, slots=True)
class ProjectTask:
    """One project to be evaluated.

    Attributes
    ----------
    key
        The project's key in the programme.
    file
        Its definition.
    notebooks
        The folder of the notebooks.
    only
        The chapters; all that the project has something to say in if empty.
    force
        Whether to evaluate it although nothing has changed.
    program
        The fingerprint of the program that asks for it.
    """

    key: str
    file: str
    notebooks: str
    only: tuple[str, ...] = ()
    force: bool = False
    program: str = ""

    @property
    def identity(self) -> str:
        """Return what tells the task from every other, whatever it is called."""
        here = Path(self.file)
        return fingerprint([self.key, self.file, files_fingerprint([here]), self.only, self.program])


def evaluate_project(task: ProjectTask) -> Run:
    """Evaluate one project; whatever goes wrong is told in the outcome.

    Parameters
    ----------
    task
        The project.

    Returns
    -------
    dict
        `status` is "evaluated", "failed" (with `problems`) or "other_version".
    """
    begun = time.monotonic()
    if task.program and task.program != program_fingerprint():
        return {"key": task.key, "status": "other_version"}
    try:
        found = _evaluated(task)
    except EvaluationError as error:
        found = _failed(error.problems)
    except Exception as error:
        text = msg("Unexpected error: {error}", error=f"{type(error).__name__}: {error}")
        found = _failed([Problem(text, Path(task.file).parent.name)])
    return {**found, "key": task.key, "seconds": round(time.monotonic() - begun, 3), "process": os.getpid()}


def _failed(problems: Sequence[Problem]) -> dict[str, Any]:
    told = [
        {"problem": one.what.to_dict(), "where": one.where, "do": one.do.to_dict() if one.do else None}
        for one in problems
    ]
    return {"status": "failed", "problems": told}


def _evaluated(task: ProjectTask) -> dict[str, Any]:
    loaded = load_project(task.file)
    make_ready(loaded)
    names = [name for name in chapters_of(loaded.definition) if not task.only or name in task.only]
    if not names:
        raise ReportError(msg("The project has none of the chapters that are asked for."), where=loaded.key)
    identity = _content(task, loaded, names)
    place = loaded.processed_folder.with_name(f".{loaded.processed_folder.name}.programme")
    stored = None if task.force else _stored(place / f"{identity}.json")
    if stored is None:
        stored = {**_run(task, loaded, names), "identity": identity, "status": "evaluated"}
        _store(stored, place, f"{identity}.json")
    return stored


def make_ready(loaded: LoadedProject) -> None:
    """See to it that a project's tables are up to date; rehearse where there are no exports and it may be.

    Raises
    ------
    MissingFileError
        If there are no exports and the definition does not allow made-up ones.
    """
    if not any((loaded.raw_folder / source.file).is_file() for source in loaded.definition.sources.values()):
        if loaded.definition.simulation is None:
            raise MissingFileError(
                msg("There are no exports."),
                where=str(loaded.raw_folder),
                do=msg("Put them there, or add a section `simulation:` to the definition to rehearse."),
            )
        rng = np.random.default_rng(loaded.definition.simulation.seed)
        write_simulated(simulate(loaded, rng), loaded.raw_folder)
    if not is_current(loaded):
        ingest_and_store(loaded)


def _content(task: ProjectTask, loaded: LoadedProject, names: Sequence[str]) -> str:
    """Return the fingerprint of everything that the outcome depends on, but not of where it lies."""
    here, notebooks = loaded.file.parent, Path(task.notebooks)
    raw = [loaded.raw_folder / source.file for source in loaded.definition.sources.values()]
    exceptions = loaded.definition.privacy.exceptions
    files = [
        loaded.file,
        here / loaded.definition.codebook,
        *raw,
        *(notebooks / f"{NOTEBOOKS[name]}.ipynb" for name in names),
        *([here / exceptions] if exceptions else []),
    ]
    return fingerprint([FORM, files_fingerprint(files), list(names), program_fingerprint()])


def _stored(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _store(found: Run, folder: Path, name: str) -> None:
    """Keep an outcome in place of earlier ones; it is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f".{name[:16]}-{HERE}-{os.getpid()}"
    made.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8", newline="\n")
    os.replace(made, folder / name)
    for other in folder.iterdir():
        if other.name != name and (other.suffix == ".json" or _age(other) > DAY):
            other.unlink(missing_ok=True)


@short_texts()
def _run(task: ProjectTask, loaded: LoadedProject, names: Sequence[str]) -> dict[str, Any]:
    study = open_study(loaded.file)
    made = loaded.processed_folder.with_name(f".{loaded.processed_folder.name}.{HERE}-{os.getpid()}")
    clear_remains(loaded.processed_folder)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    try:
        # Only the data of notebooks is read, so that nothing is drawn into them.
        with handed_down(study), environment({UNSEEN: "1"}):
            files = [NOTEBOOKS[name] for name in names]
            ran = run_chapters(
                loaded, files, made, notebooks=Path(task.notebooks), failed=made, force=task.force, at_once=1
            )
            protected_together(made, study, find=not task.force, keep=True)
        exhibits = [exhibit for path in ran.paths for exhibit in read_exhibits(path)]
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return _told(study, exhibits)


def clear_remains(folder: Path) -> None:
    """Delete what evaluations that were cut off left beside a folder of tables.

    Parameters
    ----------
    folder
        The folder of the tables. What a process of another computer left is deleted when it is a day old,
        since it cannot be told here whether that process is there.
    """
    name = re.compile(rf"\.{re.escape(folder.name)}\.(.+)-(\d+)")
    for path in folder.parent.iterdir():
        found = name.fullmatch(path.name)
        if found and (_is_gone(found[1], int(found[2])) or _age(path) > DAY):
            shutil.rmtree(path, ignore_errors=True)


def _is_gone(computer: str, process: int) -> bool:
    return computer == HERE and not is_alive(process)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _told(study: Study, exhibits: Sequence[Exhibit]) -> dict[str, Any]:
    rows = [row for exhibit in exhibits for row in exhibit.result.records() if row.get("indicator")]
    shown = [row for row in rows if not row.get("suppressed")]
    near = {row_key(row) for row in shown if is_rounded(row)}
    words = {key: dict(texts) for key, texts in study.words.items() if key.startswith(KEPT_WORDS)}
    return {
        "name": dict(study.project.name),
        "languages": list(study.project.languages),
        "simulated": study.simulated,
        "min_cell": study.policy.min_cell,
        "inputs": fingerprint([[entry.file, entry.sha256] for entry in study.manifest.inputs]),
        "rows": _once(rows),
        "words": words,
        "counts": list(_counts(study, {row_key(row) for row in shown}, near)),
    }


def _once(rows: Sequence[Run]) -> list[Run]:
    """Keep the fullest of the rows that several exhibits show."""
    found: dict[Key, Run] = {}
    for row in rows:
        told = {name: value for name, value in row.items() if value is not None}
        if len(told) > len(found.get(row_key(row), {})):
            found[row_key(row)] = told
    return list(found.values())


def _counts(study: Study, shown: set[Key], near: set[Key]) -> Iterator[dict[str, Any]]:
    """Return the counts to be summed, whole: they stay as sensitive as the tables until they are summed."""
    for kind in SUMMED:
        for key, indicator in study.indicators(kind=kind).items():
            if indicator.unit not in ("person", "organisation"):
                continue
            for row in evaluate(key, study).records():
                if row.get("k") is None or row.get("n") is None:
                    continue
                about = {name: row.get(name) for name in ("indicator", "estimand", "unit", "group", "level")}
                yield {
                    **about,
                    "part": row.get("term"),
                    "k": int(row["k"]),
                    "n": int(row["n"]),
                    "threshold": study.policy.threshold(row.get("group")),
                    "shown": row_key(row) in shown,
                    "rounded": row_key(row) in near,
                }
