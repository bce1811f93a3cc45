"""Every table of a report as a sheet, with real numbers, its source and an index."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.report.archive import read_archive, write_archive
from evaluation.report.edition import Edition
from evaluation.report.exhibit import ROUNDED, Exhibit
from evaluation.report.kept import kept
from evaluation.report.moment import moment
from evaluation.report.page import PHRASES
from evaluation.report.provenance import HEADER, NO, YES
from evaluation.text.catalogue import say
from evaluation.text.format import MINUS, NEAR
from evaluation.text.lexicon import word
from evaluation.text.table import row_name
from evaluation.vocabulary.cell import guarded
from evaluation.vocabulary.columns import COUNTS, GLOSSARY, STATISTICS
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import msg, pmsg
from evaluation.vocabulary.row import is_rounded
from evaluation.vocabulary.verdicts import VERDICTS

KEPT = ("target", "reference", "smallest_important")
PER_CENT, TWO, THREE = "0.0%", "0.00", "0.000"
WHOLE_PER_CENT = "0%"
PATTERNS = {
    "share": PER_CENT,
    "score": TWO,
    "score_difference": TWO,
    "share_difference": PER_CENT,
    "coefficient": TWO,
    "amount": "0.0",
    **dict.fromkeys(("effect", "std"), TWO),
    "rank": "0",
    "count": "0",
    **dict.fromkeys(
        ("target", "tipping_share", "share_lowest", "share_highest", "probability", "bend"), PER_CENT
    ),
    **dict.fromkeys(
        (
            "statistic",
            "df",
            "std_change",
            "dmacs",
            "ratio",
            "smallest_important",
            "delta",
            "detectable",
            "headroom",
        ),
        TWO,
    ),
    **dict.fromkeys(("fit", "rmsea", "rmsea_difference", "p_value", "p_adjusted", "p_step_down"), THREE),
    "n_needed": "0",
}
"""How a spreadsheet shows the numbers of a unit, or of a column that has its own."""


def write_workbook(edition: Edition, path: Path) -> None:
    """Write one sheet per exhibit with numbers as numbers, an index sheet with links, and the sources.

    Parameters
    ----------
    edition
        What to show.
    path
        The file to write; the same edition always gives the same bytes.
    """
    made = kept("excel", edition.content, lambda: _workbook(edition), templates=False, lang=edition.lang)
    path.write_bytes(made)


def _workbook(edition: Edition) -> bytes:
    lang = edition.lang
    book = Workbook()
    index = book.active
    index.title = say(pmsg("workbook", "Contents"), lang)
    index.append([say(pmsg("workbook", "Table"), lang), say(pmsg("workbook", "Question"), lang)])
    for exhibit in edition.exhibits:
        if len(exhibit.result.table) and exhibit.layout != "lead":
            sheet = book.create_sheet(_sheet_name(exhibit.key, book.sheetnames))
            _fill(sheet, exhibit, edition)
            _link(index, sheet.title, say(exhibit.title, lang))
    _add_remarks(book, index, edition)
    sources = book.create_sheet(say(pmsg("workbook", "Sources"), lang))
    _fill_sources(sources, edition)
    _link(index, sources.title, say(msg("Where do the numbers come from?"), lang))
    for sheet in (index, sources):
        _dress(sheet)
        _foot(sheet, edition)
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _sheet_name(key: str, taken: Sequence[str]) -> str:
    """Return a name for a sheet that is short enough and not yet there."""
    names = (f"{key[: 31 - len(end)]}{end}" for end in ("", *(f"-{n}" for n in range(2, 100))))
    used = {name.lower() for name in taken}
    return next(name for name in names if name.lower() not in used)


def _link(index: Worksheet, sheet: str, text: str) -> None:
    index.append([sheet, guarded(text)])
    cell = index.cell(index.max_row, 1)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1", display=sheet)
    cell.style = "Hyperlink"


def _fill(sheet: Worksheet, exhibit: Exhibit, edition: Edition) -> None:
    table, lang = exhibit.result.table, edition.lang
    names = [
        name for name in table.columns if (name in STATISTICS or name in KEPT) and table[name].notna().any()
    ]
    judged = "verdict" in table.columns and table["verdict"].notna().any()
    header = [say(pmsg("column", "Statement"), lang), *(say(GLOSSARY[name], lang) for name in names)]
    sheet.append(header + ([say(GLOSSARY["verdict"], lang)] if judged else []))
    for row in exhibit.result.records():
        cells = [guarded(row_name(row, lang, exhibit.words)), *(row.get(name) for name in names)]
        if row.get("suppressed"):
            cells = [cells[0], *([say(msg("too few to show"), lang)] * bool(names)), *cells[2:]]
        verdict = VERDICTS.get(str(row.get("verdict")))
        sheet.append([*cells, say(verdict.label, lang)] if judged and verdict else cells)
        _write_units(sheet, names, ESTIMANDS[row["estimand"]].unit, rounded=is_rounded(row))
    _dress(sheet)
    sheet.append([])
    sheet.append([guarded(say(exhibit.title, lang))])
    if exhibit.rounded:
        sheet.append([say(ROUNDED, lang)])
    _foot(sheet, edition)


def _add_remarks(book: Workbook, index: Worksheet, edition: Edition) -> None:
    """Write what workshops said of each table, as texts."""
    lang = edition.lang
    rows = [
        (exhibit.key, reaction, text)
        for exhibit in edition.exhibits
        for reaction, said in exhibit.remarks
        for text in said
    ]
    if not rows:
        return
    sheet = book.create_sheet(say(pmsg("workbook", "Remarks"), lang))
    header = (pmsg("workbook", "Table"), pmsg("workbook", "Reaction"), pmsg("workbook", "Remark"))
    sheet.append([say(text, lang) for text in header])
    for row in rows:
        sheet.append([guarded(cell) for cell in row])
    _link(index, sheet.title, say(PHRASES["said"], lang))
    _dress(sheet)
    _foot(sheet, edition)


def _fill_sources(sheet: Worksheet, edition: Edition) -> None:
    """Write which files were read, as the page on where the numbers come from does."""
    lang, study = edition.lang, edition.study
    sheet.append([say(text, lang) for text in HEADER])
    for entry in study.manifest.inputs:
        label = word(study.words, f"source.{entry.source}", lang)
        made_up = say(YES if entry.simulated else NO, lang)
        sheet.append([guarded(entry.file), guarded(label), entry.rows, made_up, entry.sha256])


def _foot(sheet: Worksheet, edition: Edition) -> None:
    """Say under a table whose it is, where it is from and whether it is made up."""
    lang, study = edition.lang, edition.study
    source = pmsg(
        "workbook",
        "Source: {project}. The sheet “{sheet}” lists the files.",
        project=study.project.name,
        sheet=pmsg("workbook", "Sources"),
    )
    sheet.append([guarded(say(source, lang))])
    if study.simulated:
        sheet.append([say(PHRASES["simulated"], lang)])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        sheet.oddHeader.center.text = say(PHRASES["simulated_label"], lang)
    sheet.oddFooter.right.text = "&P / &N"


def _timeless(content: bytes) -> bytes:
    """Replace the moment of writing, which is the only thing that differs between two runs."""
    parts = read_archive(content)
    when = f"{moment():%Y-%m-%dT%H:%M:%SZ}".encode()
    dated = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    parts["docProps/core.xml"] = dated.sub(rb"\g<1>" + when, parts["docProps/core.xml"])
    return write_archive(parts)


def _write_units(sheet: Worksheet, names: Sequence[str], unit: str, *, rounded: bool) -> None:
    """Show the last row's numbers in their unit; they stay the numbers they are."""
    for place, name in enumerate(names, start=2):
        shown = "0" if name in COUNTS else PATTERNS.get(name, PATTERNS[unit])
        if rounded and name not in KEPT:
            shown = _nearly(WHOLE_PER_CENT if shown == PER_CENT else "General")
        sheet.cell(sheet.max_row, place).number_format = shown


def _nearly(shown: str) -> str:
    """Mark a number as rounded, before its sign if it has one."""
    return f'"{NEAR}"{shown};"{NEAR}{MINUS}"{shown}'


def _dress(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for index, column in enumerate(sheet.iter_cols(), start=1):
        longest = max((len(str(cell.value)) for cell in column[1:] if cell.value is not None), default=8)
        sheet.column_dimensions[get_column_letter(index)].width = min(max(longest, 12), 60) + 2
