"""Growth of accounts: closed forms, cells, and amounts that a definition cannot use."""

import numpy as np
import pandas as pd
import pytest

from evaluation.impact.growth import growth_difference
from evaluation.vocabulary.errors import EstimationError


def firms(took, before, after, **columns) -> pd.DataFrame:
    return pd.DataFrame({"took": took, "before": before, "after": after, **columns})


def test_symmetric_growth_is_defined_from_nothing_and_to_nothing():
    table = firms([1, 1, 0, 0], [0, 10, 10, 10], [10, 30, 0, 10])
    row = growth_difference(table, treated="took").table.iloc[0]
    assert row["mean_level"] == pytest.approx((2 + 1) / 2)
    assert row["mean_reference"] == pytest.approx((-2 + 0) / 2)
    assert row["n"] == 4


def test_logarithms_leave_out_what_has_none():
    table = firms([1, 1, 1, 0, 0], [0, 10, 10, 10, 10], [10, 20, 20, 10, 10])
    row = growth_difference(table, treated="took", growth="log").table.iloc[0]
    assert row["estimate"] == pytest.approx(np.log(2))
    assert (row["n_level"], row["n_reference"]) == (2, 2)


def test_others_get_the_mix_of_those_who_took_part():
    """Two thirds of those who took part are in A, where the others grew by 1; in B they did not grow."""
    table = firms(
        [1, 1, 1, 0, 0, 0, 0],
        [10] * 7,
        [10, 10, 10, 30, 10, 10, 10],
        cell=["A", "A", "B", "A", "B", "B", "B"],
    )
    row = growth_difference(table, treated="took", cells=["cell"]).table.iloc[0]
    assert row["mean_reference"] == pytest.approx(2 / 3)
    assert row["estimate"] == pytest.approx(-2 / 3)


def test_a_cell_with_one_side_is_left_out():
    table = firms([1, 1, 1, 0, 0, 0], [10] * 6, [10, 10, 99, 10, 10, 88], cell=["A", "A", "B", "A", "A", "C"])
    row = growth_difference(table, treated="took", cells=["cell"]).table.iloc[0]
    assert (row["n_level"], row["n_reference"], row["n_total"]) == (2, 2, 6)
    assert row["estimate"] == 0


def test_few_on_a_side_have_no_interval():
    rng = np.random.default_rng(3)
    table = firms([1] * 3 + [0] * 20, rng.uniform(5, 9, 23), rng.uniform(5, 9, 23))
    row = growth_difference(table, treated="took").table.iloc[0]
    assert np.isfinite(row["estimate"])
    assert np.isnan(row["conf_low"])


def test_nobody_to_compare_with_is_said():
    table = firms([1, 1, 1], [1, 2, 3], [2, 3, 4])
    row = growth_difference(table, treated="took").table.iloc[0]
    assert row["reason"] == "not_comparable"


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """Of 200 intervals at 95 per cent, 178 to 200 hold the truth (four Monte Carlo standard errors)."""
    rng, held = np.random.default_rng(1), 0
    took = np.repeat([1, 0], [15, 25])
    for _ in range(200):
        before = rng.lognormal(3, 1, 40)
        after = before * np.exp(0.3 * took + 0.4 * rng.standard_normal(40))
        row = growth_difference(firms(took, before, after), treated="took", growth="log").table.iloc[0]
        held += row["conf_low"] <= 0.3 <= row["conf_high"]
    assert 178 <= held <= 200


def test_unknown_definitions_are_refused():
    with pytest.raises(EstimationError, match="symmetric"):
        growth_difference(firms([1, 0], [1, 1], [1, 1]), treated="took", growth="compound")
