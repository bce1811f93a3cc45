"""Difference and ratio of the shares of two groups."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy import stats as scipy_stats

from evaluation.stats.two_proportions import (
    DIFFERENCES,
    RATIOS,
    chi_square,
    koopman,
    log_ratio,
    miettinen_nurminen,
    ratio_of,
    two_groups,
    wald_difference,
)
from evaluation.vocabulary.errors import EstimationError


@st.composite
def groups(draw):
    sizes = [draw(st.integers(1, 200)) for _ in range(2)]
    return draw(st.integers(0, sizes[0])), sizes[0], draw(st.integers(0, sizes[1])), sizes[1]


@pytest.mark.parametrize("name", sorted(DIFFERENCES))
@settings(max_examples=50)
@given(groups())
def test_differences_turn_with_the_groups(name, counts):
    k, n, m, size = counts
    found, turned = DIFFERENCES[name](k, n, m, size), DIFFERENCES[name](m, size, k, n)
    assert found.estimate == pytest.approx(k / n - m / size)
    assert found.conf_low <= found.estimate <= found.conf_high
    assert found.conf_low == pytest.approx(-turned.conf_high, abs=1e-9)
    if name != "wald":
        assert found.conf_low >= -1 and found.conf_high <= 1


def score_by_search(difference, k, n, m, size):
    """Score statistic with the constrained shares found by maximising the likelihood."""

    def minus_log_likelihood(q):
        p = q + difference
        terms = [(k, p), (n - k, 1 - p), (m, q), (size - m, 1 - q)]
        return -sum(count * math.log(share) for count, share in terms if count)

    low, high = max(0.0, -difference) + 1e-12, min(1.0, 1 - difference) - 1e-12
    q = optimize.minimize_scalar(
        minus_log_likelihood, bounds=(low, high), method="bounded", options={"xatol": 1e-13}
    ).x
    p, total = q + difference, n + size
    variance = (p * (1 - p) / n + q * (1 - q) / size) * total / (total - 1)
    return (k / n - m / size - difference) / math.sqrt(variance)


@pytest.mark.parametrize("counts", [(9, 15, 22, 24), (38, 62, 141, 190), (3, 40, 1, 7), (5, 6, 2, 90)])
def test_the_score_statistic_at_the_limits_is_the_quantile(counts):
    found = miettinen_nurminen(*counts)
    assert score_by_search(found.conf_low, *counts) == pytest.approx(1.959964, abs=1e-4)
    assert score_by_search(found.conf_high, *counts) == pytest.approx(-1.959964, abs=1e-4)


@pytest.mark.parametrize("name", sorted(RATIOS))
@settings(max_examples=50)
@given(groups())
def test_ratios_turn_upside_down(name, counts):
    k, n, m, size = counts
    found, turned = RATIOS[name](k, n, m, size), RATIOS[name](m, size, k, n)
    if k == 0 and m == 0:
        assert math.isnan(found.estimate) and (found.conf_low, found.conf_high) == (0.0, math.inf)
    else:
        assert 0 <= found.conf_low <= found.estimate * (1 + 1e-12)
        assert found.estimate <= found.conf_high * (1 + 1e-12)
        assert found.conf_low == pytest.approx(ratio_of(1, turned.conf_high), rel=1e-7)


@given(groups())
def test_a_difference_of_zero_and_a_ratio_of_one_are_the_same_question(counts):
    assume(counts[0] + counts[2] > 0)
    ratio = koopman(*counts)
    n = counts[1] + counts[3]
    z = math.sqrt(chi_square(*counts).statistic) if counts[0] + counts[2] < n else 0.0
    if abs(z - 1.959964) > 1e-6:
        assert (ratio.conf_low < 1 < ratio.conf_high) == (z < 1.959964)


def test_ratios_at_the_ends():
    assert koopman(0, 5, 3, 3).conf_low == 0
    assert koopman(5, 5, 0, 3).estimate == math.inf
    assert koopman(5, 5, 0, 3).conf_low > 1
    assert log_ratio(0, 5, 3, 3).conf_high == math.inf


@pytest.mark.parametrize("continuity", [False, True])
@given(groups())
def test_chi_square_agrees_with_scipy(continuity, counts):
    k, n, m, size = counts
    found = chi_square(*counts, continuity=continuity)
    if k + m in (0, n + size):
        assert math.isnan(found.statistic) and math.isnan(found.p_value) and math.isnan(found.phi)
    else:
        table = np.array([[k, n - k], [m, size - m]])
        reference = scipy_stats.chi2_contingency(table, correction=continuity)
        assert found.statistic == pytest.approx(reference.statistic, rel=1e-9, abs=1e-12)
        assert found.p_value == pytest.approx(reference.pvalue, rel=1e-7)
        assert 0 <= found.phi <= 1 + 1e-12


def test_wald_by_hand():
    found = wald_difference(5, 10, 2, 10)
    assert found.conf_high - found.estimate == pytest.approx(1.959964 * math.sqrt(0.025 + 0.016), rel=1e-6)


@pytest.mark.parametrize("counts", [(0, 0, 1, 2), (1, 2, 0, 0), ([1, 2], 3, 1, 2)])
def test_two_groups_need_answers(counts):
    with pytest.raises(EstimationError, match="two groups"):
        two_groups(*counts)


def test_ratio_of_zero():
    assert math.isnan(ratio_of(0, 0))
    assert ratio_of(3, 0) == math.inf
