"""Every public export reads, or gives one clear error."""

import pytest

from evaluation.data.read import READERS, read_export
from evaluation.vocabulary.errors import EvaluationError

from .conftest import SHARED, source

TOOLS = {
    "export_qualtrics": {"qualtrics"},
    "export_limesurvey": {"limesurvey"},
    "export_surveymonkey": {"surveymonkey"},
    "export_google_forms": {"google_forms"},
    "export_redcap": {"redcap", "plain"},
    "export_spss_stata": {"spss", "stata"},
    "swedish_office": {"microsoft_forms"},
    "ds4owd": {"plain"},
    "carpentries_longterm": {"plain"},
    "bucknell_cure": {"plain"},
    "swedish_scb_latin1": {"plain"},
}
REFUSED = {
    "haven_datetime.sav": "a date that lies outside the calendar",
}
REGISTERS = ("deltagarlista.xlsx", "tid.xlsx")
FILES = sorted(
    path
    for folder in TOOLS
    for path in (SHARED / folder).rglob("*")
    if path.suffix.lower() in READERS and path.name not in REGISTERS
)


def attempt(path):
    """Return what a file gives: its export or its error."""
    try:
        return read_export(path, source(kind="people", waves=()))
    except EvaluationError as error:
        return error


@pytest.mark.parametrize("path", FILES or [None], ids=lambda path: path and str(path.relative_to(SHARED)))
def test_it_reads_or_says_why_not(path):
    if path is None:
        pytest.skip("the public files are not on this machine")
    found = attempt(path)
    if path.name in REFUSED:
        assert len(found.problems) == 1
        assert REFUSED[path.name] in str(found)
        return
    assert not isinstance(found, EvaluationError), str(found)
    assert found.tool in TOOLS[path.relative_to(SHARED).parts[0]]
    assert len(found.frame) and len(found.frame.columns)
    assert (found.tool == "redcap") == (
        path.parent.name.startswith("REDCapR") and path.name.startswith("data")
    )


def test_every_kind_of_tool_is_met():
    if not FILES:
        pytest.skip("the public files are not on this machine")
    met = {getattr(attempt(path), "tool", "") for path in FILES}
    assert {"qualtrics", "limesurvey", "surveymonkey", "google_forms", "microsoft_forms", "redcap"} <= met


def lines():
    """Yield a line of a table per file: names and counts only, never what stands in it."""
    yield "| file | rows | columns | tool | encoding | said |"
    yield "|---|---|---|---|---|---|"
    for path in FILES:
        name, found = path.relative_to(SHARED).as_posix(), attempt(path)
        if isinstance(found, EvaluationError):
            yield f"| {name} | – | – | – | – | {found.problems[0].what} |"
            continue
        said = " ".join(str(note) for note in found.notes if "was read as" not in str(note)) or "–"
        size = f"{found.rows_read} | {len(found.frame.columns)}"
        yield f"| {name} | {size} | {found.tool} | {found.encoding or '–'} | {said} |"


if __name__ == "__main__":
    print("\n".join(lines()))
