import openpyxl
import pytest

from evaluation.report.document import single_page
from evaluation.report.history import keep_record, record_of
from evaluation.report.render import read_exhibits
from evaluation.report.workbook import write_workbook
from evaluation.report.workshop.store import add_comments
from tests.report.workshop.conftest import page_of, remark

HOSTILE = '<script>alert(1)</script> =HYPERLINK("http://x","y") \u202eevil'


def section(edition, key):
    return next((one.body for one in edition.sections if one.key == key), None)


def test_without_a_workshop_there_is_no_page(fresh):
    assert section(fresh(), "readings") is None


def test_remarks_stand_by_their_figure_and_on_the_page(study, written, fresh, sha256):
    said = [
        remark("1", "a", sha256, see="Det stämmer väl"),
        remark("2", "a", sha256, reaction="disagrees", see="Nej, inte hos oss"),
        remark("3", "a", sha256, reaction="action", act="Ring alla"),
        remark("4", "a", sha256, figure="gone", see="Om något annat"),
    ]
    add_comments(study.loaded, [written(page_of(["a"], said))])
    edition = fresh()
    (figure,) = [one for one in edition.exhibits if one.key == "attainment"]
    assert [len(group) for _, group in figure.remarks] == [1, 1, 1]
    targets, page = section(edition, "targets"), section(edition, "readings")
    card = targets[targets.index('id="attainment"') : targets.index('id="few"')]
    for text in ("Det stämmer väl", "Nej, inte hos oss", "Ring alla", "Participants"):
        assert text in card
        assert text in page
    assert "Om något annat" not in page
    assert "One remark is about a figure" in page
    assert "changed since" not in card
    assert "Women: 6, men: 7" in page
    assert "Ring alla" in section(fresh("sv"), "readings")


def test_small_roles_are_not_named(study, written, fresh, sha256):
    few = [
        {"role": "trainer", "women": 1, "men": 1, "other": 0},
        {"role": "company", "women": 9, "men": 9, "other": 0},
    ]
    said = remark("1", "a", sha256, role="trainer", see="Vi två vet")
    add_comments(study.loaded, [written(page_of(["a"], [said], few))])
    (figure,) = [one for one in fresh().exhibits if one.key == "attainment"]
    assert "Trainers" not in str(figure.remarks)


def test_a_remark_on_an_earlier_version_says_what_was_seen(study, written, fresh, notebooks):
    shown = [one for path in notebooks.values() for one in read_exhibits(path)]
    record = {**record_of(shown, study)}
    seen = {**record["figures"]["attainment"], "workshop": "1" * 64}
    (row,) = seen["rows"]
    seen["rows"] = [{**row, "estimate": 0.5, "n": 40, "k": 20}]
    keep_record({**record, "figures": {**record["figures"], "attainment": seen}}, study.loaded)
    add_comments(study.loaded, [written(page_of(["a"], [remark("1", "a", "1" * 64, see="Hälften")]))])
    (figure,) = [one for one in fresh().exhibits if one.key == "attainment"]
    assert "before 50% (20 of 40), now 67% (40 of 60)" in str(figure.remarks)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_hostile_text_is_text_everywhere(study, written, fresh, sha256, tmp_path, lang):
    said = remark("1", "a", sha256, reaction="action", see=HOSTILE, act='=HYPERLINK("http://x","y")')
    add_comments(study.loaded, [written(page_of(["a"], [said]))])
    edition = fresh(lang)
    html = single_page(edition)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "\u202e" not in html
    write_workbook(edition, tmp_path / "tables.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "tables.xlsx"):
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
