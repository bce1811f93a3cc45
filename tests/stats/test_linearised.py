"""What each person adds to an estimate is its derivative, and the estimate is judged by it."""

import numpy as np
import pytest

from evaluation.stats.linearised import moment_influence


def test_the_influence_on_a_mean_is_the_distance_from_it():
    values = np.array([[1.0], [2.0], [6.0]])
    assert moment_influence(values, lambda mean: mean)[:, 0].tolist() == pytest.approx([-2.0, -1.0, 3.0])


def test_the_influence_on_a_standardised_change_is_as_in_its_closed_form():
    rng = np.random.default_rng(1)
    first, later = rng.normal(size=(2, 50))
    values = np.column_stack([first, later, first**2, later**2])

    def size(mean):
        return np.stack(
            [(mean[1] - mean[0]) / np.sqrt((mean[2] - mean[0] ** 2 + mean[3] - mean[1] ** 2) / 2)]
        )

    squares = ((first - first.mean()) ** 2 + (later - later.mean()) ** 2) / 2
    variance, change = squares.mean(), later - first
    d = change.mean() / np.sqrt(variance)
    expected = (change - change.mean()) / np.sqrt(variance) - d / (2 * variance) * (squares - variance)
    found = moment_influence(values, size)[:, 0]
    assert found.tolist() == pytest.approx(expected.tolist())
    assert found.sum() == pytest.approx(0, abs=1e-10)
