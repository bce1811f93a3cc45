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
TABLES = ("people", "organisations", "answers", "scores", "log", "links", "ties", "accounts")
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
    `no_organisation`, `no_year`, `no_effort`, `no_actor`, `itself`, `duplicate`, `not_registered`, `no_answers`, and
    those of survey tools:
    `preview`, `test`, `spam`, `unfinished`, `joined`.
    """

    source: str
    wave: str
    read: int
    kept: int
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cells:
    """What became of the cells of one source and wave: one cell per row and question.

    `read` is always everything in `dropped`, by the reason for which its row was left out, plus everything in
    `counts`, by kind of missing; `none` counts values, and `recoded` those of them that were written as a text.
    """

    source: str
    wave: str
    counts: Mapping[str, int]
    read: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    recoded: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """How waves were linked.

    Attributes
    ----------
    by
        `code` or `hash`.
    asked, rule
        The rule of the definition, and the one that was used.
    expected_exact, expected_one_edit
        How many pairs of different people are expected to have equal codes, and codes at most one edit apart.
    links
        How many links the default rule makes.
    undecided, decided
        How many pairs wait for the evaluator, and how many are decided.
    """

    by: str
    asked: str
    rule: str
    expected_exact: float = 0.0
    expected_one_edit: float = 0.0
    links: int = 0
    undecided: int = 0
    decided: int = 0


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
        What became of the cells that were read.
    unused
        By file, the columns that neither the codebook nor a source mentions.
    notes
        Sentences about what the reader of the data should know.
    linkage
        How the waves were linked; None if by identifiers of the files.
    decisions_sha256
        Fingerprint of the evaluator's decisions about pairs; empty if there are none.
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
    linkage: Linked | None = None
    decisions_sha256: str = ""

    @property
    def simulated(self) -> Simulated:
        """Return whether none, some or all of the files hold made-up answers."""
        made_up = [entry.simulated for entry in self.inputs]
        if not any(made_up):
            return "none"
        return "all" if all(made_up) else "some"

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        notes = [note.to_dict() for note in self.notes]
        return {**asdict(self), "notes": notes, "simulated": self.simulated}

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
            tuple(map(Message.from_dict, values["notes"])),
            Linked(**values["linkage"]) if values["linkage"] else None,
            values["decisions_sha256"],
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
    if stated != identity(project) or manifest.decisions_sha256 != decisions_sha256(project):
        return False
    return [(entry.source, entry.sha256, entry.simulated) for entry in manifest.inputs] == _on_disk(project)


def identity(project: LoadedProject) -> tuple[str, str, str, str]:
    """Return the project's key, this package's version, and the fingerprints of the definition."""
    return project.key, VERSION, file_sha256(project.file), file_sha256(project.codebook.file)


def decisions_sha256(project: LoadedProject) -> str:
    """Return the fingerprint of the decisions about pairs; "" if there are none."""
    linkage = project.definition.linkage
    path = project.raw_folder / linkage.decisions if linkage else None
    return file_sha256(path) if path and path.is_file() else ""


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
