"""Full names of the register are found wherever they stand, and ordinary words are not taken for names."""

import pandas as pd
import pytest

from evaluation.data.privacy.register_names import names_in, register_names
from evaluation.data.privacy.scan import scan_folder
from tests.data.build import SURVEY

REGISTER = [
    ["Nr", "Förnamn", "Efternamn", "Kontakt"],
    ["1", "Anna-Karin", "Kovačević", "x"],
    ["2", "Bo", "Sten", "x"],
    ["3", "Madonna", "", "x"],
]


@pytest.fixture
def names(make_project):
    sources = {"people": {"kind": "people", "file": "people.csv", "columns": {"person": "Nr"}}, **SURVEY}
    return register_names(make_project({"people.csv": REGISTER}, sources=sources))


def test_both_orders_and_any_capitals(names):
    text = "Jag heter ANNA-KARIN KOVAČEVIĆ. Kovačević, Anna-Karin; och bo  sten!"
    assert names_in(text, names) == 3


@pytest.mark.parametrize(
    "text", ["Anna-Karin", "en sten", "bo kvar vid en sten", "Madonna", "", "Bo Ek, Eva Sten"]
)
def test_parts_of_names_are_no_names(names, text):
    assert names_in(text, names) == 0


def test_a_name_in_one_cell(make_project):
    rows = [["Nr", "Namn"], ["1", "Eva Ek"], ["2", "Li"]]
    sources = {"people": {"kind": "people", "file": "people.csv", "columns": {"person": "Nr"}}, **SURVEY}
    found = register_names(make_project({"people.csv": rows}, sources=sources))
    assert found == {("eva", "ek"), ("ek", "eva")}


def test_without_the_file_nothing_is_known(make_project):
    sources = {"people": {"kind": "people", "file": "gone.csv", "columns": {"person": "Nr"}}, **SURVEY}
    assert register_names(make_project(sources=sources)) == frozenset()


def test_tables_and_pages_are_searched(names, tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    pd.DataFrame({"text": ["Tack Bo Sten", "inget"]}).to_parquet(folder / "texts.parquet")
    (folder / "page.html").write_text("<p>Bo <b>ek</b></p><p>Bo Sten</p>", encoding="utf-8")
    seen, files = scan_folder(folder, names=names)
    assert files == 2
    assert [(sighting.file.name, sighting.count) for sighting in seen] == [
        ("page.html", 1),
        ("texts.parquet", 1),
    ]
