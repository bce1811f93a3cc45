"""Processed tables on disk: Parquet with a manifest, replaced as a whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evaluation.data.linkage.pipeline import REVIEW
from evaluation.data.linkage.review import write_review
from evaluation.data.manifest import TABLES, Manifest, read_manifest, write_manifest
from evaluation.data.tables import no_accounts, no_links, no_ties
from evaluation.vocabulary.errors import MissingFileError
from evaluation.vocabulary.message import msg

ROWS_PER_GROUP = 1 << 24
"""How many rows stand together in a file; each group repeats the texts of its categories."""
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
    accounts: pd.DataFrame = field(default_factory=no_accounts)

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
    frames = {name: READERS.get(name, _read)(folder / f"{name}.parquet") for name in TABLES}
    texts = folder / f"{TEXTS}.parquet"
    return Tables(**frames, manifest=manifest, texts=_read(texts) if texts.is_file() else None)


@contextmanager
def short_texts() -> Iterator[None]:
    """Hold texts as Python's and not as Arrow's while a report is made: its tables have some hundred rows.

    What the tables say is the same. pandas takes longer to pass a few texts to Arrow than to use them.
    """
    with pd.option_context("mode.string_storage", "python"):
        yield


def _read(path: Path) -> pd.DataFrame:
    """Read a table; Parquet forgets of what type categories are if there are none."""
    frame = pd.read_parquet(path, engine="pyarrow")
    texts = pd.CategoricalDtype(pd.Index([], dtype="str"))
    kinds = frame.dtypes[[isinstance(kind, pd.CategoricalDtype) for kind in frame.dtypes]]
    return frame.astype({name: texts for name, kind in kinds.items() if kind.categories.empty})


def _read_long(path: Path) -> pd.DataFrame:
    """Read a table of categories and numbers a column and a group of rows at a time, into its final place."""
    file = pq.ParquetFile(path)
    columns = (
        {field.name: _column(file, field) for field in file.schema_arrow} if file.metadata.num_rows else {}
    )
    if not columns or any(column is None for column in columns.values()):
        return _read(path)
    return pd.DataFrame(columns, copy=False)


def _column(file: pq.ParquetFile, field: pa.Field) -> pd.Categorical | np.ndarray | None:
    """Return one column; None if its groups of rows do not have the same categories."""
    cells, categories, start = np.empty(0), None, 0
    for group in range(file.num_row_groups):
        for part in file.read_row_group(group, columns=[field.name]).column(0).chunks:
            if pa.types.is_dictionary(field.type):
                if categories is not None and not part.dictionary.equals(categories):
                    return None
                categories, part = part.dictionary, part.indices.fill_null(-1)
            values = part.to_numpy(zero_copy_only=False)
            if not start:
                kind = values.dtype if categories is None else np.min_scalar_type(-len(categories) - 1)
                cells = np.empty(file.metadata.num_rows, kind)
            cells[start : start + len(values)] = values
            start += len(values)
    if categories is None:
        return cells
    return pd.Categorical.from_codes(cells, categories=pd.Index(pd.array(categories, dtype="str")))


READERS = {"answers": _read_long, "scores": _read_long}
"""How tables are read that may be too large to be held twice."""
