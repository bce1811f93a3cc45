"""The attacker finds what can be worked out, and nothing is left to find where everything is protected."""

import json
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from benchmarks.disclosure import attacked, programme, protected, published

from evaluation.audit import (
    Published,
    attack,
    by_labels_alone,
    differences,
    read_published,
    recovered_together,
)
from evaluation.audit.published import Mention
from evaluation.audit.puzzle import Puzzle
from evaluation.vocabulary.errors import ExportError, MissingFileError
from tests.inflating import inflating


def told(*rows: dict) -> Published:
    return Published(tuple({"unit": "person", **row} for row in rows), (), 0, 0, 0, None)


def rate(k=None, n=None, **more) -> dict:
    counts = {"suppressed": True} if n is None else {"k": k, "n": n}
    return {"estimand": "response_rate", "wave": "w1", **more, **counts}


def share(k=None, n=None) -> dict:
    return rate(k, n) | {"estimand": "described_share", "indicator": "q"}


def level(name: str, k=None, n=None) -> dict:
    return rate(k, n, group="sex", level=name)


def test_a_single_withheld_level_is_the_total_less_the_others():
    rows = told(rate(80, 100), level("women", 50, 60), level("men", 27, 36), level("other"))
    found = {one.about.rsplit(": ")[-1]: (one.low, one.high) for one in attack(rows).recovered}
    assert found["n"][1] <= 4
    assert found["k"][1] <= 3


@pytest.mark.parametrize("rows", [(), (rate(),), (level("women"), level("men"))])
def test_a_report_that_shows_no_number_tells_none(rows):
    assert attack(told(*rows)).recovered == ()


def test_two_withheld_levels_cannot_be_told_apart():
    rows = told(rate(80, 100), level("women", 50, 60), level("men"), level("other"))
    assert attack(rows).recovered == ()


def test_levels_that_are_left_out_are_found_as_a_remainder():
    rows = told(rate(188, 191), level("women", 71, 74), level("men", 111, 114))
    assert any("(others)" in one.about and one.high == 3 for one in attack(rows).recovered)


def test_what_is_signed_off_is_no_secret():
    rows = told(rate(188, 191), level("women", 71, 74), level("men", 111, 114))
    assert attack(rows, allowed=lambda row: row.get("level") == "*").recovered == ()


def test_single_answers_are_the_rest_of_all_answers():
    fixed = {"estimand": "answer_share", "indicator": "q", "wave": "w1"}
    shown = [{**fixed, "term": str(i), "k": k, "n": 40} for i, k in enumerate((10, 12, 17), start=1)]
    found = attack(told(*shown, {**fixed, "term": "4", "suppressed": True})).recovered
    assert [(one.low, one.high) for one in found] == [(1, 1)]


def test_rows_that_contradict_each_other_are_left_out():
    rows = told(rate(80, 100), {"estimand": "stage_count", "term": "answered", "wave": "w1", "n": 50})
    assert attack(rows).contradictions == 1


def test_whole_numbers_bound_more_closely_than_parts():
    puzzle = Puzzle()
    number = puzzle.unknown(("x",), 10)
    lines = [puzzle.know({number: 2.0}, 3.0, 9.0)]
    assert puzzle.solved(lines).interval({number: 1.0}) == (2, 4)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_small_programmes_are_open_alone_and_closed_together(seed):
    made = programme(np.random.default_rng(seed), people=60 + seed, questions=1)
    assert attacked(made, protected(made, complementary=False)) > 0
    assert attacked(made, protected(made)) == 0


@pytest.mark.parametrize("seed", [0, 6])
def test_a_reader_who_goes_by_the_labels_alone_finds_nothing_either(seed):
    made = programme(np.random.default_rng(seed))
    limit = {"threshold": made.policy.threshold}
    alone = by_labels_alone(published(protected(made, complementary=False)))
    assert attack(alone, **limit).recovered
    assert attack(by_labels_alone(published(protected(made))), **limit).recovered == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 106))
def test_larger_programmes_are_closed(seed):
    made = programme(np.random.default_rng(seed), questions=2)
    assert attacked(made, protected(made)) == 0


def test_versions_that_differ_by_few_tell_about_the_few():
    earlier, later = told(share(80, 100)), told(share(82, 102))
    found = differences(later, earlier, threshold=lambda group: 5)
    assert len(found) == 2
    assert "100 → 102" in found[0]
    assert differences(told(share(90, 120)), earlier, threshold=lambda group: 5) == ()


def test_how_many_more_take_part_among_all_is_no_secret_but_in_a_group_it_is():
    limit = {"threshold": lambda group: 5}
    assert differences(told(rate(82, 102)), told(rate(80, 100)), **limit) == ()
    assert differences(told(level("women", 42, 60)), told(level("women", 40, 60)), **limit)


def test_few_who_say_no_are_told_by_the_difference():
    found = differences(told(share(90, 110)), told(share(80, 101)), threshold=lambda group: 5)
    assert [text.rpartition(": ")[2] for text in found] == ["n - k 21 → 20"]


def test_what_is_withheld_now_can_be_read_in_the_earlier_version():
    found = differences(told(share()), told(share(3, 100)), threshold=lambda group: 5)
    assert any("k = 3" in one for one in found)
    assert differences(told(share()), told(share(80, 100)), threshold=lambda group: 5) == ()


def test_who_has_come_is_the_growth_of_the_total_less_that_of_the_others():
    before = told(rate(80, 160), level("women", 40, 80), level("men", 40, 80))
    now = told(rate(95, 190), level("women", 53, 108), level("men"))
    found = recovered_together(now, before)
    assert [one.high for one in found if one.about.endswith("women: k")] == []
    assert [one.high for one in found if one.about.endswith(" men: k")] == [2]


def test_numbers_in_the_text_must_stand_in_a_row(tmp_path):
    rows = [{"unit": "person", "estimand": "response_rate", "wave": "w1", "k": 80, "n": 100}]
    cell = nbformat.v4.new_code_cell("chapter.response(study)")
    data = {"application/vnd.evaluation.exhibit+json": [{"result": {"rows": rows}}]}
    cell.outputs = [nbformat.v4.new_output("display_data", data)]
    node = nbformat.v4.new_notebook(cells=[cell])
    (tmp_path / "a.ipynb").write_text(json.dumps(node))
    (tmp_path / "a.html").write_text(
        '<img alt="80 of the 100 answered"><p>3 av 7 svarade</p>', encoding="utf-8"
    )
    assert attack(read_published(tmp_path)).unexplained == ("a.html: 3 / 7",)


def test_how_many_are_silent_stands_in_the_row_of_those_who_are_known():
    row = {"unit": "person", "estimand": "covered_share", "k": 991, "n": 1112, "n_total": 1300}
    said = [Mention("a.html", 188, 1300), Mention("a.html", 187, 1300)]
    published = replace(told(row), mentions=tuple(said), notebooks=1)
    assert attack(published).unexplained == ("a.html: 187 / 1300",)


def test_an_empty_folder_is_no_report(tmp_path):
    with pytest.raises(MissingFileError):
        read_published(tmp_path)


def test_a_workbook_that_unpacks_to_something_enormous_is_refused(tmp_path):
    inflating(tmp_path / "tables.xlsx", 500)
    with pytest.raises(ExportError, match=r"tables\.xlsx: The file unpacks to 52\d"):
        read_published(tmp_path)


def test_a_workbook_that_is_damaged_is_one_error(tmp_path):
    (tmp_path / "tables.xlsx").write_text("nothing packed")
    with pytest.raises(ExportError, match=r"tables\.xlsx: The file cannot be opened"):
        read_published(tmp_path)
