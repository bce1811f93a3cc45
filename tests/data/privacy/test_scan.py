"""A last look finds what is planted in every kind of file, and nothing in files without it."""

import json
import zipfile

import openpyxl
import pandas as pd
import pytest

from evaluation.data.privacy.scan import known_people, scan_folder
from evaluation.vocabulary.errors import ExportError
from tests.inflating import inflating

PLANTED = {
    "identity numbers": "811218-9876",
    "e-mail addresses": "anna.berg@exempel.se",
    "telephone numbers": "070-123 45 67",
    "IP addresses": "10.0.0.12",
    "identifiers of people": "D017",
}


def _page(path, text):
    picture = "data:image/png;base64," + "8112189876" * 3
    style = f"<style>.x{{width:{PLANTED['IP addresses']}}}</style>"
    path.write_text(f'{style}<img alt="{text}" src="{picture}"><p>tal 3,14</p>', encoding="utf-8")


def _notebook(path, text):
    output = {"data": {"text/html": [f"<b>{text}</b>"], "image/png": "8112189876"}}
    path.write_text(json.dumps({"cells": [{"outputs": [output]}], "x": 8112189876}), encoding="utf-8")


def _workbook(path, text):
    book = openpyxl.Workbook()
    book.active.append(["Tabell", text])
    book.save(path)


def _document(path, text):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")


WRITERS = {
    "x.html": _page,
    "x.ipynb": _notebook,
    "x.xlsx": _workbook,
    "x.docx": _document,
    "x.csv": lambda path, text: path.write_text(f"a;b\n1;{text}\n", encoding="utf-8"),
    "x.json": lambda path, text: path.write_text(json.dumps({"a": [text]}), encoding="utf-8"),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_planted_is_found(tmp_path, name, kind):
    WRITERS[name](tmp_path / name, f"se {PLANTED[kind]} här")
    seen, files = scan_folder(tmp_path, frozenset({"D017"}))
    assert [(str(found.kind), found.file.name, files) for found in seen] == [(kind, name, 1)]


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_found_where_nothing_is(tmp_path, name):
    WRITERS[name](tmp_path / name, "21 av 27 (78 %), 2024-03-01, +0,90 till 1.2.3")
    assert scan_folder(tmp_path, frozenset({"D017"})) == ([], 1)


def test_tables_are_looked_at_column_by_column(tmp_path):
    people = pd.DataFrame(
        {
            "person": ["D017", "D018"],
            "e_post": ["a@b.se", ""],
            "note": ["x", "811218-9876"],
            "n": [1, 8112189876],
            "share": [0.5, 0.8112189876],
        }
    )
    people.astype({"e_post": "category"}).to_parquet(tmp_path / "people.parquet")
    seen, _ = scan_folder(tmp_path)
    assert {str(found.kind): found.count for found in seen} == {
        "columns named for personal data": 1,
        "e-mail addresses": 1,
        "identity numbers": 2,
    }
    assert known_people(tmp_path) == {"D017", "D018"}


def test_an_absent_folder_holds_nothing(tmp_path):
    assert scan_folder(tmp_path / "none") == ([], 0)


@pytest.mark.parametrize("name", ["x.xlsx", "x.docx"])
def test_what_unpacks_to_something_enormous_is_refused(tmp_path, name):
    inflating(tmp_path / name, 500)
    with pytest.raises(ExportError, match=rf"{tmp_path.name}.{name}: The file unpacks to 52\d"):
        scan_folder(tmp_path)


@pytest.mark.parametrize(("name", "told"), [("x.xlsx", "as an Excel workbook"), ("x.docx", "is damaged")])
def test_what_is_no_packed_file_is_one_error(tmp_path, name, told):
    (tmp_path / name).write_text("nothing packed")
    with pytest.raises(ExportError, match=told):
        scan_folder(tmp_path)


def test_cells_outside_what_a_sheet_says_it_holds_are_seen(tmp_path):
    _workbook(tmp_path / "whole.xlsx", PLANTED["e-mail addresses"])
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as source,
        zipfile.ZipFile(tmp_path / "x.xlsx", "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'ref="A1:B1"', b'ref="A1:A1"'))
    (tmp_path / "whole.xlsx").unlink()
    assert [found.file.name for found in scan_folder(tmp_path)[0]] == ["x.xlsx"]
