"""What a report was made from and what it consists of: the one file of it that tells of time and machine.

The standard library is enough here, so that an unchanged report is recognised at once.
"""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evaluation.vocabulary.fingerprint import file_fingerprint, files_fingerprint, program_fingerprint
from evaluation.vocabulary.fingerprint import fingerprint as of_values
from evaluation.vocabulary.version import VERSION

RECEIPT = "run.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks of `evaluation report`, as it is written on the command line."""

    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a report was made from, and what it consists of.

    Attributes
    ----------
    asked
        What was asked for.
    project
        The definition's file, relative to the report's folder.
    inputs
        Files and folders that the report depends on, relative to the report's folder; some need not be there.
    fingerprint
        One fingerprint of the inputs, the program and what was asked for.
    files
        The fingerprint of every file of the report.
    said
        What is told when the report is up to date, by language.
    run
        When, where and how it was made; nothing else of a report depends on this.
    """

    asked: Asked
    project: str
    inputs: tuple[str, ...]
    fingerprint: str
    files: Mapping[str, str]
    said: Mapping[str, Sequence[str]]
    run: Mapping[str, Any] = field(default_factory=dict)


def inputs_fingerprint(asked: Asked, inputs: Sequence[Path]) -> str:
    """Return one fingerprint of everything that a report depends on.

    Parameters
    ----------
    asked
        What is asked for.
    inputs
        The files that it is made from; one that is not there counts as such.
    """
    return of_values([asdict(asked), files_fingerprint(inputs), program_fingerprint()])


def write_receipt(receipt: Receipt, folder: Path) -> None:
    """Write the receipt of a report into its folder."""
    about = {
        "version": VERSION,
        "python": platform.python_version(),
        "system": platform.platform(),
        **receipt.run,
    }
    text = json.dumps(asdict(receipt) | {"run": about}, ensure_ascii=False, indent=1)
    made = folder / f".{RECEIPT}-{os.getpid()}"
    made.write_text(text + "\n", encoding="utf-8", newline="\n")
    os.replace(made, folder / RECEIPT)


def read_receipt(folder: Path) -> Receipt | None:
    """Return the receipt of a report, or None if there is none that can be read."""
    try:
        stored = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        asked = {name: tuple(value) if isinstance(value, list) else value
                 for name, value in stored.pop("asked").items()}  # fmt: skip
        return Receipt(Asked(**asked), inputs=tuple(stored.pop("inputs")), **stored)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def relative(path: Path, folder: Path) -> str:
    """Return how a file is reached from a report's folder; the whole path where no relative one leads there."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return str(path)


def file_fingerprints(folder: Path) -> dict[str, str]:
    """Return the fingerprint of every file of a report except its receipt."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / RECEIPT)
    return {path.relative_to(folder).as_posix(): file_fingerprint(path) for path in paths}


def is_unchanged(receipt: Receipt, folder: Path, asked: Asked, project: Path) -> bool:
    """Tell whether a report is what would be made again.

    Parameters
    ----------
    receipt
        The receipt in the report's folder.
    folder
        The report's folder.
    asked
        What is asked for now.
    project
        The file of the definition.

    Notes
    -----
    Contents are compared, also those of the report's own files: one that was changed or lost is made again.
    """
    inputs = [(folder / path).resolve() for path in receipt.inputs]
    return (
        receipt.asked == asked
        and (folder / receipt.project).resolve() == project.resolve()
        and receipt.fingerprint == inputs_fingerprint(asked, inputs)
        and all(file_fingerprint(folder / name) == known for name, known in receipt.files.items())
    )
