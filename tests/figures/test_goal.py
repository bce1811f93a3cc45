import pandas as pd
import pytest
from tests.figures.cases import CASES, percent
from tests.figures.reading import bar_of, by_gid, rows_with, said, x_of, y_of

from evaluation.figures import Labels, draw


@pytest.fixture
def usual():
    kind, table, labels = CASES["target_usual"]()
    return table, labels, draw(table, kind, labels)


def test_marks_stand_at_the_tables_numbers(usual):
    table, labels, figure = usual
    for i, row in table.iterrows():
        assert x_of(figure, f"estimate-{i}") == [row["estimate"]]
        assert x_of(figure, f"interval-{i}") == [row["conf_low"], row["conf_high"]]
        assert bar_of(figure, f"bounds-{i}") == pytest.approx((row["bound_low"], row["bound_high"]))
        assert said(figure, f"value-{i}") == labels.values[i]


def test_possible_is_hatched_and_ring_is_open(usual):
    figure = usual[2]
    assert by_gid(figure)["bounds-0"][0].get_hatch()
    assert by_gid(figure)["estimate-0"][0].get_markerfacecolor() == "white"


def test_common_target_is_one_dashed_line_through_all_rows(usual):
    _, labels, figure = usual
    (line,) = by_gid(figure)["target"]
    assert list(line.get_xdata()) == [0.7, 0.7]
    assert line.get_linestyle() == "--"
    top, bottom = line.get_ydata()
    assert top < y_of(figure, "estimate-0") < y_of(figure, "estimate-1") < bottom
    assert said(figure, "target-text") == labels.target


def test_own_targets_are_short_lines_in_their_rows():
    kind, table, labels = CASES["target_own_goals"]()
    figure = draw(table, kind, labels)
    assert rows_with(figure, "target") == [0, 1]
    for i in (0, 1):
        (line,) = by_gid(figure)[f"target-{i}"]
        top, bottom = line.get_ydata()
        assert set(line.get_xdata()) == {table["target"][i]}
        assert top < y_of(figure, f"estimate-{i}") < bottom
        assert bottom - top < 30


def test_target_line_is_interrupted_at_a_withheld_row():
    kind, table, labels = CASES["target_suppressed"]()
    figure = draw(table, kind, labels)
    hidden = by_gid(figure)["missing-1"][0].get_position()[1]
    pieces = [line.get_ydata() for line in by_gid(figure)["target"]]
    assert len(pieces) == 2
    assert not any(top < hidden < bottom for top, bottom in pieces)


def test_value_is_clear_of_the_target_line():
    kind, table, labels = CASES["target_one_row"]()
    figure = draw(table, kind, labels)
    box = by_gid(figure)["value-0"][0].get_window_extent(figure.canvas.get_renderer())
    line = figure.axes[0].transData.transform((0.7, 0))[0]
    assert box.x0 > line or box.x1 < line


@pytest.mark.parametrize(
    ("estimate", "target", "ends"),
    [(0.78, 0.7, (0.6, 1.0)), (0.5, 0.7, (0.4, 0.8)), (0.95, 0.4, (0.3, 1.0)), (0.0, 1.0, (0.0, 1.0))],
)
def test_axis_shows_estimate_and_target(estimate, target, ends):
    table = pd.DataFrame({"estimate": [estimate], "target": [target]})
    figure = draw(table, "target", Labels(rows=("a",), ticks=percent))
    assert figure.axes[0].get_xlim() == pytest.approx(ends)
    shown = [artist.get_text() for artist in by_gid(figure)["tick-text"]]
    assert shown[0] == percent(ends[0])
    assert shown[-1] == percent(ends[1])


def test_asked_limits_are_kept_but_never_hide_the_estimate():
    table = pd.DataFrame({"estimate": [0.5, 0.6], "target": 0.55})
    asked = draw(table, "target", Labels(rows=("a", "b"), limits=(0.45, 0.7)))
    assert asked.axes[0].get_xlim() == (0.45, 0.7)
    wider = draw(table, "target", Labels(rows=("a", "b"), limits=(0.55, 0.7)))
    assert wider.axes[0].get_xlim() == (0.5, 0.7)


def test_key_names_only_what_is_drawn():
    marks = {"estimate": "answered", "conf_low": "likely", "bound_low": "possible"}
    table = pd.DataFrame({"estimate": [0.5], "conf_low": [0.4], "conf_high": [0.6]})
    figure = draw(table, "target", Labels(rows=("a",), marks=marks))
    assert said(figure, "key") == "answered likely"
