"""A result as a flat table: one header, written cells, and nothing of what is withheld."""

import pytest

from evaluation.text.table import COLUMNS, flat_table, row_name, short_name
from evaluation.vocabulary.estimands import ESTIMANDS
from tests.text.rows import WORDS, compared, goal, moved

NBSP = "\N{NO-BREAK SPACE}"


def table(rows, columns, lang="sv", conf_level=0.95):
    return flat_table(rows, columns, lang=lang, words=WORDS, conf_level=conf_level)


def cells(row, columns, lang="sv"):
    return list(table([row], columns, lang).rows[0])


def test_a_target_row():
    row = goal(verdict="reached", reason="reached_whatever_silent")
    columns = ("target", "answer", "interval", "bounds", "n_total", "verdict")
    assert cells(row, columns) == [
        "H19 Strategiskt arbete",
        f"70{NBSP}%",
        f"78{NBSP}% (21 av 27)",
        f"73–80{NBSP}%",
        f"70–80{NBSP}%",
        "30",
        "Nått",
    ]
    assert table([row], columns).tones == ("good",)


def test_a_census_has_one_limit():
    assert cells(goal(21, 30, 30), ("interval", "bounds"))[1:] == [f"70{NBSP}%"] * 2


def test_a_change_row_keeps_its_signs():
    columns = ("mean_before", "mean_after", "change", "interval", "n")
    assert cells(moved(), columns, "en")[1:] == ["2.90", "3.52", "+0.62", "+0.40 to +0.84", "120"]
    assert cells(moved(), ("interval",))[1:] == ["+0,40 till +0,84"]


def test_a_comparison_says_its_direction():
    assert cells(compared(), ("contrast", "difference"), "en")[1:] == ["women minus men", "−0.25"]
    assert cells(compared(contrast=None, level=None), ("contrast",), "en")[1:] == ["–"]


def test_a_finding_is_the_short_sentence():
    assert (
        cells(goal(), ("finding",), "en")[1]
        == "78% of the companies who answered state that they work strategically."
    )


def test_what_has_no_value_is_a_dash():
    row = goal(0, 0, 30, conf_low=None, conf_high=None)
    assert cells(row, ("answer", "interval", "verdict"))[1:] == ["–", "–", "–"]


def test_a_share_without_counts_is_written_alone():
    assert cells(goal(k=None), ("answer",), "en")[1:] == ["78%"]


def test_a_withheld_row_says_so_once():
    row = goal(suppressed=True, estimate=None, k=None, n=None, verdict=None)
    columns = ("target", "answer", "interval", "n_total", "verdict")
    assert cells(row, columns, "en")[1:] == ["too few to show", "–", "–", "–", "–"]
    assert table([row], columns).tones == ("",)


def test_the_header_says_the_level_and_what_rows_are_about():
    header = table([goal()], ("interval",), "en", 0.9).header
    assert header == ("Statement", "90-percent interval")
    other = table(
        [{"estimand": "answer_share", "item": "a", "term": "4", "estimate": 0.4, "k": 2, "n": 5}],
        ("answer",),
        "en",
    )
    assert other.header[0] == "Answer"
    assert other.rows[0][0] == "Digitalisation (of all kinds), Agree to a great extent"
    assert table([goal(), moved()], ("n",), "en").header[0] == "Statement"


def test_numbers_stand_to_the_right():
    assert table([goal()], ("target", "verdict", "finding", "n")).numeric == (False, True, False, False, True)


def test_a_table_without_rows_has_a_header():
    empty = table([], ("n",))
    assert empty.rows == ()
    assert len(empty.header) == 2


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"indicator": "goal"}, "H19 Strategic work"),
        ({"indicator": "goal", "term": "all", "wave": "w3"}, "H19 Strategic work, in all the areas"),
        ({"indicator": "goal", "term": "a"}, "H19 Strategic work, Digitalisation (of all kinds)"),
        ({"indicator": "goal", "level": "women", "group": "sex"}, "H19 Strategic work, women"),
        ({"level": "women", "group": "sex", "wave": "w1"}, "Women, Before"),
        ({"scale": "s"}, "Learning"),
        ({"item": "a"}, "Digitalisation (of all kinds)"),
        ({"term": "log"}, "Time log"),
        ({"term": "unheard_of"}, "Unheard_of"),
        ({}, "The measure"),
    ],
)
def test_what_a_row_is_about(row, name):
    assert row_name(row, "en", WORDS) == name


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"indicator": "goal"}, "H19"),
        (
            {"indicator": "goal", "term": "a", "level": "men", "group": "sex"},
            "H19 Digitalisation (of all kinds) men",
        ),
        ({"level": "men", "group": "sex"}, "Men"),
    ],
)
def test_what_a_row_is_about_in_short(row, name):
    assert short_name(row, "en", WORDS) == name


def test_every_column_of_a_quantity_can_be_written():
    for key, estimand in ESTIMANDS.items():
        assert set(estimand.columns) <= set(COLUMNS), key


@pytest.mark.parametrize(("lang", "share"), [("sv", f"80{NBSP}%"), ("en", "80%")])
def test_numbers_of_a_rounded_row_are_marked(lang, share):
    row = goal(20, 25, 30, rounded=5, estimate=0.8, bound_low=None, bound_high=None)
    written = cells(row, ("target", "answer", "deviation", "n_total"), lang)[1:]
    assert written[1] == f"≈{NBSP}{share} (≈{NBSP}20 {'av' if lang == 'sv' else 'of'} ≈{NBSP}25)"
    assert written[0].startswith("70")
    assert written[2].startswith(f"≈{NBSP}+10")
    assert written[3] == f"≈{NBSP}30"


def test_a_range_of_a_rounded_row_is_marked_once():
    row = compared(rounded=5, estimate=-0.3, conf_low=-0.5, conf_high=0.1)
    assert cells(row, ("interval",), "en")[1] == f"≈{NBSP}−0.50 to +0.10"
