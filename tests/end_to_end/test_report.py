"""From a definition to pages in two languages: what must hold for everything that is shown."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from evaluation.chapters import CHAPTERS, NOTEBOOKS
from evaluation.report.exhibit import MIME
from evaluation.report.render import read_exhibits
from evaluation.text.catalogue import say, translations
from evaluation.vocabulary.message import Message

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("halland")]

PAGES = (
    "index",
    "data_quality",
    "targets",
    "change",
    "equality",
    "methods",
    "provenance",
    "glossary",
    "search",
    "report",
)
LANGUAGES = ("sv", "en")
VOID = {"meta", "img", "br", "link", "input"}


class Page(HTMLParser):
    """The parts of a page that the tests ask about."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.header_rows: list[int] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.header_rows.append(0)
        if tag == "tr" and "thead" in self.open:
            self.header_rows[-1] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"the tag {tag} is closed where another is open"

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(folder: Path, lang: str, name: str) -> Page:
    return Page((folder / lang / f"{name}.html").read_text(encoding="utf-8"))


def exhibits(folder: Path):
    """Return what the report shows, in its reading order."""
    paths = [folder / "notebooks" / f"{NOTEBOOKS[name]}.ipynb" for name in CHAPTERS]
    return [exhibit for path in paths if path.is_file() for exhibit in read_exhibits(path)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
class TestPages:
    def test_language_title_and_headings(self, halland, lang, name):
        found = page(halland, lang, name)
        assert found.of("html") == [{"lang": lang}]
        assert found.headings.count(1) == 1
        steps = [later - earlier for earlier, later in zip(found.headings, found.headings[1:], strict=False)]
        assert max(steps, default=0) <= 1, "a heading level is skipped"

    def test_every_picture_has_an_alternative_text_of_its_own(self, halland, lang, name):
        texts = [attrs["alt"] for attrs in page(halland, lang, name).of("img")]
        assert all(len(text) > 20 for text in texts)
        assert len(set(texts)) == len(texts)

    def test_tables_have_one_header_row_and_scopes(self, halland, lang, name):
        found = page(halland, lang, name)
        assert set(found.header_rows) <= {1}
        assert all(attrs.get("scope") in ("col", "row") for attrs in found.of("th"))

    def test_nothing_comes_from_outside(self, halland, lang, name):
        found = page(halland, lang, name)
        addresses = [attrs.get(key) for _, attrs in found.tags for key in ("src", "href") if attrs.get(key)]
        assert not [address for address in addresses if re.match(r"(https?:)?//", address)]

    def test_links_lead_to_files(self, halland, lang, name):
        folder = halland / lang
        for attrs in page(halland, lang, name).of("a"):
            target = attrs["href"].split("#")[0]
            assert not target or (folder / target).resolve().is_file(), target

    def test_made_up_data_are_announced(self, halland, lang, name):
        notice = {"sv": "Simulerade data", "en": "Simulated data"}[lang]
        assert notice in page(halland, lang, name).text

    def test_no_hole_and_no_key_in_the_text(self, halland, lang, name):
        text = page(halland, lang, name).text
        assert not re.search(r"[{}]|\bnan\b|\bNone\b|<NA>", text)
        assert not re.search(
            r"\b[a-z]+_[a-z_]+\b",
            re.sub(r"(deltagarenkat|chefsenkat|medverkandeenkat|tidrapport|natverk)_", "", text),
        ), text


def test_swedish_pages_hold_no_english_sentence(halland):
    texts = {name: page(halland, "sv", name).text for name in PAGES}
    for entry in translations("sv"):
        singular = entry.id if isinstance(entry.id, str) else entry.id[0]
        translated = entry.string if isinstance(entry.string, str) else entry.string[0]
        if singular and "{" not in singular and len(singular) > 20 and singular != translated:
            assert not [name for name, text in texts.items() if singular in text], singular


def test_swedish_numbers_have_a_comma_and_a_space_before_the_sign(halland):
    for name in PAGES[:5]:
        text = page(halland, "sv", name).text
        assert not re.search(r"\d%", text)
        assert not re.search(r"[+−]\d+\.\d", text)


def test_everything_shown_is_an_exhibit(halland):
    for path in sorted((halland / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                assert MIME in output.get("data", {}), f"{path.name}: {cell.source}"


def test_every_exhibit_has_passed_disclosure_control(halland):
    found = exhibits(halland)
    assert len(found) > 15
    for exhibit in found:
        if len(exhibit.result.table):
            assert exhibit.result.meta.protected is not None, exhibit.key


def test_no_number_is_about_fewer_than_five(halland):
    for exhibit in exhibits(halland):
        for row in exhibit.result.records():
            if row.get("unit") in ("person", "organisation") and not row["suppressed"]:
                for name in ("n", "n_level", "n_reference"):
                    assert row.get(name) is None or row[name] == 0 or row[name] >= 5, (exhibit.key, row)


def test_the_alternative_text_says_what_the_caption_says(halland):
    for exhibit in exhibits(halland):
        if exhibit.layout == "card":
            for lang in LANGUAGES:
                sentences = {sentence for finding in exhibit.findings(lang) for sentence in finding.finding}
                assert all(sentence in exhibit.alt(lang) for sentence in sentences)


def test_both_languages_show_the_same_numbers(halland):
    def digits(text: str, lang: str) -> list[str]:
        thousands = {"sv": "\N{NO-BREAK SPACE}", "en": ","}[lang]
        whole = re.sub(rf"(?<=\d){thousands}(?=\d{{3}})", "", text)
        return re.findall(r"\d+", whole.replace("\N{NO-BREAK SPACE}", "").replace(",", ".").replace(" ", ""))

    for exhibit in exhibits(halland):
        if len(exhibit.result.table) and exhibit.layout in ("card", "table"):
            tables = {lang: exhibit.table(lang) for lang in LANGUAGES}
            for swedish, english in zip(tables["sv"].rows, tables["en"].rows, strict=True):
                said = [digits(cell, "sv") for cell in swedish[1:]]
                assert said == [digits(cell, "en") for cell in english[1:]], exhibit.key


def test_the_journey_of_one_answer_ends_in_a_true_sentence(halland):
    attained = next(exhibit for exhibit in exhibits(halland) if exhibit.key == "attainment")
    row = next(row for row in attained.result.records() if row["indicator"] == "strategic_goal")
    truth = json.loads(
        (halland.parent / "data" / "raw" / "halland" / "truth.json").read_text(encoding="utf-8")
    )
    assert truth, "the known truth is stored beside the made-up files"
    assert row["n_total"] == 30
    assert row["bound_low"] == pytest.approx(row["k"] / 30)
    sentence = {lang: str(attained.findings(lang)[0]) for lang in LANGUAGES}
    k, n = int(row["k"]), int(row["n"])
    assert f"{k} av de {n} företag som svarade" in sentence["sv"]
    assert f"{k} of the {n} companies who answered" in sentence["en"]
    for lang in LANGUAGES:
        assert " ".join(sentence[lang].split(". ")[0].split()) in page(halland, lang, "targets").text


def test_a_message_without_translation_would_be_noticed():
    with pytest.raises(Exception, match="no translation"):
        say(Message("A sentence that nobody has translated."), "sv")
