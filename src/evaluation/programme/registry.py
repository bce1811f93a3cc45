"""Which projects a programme has: a folder of projects, or a list in CSV or YAML."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from evaluation.vocabulary.errors import MissingFileError, Problem, ProjectError, one_of
from evaluation.vocabulary.message import msg

DEFINITION = "project.yaml"
FIELDS = ("name", "path", "county", "start", "same")
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Entry:
    """One project of a programme.

    Attributes
    ----------
    key
        Its short name, unique in the programme.
    file
        Its definition.
    name, county, start
        What the list says of it; empty where it says nothing.
    same
        For the project's own statements, which statement of the programme each is the same as.
    """

    key: str
    file: Path
    name: str = ""
    county: str = ""
    start: str = ""
    same: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A project that cannot be used, and why."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """The projects of a programme.

    Attributes
    ----------
    key
        The programme's short name.
    entries
        Projects whose definition is there, each once, in the order of the list.
    refused
        The other lines of the list.
    """

    key: str
    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...] = ()


def read_registry(place: Path) -> Registry:
    """Read which projects a programme has; what is wrong with one does not stop the others.

    Parameters
    ----------
    place
        A folder whose subfolders are projects, or a list (`.csv`, `.yaml`) with the columns `path` and,
        if wanted, `name`, `county`, `start` and `same` ("their_key=our_key; other=ours"). Paths are relative
        to the list.

    Raises
    ------
    MissingFileError
        If there is no such folder or list, or no project in it.
    ProjectError
        If the list itself cannot be read.
    """
    place = Path(place).resolve()
    if place.is_dir():
        lines = [{"path": path.parent.name} for path in sorted(place.glob(f"*/{DEFINITION}"))]
        base = place
    elif place.suffix.lower() in READERS and place.is_file():
        lines, base = READERS[place.suffix.lower()](place), place.parent
    else:
        raise MissingFileError(
            msg("There is no folder or list of projects."),
            where=str(place),
            do=msg("Give a folder with a project in each subfolder, or a list as .csv or .yaml."),
        )
    entries, refused = _checked(lines, base)
    if not (entries or refused):
        raise MissingFileError(
            msg("There are no projects."),
            where=str(place),
            do=msg("Give a folder with a project in each subfolder, or a list as .csv or .yaml."),
        )
    return Registry(place.stem, tuple(entries), tuple(refused))


def _checked(lines: Sequence[Mapping[str, Any]], base: Path) -> tuple[list[Entry], list[Refused]]:
    entries: list[Entry] = []
    refused: list[Refused] = []
    for number, line in enumerate(lines, start=1):
        file = (base / str(line.get("path") or "")).resolve()
        file = file / DEFINITION if file.suffix != ".yaml" else file
        name = str(line.get("name") or line.get("path") or number)
        problem = _problem(line, file, entries)
        if problem is not None:
            refused.append(Refused(name, (problem,)))
            continue
        texts = {key: str(line.get(key) or "") for key in ("name", "county", "start")}
        key = _unused(file.parent.name, {entry.key for entry in entries})
        entries.append(Entry(key, file, **texts, same=_same(line.get("same"))))
    return entries, refused


def _problem(line: Mapping[str, Any], file: Path, entries: Sequence[Entry]) -> Problem | None:
    if not line.get("path"):
        return Problem(msg("The line has no path."), do=msg("Give the folder of the project."))
    if not file.is_file():
        return Problem(
            msg("There is no project file {path}.", path=file.name),
            str(line["path"]),
            msg("Check the path in the list."),
        )
    if any(entry.file == file for entry in entries):
        return Problem(
            msg("The project is in the list twice."), str(line["path"]), msg("It is counted once.")
        )
    return None


def _unused(key: str, taken: set[str]) -> str:
    names = (key if number == 1 else f"{key}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken and name != MAIN)


def _same(stated: Any) -> dict[str, str]:
    if isinstance(stated, Mapping):
        return {str(own): str(ours) for own, ours in stated.items()}
    pairs = [part.partition("=") for part in str(stated or "").split(";") if "=" in part]
    return {own.strip(): ours.strip() for own, _, ours in pairs}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectError(
            msg("The file is not written in UTF-8 (byte {place}).", place=error.start),
            where=path.name,
            do=msg("Save it as UTF-8 in your editor."),
        ) from None


def _csv(path: Path) -> list[dict[str, Any]]:
    text = _text(path)
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    _refuse_fields(reader.fieldnames or (), path)
    return [line for line in reader if any(line.values())]


def _yaml(path: Path) -> list[dict[str, Any]]:
    try:
        stated = yaml.safe_load(_text(path))
    except yaml.YAMLError:
        stated = None
    listed = stated.get("projects") if isinstance(stated, Mapping) else stated
    if not isinstance(listed, list) or not all(isinstance(line, Mapping) for line in listed):
        raise ProjectError(
            msg("The file holds no list of projects."),
            where=path.name,
            do=msg("Write a list `projects:` with a `path` for each project."),
        )
    for line in listed:
        _refuse_fields([str(name) for name in line], path, needed=())
    return [dict(line) for line in listed]


def _refuse_fields(names: Sequence[str], path: Path, needed: Sequence[str] = ("path",)) -> None:
    problems = list(_wrong_fields(names, path, needed))
    if problems:
        raise ProjectError(problems)


def _wrong_fields(names: Sequence[str], path: Path, needed: Sequence[str]) -> Iterator[Problem]:
    for name in names:
        if name not in FIELDS:
            yield Problem(
                msg("The list has a column {name} that is not known.", name=name),
                path.name,
                one_of(name, FIELDS),
            )
    for name in needed:
        if name not in names:
            yield Problem(msg("The list has no column {name}.", name=name), path.name, msg("Add it."))


READERS = {".csv": _csv, ".yaml": _yaml, ".yml": _yaml}
"""How a list is read, by its ending."""
