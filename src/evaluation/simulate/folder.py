"""Simulated files on the disk: never over real ones, and never half written."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from evaluation.vocabulary.errors import Problem, ProjectError, ReportError
from evaluation.vocabulary.message import msg

TRUTH = "truth.json"
MARKER = "simulated.json"


@dataclass(frozen=True, slots=True)
class Simulated:
    """A programme's raw files, made up, with what is true behind them.

    Attributes
    ----------
    project
        The project's key.
    seed
        The seed of the generator the numbers came from; None if it had none.
    files
        The content of every raw file by its name in the folder of raw data.
    truth
        What every estimate should come close to; see `known_truth`.
    """

    project: str
    seed: int | None
    files: Mapping[str, bytes]
    truth: Mapping[str, Any]


def write_simulated(simulated: Simulated, folder: Path) -> None:
    """Write simulated files, their truth and the list that marks them as simulated.

    Parameters
    ----------
    simulated
        What `simulate` returned.
    folder
        The folder of raw data; it is made if it does not exist. Other files in it are left alone.

    Raises
    ------
    ReportError
        If a file of the same name is there that was not simulated, or has been changed since.
    ProjectError
        If a source names a file outside the folder.

    Notes
    -----
    Everything is first written to a temporary folder beside. A new folder then appears in one step; in
    an existing one, earlier simulated files are removed before the list is replaced and the new files
    are moved in, so that an interruption never leaves made-up answers that are not marked as such.
    """
    folder = Path(folder)
    made_up = _unchanged_simulated(folder)
    _refuse_outside(simulated.files)
    _refuse_real(simulated, folder, made_up)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        new = Path(beside) / folder.name
        _write_all(simulated, new)
        if folder.exists():
            _replace(new, folder, made_up)
        else:
            new.rename(folder)


def _write_all(simulated: Simulated, folder: Path) -> None:
    for name, content in {
        **simulated.files,
        TRUTH: _json(simulated.truth),
        MARKER: _marker(simulated),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _marker(simulated: Simulated) -> bytes:
    prints = {name: hashlib.sha256(content).hexdigest() for name, content in simulated.files.items()}
    return _json({"project": simulated.project, "seed": simulated.seed, "files": prints})


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _unchanged_simulated(folder: Path) -> set[str]:
    """Return the names of files that the folder's list marks as simulated and that are still as written."""
    try:
        stated = json.loads((folder / MARKER).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {
        name
        for name, fingerprint in stated.items()
        if (folder / name).is_file()
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() == fingerprint
    }


def _refuse_outside(files: Mapping[str, bytes]) -> None:
    for name in files:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or name in (TRUTH, MARKER):
            raise ProjectError(
                msg("A source cannot have the file {file}.", file=name),
                where="sources",
                do=msg("Give the name of a file in the folder of raw data."),
            )


def _refuse_real(simulated: Simulated, folder: Path, made_up: set[str]) -> None:
    real = [name for name in simulated.files if (folder / name).exists() and name not in made_up]
    if (folder / TRUTH).exists() and not (folder / MARKER).is_file():
        real.append(TRUTH)
    if real:
        raise ReportError(
            [
                Problem(
                    msg(
                        "The file {file} is there already and was not simulated, or has been changed since.",
                        file=name,
                    ),
                    str(folder),
                    msg("Move it elsewhere, or simulate into another folder. Real answers are kept."),
                )
                for name in real
            ]
        )


def _replace(new: Path, folder: Path, made_up: set[str]) -> None:
    for name in sorted(made_up):
        (folder / name).unlink()
    (new / MARKER).replace(folder / MARKER)
    _move_in(new, folder)


def _move_in(new: Path, folder: Path) -> None:
    for path in sorted(path for path in new.rglob("*") if path.is_file()):
        target = folder / path.relative_to(new)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
