import numpy as np
import pytest
from tests.figures.cases import CASES
from tests.figures.reading import rows_with, said, x_of, y_of

from evaluation.figures import draw


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, draw(table, kind, labels)


def test_points_stand_in_the_order_of_their_numbers():
    table, figure = figure_of("quadrant_usual")
    right = [x_of(figure, f"estimate-{i}")[0] for i in table.index]
    down = [y_of(figure, f"estimate-{i}") for i in table.index]
    assert np.corrcoef(right, table["mean_level"])[0, 1] == pytest.approx(1)
    assert np.corrcoef(down, table["mean_reference"])[0, 1] == pytest.approx(-1)
    assert x_of(figure, "middle-level")[0] == pytest.approx(np.mean(right))


def test_every_point_has_its_number():
    table, figure = figure_of("quadrant_close_together")
    assert [said(figure, f"number-{i}") for i in table.index] == ["1", "2", "3", "4", "5"]


def test_withheld_areas_have_no_point():
    _, figure = figure_of("quadrant_withheld")
    assert rows_with(figure, "estimate") == [0, 2]
    assert said(figure, "missing-1") == "för få"
