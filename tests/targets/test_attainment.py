"""The share that reached a target: counts, interval, and what is certain."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.proportion import needed_positive
from evaluation.targets.attainment import attained_share, covered_share
from evaluation.vocabulary.errors import EstimationError


def attained(k: int, n: int, n_total: int | None = None, **options) -> pd.Series:
    table = pd.DataFrame({"positive": [True] * k + [False] * (n - k)}, dtype=bool)
    return attained_share(table, n_total=n_total, **options).table.iloc[0]


def in_order(row: pd.Series) -> bool:
    limits = row[["bound_low", "conf_low", "estimate", "conf_high", "bound_high"]].astype(float)
    return bool((np.diff([0, *limits, 1]) >= 0).all())


@pytest.mark.slow
@pytest.mark.parametrize("n_total", range(1, 61))
def test_interval_lies_within_what_is_possible(n_total):
    for n in range(1, n_total + 1):
        for k in range(n + 1):
            assert in_order(attained(k, n, n_total)), (k, n, n_total)


@given(
    st.integers(1, 60).flatmap(lambda N: st.tuples(st.just(N), st.integers(1, N))),
    st.floats(0, 1),
    st.floats(0.5, 0.999),
)
def test_interval_lies_within_what_is_possible_at_any_level(sizes, share, conf_level):
    n_total, n = sizes
    assert in_order(attained(round(share * n), n, n_total, conf_level=conf_level))


@pytest.mark.parametrize(
    ("k", "n", "n_total", "low", "high", "needed"),
    [
        (21, 27, 30, 21 / 30, 24 / 30, 0),
        (18, 24, 30, 18 / 30, 24 / 30, 3),
        (16, 26, 30, 16 / 30, 20 / 30, 5),
        (120, 150, 191, 120 / 191, 161 / 191, 14),
    ],
)
def test_the_examples_of_the_rule(k, n, n_total, low, high, needed):
    row = attained(k, n, n_total, target=0.7)
    assert (row["bound_low"], row["bound_high"]) == (low, high)
    assert row["n_needed"] == needed
    assert row["tipping_share"] == pytest.approx(needed / (n_total - n))


@pytest.mark.parametrize(("n_total", "needed"), [(30, 21), (191, 134), (100, 70), (1, 1), (10, 7)])
def test_how_many_a_target_needs_among_the_silent(n_total, needed):
    """0.7 * 30 is 21.000000000000004 in the machine; nobody more is asked for."""
    assert attained(0, 0, n_total, target=0.7)["n_needed"] == needed


def test_everyone_answered_leaves_nothing_open():
    row = attained(21, 30, 30, target=0.7)
    assert row[["bound_low", "conf_low", "conf_high", "bound_high"]].tolist() == [0.7] * 4
    assert "n_needed" not in row


def test_nobody_answered_leaves_everything_open():
    row = attained(0, 0, 30, target=0.7)
    assert (row["bound_low"], row["bound_high"]) == (0, 1)
    assert np.isnan(row[["estimate", "conf_low", "conf_high"]].astype(float)).all()


def test_nobody_registered_has_no_limits_at_all():
    row = attained(0, 0, 0, target=0.7)
    assert (row["n"], row["n_total"]) == (0, 0)
    assert np.isnan(row[["estimate", "conf_low", "bound_low", "bound_high"]].astype(float)).all()


def test_an_unknown_total_has_the_interval_of_a_wider_population():
    found = attained_share(pd.DataFrame({"positive": [1, 1, 0]}))
    row = found.table.iloc[0]
    assert found.meta.method == "clopper_pearson"
    assert found.meta.assumptions == ("independent_answers",)
    assert "bound_low" not in row
    assert row["conf_low"] < 2 / 3 < row["conf_high"]
    assert math.isnan(attained(0, 0)["conf_low"])


@pytest.mark.parametrize("kind", ["bool", "boolean", "int64", "float64", "Int64", "object"])
def test_true_and_one_are_the_same(kind):
    table = pd.DataFrame({"positive": pd.Series([1, 0, 1]).astype(kind)})
    assert attained_share(table, n_total=5).table["k"].tolist() == [2]


def test_rows_without_a_value_did_not_answer():
    table = pd.DataFrame({"positive": pd.array([True, None, False], dtype="boolean")})
    row = attained_share(table, n_total=3).table.iloc[0]
    assert (row["k"], row["n"]) == (1, 2)


def test_other_values_are_refused():
    with pytest.raises(EstimationError, match="holds 4"):
        attained_share(pd.DataFrame({"positive": [1, 4]}))
    with pytest.raises(EstimationError, match=r"no column positive.*It has: yes"):
        attained_share(pd.DataFrame({"yes": [1]}))


@pytest.mark.parametrize("count", [attained_share, covered_share])
def test_more_answers_than_people_are_refused(count):
    table = pd.DataFrame({"positive": [1, 1], "covered": [1, 1]})
    for n_total in (0, 1):
        with pytest.raises(EstimationError, match="Check the register"):
            count(table, n_total=n_total)


def test_coverage_counts_everybody_and_has_no_interval():
    table = pd.DataFrame({"covered": pd.array([True, True, False, None], dtype="boolean")})
    row = covered_share(table).table.iloc[0]
    assert row[["k", "n", "n_total", "bound_low", "bound_high"]].tolist() == [2, 3, 4, 0.5, 0.75]
    assert row["estimate"] == pytest.approx(2 / 3)
    assert "conf_low" not in row


def test_coverage_of_nobody():
    row = covered_share(pd.DataFrame({"covered": []})).table.iloc[0]
    assert (row["n"], row["n_total"]) == (0, 0)
    assert np.isnan([row["estimate"], row["bound_low"]]).all()


@given(st.integers(1, 400), st.integers(1, 100))
def test_the_number_needed_is_the_smallest_that_reaches_the_target(n_total, percent):
    needed = int(needed_positive(n_total, percent / 100))
    assert 100 * needed >= percent * n_total > 100 * (needed - 1)
