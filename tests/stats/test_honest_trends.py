"""Intervals if trends were not parallel: published numbers, limits, brute force, and coverage."""

import numpy as np
import pytest
from scipy import optimize, special, stats

from evaluation.stats.honest_trends import event_study, folded_quantile, smooth_trend_interval
from evaluation.stats.similar_trends import (
    _all_conditions,
    is_in_similar_trend_interval,
    similar_trend_interval,
)
from evaluation.vocabulary.errors import EstimationError

FIRST = [1.0, 0.0, 0.0, 0.0]
EFFECTS = np.array([0.02, -0.01, 0.03, 0.07, 0.19, 0.31, 0.24, 0.13])
ERRORS = np.array([0.030, 0.026, 0.024, 0.018, 0.020, 0.021, 0.023, 0.028])


def covariance_of(errors):
    """Return a covariance with a correlation of 0.6 from one year to the next."""
    apart = np.abs(np.subtract.outer(range(errors.size), range(errors.size)))
    return np.outer(errors, errors) * 0.6**apart


COVARIANCE = covariance_of(ERRORS)


def four_years(weight=FIRST):
    """Return made-up effects with four years before and four after the start."""
    return event_study(EFFECTS, COVARIANCE, 4, weight)


def made_up():
    """Return the made-up example of the README of HonestDiD.jl."""
    error = np.array([0.060, 0.050, 0.055, 0.050, 0.052, 0.060, 0.065, 0.070])
    return event_study(
        [0.02, -0.01, 0.03, 0.15, 0.20, 0.25, 0.22, 0.18], covariance_of(error), 3, [*FIRST, 0.0]
    )


@pytest.mark.parametrize(
    ("bend", "low", "high"),
    [
        (0.0, 0.03849, 0.23376),
        (0.01, 0.027367, 0.2422),
        (0.02, 0.0061132, 0.25851),
        (0.03, -0.01481, 0.27416),
        (0.04, -0.028729, 0.294),
        (0.05, -0.041775, 0.31396),
        (0.06, -0.054089, 0.33366),
    ],
)
def test_smooth_trends_as_published_for_the_made_up_example(bend, low, high):
    """Numbers of HonestDiD.jl, computed without drawing, in the digits that are printed."""
    found = smooth_trend_interval(made_up(), bend)
    assert [found.conf_low, found.conf_high] == pytest.approx([low, high], abs=6e-6)


@pytest.mark.parametrize(
    ("ratio", "low", "high"),
    [(0.5, 0.031031, 0.28328), (1, -0.003003, 0.33734), (1.5, -0.053053, 0.39339), (2, -0.10511, 0.45345)],
)
def test_similar_trends_as_published_for_the_made_up_example(ratio, low, high):
    """Theirs is the last accepted of values 0.002 apart, its first limit drawn a thousand times: up to 0.0023 off."""
    found = similar_trend_interval(made_up(), ratio)
    assert [found.conf_low, found.conf_high] == pytest.approx([low, high], abs=0.003)


def test_parallel_trends_are_the_usual_interval():
    found, half = similar_trend_interval(four_years(), 0.0), special.ndtri(0.975) * ERRORS[4]
    assert [found.conf_low, found.conf_high] == pytest.approx(
        [EFFECTS[4] - half, EFFECTS[4] + half], abs=2e-6
    )


def test_no_affine_estimator_is_shorter():
    """The best of what another solver finds from twenty starts is no shorter."""
    found, bend = four_years([0.25] * 4), 0.01
    ours = smooth_trend_interval(found, bend)
    times, after = np.arange(4, 0, -1), np.arange(1, 5)
    bent_after = sum(abs(((after - s)[s:] * found.weight[s:]).sum()) for s in range(4))

    def length(before):
        inner = sum(abs(((times - s) * before)[times > s].sum()) for s in (1, 2, 3))
        error = found.error(np.r_[before, found.weight])
        return error * folded_quantile(bend * (inner + bent_after) / error, 0.95)

    straight = {"type": "eq", "fun": lambda before: times @ before - after @ found.weight}
    rng = np.random.default_rng(1)
    best = min(
        optimize.minimize(length, rng.normal(0, 1, 4), method="SLSQP", constraints=straight, tol=1e-12).fun
        for _ in range(20)
    )
    assert (ours.conf_high - ours.conf_low) / 2 == pytest.approx(best, rel=1e-4)
    assert (ours.conf_high - ours.conf_low) / 2 <= best * (1 + 1e-8)


def test_a_straight_line_is_taken_off_whatever_its_slope():
    found = four_years()
    tilted = event_study(
        found.estimate + 0.07 * np.array([-4, -3, -2, -1, 1, 2, 3, 4]), found.covariance, 4, FIRST
    )
    for bend in (0.0, 0.05):
        one, other = smooth_trend_interval(found, bend), smooth_trend_interval(tilted, bend)
        assert [one.conf_low, one.bound_high] == pytest.approx([other.conf_low, other.bound_high], abs=1e-6)


def test_intervals_grow_with_what_is_allowed():
    for function, sizes in (
        (smooth_trend_interval, (0, 0.01, 0.1, 1)),
        (similar_trend_interval, (0, 0.5, 1, 3)),
    ):
        lengths = [(one := function(four_years(), size)).conf_high - one.conf_low for size in sizes]
        assert lengths == sorted(lengths)


def test_without_chance_only_the_bounds_are_left():
    sure = event_study(EFFECTS, 1e-12 * np.eye(8), 4, [0.1, 0.2, 0.3, 0.4])
    for found in (similar_trend_interval(sure, 1.5), smooth_trend_interval(sure, 0.03)):
        assert found.conf_low == pytest.approx(found.bound_low, abs=1e-3)
    # The steps before the start, the largest of which is the last, and all that may add up after it.
    off = 1.5 * 0.07 * (1 + 0.9 + 0.7 + 0.4)
    assert similar_trend_interval(sure, 1.5).bound_high == pytest.approx(sure.added @ EFFECTS + off, abs=1e-9)


def test_bounds_of_similar_trends_are_those_of_linear_programmes():
    found, ratio = four_years([0.1, -0.4, 0.3, 0.4]), 0.8
    steps = found.steps
    values = []
    for step in (sign * steps[place] for place in range(4) for sign in (1, -1)):
        above = np.vstack([sign * steps - np.r_[np.ones(4), [ratio] * 4][:, None] * step for sign in (1, -1)])
        for sign in (1, -1):
            done = optimize.linprog(
                sign * found.added,
                above,
                np.zeros(len(above)),
                np.eye(8)[:4],
                EFFECTS[:4],
                bounds=(None, None),
            )
            values += [sign * done.fun] if done.status == 0 else []
    mine = similar_trend_interval(found, ratio)
    centre = found.added @ found.estimate
    assert [mine.bound_low, mine.bound_high] == pytest.approx(
        [centre - max(values), centre - min(values)], abs=1e-9
    )


def test_single_periods_are_removed_as_by_a_linear_programme():
    """The largest standardised condition is the smallest that effects of single periods can make it."""
    found, ratio, effect = four_years([0.1, -0.4, 0.3, 0.4]), 0.8, 0.2
    places = [(sign, place) for place in range(4) for sign in (1.0, -1.0)]
    for (sign, place), ours in zip(places, _all_conditions(found, ratio, 0.05), strict=True):
        rows = np.vstack([way * found.steps[4:] - ratio * sign * found.steps[place] for way in (1, -1)])
        error = found.error(rows)
        done = optimize.linprog(
            np.r_[np.zeros(4), 1.0],
            np.column_stack([-rows[:, 4:], -error]),
            -rows @ found.estimate,
            [np.r_[found.weight, 0.0]],
            [effect],
            bounds=(None, None),
        )
        assert np.max(ours.value - ours.slope * effect) == pytest.approx(done.fun, abs=1e-9)


def test_the_first_limit_is_that_of_simulated_numbers():
    rng, found = np.random.default_rng(3), four_years([0.25] * 4)
    for one in _all_conditions(found, 1.0, 0.05)[:3]:
        values, vectors = np.linalg.eigh(one.covariance)
        root = vectors * np.sqrt(np.maximum(values, 0))
        drawn = (root @ rng.normal(size=(len(root), 200_000))).max(axis=0)
        assert np.mean(drawn > one.limit) == pytest.approx(0.005, abs=0.0006)


def test_the_folded_quantile_is_that_of_the_noncentral_chi_square():
    for shift in (0.0, 0.3, 1.7, 6.0):
        assert folded_quantile(shift, 0.95) == pytest.approx(
            np.sqrt(stats.ncx2.ppf(0.95, 1, shift**2)), rel=1e-9
        )
    assert folded_quantile(500.0, 0.95) == pytest.approx(500 + special.ndtri(0.95))


def test_an_effect_is_in_its_interval():
    found = similar_trend_interval(four_years(), 1.0)
    inside, outside = found.conf_low + 1e-4, found.conf_low - 1e-3
    assert is_in_similar_trend_interval(four_years(), 1.0, inside)
    assert not is_in_similar_trend_interval(four_years(), 1.0, outside)


def test_one_year_before_the_start_is_enough():
    found = event_study([0.1, 0.6], 0.01 * np.eye(2), 1, [1.0])
    smooth = smooth_trend_interval(found, 0.0)
    assert smooth.estimate == pytest.approx(0.7)
    assert smooth.conf_high - smooth.estimate == pytest.approx(1.959964 * np.sqrt(0.02), rel=1e-6)
    assert similar_trend_interval(found, 1.0).conf_low < 0.5


@pytest.mark.parametrize("before", [0, 2])
def test_effects_of_one_side_only_are_refused(before):
    with pytest.raises(EstimationError, match="before and one from after"):
        event_study([0.1, 0.2], np.eye(2), before, [1.0] * (2 - before))


@pytest.mark.parametrize(
    ("function", "size", "trend"),
    [
        # The worst trends that are allowed: a bend at the start, and steps as large as the largest before it.
        (smooth_trend_interval, 0.02, [0.0, 0.0, 0.0, 0.0, 0.02, 0.06, 0.12, 0.20]),
        (smooth_trend_interval, 0.0, [-0.4, -0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.4]),
        (similar_trend_interval, 1.0, [0.1, 0.0, 0.0, 0.0, 0.1, 0.2, 0.3, 0.4]),
        (similar_trend_interval, 0.5, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
    ],
)
def test_the_truth_is_held_as_often_as_is_said(function, size, trend):
    """Of 300 intervals at 95 per cent, at least 275 hold an effect of 0.2 (Monte Carlo error 1.3 per cent)."""
    rng = np.random.default_rng(11)
    means = np.array([0, 0, 0, 0, 0.2, 0.2, 0.2, 0.2]) + trend
    held = 0
    for values in rng.multivariate_normal(means, COVARIANCE, 300):
        found = function(event_study(values, COVARIANCE, 4, [0.25] * 4), size)
        held += found.conf_low <= 0.2 <= found.conf_high
    assert held >= 275
