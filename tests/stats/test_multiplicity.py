"""P-values adjusted for the number of questions."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from evaluation.stats.multiplicity import ADJUSTMENTS
from evaluation.vocabulary.errors import EstimationError

NAMES = sorted(ADJUSTMENTS)
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@pytest.mark.parametrize("name", NAMES)
@given(P_VALUES)
def test_adjusted_p_values_are_larger_and_keep_their_order(name, p_values):
    found, p = ADJUSTMENTS[name](p_values), np.array(p_values)
    assert np.all(found >= p - 1e-15)
    assert np.all(found <= 1)
    order = np.argsort(p, kind="stable")
    assert np.all(np.diff(found[order]) >= -1e-12)


@pytest.mark.parametrize("name", NAMES)
@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=10))
def test_missing_p_values_stay_and_do_not_count(name, p_values):
    p = np.array(p_values, dtype=float)
    known = ~np.isnan(p)
    found = ADJUSTMENTS[name](p)
    assert np.all(np.isnan(found) == ~known)
    np.testing.assert_array_equal(found[known], ADJUSTMENTS[name](p[known]))


@pytest.mark.parametrize("name", NAMES)
@given(P_VALUES, st.randoms())
def test_the_order_of_the_questions_does_not_matter(name, p_values, random):
    order = list(range(len(p_values)))
    random.shuffle(order)
    found = ADJUSTMENTS[name](np.array(p_values)[order])
    np.testing.assert_allclose(found, ADJUSTMENTS[name](p_values)[order], rtol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_one_question_is_not_adjusted(name):
    assert ADJUSTMENTS[name]([0.03]) == pytest.approx([0.03])
    assert ADJUSTMENTS[name]([]).size == 0


def simes(p):
    return min(len(p) * value / rank for rank, value in enumerate(sorted(p), start=1))


def bonferroni(p):
    return min(1.0, len(p) * min(p))


@pytest.mark.parametrize(("name", "local"), [("hommel", simes), ("holm", bonferroni)])
@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_closed_tests_by_listing_every_family(name, local, p_values):
    questions = range(len(p_values))
    families = [family for size in range(1, len(p_values) + 1) for family in combinations(questions, size)]
    expected = [
        max(local([p_values[i] for i in family]) for family in families if question in family)
        for question in questions
    ]
    np.testing.assert_allclose(ADJUSTMENTS[name](p_values), np.minimum(expected, 1), rtol=1e-12)


@given(P_VALUES)
def test_some_are_never_larger_than_others(p_values):
    found = {name: method(p_values) for name, method in ADJUSTMENTS.items()}
    for smaller, larger in [
        ("hommel", "hochberg"),
        ("hochberg", "holm"),
        ("holm", "bonferroni"),
        ("sidak", "bonferroni"),
        ("benjamini_hochberg", "hommel"),
        ("benjamini_hochberg", "benjamini_yekutieli"),
    ]:
        assert np.all(found[smaller] <= found[larger] + 1e-12), (smaller, larger)


@given(P_VALUES)
def test_false_discovery_rates_agree_with_scipy(p_values):
    for name, method in {"benjamini_hochberg": "bh", "benjamini_yekutieli": "by"}.items():
        np.testing.assert_allclose(
            ADJUSTMENTS[name](p_values),
            scipy_stats.false_discovery_control(p_values, method=method),
            rtol=1e-12,
        )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("p_values", [[-0.1], [1.1], ["a"]])
def test_what_is_no_p_value_is_refused(name, p_values):
    with pytest.raises(EstimationError):
        ADJUSTMENTS[name](p_values)
