"""A report whose programme rounds: rounded rows in its notebooks, pages, workbook and record."""

from dataclasses import replace

import pytest
from openpyxl import Workbook

from evaluation.audit import read_published
from evaluation.chapters import change, equality, overview
from evaluation.disclosure import Policy
from evaluation.report import history
from evaluation.report.audience import AUDIENCES
from evaluation.report.exhibit import ROUNDED
from evaluation.report.release import protect_together
from evaluation.report.render import read_exhibits
from evaluation.report.workbook import _write_units
from evaluation.text.format import MINUS, NEAR
from tests.report.test_release import audit, notebook


@pytest.fixture(scope="module")
def study(halland_study):
    """Return Halland's study with rounding."""
    project = halland_study.project
    privacy = project.privacy.model_copy(update={"complementary": "round"})
    changed = project.model_copy(update={"privacy": privacy})
    return replace(halland_study, loaded=halland_study.loaded.model_copy(update={"definition": changed}))


@pytest.fixture(scope="module")
def drafts(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rounded")
    shown = [
        overview.statements(study),
        change.table(study),
        equality.composition(study),
        equality.change_by_group(study),
    ]
    return [notebook(folder / "a.ipynb", shown)]


@pytest.fixture(scope="module")
def release(drafts, study):
    return protect_together(drafts, study)


@pytest.fixture
def near(release, drafts):
    """Return the exhibits with rounded rows, and these rows."""
    found = [(exhibit, row) for exhibit in read_exhibits(drafts[0]) for row in exhibit.result.records()]
    return [(exhibit, row) for exhibit, row in found if row.get("rounded") is not None]


def test_rows_are_rounded_and_nothing_is_recovered(release, near, drafts, study):
    assert release.rounded == len(near) > 0
    found = audit(drafts[0].parent, study)
    assert found.rounded > 0
    assert found.recovered == ()


def test_stored_rows_hold_no_number_that_is_not_rounded(near):
    for _, row in near:
        assert row["suppressed"] is False
        assert all(row[name] % row["rounded"] == 0 for name in ("n", "k", "n_level") if row.get(name))
        assert all(row.get(name) is None for name in ("std_error", "p_value", "statistic", "df", "icc"))
        assert row["estimate"] == round(row["estimate"], 2)


def test_the_mark_is_explained_once_in_both_languages(near):
    exhibit = near[0][0]
    assert exhibit.all_notes("sv").count(ROUNDED) == 1
    pages = exhibit.to_html("en"), exhibit.to_html("sv")
    assert pages[0].count("Numbers marked ≈ are rounded, to protect individuals.") == 1
    assert pages[1].count("Tal med ≈ är avrundade, för att skydda enskilda.") == 1
    assert all("≈\N{NO-BREAK SPACE}" in page for page in pages)


def test_doing_it_again_changes_nothing(release, drafts, study):
    before = drafts[0].read_bytes()
    again = protect_together(drafts, study)
    assert drafts[0].read_bytes() == before
    assert again.rounded == release.rounded


def test_a_workshop_sees_no_rounded_row(near, study):
    for exhibit in {id(one): one for one, _ in near}.values():
        seen = AUDIENCES["workshop"].exhibit(exhibit, study)
        if seen is not None:
            assert all(row.get("rounded") is None for row in seen.result.records())
            assert ROUNDED not in seen.all_notes("sv")


def test_what_is_rounded_is_recorded_as_rounded(near, study):
    record = history.record_of([near[0][0]], study)
    rows = record["figures"][near[0][0].key]["rows"]
    assert [row["rounded"] for row in rows if "rounded" in row]


def test_a_change_to_or_from_a_rounded_number_is_not_told(near, study):
    exhibit, row = near[0]
    before, after = (history.record_of([exhibit], study) for _ in range(2))
    for told in before["figures"][exhibit.key]["rows"]:
        if "rounded" in told:
            told["estimate"] += 1
    assert [one.hidden for one in history.changes(before, after, Policy(5))] == [True] * _rounded(exhibit)
    assert row["rounded"] == 5


def _rounded(exhibit) -> int:
    return sum(row.get("rounded") is not None for row in exhibit.result.records())


def test_a_workbook_marks_rounded_numbers_and_the_attacker_leaves_them_out(tmp_path):
    book = Workbook()
    sheet = book.create_sheet("share")
    sheet.append(["Statement", "Estimate", "Yes", "Answers", "Target"])
    for name, rounded in (("Exact", False), ("Near", True)):
        sheet.append([name, 0.7, 15, 20, 0.8])
        _write_units(sheet, ["estimate", "k", "n", "target"], "share", rounded=rounded)
    formats = [cell.number_format for cell in sheet[3][1:]]
    percent, whole = (f'"{NEAR}"{shown};"{NEAR}{MINUS}"{shown}' for shown in ("0%", "General"))
    assert formats == [percent, whole, whole, "0.0%"]
    assert not any("≈" in cell.number_format for cell in sheet[2])
    book.save(tmp_path / "tables.xlsx")
    assert [row["indicator"] for row in read_published(tmp_path).rows] == ["Exact"]
