"""What is certain in spite of missing answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.bounds import bounds_interval, difference_bounds, lee_bounds, mean_bounds
from evaluation.vocabulary.errors import EstimationError

SEEDS = st.integers(0, 2**32 - 1)


def answers(seed, n=50):
    rng = np.random.default_rng(seed)
    full = rng.integers(1, 6, n).astype(float)
    return rng, full, np.where(rng.random(n) < 0.3, np.nan, full), np.repeat([0, 1], n // 2)


@given(SEEDS)
def test_the_bounds_hold_whatever_the_silent_would_have_said(seed):
    rng, full, seen, arm = answers(seed)
    mean, difference = mean_bounds(seen, 1, 5), difference_bounds(seen, arm, 1, 5)
    assert mean.bound_low <= full.mean() <= mean.bound_high
    assert mean.bound_low <= mean.estimate <= mean.bound_high
    assert mean.bound_high - mean.bound_low == pytest.approx(4 * np.isnan(seen).mean())
    truth = full[arm == 1].mean() - full[arm == 0].mean()
    assert difference.bound_low <= truth <= difference.bound_high
    turned = difference_bounds(seen, 1 - arm, 1, 5)
    assert turned.bound_low == pytest.approx(-difference.bound_high)
    order = rng.permutation(50)
    assert difference_bounds(seen[order], arm[order], 1, 5).bound_low == pytest.approx(difference.bound_low)


@given(SEEDS, st.booleans())
def test_lee_holds_the_estimate_and_turns_with_the_arms(seed, fractional):
    rng, _, seen, arm = answers(seed)
    found = lee_bounds(seen, arm, fractional=fractional)
    assert found.bound_low <= found.estimate + 1e-9 and found.estimate - 1e-9 <= found.bound_high
    turned = lee_bounds(seen, 1 - arm, fractional=fractional)
    assert (turned.bound_low, turned.bound_high) == pytest.approx((-found.bound_high, -found.bound_low))
    order = rng.permutation(50)
    assert lee_bounds(seen[order], arm[order], fractional=fractional).bound_high == pytest.approx(
        found.bound_high
    )
    mirrored = lee_bounds(6 - seen, arm, fractional=fractional)
    assert mirrored.bound_low == pytest.approx(-found.bound_high)


def test_equal_response_leaves_a_point():
    found = lee_bounds([1.0, np.nan, 3.0, np.nan], [1, 1, 0, 0])
    assert found.bound_low == found.bound_high == found.estimate == -2


def test_nobody_answered():
    found = mean_bounds([np.nan, np.nan], 1, 5)
    assert np.isnan(found.estimate) and (found.bound_low, found.bound_high) == (1, 5)


def test_the_interval_lies_between_one_and_two_sided():
    point = bounds_interval(0.0, 0.0, 0.1, 0.1)
    wide = bounds_interval(0.0, 100.0, 0.1, 0.2)
    assert point == pytest.approx((-0.1959964, 0.1959964))
    assert wide == pytest.approx((-0.1644854, 100.3289707))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: mean_bounds([], 1, 5), "somebody"),
        (lambda: mean_bounds([0.5], 1, 5), "outside"),
        (lambda: difference_bounds([1.0, 2.0], [1, 1], 1, 5), "both"),
        (lambda: lee_bounds([1.0, np.nan], [1, 0]), "answered in each arm"),
    ],
)
def test_what_cannot_be_bounded_is_refused(call, text):
    with pytest.raises(EstimationError, match=text):
        call()
