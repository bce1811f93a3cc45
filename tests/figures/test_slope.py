import pytest
from tests.figures.cases import CASES
from tests.figures.reading import by_gid, rows_with, said, x_of, y_of

from evaluation.figures import draw
from evaluation.figures.slope import apart
from evaluation.figures.theme import BROWN, TEAL


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


@pytest.mark.parametrize(
    "name", ["change_usual", "change_scale", "change_five", "change_same", "change_twelve"]
)
def test_arrows_go_from_before_to_after(name):
    table, labels, figure = figure_of(name)
    for i, row in table.iterrows():
        before, after = row["mean_before"], row["mean_after"]
        assert x_of(figure, f"before-{i}") == [before]
        assert x_of(figure, f"after-{i}") == [after]
        assert x_of(figure, f"change-{i}") == [before, after]
        assert said(figure, f"value-{i}") == labels.values[i]


def test_arrowheads_point_the_right_way():
    table, _, figure = figure_of("change_scale")
    heads = {i: by_gid(figure)[f"arrow-{i}"][0].get_marker() for i in range(3)}
    assert heads == {i: ">" if change > 0 else "<" for i, change in enumerate(table["estimate"])}


def test_no_change_has_no_arrowhead_and_both_marks():
    _, _, figure = figure_of("change_same")
    assert not by_gid(figure)["arrow-0"]
    before, after = by_gid(figure)["before-0"][0], by_gid(figure)["after-0"][0]
    assert before.get_markersize() < after.get_markersize()
    assert before.get_zorder() > after.get_zorder()


def test_women_are_filled_circles_above_mens_open_diamonds():
    _, _, figure = figure_of("change_usual")
    women, men = by_gid(figure)["after-0"][0], by_gid(figure)["after-1"][0]
    assert (women.get_marker(), women.get_markerfacecolor()) == ("o", TEAL)
    assert (men.get_marker(), men.get_markerfacecolor(), men.get_markeredgecolor()) == ("D", "white", BROWN)
    assert y_of(figure, "after-0") < y_of(figure, "after-1")


def test_levels_are_named_once_and_where_withheld():
    _, _, figure = figure_of("change_usual")
    assert {i: said(figure, f"level-{i}") for i in rows_with(figure, "level")} == {0: "kvinnor", 1: "män"}
    _, _, figure = figure_of("change_suppressed")
    assert rows_with(figure, "level") == [0, 1, 3, 4, 5]


def test_equal_labels_are_written_once():
    _, labels, figure = figure_of("change_usual")
    assert rows_with(figure, "row") == [0, 2, 4]
    assert said(figure, "row-2") == labels.rows[2]


def test_five_series_have_five_shapes():
    _, _, figure = figure_of("change_five")
    assert len({by_gid(figure)[f"after-{i}"][0].get_marker() for i in range(5)}) == 5
    assert len({by_gid(figure)[f"after-{i}"][0].get_markeredgecolor() for i in range(5)}) == 5


def test_marks_are_named_above_the_first_arrow():
    _, _, figure = figure_of("change_usual")
    assert said(figure, "name-mean_before") == "före"
    assert said(figure, "name-mean_after") == "efter"
    _, _, figure = figure_of("change_hidden_first")
    assert by_gid(figure)["name-mean_before"][0].get_position()[1] > y_of(figure, "after-1")


def test_scale_is_marked_at_whole_numbers():
    _, labels, figure = figure_of("change_usual")
    ticks = [float(line.get_xdata()[0]) for line in by_gid(figure)["tick"]]
    assert ticks == [2, 3, 4]
    assert [text.get_text() for text in by_gid(figure)["tick-text"]] == [labels.ticks(tick) for tick in ticks]


@pytest.mark.parametrize("places", [[10, 200], [200, 10], [100, 100], [0, 0], [300, 300], [298, 300], [2, 1]])
def test_names_are_moved_apart_inside_the_figure(places):
    before, after = apart(places, [30, 40], 300)
    assert abs(after - before) >= 43 - 1e-9
    assert min(before - 15, after - 20) >= 0
    assert max(before + 15, after + 20) <= 300
