"""Cells of a workbook become the texts that a text file would hold."""

import random
import tracemalloc
import zipfile
from datetime import date, datetime, time

import pytest

from evaluation.data.read import read_export
from evaluation.data.workbook import cell_text, open_sheet, sheet_rows
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError
from tests.inflating import MB, SHEET, inflating


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("å", "å"),
        (4, "4"),
        (4.0, "4"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        (True, "TRUE"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 8), "2024-03-01T08:00:00"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_cells_become_texts(value, text):
    assert cell_text(value) == text


def test_a_crafted_sheet_is_read_if_it_is_small(tmp_path):
    path = inflating(tmp_path / "x.xlsx", 1)
    with open_sheet(path, None) as sheet:
        assert sum(1 for _ in sheet_rows(sheet)) == MB // 26


def test_a_sheet_that_unpacks_to_500_megabytes_is_refused_before_it_is_read(tmp_path):
    path = inflating(tmp_path / "x.xlsx", 500)
    for beside in (0, 4):
        with zipfile.ZipFile(path, "a") as target:
            target.writestr(f"xl/media/image{beside}.png", random.Random(1).randbytes(beside * MB))
        assert path.stat().st_size < 10 * MB
        for kind, columns in (("answers", {}), ("people", {"person": "1"})):
            source = Source(kind=kind, file=path.name, columns=columns)
            tracemalloc.start()
            try:
                with pytest.raises(ExportError, match=r"x\.xlsx: The file unpacks to 52\d"):
                    read_export(path, source)
                assert tracemalloc.get_traced_memory()[1] < 5 * MB
            finally:
                tracemalloc.stop()


def test_a_workbook_of_junk_is_one_error(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(random.Random(2).randbytes(2 * MB))
    with pytest.raises(ExportError, match="cannot be opened as an Excel workbook"):
        read_export(path, Source(kind="answers", file=path.name))


def test_a_sheet_that_says_it_is_smaller_than_it_is_is_damaged(tmp_path):
    path = inflating(tmp_path / "x.xlsx", 3)
    with zipfile.ZipFile(path, "a") as archive:
        archive.getinfo(SHEET).file_size = MB
        archive.writestr("x", b"")  # the table of contents is written anew
    with pytest.raises(ExportError, match="damaged"):
        read_export(path, Source(kind="answers", file=path.name))
