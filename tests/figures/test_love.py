from tests.figures.cases import CASES
from tests.figures.reading import by_gid, rows_with, said, x_of, y_of

from evaluation.figures import draw


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


def test_every_difference_stands_at_its_number():
    table, _, figure = figure_of("love_usual")
    assert [x_of(figure, f"estimate-{i}")[0] for i in table.index] == list(table["estimate"])


def test_the_two_marks_of_a_characteristic_share_a_line():
    _, _, figure = figure_of("love_usual")
    heights = [y_of(figure, f"estimate-{i}") for i in range(6)]
    assert heights[0] == heights[1]
    assert heights[0] != heights[2]


def test_as_they_are_is_open_and_weighted_is_filled():
    _, labels, figure = figure_of("love_usual")
    assert by_gid(figure)["estimate-0"][0].get_markerfacecolor() == "white"
    assert by_gid(figure)["estimate-1"][0].get_markerfacecolor() != "white"
    assert said(figure, "key") == " ".join(labels.marks.values())


def test_limits_of_alikeness_stand_on_both_sides_of_zero():
    _, _, figure = figure_of("love_usual")
    lines = {line.get_xdata()[0] for line in by_gid(figure)["alike"]}
    assert lines == {-0.05, 0.05}
    assert x_of(figure, "zero")[0] == 0


def test_a_weighting_that_is_not_there_is_not_named():
    _, labels, figure = figure_of("love_unweighted_only")
    assert labels.marks["entropy_balance"] not in said(figure, "key")


def test_withheld_rows_have_no_mark():
    _, _, figure = figure_of("love_withheld")
    assert rows_with(figure, "estimate") == [2, 3]
