import pytest
from tests.figures.cases import CASES

from evaluation.figures import FIGURES, alt_parts


def test_facts_of_a_target_figure():
    _, table, _ = CASES["target_suppressed"]()
    assert alt_parts(table, "target") == {
        "kind": "target",
        "rows": 3,
        "levels": [],
        "highest": 0,
        "lowest": 2,
        "withheld": 1,
        "target": True,
    }


def test_levels_are_listed_women_first():
    _, table, _ = CASES["difference_levels"]()
    assert alt_parts(table, "difference")["levels"] == ["women", "men"]


def test_nothing_is_highest_when_all_is_withheld():
    _, table, _ = CASES["target_all_suppressed"]()
    parts = alt_parts(table, "target")
    assert parts["highest"] is parts["lowest"] is None
    assert parts["withheld"] == 2
    assert not parts["target"]


@pytest.mark.parametrize("name", CASES)
def test_there_are_facts_and_no_words_for_every_figure(name):
    kind, table, _ = CASES[name]()
    parts = alt_parts(table, kind)
    assert parts["kind"] in FIGURES
    assert all(not isinstance(value, str) for key, value in parts.items() if key != "kind")
