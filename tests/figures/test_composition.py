import pytest
from tests.figures.cases import CASES
from tests.figures.reading import bar_of, by_gid, rows_with, said, x_of, y_of

from evaluation.figures import draw


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


def test_both_shares_and_the_line_between_them():
    table, labels, figure = figure_of("composition_usual")
    for i, row in table.iterrows():
        assert x_of(figure, f"estimate-{i}") == [row["estimate"]]
        assert x_of(figure, f"reference-{i}") == [row["reference"]]
        assert x_of(figure, f"gap-{i}") == [row["estimate"], row["reference"]]
        assert said(figure, f"value-{i}") == labels.values[i]


def test_even_interval_is_a_band_where_there_is_one():
    _, _, figure = figure_of("composition_usual")
    assert rows_with(figure, "bounds") == [0, 1]
    assert bar_of(figure, "bounds-0") == pytest.approx((0.4, 0.6))


def test_women_come_before_men_in_their_classification():
    table, _, figure = figure_of("composition_usual")
    assert list(table["level"])[:2] == ["men", "women"]
    heights = [y_of(figure, f"estimate-{i}") for i in (1, 0, 2, 3, 4)]
    assert heights == sorted(heights)


def test_taking_part_is_filled_and_comparison_open():
    _, labels, figure = figure_of("composition_usual")
    here, there = by_gid(figure)["estimate-0"][0], by_gid(figure)["reference-0"][0]
    assert here.get_markerfacecolor() != "white"
    assert there.get_markerfacecolor() == "white"
    assert said(figure, "key") == " ".join(labels.marks.values())


def test_equal_shares_show_both_marks():
    _, _, figure = figure_of("composition_edges")
    here, there = by_gid(figure)["estimate-2"][0], by_gid(figure)["reference-2"][0]
    assert here.get_zorder() > there.get_zorder()
    assert there.get_markersize() > here.get_markersize() + 3


def test_row_without_comparison_has_one_mark():
    _, _, figure = figure_of("composition_edges")
    assert rows_with(figure, "estimate") == [0, 1, 2, 4]
    assert rows_with(figure, "reference") == [0, 1, 2]
    assert rows_with(figure, "gap") == [0, 1, 2]
