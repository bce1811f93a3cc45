"""Every interval of one share."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.proportion import INTERVALS
from evaluation.vocabulary.errors import EstimationError

NAMES = sorted(INTERVALS)
CUT = sorted(set(INTERVALS) - {"wald", "agresti_coull"})  # never leave 0..1
NO_ENDS = {"logit", "probit", "cloglog"}  # have no value where everyone or nobody is positive
MIRRORED = sorted(set(INTERVALS) - {"cloglog"})


@st.composite
def answers(draw):
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n


LEVELS = st.sampled_from([0.5, 0.8, 0.95, 0.999])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(answers(), LEVELS)
def test_the_interval_holds_the_estimate(name, counts, conf_level):
    k, n = counts
    found = INTERVALS[name](k, n, conf_level)
    assert found.estimate == k / n
    assert (found.k, found.n, found.conf_level) == (k, n, conf_level)
    if name in NO_ENDS and k in (0, n):
        assert math.isnan(found.conf_low) and math.isnan(found.conf_high)
    elif name == "agresti_coull":
        assert found.conf_low < found.conf_high
    else:
        assert found.conf_low <= found.estimate + 1e-12
        assert found.conf_high >= found.estimate - 1e-12


@pytest.mark.parametrize("name", CUT)
@settings(max_examples=60)
@given(answers(), LEVELS)
def test_the_interval_stays_a_share(name, counts, conf_level):
    found = INTERVALS[name](*counts, conf_level)
    assert not found.conf_low < 0
    assert not found.conf_high > 1


@pytest.mark.parametrize("name", MIRRORED)
@settings(max_examples=60)
@given(answers())
def test_yes_and_no_mirror_each_other(name, counts):
    k, n = counts
    yes, no = INTERVALS[name](k, n), INTERVALS[name](n - k, n)
    np.testing.assert_allclose(yes.conf_low, 1 - no.conf_high, atol=1e-9)
    np.testing.assert_allclose(yes.conf_high, 1 - no.conf_low, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(answers())
def test_more_confidence_is_wider(name, counts):
    k, n = counts
    assume(0 < k < n)
    narrow, wide = INTERVALS[name](k, n, 0.8), INTERVALS[name](k, n, 0.99)
    assert wide.conf_low < narrow.conf_low
    assert wide.conf_high > narrow.conf_high


@pytest.mark.parametrize("name", NAMES)
def test_limits_rise_with_the_positive_answers(name):
    found = INTERVALS[name](np.arange(1, 60), 60)
    assert np.all(np.diff(found.conf_low) > 0)
    # Wald's and the logit interval are widest in the middle, so their upper limit may turn near the end.
    inner = slice(None, 45)
    assert np.all(np.diff(found.conf_high[inner]) > 0)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_answered_says_nothing(name):
    found = INTERVALS[name](0, 0)
    assert math.isnan(found.estimate)
    assert (found.conf_low, found.conf_high) == (0.0, 1.0)


@pytest.mark.parametrize("name", NAMES)
def test_arrays_give_the_same_as_single_numbers(name):
    k, n = np.array([[0, 3, 7], [1, 5, 0]]), np.array([7, 7, 7])
    found = INTERVALS[name](k, n)
    assert found.estimate.shape == (2, 3)
    for index in np.ndindex(2, 3):
        one = INTERVALS[name](k[index], 7)
        np.testing.assert_array_equal(one.conf_low, found.conf_low[index])
        np.testing.assert_array_equal(one.conf_high, found.conf_high[index])
        assert type(one.conf_low) is float


@pytest.mark.parametrize("name", NAMES)
def test_impossible_counts_are_refused(name):
    with pytest.raises(EstimationError, match="more positive answers"):
        INTERVALS[name](4, 3)
    with pytest.raises(EstimationError, match="whole numbers"):
        INTERVALS[name](math.nan, 3)
    with pytest.raises(EstimationError, match="confidence level"):
        INTERVALS[name](1, 3, 95)


@settings(max_examples=60)
@given(answers(), LEVELS)
def test_clopper_pearson_inverts_the_binomial(counts, conf_level):
    k, n = counts
    tail = (1 - conf_level) / 2
    found = INTERVALS["clopper_pearson"](k, n, conf_level)
    if k > 0:
        assert scipy_stats.binom.sf(k - 1, n, found.conf_low) == pytest.approx(tail, rel=1e-6)
    if k < n:
        assert scipy_stats.binom.cdf(k, n, found.conf_high) == pytest.approx(tail, rel=1e-6)


@settings(max_examples=60)
@given(answers())
def test_mid_p_lies_within_the_exact_interval(counts):
    exact, mid = INTERVALS["clopper_pearson"](*counts), INTERVALS["mid_p"](*counts)
    assert exact.conf_low <= mid.conf_low + 1e-12
    assert mid.conf_high <= exact.conf_high + 1e-12


@settings(max_examples=60)
@given(answers())
def test_continuity_is_wider(counts):
    plain, wider = INTERVALS["wilson"](*counts), INTERVALS["wilson_continuity"](*counts)
    assert wider.conf_low <= plain.conf_low + 1e-15
    assert wider.conf_high >= plain.conf_high - 1e-15


@pytest.mark.parametrize("name", ["clopper_pearson", "wilson_continuity"])
def test_cautious_intervals_cover_at_every_true_share(name):
    n = 25
    found = INTERVALS[name](np.arange(n + 1), n)
    for share in np.linspace(0.02, 0.98, 49):
        inside = (found.conf_low <= share) & (share <= found.conf_high)
        cover = scipy_stats.binom.pmf(np.arange(n + 1), n, share)[inside].sum()
        assert cover >= (0.95 if name == "clopper_pearson" else 0.94)


def test_wald_has_no_width_at_the_ends_and_agresti_coull_passes_one():
    wald = INTERVALS["wald"](12, 12)
    assert (wald.conf_low, wald.conf_high) == (1.0, 1.0)
    assert INTERVALS["agresti_coull"](12, 12).conf_high > 1
