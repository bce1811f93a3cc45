"""One report in all its formats and languages: the same numbers everywhere, and no sentence with a hole."""

import math
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest

from evaluation.report.audience import AUDIENCES
from evaluation.report.edition import make_edition
from evaluation.report.exhibit import DRAWN
from evaluation.text.catalogue import translations
from evaluation.vocabulary.verdicts import MARKS
from tests.end_to_end.test_report import LANGUAGES, exhibits

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("halland")]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTICE = {"sv": "Simulerade data", "en": "Simulated data"}
OPEN = ("card", "table", "folded")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Tables(HTMLParser):
    """The tables of a page as written cells."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[list[tuple[str, ...]]] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.found.append([])
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.cell = []

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.row.append(plain("".join(self.cell)))
            self.cell = None
        elif tag == "tr":
            self.found[-1].append(tuple(self.row))

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def numbers(text: str) -> list[str]:
    return NUMBER.findall(re.sub(r"(?<=\d)[\N{NO-BREAK SPACE} ](?=\d{3}\b)", "", text))


def word_document(folder: Path) -> ElementTree.Element:
    with zipfile.ZipFile(folder / "report.docx") as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def word_text(node: ElementTree.Element) -> str:
    signs = {f"{W}softHyphen": "\N{SOFT HYPHEN}"}
    return "".join(
        signs.get(piece.tag, piece.text or "") for piece in node.iter() if piece.tag in {*signs, f"{W}t"}
    )


def page(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def sentences(halland: Path, lang: str) -> list[str]:
    """Return everything that the exhibits say: findings, alternative texts, notes and cells."""
    said: list[str] = []
    for exhibit in exhibits(halland):
        if not len(exhibit.result.table):
            continue
        said += [str(finding) for finding in exhibit.findings(lang)]
        if exhibit.layout != "lead":
            said += [cell for row in exhibit.table(lang).rows for cell in row]
        if exhibit.layout in DRAWN:
            said.append(exhibit.alt(lang))
    return said


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def folder(halland, lang):
    return halland / lang


def test_every_format_is_there(folder):
    names = {path.name for path in folder.iterdir()}
    assert {"index.html", "report.html", "report.pdf", "report.docx", "tables.xlsx"} <= names


def test_word_has_the_same_tables_as_the_page(folder):
    pages = Tables(page(folder)).found
    word = [
        [tuple(plain(word_text(cell)) for cell in row.iter(f"{W}tc")) for row in table.iter(f"{W}tr")]
        for table in word_document(folder).iter(f"{W}tbl")
    ]
    assert word == pages


def test_the_page_has_every_exhibits_table(halland, folder, lang):
    tables = Tables(page(folder)).found
    rows = {
        tuple(cell.lstrip("".join(MARKS.values()) + " ") or cell for cell in row)
        for table in tables
        for row in table
    }
    for exhibit in exhibits(halland):
        if exhibit.layout in OPEN:
            assert {tuple(map(plain, row)) for row in exhibit.table(lang).rows} <= rows, exhibit.key


def test_pdf_has_the_numbers_of_every_table(halland, folder, lang):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    done = subprocess.run(["pdftotext", folder / "report.pdf", "-"], capture_output=True, check=True)
    found = Counter(numbers(done.stdout.decode()))
    shown = [one for one in exhibits(halland) if one.layout in OPEN]
    cells = [cell for one in shown for row in one.table(lang).rows for cell in row]
    wanted = Counter(number for cell in cells for number in numbers(cell) if len(cell) < 40)
    assert not wanted - found


def test_made_up_data_are_announced_on_every_page_of_the_pdf(folder, lang):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    with pikepdf.open(folder / "report.pdf") as pdf:
        pages = len(pdf.pages)
    done = subprocess.run(["pdftotext", folder / "report.pdf", "-"], capture_output=True, check=True)
    texts = done.stdout.decode().split("\f")[:-1]
    assert len(texts) == pages
    assert all(NOTICE[lang] in text for text in texts)


def test_alternative_texts_are_the_same_in_page_pdf_and_word(halland, folder, lang):
    shown = [plain(exhibit.alt(lang)) for exhibit in exhibits(halland) if exhibit.layout in DRAWN]
    with pikepdf.open(folder / "report.pdf") as pdf:
        figures = [plain(str(node.Alt)) for node in pdf.objects if _is_figure(node)]
    word = [plain(node.get("descr")) for node in word_document(folder).iter() if node.tag.endswith("}docPr")]
    assert sorted(figures) == sorted(shown)
    assert word == shown


def _is_figure(node: object) -> bool:
    return isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure"


def test_excel_has_the_numbers_that_are_written(halland, folder, lang):
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    shown = [one for one in exhibits(halland) if len(one.result.table) and one.layout != "lead"]
    assert len(book.sheetnames) == len(shown) + 2
    for sheet, exhibit in zip(book.worksheets[1:-1], shown, strict=True):
        records = exhibit.result.records()
        for row, record in zip(sheet.iter_rows(min_row=2, values_only=True), records, strict=False):
            found = [value for value in row if isinstance(value, int | float)]
            kept = [v for v in record.values() if isinstance(v, int | float) and not isinstance(v, bool)]
            assert all(any(value == pytest.approx(other, rel=1e-12) for other in kept) for value in found)
            empty = record["suppressed"] or all(map(math.isnan, kept))
            assert found or empty, (exhibit.key, row)


def test_what_a_figure_writes_stands_in_its_table_or_findings(halland, lang):
    for exhibit in exhibits(halland):
        if exhibit.layout != "card":
            continue
        said = " ".join([cell for row in exhibit.table(lang).rows for cell in row])
        said += " ".join(map(str, exhibit.findings(lang)))
        drawn = _written(exhibit.figure(lang))
        values = exhibit.result.labels(lang, exhibit.words).values
        for text in values:
            assert set(numbers(text)) <= set(numbers(said)), (exhibit.key, text)
        assert not values or any(set(numbers(text)) <= set(numbers(drawn)) for text in values), exhibit.key


def _written(figure) -> str:
    """Return every text of a figure, lines joined."""
    from matplotlib.text import Text

    return " | ".join(plain(text.get_text()) for text in figure.findobj(Text) if text.get_visible())


def test_no_sentence_has_a_hole(halland, folder, lang):
    texts = [*sentences(halland, lang), word_text(word_document(folder))]
    for text in texts:
        assert not re.search(r"[{}]|\bnan\b|\bNone\b|<NA>", text), text[:200]
    assert not [text for text in texts[:-1] if "  " in text]


def test_numbers_are_written_as_the_language_does(halland, lang):
    wrong = {"sv": r"\d\.\d|\d%", "en": r"\d,\d(?!\d\d)|\d\N{NO-BREAK SPACE}%"}[lang]
    assert not [text for text in sentences(halland, lang) if re.search(wrong, text)]


def test_swedish_word_and_excel_hold_no_english_sentence(halland):
    folder = halland / "sv"
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    cells = [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    text = word_text(word_document(folder)) + " ".join(cells)
    for entry in translations("sv"):
        english = entry.id if isinstance(entry.id, str) else entry.id[0]
        swedish = entry.string if isinstance(entry.string, str) else entry.string[0]
        if english and "{" not in english and len(english) > 20 and english != swedish:
            assert english not in text


@pytest.mark.parametrize("audience", [name for name in AUDIENCES if name != "evaluator"])
def test_other_audiences_are_shown_nothing_that_evaluators_are_not(halland, halland_study, audience):
    from evaluation.chapters import CHAPTERS, NOTEBOOKS

    paths = {name: halland / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in CHAPTERS}
    there = {name: path for name, path in paths.items() if path.is_file()}
    edition = make_edition(halland_study, there, CHAPTERS, "sv", audience=audience)
    whole = {exhibit.key: exhibit for exhibit in exhibits(halland)}
    for exhibit in edition.exhibits:
        known = [row["estimate"] for row in whole[exhibit.key].result.records()]
        shown = [row["estimate"] for row in exhibit.result.records() if not row["suppressed"]]
        assert Counter(shown) <= Counter(known)
