"""What processed tables were made from, and whether that is still what lies on the disk.

This module needs neither pandas nor the tables, so that asking costs nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from evaluation.project.model import LoadedProject
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.version import VERSION

MANIFEST = "manifest.json"
SIMULATED = "simulated.json"
TABLES = ("people", "organisations", "answers", "scores", "log")
Simulated = Literal["none", "some", "all"]


@dataclass(frozen=True, slots=True)
class Input:
    """One source's file as it was read."""

    source: str
    file: str
    sha256: str
    encoding: str
    delimiter: str
    sheet: str
    rows: int
    columns: int
    simulated: bool
    tool: str = "plain"


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of the rows of one source, for sources with answers at one wave.

    `read` is always `kept` plus everything in `dropped`, which counts rows by reason: `no_person`,
    `no_organisation`, `no_effort`, `duplicate`, `not_registered`, `no_answers`, and those of survey tools:
    `preview`, `test`, `spam`, `unfinished`, `joined`.
    """

    source: str
    wave: str
    read: int
    kept: int
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cells:
    """How many answers of one source and wave there are, by kind of missing; `none` counts values."""

    source: str
    wave: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the processed tables were made from; nothing in it depends on when.

    Attributes
    ----------
    project, version
        The project's key and the version of this package.
    project_sha256, codebook_sha256
        Fingerprints of the definition.
    inputs
        Every source's file.
    simulated
        Whether none, some or all of the files hold made-up answers.
    accounting
        What became of the rows that were read.
    cells
        How the answers divide into values and kinds of missing.
    unused
        By file, the columns that neither the codebook nor a source mentions.
    notes
        Sentences about what the reader of the data should know.
    """

    project: str
    version: str
    project_sha256: str
    codebook_sha256: str
    inputs: tuple[Input, ...] = ()
    accounting: tuple[Accounting, ...] = ()
    cells: tuple[Cells, ...] = ()
    unused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()

    @property
    def simulated(self) -> Simulated:
        """Return whether none, some or all of the files hold made-up answers."""
        made_up = [entry.simulated for entry in self.inputs]
        if not any(made_up):
            return "none"
        return "all" if all(made_up) else "some"

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {**asdict(self), "simulated": self.simulated}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Manifest":
        """Return the manifest that plain values from JSON stand for."""
        return cls(
            values["project"],
            values["version"],
            values["project_sha256"],
            values["codebook_sha256"],
            tuple(Input(**entry) for entry in values["inputs"]),
            tuple(Accounting(**entry) for entry in values["accounting"]),
            tuple(Cells(**entry) for entry in values["cells"]),
            {file: tuple(columns) for file, columns in values["unused"].items()},
            tuple(Message(**note) for note in values["notes"]),
        )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write a manifest as JSON; equal manifests give equal bytes."""
    text = json.dumps(manifest.to_dict(), ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in a folder, or None if there is none that can be read."""
    try:
        return Manifest.from_dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_current(project: LoadedProject) -> bool:
    """Tell whether the processed tables were made from the files as they are now, by this version."""
    folder = project.processed_folder
    manifest = read_manifest(folder)
    if manifest is None or not all((folder / f"{name}.parquet").is_file() for name in TABLES):
        return False
    stated = (manifest.project, manifest.version, manifest.project_sha256, manifest.codebook_sha256)
    if stated != identity(project):
        return False
    return [(entry.source, entry.sha256, entry.simulated) for entry in manifest.inputs] == _on_disk(project)


def identity(project: LoadedProject) -> tuple[str, str, str, str]:
    """Return the project's key, this package's version, and the fingerprints of the definition."""
    return project.key, VERSION, file_sha256(project.file), file_sha256(project.codebook.file)


def _on_disk(project: LoadedProject) -> list[tuple[str, str, bool]]:
    made_up = simulated_files(project.raw_folder)
    found = []
    for key, source in project.definition.sources.items():
        sha256 = source_sha256(project.raw_folder / source.file, source)
        found.append((key, sha256, sha256 in made_up))
    return found


def simulated_files(folder: Path) -> frozenset[str]:
    """Return the fingerprints of the files in a raw folder that are known to be made up.

    Raises
    ------
    ExportError
        If the list of made-up files is there but cannot be read.
    """
    path = folder / SIMULATED
    if not path.is_file():
        return frozenset()
    try:
        return frozenset(json.loads(path.read_text(encoding="utf-8"))["files"].values())
    except (ValueError, KeyError, AttributeError, TypeError):
        raise ExportError(
            msg("The list of simulated files cannot be read."),
            where=path.name,
            do=msg("Simulate the files again, or delete the list if the files are real."),
        ) from None


def source_sha256(path: Path, source: Source) -> str:
    """Return the fingerprint of a source's file, and of its data dictionary if it has one; "" if absent."""
    paths = [path, *([path.parent / source.dictionary] if source.dictionary else [])]
    known = [file_sha256(each) if each.is_file() else "" for each in paths]
    return known[0] if len(known) == 1 else hashlib.sha256(" ".join(known).encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the fingerprint of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
