"""Estimators beside the usual tools: scipy and statsmodels."""

import numpy as np
import statsmodels.api as sm
from scipy import stats

from evaluation.stats.cluster_mean import cluster_mean
from evaluation.stats.proportion import hypergeometric

RNG = np.random.default_rng(1)
CHANGES = RNG.normal(0.4, 1, 20_000)
COMPANIES = RNG.integers(0, 2_000, 20_000)


def _by_trying_every_total(k: int, n: int, n_total: int) -> tuple[float, float]:
    totals = np.arange(k, n_total - n + k + 1)
    few = stats.hypergeom.sf(k - 1, n_total, totals, n) > 0.025
    many = stats.hypergeom.cdf(k, n_total, totals, n) > 0.025
    return totals[few].min() / n_total, totals[many].max() / n_total


def _ordinary_least_squares() -> object:
    model = sm.OLS(CHANGES, np.ones((len(CHANGES), 1)))
    return model.fit(cov_type="cluster", cov_kwds={"groups": COMPANIES}).conf_int()


COMPARISONS = [
    (
        "interval for 12,000 of 15,000 answers among 20,000; scipy",
        lambda: hypergeometric(12_000, 15_000, 20_000),
        lambda: _by_trying_every_total(12_000, 15_000, 20_000),
    ),
    (
        "mean change, 20,000 people in 2,000 companies; statsmodels",
        lambda: cluster_mean(CHANGES, COMPANIES),
        _ordinary_least_squares,
    ),
]
