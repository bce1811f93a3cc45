"""Every format of one edition: what it must hold for its readers, and what happens where one cannot be made."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest

from evaluation.report import formats, pandoc
from evaluation.report.formats import FILES, FORMATS, check_formats, write_files
from evaluation.report.glossary import TERMS
from evaluation.report.moment import FIXED, epoch
from evaluation.report.site import write_site
from evaluation.report.write import Wanted, write_report
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import FormatError, ReportError
from tests.docs.pages import text as page_text

LANGUAGES = ("sv", "en")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTICE = {"sv": "Simulerade data", "en": "Simulated data"}


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def folder(edition, lang, tmp_path_factory):
    made = tmp_path_factory.mktemp(f"formats-{lang}")
    files, problems = write_files(edition(lang), FORMATS, made)
    assert problems == []
    write_site(edition(lang), files, made)
    return made


@pytest.fixture(scope="module")
def pdf(folder):
    with pikepdf.open(folder / "report.pdf") as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(pdf):
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K", pikepdf.Array()))

    walk(pdf.Root.StructTreeRoot.K)
    return found


@pytest.fixture(scope="module")
def parts(folder):
    with zipfile.ZipFile(folder / "report.docx") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def book(folder):
    return openpyxl.load_workbook(folder / "tables.xlsx")


def alternatives(edition):
    return [one.alt(edition.lang) for one in edition.exhibits if one.layout == "card"]


class TestPdf:
    def test_is_tagged_and_says_its_language_and_title(self, pdf, lang, edition):
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == lang
        assert str(pdf.docinfo["/Title"]) == edition(lang).title
        assert pdf.Root.ViewerPreferences.DisplayDocTitle

    def test_declares_the_standards(self, pdf):
        data = pdf.Root.Metadata.read_bytes().decode()
        assert re.search(r"<pdfuaid:part>1<", data)
        assert re.search(r"<pdfaid:part>2<", data)
        assert re.search(r"<pdfaid:conformance>A<", data)

    def test_every_figure_says_what_the_page_says(self, tags, lang, edition):
        found = [" ".join(str(tag.Alt).split()) for tag in tags if tag.S == "/Figure"]
        assert found == [" ".join(text.split()) for text in alternatives(edition(lang))]

    def test_every_table_has_one_header_row(self, tags):
        tables = [tag for tag in tags if tag.S == "/Table"]
        heads = [tag for tag in tags if tag.S == "/THead"]
        assert len(tables) == len(heads) > 3
        cells = [tag for tag in tags if tag.S == "/TH"]
        assert cells
        assert all(attributes.Scope == "/Column" for tag in cells for attributes in tag.A)

    def test_has_headings_bookmarks_and_a_contents_list(self, pdf, tags):
        kinds = {str(tag.S) for tag in tags}
        assert {"/Title", "/H1", "/H2", "/H3", "/TOC", "/L"} <= kinds
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 5


class TestWord:
    def test_pictures_have_alternative_texts(self, parts, lang, edition):
        root = ElementTree.fromstring(parts["word/document.xml"])
        found = [node.get("descr") for node in root.iter() if node.tag.endswith("}docPr")]
        assert [" ".join(text.split()) for text in found] == [
            " ".join(text.split()) for text in alternatives(edition(lang))
        ]

    def test_tables_have_a_header_row_that_is_repeated(self, parts):
        root = ElementTree.fromstring(parts["word/document.xml"])
        tables = list(root.iter(f"{W}tbl"))
        assert len(tables) > 3
        for table in tables:
            repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
            assert repeated[0] and not any(repeated[1:])

    def test_language_title_contents_and_styles(self, parts, lang, edition):
        root = ElementTree.fromstring(parts["word/styles.xml"])
        assert {node.get(f"{W}val")[:2] for node in root.iter(f"{W}lang")} == {lang}
        assert edition(lang).title in parts["docProps/core.xml"]
        document = parts["word/document.xml"]
        assert 'TOC \\o "1-2"' in document
        named = set(re.findall(r'w:(?:p|r)Style w:val="([^"]+)"', document))
        known = set(re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"]))
        assert named <= known

    def test_made_up_data_are_announced_on_every_page(self, parts, lang):
        header = next(text for name, text in parts.items() if re.fullmatch(r"word/header\d*\.xml", name))
        assert NOTICE[lang] in header
        assert "headerReference" in parts["word/document.xml"]


class TestExcel:
    def test_numbers_are_numbers_and_the_same_as_in_the_result(self, book, lang, edition):
        for exhibit in edition(lang).exhibits:
            if exhibit.layout == "lead":
                continue
            sheet = book[exhibit.key]
            for row, record in zip(sheet.iter_rows(min_row=2), exhibit.result.records(), strict=False):
                shown = [cell.value for cell in row if isinstance(cell.value, int | float)]
                kept = [
                    value
                    for value in record.values()
                    if isinstance(value, int | float) and not isinstance(value, bool)
                ]
                assert shown or record.get("suppressed")
                assert all(any(value == pytest.approx(other, rel=1e-12) for other in kept) for value in shown)

    def test_the_index_leads_to_every_sheet(self, book):
        index = book.worksheets[0]
        targets = [
            cell.hyperlink.location for (cell,) in index.iter_rows(min_row=2, max_col=1) if cell.hyperlink
        ]
        assert targets == [f"'{name}'!A1" for name in book.sheetnames[1:]]

    def test_every_sheet_says_where_it_is_from_and_that_it_is_made_up(self, book, lang):
        source = {"sv": "Källa: ", "en": "Source: "}[lang]
        for sheet in book.worksheets:
            said = [str(cell.value) for row in sheet.iter_rows(max_col=1) for cell in row]
            assert any(text.startswith(source) for text in said)
            assert any(NOTICE[lang] in text for text in said)
            assert sheet.oddHeader.center.text == NOTICE[lang]


class TestSite:
    def test_links_lead_to_files(self, folder):
        for page in folder.glob("*.html"):
            for address in re.findall(r'href="([^"#]*)', page.read_text(encoding="utf-8")):
                assert address.startswith("../") or not address or (folder / address).is_file(), address

    def test_search_lists_every_exhibit_that_has_a_place(self, folder, edition, lang):
        page = (folder / "search.html").read_text(encoding="utf-8")
        for section in edition(lang).sections:
            for exhibit in section.exhibits:
                assert f'href="{section.key}.html#{exhibit.key}"' in page

    def test_one_page_holds_everything(self, folder, edition, lang):
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert "picture:" not in page
        assert page.count("data:image/svg+xml") == len(alternatives(edition(lang)))
        names = re.findall(r' id="([^"]+)"', page)
        assert len(names) == len(set(names))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)


@pytest.mark.slow
def test_the_same_edition_gives_the_same_bytes(edition, folder, lang, tmp_path):
    write_files(edition(lang), FORMATS, tmp_path)
    for file in FILES.values():
        assert (tmp_path / file.file).read_bytes() == (folder / file.file).read_bytes(), file.file


def test_the_moment_can_be_set(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert epoch() == FIXED
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert epoch() == 1_700_000_000


def test_a_missing_program_stops_only_its_formats(edition, monkeypatch, tmp_path):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(pandoc.importlib, "import_module", absent)
    made, problems = write_files(edition("en"), FORMATS, tmp_path)
    assert [one.file for one in made] == ["report.html", "tables.xlsx", "workshop.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "tables.xlsx", "workshop.html"]
    assert [str(problem.what)[:19] for problem in problems] == ["PDF cannot be made:", "Word cannot be made"]


def test_a_document_that_breaks_a_rule_is_told_in_one_line(edition, monkeypatch, tmp_path):
    whole = edition("en")
    first = replace(
        whole.sections[0], body=whole.sections[0].body.replace("<h2>", "<h5>").replace("</h2>", "</h5>")
    )
    broken = replace(whole, sections=(first, *whole.sections[1:]))
    with pytest.raises(FormatError, match="heading level") as raised:
        FILES["pdf"].write(broken, tmp_path / "report.pdf")
    assert raised.value.exit_code == FormatError.exit_code == 12


def test_unknown_wishes_are_refused():
    assert check_formats([]) == FORMATS
    assert check_formats(["word", "html"]) == ("html", "word")
    with pytest.raises(ReportError, match="no format"):
        Wanted.checked(["wrd"])
    with pytest.raises(ReportError, match="no audience"):
        Wanted.checked(audiences=["funders"])
    with pytest.raises(ReportError, match="no reading level"):
        Wanted.checked(level="easier")


@pytest.mark.slow
def test_each_audience_has_its_folder_and_nothing_else_is_left(halland_study, notebooks, names, tmp_path):
    wanted = Wanted.checked(["html"], ["evaluator", "funder"])
    paths, problems = write_report(halland_study, notebooks, names, tmp_path / "out", wanted=wanted)
    assert problems == []
    assert [str(path.relative_to(tmp_path / "out")) for path in paths] == [
        "sv/index.html", "en/index.html", "funder/sv/index.html", "funder/en/index.html",
    ]  # fmt: skip
    assert all(path.is_file() for path in paths)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.slow
def test_a_report_that_fails_leaves_the_last_good_one(halland_study, notebooks, names, tmp_path, monkeypatch):
    out = tmp_path / "out"
    wanted = Wanted.checked(["page"])
    write_report(halland_study, notebooks, names, out, wanted=wanted)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    def broken(edition, path):
        raise RuntimeError("a defect")

    monkeypatch.setitem(formats.FILES, "page", replace(FILES["page"], write=broken))
    with pytest.raises(RuntimeError):
        write_report(halland_study, notebooks, names, out, wanted=wanted)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_words_of_the_glossary_page_are_those_of_the_docs():
    rows = page_text("docs/glossary.md")
    for term, _ in TERMS:
        assert f"| {say(term, 'sv')} | {say(term, 'en')} |" in rows or (
            say(term, "sv") in rows and say(term, "en") in rows
        ), term.text


def test_archives_open(folder):
    for name in ("report.docx", "tables.xlsx"):
        with zipfile.ZipFile(io.BytesIO((folder / name).read_bytes())) as archive:
            assert archive.testzip() is None
            assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
