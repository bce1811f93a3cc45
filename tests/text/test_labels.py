"""What is written in a figure, from the same words as the sentences."""

import pytest

from evaluation.text.labels import VALUES, labels_of
from tests.text.rows import WORDS, compared, goal, moved

NBSP = "\N{NO-BREAK SPACE}"


def labels(rows, kind, lang="en"):
    return labels_of(rows, kind, lang=lang, words=WORDS)


def test_a_target_has_its_line_and_a_share_beside_each_mark():
    found = labels([goal(), goal(133, 191, 191)], "target", "sv")
    assert found["target"] == f"mål 70{NBSP}%"
    assert found["values"] == (f"78{NBSP}% (21 av 27)", f"69,6{NBSP}% (133 av 191)")
    assert found["ticks"](0.5) == f"50{NBSP}%"
    assert set(found["marks"]) == {"estimate", "conf_low", "bound_low"}


def test_several_targets_have_no_common_line():
    assert labels([goal(), goal(target=0.9)], "target")["target"] == ""
    assert labels([compared()], "difference")["target"] == ""


def test_a_change_names_its_waves():
    found = labels([moved()], "change")
    assert found["marks"] == {"mean_before": "before", "mean_after": "after"}
    assert found["values"] == ("3.52 (+0.62)",)
    assert found["ticks"](2.5) == "2.5"


def test_differences_have_signs_on_the_axis():
    ticks = labels([compared()], "difference", "sv")["ticks"]
    assert [ticks(value) for value in (-1.0, -0.5, 0.0, 1.0)] == ["−1", "−0,5", "0", "+1"]
    assert labels([compared()], "difference")["levels"] == {"women": "women"}
    assert labels([compared()], "difference")["rows"] == ("H19 Strategic work",)


def test_answers_are_named_as_in_the_survey():
    row = {
        "estimand": "answer_share",
        "indicator": "goal",
        "item": "a",
        "term": "4",
        "estimate": 0.4,
        "k": 2,
        "n": 5,
    }
    found = labels([row], "stacked")
    assert found["categories"] == ("Agree to a great extent",)
    assert found["rows"] == ("Strategic work",)


@pytest.mark.parametrize("kind", VALUES)
def test_a_withheld_row_has_no_number(kind):
    row = goal(suppressed=True, estimate=None, k=None, n=None, item="a", term="4")
    assert labels([row], kind)["values"] == ("",)


def test_a_value_that_lacks_a_part_is_the_estimate_alone():
    assert labels([goal(k=None)], "target")["values"] == ("78%",)
    assert labels([goal(0, 0, 9)], "target")["values"] == ("",)


def test_ticks_of_differences_of_shares_are_percentage_points():
    row = compared() | {"estimand": "network_share_change"}
    ticks = labels([row], "difference", "en")["ticks"]
    assert [ticks(value) for value in (-0.2, 0.0, 0.1)] == ["−20", "0", "+10"]


def test_a_rounded_value_is_marked():
    row = goal(20, 25, 30, rounded=5, estimate=0.8)
    assert labels([row], "target")["values"] == (
        "≈\N{NO-BREAK SPACE}80% (≈\N{NO-BREAK SPACE}20 of ≈\N{NO-BREAK SPACE}25)",
    )
    assert labels([row], "target")["near"] == "≈\N{NO-BREAK SPACE}"
