"""Formulas and markup planted in exports and in the definition stay texts in everything that is made."""

import csv
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest

from evaluation.vocabulary.cell import FORMULA
from tests.end_to_end.conftest import evaluation

pytestmark = pytest.mark.slow

SCRIPT = "<script>alert(4711)</script>"
PICTURE = "<img src=x onerror=alert(4711)>"
LINK = '=HYPERLINK("http://4711.example","x")'


def _plant(root: Path) -> None:
    """Plant in words, levels, questions, file names' labels and company names; the rest is simulated."""
    path = root / "projects" / "mine" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "name: {sv: Mitt projekt, en: My programme}", f"name: {{sv: '{SCRIPT}', en: '{SCRIPT}'}}"
    )
    text = text.replace("label: {sv: kvinnor, en: women}", f"label: {{sv: '{PICTURE}', en: '{PICTURE}'}}")
    text = text.replace("label: {sv: Före, en: Before}", f"label: {{sv: '{LINK}', en: '{LINK}'}}")
    path.write_text(text, encoding="utf-8")
    book = root / "projects" / "mine" / "codebook.csv"
    lines = book.read_text(encoding="utf-8-sig")
    lines = lines.replace("Vi delar det vi lär oss,We share what we learn", f"{SCRIPT},{PICTURE}")
    lines = lines.replace("Vi provar nya arbetssätt,We try new ways of working", "@SUM(A1),+1+1")
    book.write_text(lines, encoding="utf-8")
    assert evaluation("simulate", "projects/mine", cwd=root).returncode == 0
    for path in (root / "data" / "raw" / "mine").glob("*.csv"):
        _rename_firm(path)


def _rename_firm(path: Path) -> None:
    content = path.read_text(encoding="utf-8-sig")
    rows = list(
        csv.reader(content.splitlines(), delimiter=";" if content.partition("\n")[0].count(";") else ",")
    )
    if "Företag" in rows[0]:
        place = rows[0].index("Företag")
        for row in rows[1:]:
            row[place] = {"F01": f"{SCRIPT}AB", "F02": "=1+1", "F001": SCRIPT, "F002": "=1+1"}.get(
                row[place], row[place]
            )
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)


class _Live(HTMLParser):
    """Collects planted markup that a browser would carry out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag, attrs):
        self._script = tag == "script"
        self.found += [
            f"{name}={value}" for name, value in attrs if name.startswith("on") and "4711" in (value or "")
        ]
        self.found += [value for name, value in attrs if name == "src" and value == "x"]

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script and "alert(4711)" in data:
            self.found.append(data)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("planted")
    assert evaluation("new", "projects/mine", cwd=root).returncode == 0
    _plant(root)
    notebooks = Path(__file__).parents[2] / "notebooks"
    done = evaluation("report", "projects/mine", "--notebooks", notebooks, cwd=root)
    assert done.returncode == 0, done.stderr
    return root / "reports" / "mine"


def test_no_page_carries_out_what_was_planted(made):
    pages = sorted(made.rglob("*.html"))
    assert any("4711" in page.read_text(encoding="utf-8") for page in pages)
    for page in pages:
        reader = _Live()
        reader.feed(page.read_text(encoding="utf-8"))
        assert reader.found == [], page


def test_no_cell_is_a_formula_and_numbers_stay_numbers(made):
    books = sorted(made.rglob("*.xlsx"))
    assert books
    numbers = 0
    for path in books:
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                assert cell.data_type != "f", (path, cell.coordinate)
                assert not (isinstance(cell.value, str) and cell.value.startswith((*FORMULA, "\t", "\r")))
                numbers += isinstance(cell.value, int | float) and cell.value < 0
    assert numbers


def test_no_csv_cell_is_a_formula(made):
    files = [*made.rglob("*.csv"), *(made.parents[1] / "data" / "processed").rglob("*.csv")]
    for path in files:
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            assert not any(cell.startswith(FORMULA) and not cell.lstrip("+-").isdigit() for cell in row), path


def test_a_word_file_holds_no_field_link_or_foreign_part_that_was_planted(made):
    files = sorted(made.rglob("*.docx"))
    assert files
    for path in files:
        with zipfile.ZipFile(path) as book:
            names = book.namelist()
            assert not [
                name for name in names if name.endswith((".bin", ".html", ".js")) or "vba" in name.lower()
            ]
            texts = {name: book.read(name) for name in names if name.endswith((".xml", ".rels"))}
        assert any(b"4711" in text for name, text in texts.items() if name == "word/document.xml")
        for name, text in texts.items():
            root = ElementTree.fromstring(text)
            for part in root.iter():
                kind = part.tag.rpartition("}")[2]
                assert kind not in ("altChunk", "object", "script"), (path, name, kind)
                if kind in ("instrText", "fldSimple"):
                    assert not re.search("4711|HYPERLINK|DDE", (part.text or "") + str(part.attrib)), (
                        path,
                        name,
                    )
                if kind == "Relationship":
                    assert "4711" not in part.get("Target", ""), (path, name)


def test_a_pdf_carries_out_nothing_and_leads_nowhere_that_was_planted(made):
    files = sorted(made.rglob("*.pdf"))
    assert files
    for path in files:
        with pikepdf.open(path) as book:
            for thing in book.objects:
                if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                    continue
                keys = set(thing.keys())
                assert not keys & {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFile"}, path
                assert thing.get("/S") not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData"), path
                assert "4711" not in str(thing.get("/URI", "")), path


def test_no_executed_notebook_shows_live_what_was_planted(made):
    books = sorted(made.rglob("*.ipynb"))
    assert books
    for path in books:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                assert "application/javascript" not in data, path
                reader = _Live()
                reader.feed("".join(data.get("text/html", [])))
                assert reader.found == [], path


def test_every_kind_of_file_is_searched(made):
    kinds = {path.suffix for path in made.rglob("*") if path.is_file()}
    searched = {".html", ".xlsx", ".docx", ".pdf", ".ipynb", ".csv"}
    assert kinds - searched <= {".json", ".css", ".js", ".svg", ".png", ".txt"}
    assert {".html", ".xlsx", ".docx", ".pdf", ".ipynb"} <= kinds
    assert [path for path in made.rglob("*.html") if "workshop" in path.name]
