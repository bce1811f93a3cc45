import pytest
from tests.figures.cases import CASES
from tests.figures.reading import bar_of, by_gid, rows_with, said, x_of, y_of

from evaluation.figures import draw
from evaluation.figures.theme import BROWN, TEAL


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


@pytest.mark.parametrize("name", ["difference_usual", "difference_gap", "level_usual", "level_shares"])
def test_marks_and_intervals_are_the_tables(name):
    table, labels, figure = figure_of(name)
    for i, row in table.iterrows():
        assert x_of(figure, f"estimate-{i}") == [row["estimate"]]
        assert x_of(figure, f"interval-{i}") == [row["conf_low"], row["conf_high"]]
        assert said(figure, f"value-{i}") == labels.values[i]


def test_zero_line_and_band():
    _, labels, figure = figure_of("difference_usual")
    assert x_of(figure, "zero") == [0.0, 0.0]
    assert bar_of(figure, "band") == (-0.5, 0.5)
    assert said(figure, "target-text") == labels.target


def test_band_follows_each_rows_own_limit():
    _, _, figure = figure_of("difference_levels")
    widths = sorted(round(band.get_width(), 6) for band in by_gid(figure)["band"])
    assert widths == [0.6, 1.0]


def test_interval_beyond_the_axis_ends_in_arrows():
    _, labels, figure = figure_of("difference_wide")
    assert figure.axes[0].get_xlim() == labels.limits
    assert x_of(figure, "interval-0") == [-1, 1]
    assert [line.get_marker() for line in by_gid(figure)["beyond-0"]] == ["<", ">"]
    assert not by_gid(figure)["beyond-1"]
    assert not by_gid(figure)["interval-2"]


def test_women_come_first_with_colour_and_shape():
    table, _, figure = figure_of("difference_levels")
    assert list(table["level"]) == ["men", "women"] * 2
    for men, women in ((0, 1), (2, 3)):
        assert y_of(figure, f"estimate-{women}") < y_of(figure, f"estimate-{men}")
        filled, open_mark = (by_gid(figure)[f"estimate-{i}"][0] for i in (women, men))
        assert (filled.get_marker(), filled.get_color(), filled.get_markerfacecolor()) == (
            "o",
            filled.get_color(),
            TEAL,
        )
        assert (open_mark.get_marker(), open_mark.get_markeredgecolor()) == ("D", BROWN)
        assert open_mark.get_markerfacecolor() == "white"
        assert said(figure, f"level-{women}") == "kvinnor"
        assert said(figure, f"level-{men}") == "män"


def test_level_is_not_named_twice():
    figure = figure_of("level_usual")[2]
    assert rows_with(figure, "level") == []


def test_more_than_five_levels_share_a_mark_and_are_all_named():
    table, labels, figure = figure_of("level_eight")
    marks = {(by_gid(figure)[f"estimate-{i}"][0].get_marker()) for i in range(len(table))}
    assert marks == {"o"}
    assert [said(figure, f"level-{i}") for i in range(8)] == list(labels.levels.values())


def test_what_cannot_be_computed_is_said_and_not_called_withheld():
    _, _, figure = figure_of("difference_named_band")
    assert said(figure, "missing-1") == "kan inte beräknas"
    assert said(figure, "key") == "för liten för att ha betydelse"


def test_bounds_are_a_bar_without_an_estimate():
    kind, table, labels = CASES["difference_usual"]()
    figure = draw(table.assign(bound_low=[-0.4] + [None] * (len(table) - 1), bound_high=0.9), kind, labels)
    assert bar_of(figure, "bounds-0") == pytest.approx((-0.4, 0.9))
    assert not by_gid(figure)["estimate-0"]
    assert by_gid(figure)["estimate-1"]
