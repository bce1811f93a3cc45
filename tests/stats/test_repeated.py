"""Three or more measurements of the same people."""

import math

import numpy as np
import pytest
from scipy import stats as scipy_stats
from statsmodels.stats.anova import AnovaRM

from evaluation.stats.paired import paired_t
from evaluation.stats.repeated import friedman, repeated_anova, waves
from evaluation.vocabulary.errors import EstimationError


def some(seed=1, n=20, k=3):
    rng = np.random.default_rng(seed)
    return np.round(rng.normal(size=(n, 1)) + rng.normal(size=(n, k)) + np.arange(k) * 0.4, 1)


def test_friedman_agrees_with_scipy():
    table = some()
    reference = scipy_stats.friedmanchisquare(*table.T)
    found = friedman(table)
    assert (found.statistic, found.p_value) == pytest.approx((reference.statistic, reference.pvalue))
    assert 0 <= found.concordance <= 1
    assert found.mean_ranks.sum() == pytest.approx(6)


def test_repeated_anova_agrees_with_statsmodels():
    import pandas as pd

    table = some()
    long = pd.DataFrame(table).reset_index().melt(id_vars="index", var_name="wave")
    reference = AnovaRM(long, "value", "index", ["wave"]).fit().anova_table.iloc[0]
    found = repeated_anova(table)
    assert (found.statistic, found.p_value) == pytest.approx((reference["F Value"], reference["Pr > F"]))


def test_two_waves_are_the_paired_t_test():
    table = some(k=2)
    found, plain = repeated_anova(table), paired_t(*table.T)
    assert found.statistic == pytest.approx(plain.statistic**2)
    assert (found.p_value, found.epsilon) == pytest.approx((plain.p_value, 1.0))


@pytest.mark.parametrize("method", [friedman, repeated_anova])
def test_order_waves_constants_and_the_direction_of_the_scale(method):
    table = some()
    plain = method(table)
    order = np.random.default_rng(2).permutation(len(table))
    for other in (method(table[order]), method(table[:, ::-1]), method(table + 5), method(6 - table)):
        assert (other.statistic, other.p_value) == pytest.approx((plain.statistic, plain.p_value))


def test_a_constant_for_a_person_changes_nothing():
    table = some()
    shifted = table + np.arange(len(table))[:, None]
    assert repeated_anova(shifted).statistic == pytest.approx(repeated_anova(table).statistic)
    assert friedman(shifted).statistic == pytest.approx(friedman(table).statistic)


def test_epsilon_lies_between_its_ends():
    found = repeated_anova(some(k=4))
    assert 1 / 3 <= found.epsilon <= found.epsilon_huynh_feldt <= 1
    assert found.p_value <= found.p_corrected


def test_when_everyone_changes_equally_there_is_no_test():
    table = np.array([[1.0, 2, 3], [2.0, 3, 4], [0.1, 1.1, 2.1]])
    assert math.isnan(repeated_anova(table).statistic)
    assert math.isnan(friedman(np.ones((3, 3))).statistic)


def test_the_table_must_be_complete():
    with pytest.raises(EstimationError, match="missing or infinite"):
        waves([[1.0, math.nan], [1.0, 2.0]])
    with pytest.raises(EstimationError, match="two or more people"):
        waves([1.0, 2.0])
