from dataclasses import replace

import pandas as pd
import pytest
from tests.figures.cases import CASES
from tests.figures.reading import bar_of, by_gid, rows_with, said

from evaluation.figures import Labels, draw


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


@pytest.mark.parametrize("name", ["flow_usual", "flow_plain"])
def test_bars_are_as_long_as_their_counts(name):
    table, labels, figure = figure_of(name)
    for i, count in enumerate(table["estimate"]):
        assert bar_of(figure, f"estimate-{i}") == (0.0, count)
        assert said(figure, f"count-{i}") == labels.ticks(count)


def test_losses_stand_between_the_bars():
    _, labels, figure = figure_of("flow_usual")
    assert rows_with(figure, "value") == [1, 2, 3, 4]
    for i in range(1, 5):
        y = by_gid(figure)[f"value-{i}"][0].get_position()[1]
        above, below = (by_gid(figure)[f"estimate-{j}"][0] for j in (i - 1, i))
        assert above.get_y() + above.get_height() < y < below.get_y()
        assert said(figure, f"value-{i}") == labels.values[i]


def test_a_value_that_is_the_count_is_not_written_twice():
    table, labels, _ = figure_of("flow_usual")
    labels = type(labels)(
        rows=labels.rows, values=tuple(map(labels.ticks, table["estimate"])), ticks=labels.ticks
    )
    assert rows_with(draw(table, "flow", labels), "value") == []


def test_withheld_step_has_no_bar_and_no_loss():
    _, labels, figure = figure_of("flow_edges")
    assert rows_with(figure, "estimate") == [0, 1, 3]
    assert said(figure, "missing-2") == labels.too_few
    assert "value-2" not in by_gid(figure)
    assert bar_of(figure, "estimate-1") == (0.0, 0.0)


def test_loss_after_a_withheld_step_would_give_it_away():
    table = pd.DataFrame({"estimate": [20.0, 4.0, 3.0], "suppressed": [False, True, False]})
    labels = Labels(rows=("a", "b", "c"), values=("30 avböjde", "16 slutade", "1 slutade"), too_few="för få")
    figure = draw(table, "flow", labels)
    assert rows_with(figure, "value") == [0]
    assert said(figure, "value-0") == "30 avböjde"


def test_a_rounded_count_is_marked():
    kind, table, labels = CASES["flow_usual"]()
    near = replace(labels, near="≈ ")
    figure = draw(table.assign(rounded=[5.0, *[float("nan")] * (len(table) - 1)]), kind, near)
    assert said(figure, "count-0") == f"≈ {labels.ticks(table['estimate'].iloc[0])}"
    assert not said(figure, "count-1").startswith("≈")
