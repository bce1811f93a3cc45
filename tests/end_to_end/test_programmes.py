"""Everything that either programme's report says, in all formats: whole sentences, one language, numbers that agree."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from evaluation.chapters import CHAPTERS, NOTEBOOKS
from evaluation.report.edition import make_edition
from evaluation.report.exhibit import DRAWN
from evaluation.study import open_study
from evaluation.text.catalogue import translations
from tests.end_to_end.test_formats import NUMBER, Tables, numbers, word_document, word_text
from tests.end_to_end.test_report import exhibits

pytestmark = pytest.mark.slow

LANGUAGES = ("sv", "en")
SPOKEN = ("alt", "aria-label", "title", "placeholder", "content")
CODE = re.compile(
    r"[\w./-]+\.(?:xlsx|csv|tsv|sav|dta|yaml|jsonld|json|html|pdf|docx|qtps?)\b|\b[0-9a-f]{16}\b|\b\d+\.\d+\.\d+\b"
)
"""Names of files, fingerprints and versions: the same in every language."""
HOLES = re.compile(r"[{}]|\bnan\b|\bNone\b|\bnull\b|\bundefined\b|<NA>|\(\)| [,;]| \.(?![\w.])|\.\.(?!\.)|,,")
SHORTEST = 12
"""English of fewer characters may be a Swedish word too."""


class Said(HTMLParser):
    """What a page says to readers and to screen readers, and in which language."""

    def __init__(self, text: str):
        super().__init__()
        self.texts: list[str] = []
        self.lang: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.lang.append(given.get("lang") or (self.lang[-1] if self.lang else ""))
        if given.get("hreflang") is None:
            self.texts += [given[name] for name in SPOKEN if given.get(name) and tag != "meta"]
        if tag in ("meta", "img", "br", "link", "input", "hr", "col"):
            self.lang.pop()

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "img", "br", "link", "input", "hr", "col"):
            self.lang.pop()

    def handle_endtag(self, tag):
        self.lang.pop()

    def handle_data(self, data):
        if self.lang and self.lang[-1] == self.lang[0] and not self.rawdata_is_code and data.strip():
            self.texts.append(data.strip("\n"))

    @property
    def rawdata_is_code(self) -> bool:
        return self.cdata_elem is not None


def said_on_pages(folder: Path, lang: str) -> dict[str, list[str]]:
    return {
        path.name: Said(path.read_text(encoding="utf-8")).texts for path in (folder / lang).glob("*.html")
    }


def said_in_files(folder: Path, lang: str) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(folder / lang / "tables.xlsx")
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    paragraph = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    return {
        "tables.xlsx": [value for row in rows for value in row if isinstance(value, str)],
        "report.docx": [word_text(one) for one in word_document(folder / lang).iter(paragraph)],
        "alternative texts": list(alternative_texts(folder / lang)),
    }


def alternative_texts(folder: Path) -> Iterator[str]:
    with pikepdf.open(folder / "report.pdf") as pdf:
        for node in pdf.objects:
            if isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure":
                yield str(node.Alt)


def everything(folder: Path, lang: str) -> dict[str, list[str]]:
    return said_on_pages(folder, lang) | said_in_files(folder, lang)


def references(folder: Path) -> list[str]:
    """Return the list of references, which is English in every language and says so."""
    page = (folder / "sv" / "methods.html").read_text(encoding="utf-8")
    listed = re.findall(r'<ul lang="en">(.*?)</ul>', page, re.DOTALL)
    found = [unescape(text) for text in re.findall(r"<li>(.*?)</li>", "".join(listed), re.DOTALL)]
    assert len(found) > 10
    return found


def plain(text: str) -> str:
    return CODE.sub("", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_has_a_hole(programme_report, lang):
    for name, texts in everything(programme_report, lang).items():
        assert len(texts) > 10, name
        assert not [text for text in texts if HOLES.search(plain(text))], name
        assert not [text for text in texts if re.search(r"\S  +\S", text)], name


def test_swedish_numbers_are_written_in_the_swedish_way(programme_report):
    wrong = re.compile(r"\d\.\d|\d%|\d %")
    thousands = re.compile(r"\d \d{3}\b")
    english = set(references(programme_report))
    for name, texts in everything(programme_report, "sv").items():
        assert not [text for text in texts if wrong.search(plain(text)) and text not in english], name
        assert name == "search.html" or not [text for text in texts if thousands.search(plain(text))], name


def test_english_numbers_are_written_in_the_english_way(programme_report):
    wrong = re.compile(r"\d,\d(?!\d\d(?!\d))|\d\s%|\d\N{NO-BREAK SPACE}\d{3}\b")
    for name, texts in everything(programme_report, "en").items():
        assert not [text for text in texts if wrong.search(plain(text))], name


def english_only() -> tuple[set[str], list[str]]:
    """Return whole English texts that are no Swedish ones, and long pieces of those with fields."""
    whole, pieces, swedish = set(), [], set()
    for entry in translations("sv"):
        english = (entry.id,) if isinstance(entry.id, str) else entry.id
        swedish |= {entry.string} if isinstance(entry.string, str) else set(entry.string)
        whole |= {text for text in english if "{" not in text}
        pieces += [part for text in english for part in re.split(r"\{\w+\}", text)]
    long = {part.strip() for part in pieces if len(part.strip()) >= SHORTEST and " " in part.strip()}
    told = " ".join(swedish)
    return whole - swedish, [part for part in long if part not in told]


def test_nothing_swedish_is_said_in_english(programme_report):
    whole, pieces = english_only()
    assert len(whole) > 500
    assert len(pieces) > 500
    keys = {one.key for one in exhibits(programme_report)}
    listed = " ".join(references(programme_report))
    pieces = [piece for piece in pieces if piece not in listed]
    for name, texts in everything(programme_report, "sv").items():
        said = [text.strip() for text in texts if text.strip() not in keys]
        assert not [text for text in said if text in whole and len(text) > 3], name
        joined = "\n".join(texts)
        assert not [piece for piece in pieces if piece in joined], name


def test_pages_pdf_word_and_excel_of_every_exhibit_say_the_same(programme_report):
    for lang in LANGUAGES:
        folder = programme_report / lang
        rows = {
            row
            for table in Tables((folder / "report.html").read_text(encoding="utf-8")).found
            for row in table
        }
        word = word_text(word_document(folder))
        pdf = _pdf_text(folder)
        alts = set(map(_even, alternative_texts(folder)))
        for one in exhibits(programme_report):
            if one.layout in ("card", "table", "folded"):
                table = one.table(lang)
                shown = {tuple(map(_even, row)) for row in table.rows}
                assert shown <= {
                    tuple(_even(cell).lstrip("●◐○– ") or "–" for cell in row) for row in rows
                } | {tuple(map(_even, row)) for row in rows}, one.key
                cells = [cell for row in table.rows for cell in row if NUMBER.search(cell) and len(cell) < 30]
                assert not [cell for cell in cells if _even(cell) not in _even(word)], one.key
                if pdf is not None:
                    found = set(numbers(pdf))
                    assert not [cell for cell in cells if not set(numbers(cell)) <= found], one.key
            if one.layout in DRAWN:
                assert _even(one.alt(lang)) in alts, one.key


def _even(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").replace("\u2060", "").split())


def _pdf_text(folder: Path) -> str | None:
    if shutil.which("pdftotext") is None:
        return None
    done = subprocess.run(["pdftotext", folder / "report.pdf", "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_shares_of_groups_add_up_or_the_page_says_why_not(programme_report):
    said = [note.text for one in exhibits(programme_report) for note in one.notes]
    explained = any("not add up" in text for text in said)
    seen = 0
    for one in exhibits(programme_report):
        rows = [
            row
            for row in one.result.records()
            if row["estimand"] in ("group_share", "step_share", "resource_share")
        ]
        parts: dict[tuple, list[dict]] = {}
        for row in rows:
            key = tuple(row.get(name) for name in ("estimand", "indicator", "item", "term", "group"))
            parts.setdefault(key, []).append(row)
        for found in parts.values():
            levels = {row["level"] for row in found}
            if {"women", "men"} <= levels and not any(row["suppressed"] for row in found):
                seen += 1
                total = sum(row["estimate"] for row in found)
                assert total <= 1 + 1e-9, one.key
                told = any("not add up" in note.text for note in one.notes)
                assert told or total > 0.999, (one.key, total)
    assert seen or not explained
    assert seen > 0


def test_headings_of_the_site_and_of_the_document_follow_each_other(programme_report):
    for path in sorted(programme_report.glob("*/*.html")):
        levels = [int(found) for found in re.findall(r"<h([1-6])\b", path.read_text(encoding="utf-8"))]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_easy_sentence_is_short_and_without_per_cent(programme_report, lang):
    study = open_study(next((programme_report.parent / "projects").iterdir()) / "project.yaml")
    paths = {name: programme_report / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in CHAPTERS}
    there = {name: path for name, path in paths.items() if path.is_file()}
    easy = make_edition(study, there, CHAPTERS, lang, level="easy")
    said = [text for section in easy.sections if section.exhibits for text in _lines(section.body)]
    sentences = [part for text in said for part in re.split(r"(?<=[.?!])\s", text) if part.strip()]
    assert len(sentences) > 40
    assert not [sentence for sentence in sentences if len(sentence.split()) > 12]
    assert not [sentence for sentence in sentences if "%" in sentence or HOLES.search(sentence)]


def _lines(body: str) -> list[str]:
    """Return the sentences of an easy page: what stands beside headings and names."""
    shown = re.sub(r"<h\d.*?</h\d>|<strong>.*?</strong>", "", body, flags=re.DOTALL)
    return [unescape(text).strip() for text in re.split(r"<[^>]+>", shown) if text.strip()]
