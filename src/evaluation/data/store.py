"""Processed tables on disk: Parquet with a manifest, replaced as a whole or not at all."""

import os
import shutil
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from evaluation.data.linkage.pipeline import REVIEW
from evaluation.data.linkage.review import write_review
from evaluation.data.manifest import TABLES, Manifest, read_manifest, write_manifest
from evaluation.data.tables import no_links, no_ties
from evaluation.vocabulary.errors import MissingFileError
from evaluation.vocabulary.message import msg

ROWS_PER_GROUP = 1 << 20
TEXTS = "texts"


@dataclass(frozen=True, eq=False)
class Tables:
    """The processed tables and what they were made from (columns: see `evaluation.data.tables`).

    `review` holds the pairs of answers that the evaluator may decide about; it is empty where nothing is open.
    `texts` holds the answers to open questions, None if there are none; no report is made from it.
    """

    people: pd.DataFrame
    organisations: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    log: pd.DataFrame
    manifest: Manifest
    links: pd.DataFrame = field(default_factory=no_links)
    review: pd.DataFrame = field(default_factory=pd.DataFrame)
    texts: pd.DataFrame | None = None
    ties: pd.DataFrame = field(default_factory=no_ties)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name in TABLES}


def write_processed(tables: Tables, folder: Path) -> None:
    """Write the tables and their manifest, replacing what the folder held.

    Everything is written beside the folder first and then put in its place by renaming, so that after a
    failure at any point the folder holds either the old tables or the new ones.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _restore(folder)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        texts = {} if tables.texts is None else {TEXTS: tables.texts}
        for name, frame in (tables.frames() | texts).items():
            path = fresh / f"{name}.parquet"
            frame.to_parquet(
                path, engine="pyarrow", compression="zstd", index=False, row_group_size=ROWS_PER_GROUP
            )
        if len(tables.review):
            write_review(tables.review, fresh / REVIEW)
        write_manifest(tables.manifest, fresh)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _previous(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.previous")


def _swap(fresh: Path, folder: Path) -> None:
    if folder.exists():
        folder.rename(_previous(folder))
    try:
        fresh.rename(folder)
    except OSError:
        _restore(folder)
        raise
    shutil.rmtree(_previous(folder), ignore_errors=True)


def _restore(folder: Path) -> None:
    """Put back the old tables if an earlier run was cut off between its two renamings."""
    previous = _previous(folder)
    if previous.exists() and not folder.exists():
        previous.rename(folder)
    shutil.rmtree(previous, ignore_errors=True)


def read_processed(folder: Path) -> Tables:
    """Read the tables that `write_processed` wrote.

    Raises
    ------
    MissingFileError
        If the folder does not hold all tables and their manifest.
    """
    if not folder.exists():
        _restore(folder)
    manifest = read_manifest(folder)
    missing = [name for name in TABLES if not (folder / f"{name}.parquet").is_file()]
    if manifest is None or missing:
        raise MissingFileError(
            msg("There are no complete processed tables."),
            where=str(folder),
            do=msg("Make them with `evaluation ingest`."),
        )
    frames = {name: _read(folder / f"{name}.parquet") for name in TABLES}
    texts = folder / f"{TEXTS}.parquet"
    return Tables(**frames, manifest=manifest, texts=_read(texts) if texts.is_file() else None)


def _read(path: Path) -> pd.DataFrame:
    """Read a table; Parquet forgets of what type categories are if there are none."""
    frame = pd.read_parquet(path, engine="pyarrow")
    texts = pd.CategoricalDtype(pd.Index([], dtype="str"))
    kinds = frame.dtypes[[isinstance(kind, pd.CategoricalDtype) for kind in frame.dtypes]]
    return frame.astype({name: texts for name, kind in kinds.items() if kind.categories.empty})
