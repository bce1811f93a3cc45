"""Figures over years: marks stand at their numbers, the start is told, and withheld years have no mark."""

from itertools import pairwise

import pytest
from tests.figures.cases import CASES
from tests.figures.reading import by_gid, rows_with, said, x_of, y_of

from evaluation.figures import draw


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


def test_a_higher_number_stands_higher_in_proportion():
    table, _, figure = figure_of("path_usual")
    zero = y_of(figure, "zero")
    one, other = (zero - y_of(figure, f"estimate-{place}") for place in (0, 6))
    assert one / other == pytest.approx(table["mean_level"][0] / table["mean_level"][6])


def test_years_follow_each_other_at_equal_distances():
    _, _, figure = figure_of("path_usual")
    places = [x_of(figure, f"estimate-{place}")[0] for place in range(7)]
    steps = {round(later - earlier, 6) for earlier, later in pairwise(places)}
    assert len(steps) == 1


def test_both_sides_are_named_and_differ_by_shape():
    _, labels, figure = figure_of("path_usual")
    assert said(figure, "key") == " ".join(labels.marks.values())
    marks = {by_gid(figure)[f"{name}-0"][0].get_marker() for name in ("estimate", "reference")}
    assert len(marks) == 2


def test_withheld_years_have_words_instead_of_marks():
    _, _, figure = figure_of("path_withheld")
    assert rows_with(figure, "estimate") == [0, 2, 3]
    assert "för få" in said(figure, "missing-1").replace("\n", " ")


def test_the_start_lies_between_the_last_year_before_and_the_first_after():
    _, _, figure = figure_of("event_usual")
    before, after = (x_of(figure, f"estimate-{place}")[0] for place in (2, 3))
    assert before < x_of(figure, "start")[0] < after


def test_an_interval_spans_its_limits():
    _, _, figure = figure_of("event_usual")
    low, high = by_gid(figure)["interval-3"][0].get_ydata()
    middle = y_of(figure, "estimate-3")
    assert low - middle == pytest.approx(middle - high)
    assert low > middle
