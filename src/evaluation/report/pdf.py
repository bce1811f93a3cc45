"""The report as a tagged PDF that keeps the rules of PDF/UA-1 and PDF/A-2a."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from evaluation.report.edition import Edition
from evaluation.report.kept import kept
from evaluation.report.moment import moment
from evaluation.report.page import PHRASES, TEMPLATES
from evaluation.report.pandoc import beside_ours, convert, needed, plain_document
from evaluation.report.pictures import Pictures
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import FormatError
from evaluation.vocabulary.message import msg

STANDARDS = ["a-2a", "ua-1"]
WHAT = "PDF"


def write_pdf(edition: Edition, path: Path) -> None:
    """Write the report as a PDF with tags, language, title, alternative texts, bookmarks and a contents list.

    Parameters
    ----------
    edition
        What to show.
    path
        The file to write.

    Raises
    ------
    FormatError
        If a program that is needed is missing, or the document breaks a rule of accessibility.
    """
    html, metadata = plain_document(edition), _metadata(edition)
    content = [html, edition.pictures.content, metadata, beside_ours()]
    made = kept("pdf", content, lambda: _compiled(html, metadata, edition.pictures), lang="")
    path.write_bytes(made)


def _compiled(html: str, metadata: Mapping[str, str], pictures: Pictures) -> bytes:
    typst = needed("typst", WHAT)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        html = pictures.beside(html, folder, "svg")
        options = [f"--template={TEMPLATES / 'document.typ'}"]
        source = convert(html, "typst", what=WHAT, folder=folder, metadata=metadata, options=options)
        (folder / "report.typ").write_bytes(source)
        try:
            return typst.compile(
                folder / "report.typ",
                font_paths=[_fonts()],
                ignore_system_fonts=True,
                pdf_standards=STANDARDS,
                timestamp=moment(),
            )
        except RuntimeError as error:
            raise FormatError(
                msg("{what} cannot be made: typst says “{text}”.", what=WHAT, text=str(error))
            ) from None


def _metadata(edition: Edition) -> dict[str, str]:
    lang, study = edition.lang, edition.study
    known = {
        "title": edition.title,
        "lang": lang,
        "project": study.project.name[lang],
        "contents": say(PHRASES["contents"], lang),
        "simulated": say(PHRASES["simulated_label"], lang) if study.simulated else "",
        "large": "large" if edition.readers.large else "",
    }
    return {name: value for name, value in known.items() if value}


def _fonts() -> Path:
    """Return the fonts that come with Matplotlib, the same on every machine."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"
