"""Every table of a report as a sheet, with real numbers, its source and an index."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.report.exhibit import Exhibit
from evaluation.report.page import PHRASES
from evaluation.text.catalogue import say
from evaluation.text.table import row_name
from evaluation.vocabulary.columns import COUNTS, GLOSSARY, STATISTICS
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import msg, pmsg
from evaluation.vocabulary.verdicts import VERDICTS

# A fixed date keeps two runs of the same input identical.
EPOCH = datetime(2000, 1, 1)
KEPT = ("target", "reference", "smallest_important")
PER_CENT, TWO, THREE = "0.0%", "0.00", "0.000"
PATTERNS = {
    "share": PER_CENT,
    "score": TWO,
    "score_difference": TWO,
    "count": "0",
    **dict.fromkeys(("bound_low", "bound_high", "target", "reference", "tipping_share"), PER_CENT),
    **dict.fromkeys(("statistic", "df", "std_change", "ratio", "smallest_important"), TWO),
    **dict.fromkeys(("p_value", "p_adjusted"), THREE),
    "n_needed": "0",
}
"""How a spreadsheet shows the numbers of a unit, or of a column that has its own."""
FORMULA = ("=", "+", "-", "@")


def write_workbook(exhibits: Sequence[Exhibit], lang: str, path: Path) -> None:
    """Write one sheet per exhibit with numbers as numbers, and an index sheet with links.

    Parameters
    ----------
    exhibits
        What the report shows.
    lang
        The language of headers and labels.
    path
        The file to write.
    """
    book = Workbook()
    book.properties.created = book.properties.modified = EPOCH
    index = book.active
    index.title = say(pmsg("workbook", "Contents"), lang)
    index.append([say(pmsg("workbook", "Table"), lang), say(pmsg("workbook", "Question"), lang)])
    for exhibit in exhibits:
        if len(exhibit.result.table) and exhibit.layout != "lead":
            sheet = book.create_sheet(exhibit.key[:31])
            _fill(sheet, exhibit, lang)
            index.append([exhibit.key, say(exhibit.title, lang)])
            index.cell(index.max_row, 1).hyperlink = f"#'{sheet.title}'!A1"
    _dress(index)
    book.save(path)


def _fill(sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    table = exhibit.result.table
    names = [
        name for name in table.columns if (name in STATISTICS or name in KEPT) and table[name].notna().any()
    ]
    judged = "verdict" in table.columns and table["verdict"].notna().any()
    header = [say(pmsg("column", "Statement"), lang), *(say(GLOSSARY[name], lang) for name in names)]
    sheet.append(header + ([say(GLOSSARY["verdict"], lang)] if judged else []))
    for row in exhibit.result.records():
        cells = [_safe(row_name(row, lang, exhibit.words)), *(row.get(name) for name in names)]
        if row.get("suppressed"):
            cells[1] = say(msg("too few answers"), lang)
        verdict = VERDICTS.get(str(row.get("verdict")))
        sheet.append([*cells, say(verdict.label, lang)] if judged and verdict else cells)
        _write_units(sheet, names, ESTIMANDS[row["estimand"]].unit)
    _dress(sheet)
    sheet.append([])
    sheet.append([_safe(say(exhibit.title, lang))])
    if exhibit.simulated:
        sheet.append([say(PHRASES["simulated"], lang)])


def _write_units(sheet: Worksheet, names: Sequence[str], unit: str) -> None:
    """Show the last row's numbers in their unit; they stay the numbers they are."""
    for place, name in enumerate(names, start=2):
        shown = "0" if name in COUNTS else PATTERNS.get(name, PATTERNS[unit])
        sheet.cell(sheet.max_row, place).number_format = shown


def _safe(text: str) -> str:
    """Keep a text a text: a spreadsheet would run one that begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


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
