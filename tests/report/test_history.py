from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.disclosure import Policy
from evaluation.report.edition import make_edition
from evaluation.report.history import (
    changes,
    history_folder,
    keep_record,
    previous,
    reasons,
    record_of,
    stored_records,
)
from evaluation.report.render import read_exhibits
from tests.conftest import elsewhere
from tests.report.conftest import NAMES

LEVELS = ("women", "men")


def row(n, k, level=None, unit="person"):
    return {
        "estimand": "attained_share", "indicator": "goal", "unit": unit, "group": level and "sex", "level": level,
        "n": float(n), "k": float(k), "estimate": k / n,
    }  # fmt: skip


def record(*rows, **about):
    made = {"inputs": [["a.csv", "1"]], "definition": ["1"], "version": "1", **about}
    return {**made, "figures": {"one": {"workshop": "", "conf_level": 0.95, "rows": list(rows)}}}


counts = st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


class TestChanges:
    @given(
        st.lists(counts, min_size=2, max_size=2), st.lists(counts, min_size=2, max_size=2), st.integers(3, 10)
    )
    def test_no_two_numbers_stand_side_by_side_if_few_answers_lie_between(self, old, new, min_cell):
        before = record(*(row(*pair, level) for pair, level in zip(old, LEVELS, strict=True)))
        after = record(*(row(*pair, level) for pair, level in zip(new, LEVELS, strict=True)))
        found = changes(before, after, Policy(min_cell))
        few = [
            any(0 < abs(a - b) < min_cell for a, b in ((n, m), (k, j), (n - k, m - j)))
            for (n, k), (m, j) in zip(old, new, strict=True)
            if k / n != j / m
        ]
        assert len(found) == len(few)
        assert all(change.hidden == any(few) for change in found)

    def test_many_new_answers_are_told(self):
        (change,) = changes(record(row(40, 20)), record(row(60, 40)), Policy(5))
        assert (change.before["k"], change.after["k"], change.hidden) == (20, 40, False)

    def test_the_same_number_is_no_change(self):
        assert changes(record(row(40, 20)), record(row(40, 20)), Policy(5)) == []

    def test_a_new_verdict_is_a_change(self):
        before, after = ({**row(40, 20), "verdict": verdict} for verdict in ("reached", "undecided"))
        (change,) = changes(record(before), record(after), Policy(5))
        assert not change.hidden

    def test_special_classifications_have_a_threshold_of_their_own(self):
        before, after = ({**row(*pair, "foreign"), "group": "background"} for pair in ((40, 20), (47, 27)))
        (change,) = changes(record(before), record(after), Policy(5))
        assert not change.hidden
        (change,) = changes(record(before), record(after), Policy(5, {"background": 10}))
        assert change.hidden

    def test_counts_of_statements_are_nobodys_secret(self):
        (change,) = changes(
            record(row(5, 1, unit="statement")), record(row(5, 2, unit="statement")), Policy(5)
        )
        assert not change.hidden


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"inputs": [["a.csv", "2"]]}, ["New data."]),
        ({"definition": ["2"], "version": "2"}, ["New definition.", "New version of the program."]),
        ({}, ["Data, definition and version are the same."]),
    ],
)
def test_reasons(about, said):
    assert [str(one) for one in reasons(record(), record(**about))] == said


@pytest.fixture
def study(halland_study, tmp_path):
    return replace(halland_study, loaded=elsewhere(halland_study.loaded, tmp_path / "data"))


@pytest.fixture
def shown(notebooks):
    return [one for path in notebooks.values() for one in read_exhibits(path)]


def test_withheld_rows_are_not_kept(study, shown):
    hidden = [
        replace(one, result=replace(one.result, table=one.result.table.assign(suppressed=True)))
        for one in shown
    ]
    assert not any(figure["rows"] for figure in record_of(hidden, study)["figures"].values())
    assert any(figure["rows"] for figure in record_of(shown, study)["figures"].values())


def test_an_equal_report_is_kept_once(study, shown):
    now = record_of(shown, study)
    assert previous(now, stored_records(study.loaded)) == (1, None)
    keep_record(now, study.loaded)
    keep_record(now, study.loaded)
    assert len(stored_records(study.loaded)) == 1
    assert previous(now, stored_records(study.loaded)) == (1, None)
    assert not history_folder(study.loaded).is_relative_to(study.loaded.processed_folder)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("50%", "67%", "New data.")), ("sv", ("50 %", "67 %", "Nya data."))]
)
def test_the_page_tells_before_and_now_and_why(study, shown, notebooks, lang, words):
    now = record_of(shown, study)
    earlier = {**now, "inputs": [], "figures": dict(now["figures"])}
    (kept,) = earlier["figures"]["attainment"]["rows"]
    earlier["figures"]["attainment"] = {"rows": [{**kept, "n": 40.0, "k": 20.0, "estimate": 0.5}]}
    del earlier["figures"]["other"]
    keep_record(earlier, study.loaded)
    edition = make_edition(replace(study), notebooks, NAMES, lang)
    (page,) = [one.body for one in edition.sections if one.key == "history"]
    assert all(word in page.replace("\u00a0", " ") for word in words)
    assert "<li>" in page
    assert '<td class="n">' not in page, "words beside numbers must be broken into lines"


def test_the_first_report_has_no_page(study, notebooks):
    edition = make_edition(replace(study), notebooks, NAMES, "en")
    assert "history" not in [one.key for one in edition.sections]
