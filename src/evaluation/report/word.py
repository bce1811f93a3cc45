"""The report as a Word document: our own styles, header rows, alternative texts and a contents list."""

import re
import subprocess
import tempfile
from html import escape
from pathlib import Path

from evaluation.report.archive import read_archive, write_archive
from evaluation.report.edition import Edition
from evaluation.report.kept import kept
from evaluation.report.page import PHRASES
from evaluation.report.pandoc import beside_ours, convert, plain_document, program
from evaluation.report.word_styles import STYLES, TABLE
from evaluation.text.catalogue import say

WHAT = "Word"
LOCALES = {"sv": "sv-SE", "en": "en-GB"}
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PAGE = (
    '<w:headerReference w:type="default" r:id="rIdHeader1"/>'
    '<w:footerReference w:type="default" r:id="rIdFooter1"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1247" w:bottom="1247" w:left="1247" w:header="624" w:footer="567" w:gutter="0"/>'
)


def write_word(edition: Edition, path: Path) -> None:
    """Write the report as a Word document whose text and tables can be edited.

    Parameters
    ----------
    edition
        What to show.
    path
        The file to write.

    Raises
    ------
    FormatError
        If pandoc is missing or fails.
    """
    html = plain_document(edition)
    about = [edition.lang, edition.title, edition.readers.large, _header(edition)]
    content = [html, edition.pictures.content, about, beside_ours()]
    path.write_bytes(kept("word", content, lambda: _converted(html, edition), lang=""))


def _converted(html: str, edition: Edition) -> bytes:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        html = edition.pictures.beside(html, folder, "png")
        reference = folder / "reference.docx"
        reference.write_bytes(reference_document(edition))
        metadata = {"title": edition.title, "lang": LOCALES.get(edition.lang, edition.lang)}
        options = [f"--reference-doc={reference}"]
        document = convert(html, "docx", what=WHAT, folder=folder, metadata=metadata, options=options)
    return _kept_together(document)


def _kept_together(document: bytes) -> bytes:
    """Keep every row of a table on one page; pandoc has no word for that."""
    parts = read_archive(document)
    text = parts["word/document.xml"].decode().replace("<w:trPr>", "<w:trPr><w:cantSplit/>")
    text = re.sub(r"<w:tr>(?!\s*<w:trPr)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", text)
    return write_archive({**parts, "word/document.xml": text.encode()})


def reference_document(edition: Edition) -> bytes:
    """Return pandoc's own reference document with our styles, page, header and footer.

    Parameters
    ----------
    edition
        Its programme is named in the header, and whether its data are made up.
    """
    listing = [program(WHAT), "--print-default-data-file", "reference.docx"]
    kept = subprocess.run(listing, capture_output=True, check=True).stdout
    parts = read_archive(kept)
    text = {name: parts[name].decode() for name in parts if name.endswith((".xml", ".rels"))}
    text["word/styles.xml"] = _styled(text["word/styles.xml"], large=edition.readers.large)
    text["word/document.xml"] = _paged(text["word/document.xml"])
    text["word/_rels/document.xml.rels"] = _related(text["word/_rels/document.xml.rels"])
    text["[Content_Types].xml"] = _typed(text["[Content_Types].xml"])
    text["word/header1.xml"] = _header(edition)
    text["word/footer1.xml"] = _footer()
    return write_archive({**parts, **{name: found.encode() for name, found in text.items()}})


def _styled(styles: str, *, large: bool) -> str:
    """Replace pandoc's styles by ours, and add those that it does not have."""
    for name, definition in {**STYLES, "Table": TABLE}.items():
        own = re.compile(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', re.DOTALL)
        styles = own.sub("", styles).replace("</w:styles>", f"{definition}</w:styles>")
    if large:
        styles = re.sub(r'(<w:szC?s? w:val=")(\d+)"', lambda m: f'{m[1]}{round(int(m[2]) * 1.4)}"', styles)
    return styles


def _paged(document: str) -> str:
    opened = re.sub(r"<w:sectPr\s*/>", "<w:sectPr></w:sectPr>", document)
    opened = re.sub(r"<w:sectPr>.*?</w:sectPr>", f"<w:sectPr>{PAGE}</w:sectPr>", opened, flags=re.DOTALL)
    return opened if "xmlns:r=" in opened else opened.replace("<w:document ", f"<w:document {R} ", 1)


def _related(relations: str) -> str:
    own = "".join(
        f'<Relationship Id="rId{kind}1" Type="{OFFICE}/{kind.lower()}" Target="{kind.lower()}1.xml"/>'
        for kind in ("Header", "Footer")
    )
    return relations.replace("</Relationships>", f"{own}</Relationships>")


def _typed(types: str) -> str:
    own = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{KIND}.{kind}+xml"/>'
        for kind in ("header", "footer")
    )
    return types.replace("</Types>", f"{own}</Types>")


def _header(edition: Edition) -> str:
    study, lang = edition.study, edition.lang
    label = say(PHRASES["simulated_label"], lang) if study.simulated else ""
    runs = (
        f'<w:r><w:t xml:space="preserve">{escape(study.project.name[lang])}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:rPr><w:b/><w:color w:val="7A5200"/></w:rPr><w:t>{escape(label)}</w:t></w:r>'
    )
    return f'<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{runs}</w:p></w:hdr>'


def _footer() -> str:
    def field(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    runs = (
        f'<w:r><w:tab/></w:r>{field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}'
    )
    return f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs}</w:p></w:ftr>'
