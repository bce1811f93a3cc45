"""Mixed models and generalised estimating equations."""

import numpy as np
import pytest
from scipy import stats as scipy_stats
from statsmodels.genmod import families
from statsmodels.genmod.cov_struct import Exchangeable
from statsmodels.genmod.generalized_estimating_equations import GEE
from statsmodels.regression.mixed_linear_model import MixedLM

from evaluation.stats.cluster import cluster_covariance, cluster_fit, contrast
from evaluation.stats.differences import curvatures, slopes
from evaluation.stats.gee import gee
from evaluation.stats.icc import cluster_icc
from evaluation.stats.mixed_contrast import METHODS, mixed_contrast
from evaluation.stats.mixed_model import RandomTerm, mixed_model
from evaluation.stats.paired import paired_t
from evaluation.vocabulary.errors import EstimationError


def some(seed=1, clusters=14, spread=0.8):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), rng.integers(2, 10, clusters))
    x = np.column_stack([np.ones(cluster.size), cluster % 2, rng.normal(size=cluster.size)])
    y = x @ [3.0, 0.4, 0.3] + rng.normal(0, spread, clusters)[cluster] + rng.normal(size=cluster.size)
    return y, x, cluster


def test_mixed_model_agrees_with_statsmodels():
    y, x, cluster = some()
    found = mixed_model(y, x, [RandomTerm(cluster)])
    reference = MixedLM(y, x, cluster).fit(reml=True)
    assert found.coefficients == pytest.approx(reference.fe_params, rel=1e-4)
    assert found.log_likelihood == pytest.approx(reference.llf, abs=1e-4)
    assert float(found.random[0][0, 0]) == pytest.approx(float(np.asarray(reference.cov_re)[0, 0]), rel=1e-3)
    assert not found.singular


def test_a_mean_has_the_intraclass_correlation_of_the_one_way_layout():
    y, _, cluster = some()
    found = mixed_model(y, np.ones((len(y), 1)), [RandomTerm(cluster)])
    between = float(found.random[0][0, 0])
    assert between / (between + found.residual_variance) == pytest.approx(
        cluster_icc(y, cluster).reml, rel=1e-4
    )


@pytest.mark.parametrize("method", sorted(METHODS))
def test_two_waves_of_the_same_people_are_the_paired_t_test(method):
    rng = np.random.default_rng(2)
    person = np.tile(np.arange(20), 2)
    wave = np.repeat([0.0, 1.0], 20)
    y = rng.normal(0, 1.5, 20)[person] + 0.4 * wave + rng.normal(size=40)
    fit = mixed_model(y, np.column_stack([np.ones(40), wave]), [RandomTerm(person)])
    found, plain = mixed_contrast(fit, [0, 1], method=method), paired_t(y[:20], y[20:])
    assert (found.estimate, found.std_error, found.df) == pytest.approx(
        (plain.estimate, plain.std_error, plain.df), rel=1e-4
    )
    assert (found.conf_low, found.p_value) == pytest.approx((plain.conf_low, plain.p_value), rel=1e-3)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_mixed_order_labels_constants_and_direction(method):
    y, x, cluster = some()

    def test(y, x, cluster):
        return mixed_contrast(mixed_model(y, x, [RandomTerm(cluster)]), [0, 1, 0], method=method)

    plain = test(y, x, cluster)
    order = np.random.default_rng(3).permutation(len(y))
    labels = np.array(list("qwertyuiopasdf"))[cluster]
    for other in (test(y[order], x[order], labels[order]), test(y + 4, x, cluster), test(2 * y, x, cluster)):
        assert (other.statistic, other.df) == pytest.approx((plain.statistic, plain.df), rel=1e-3)
    turned = test(6 - y, x, cluster)
    assert turned.conf_low == pytest.approx(-plain.conf_high, rel=1e-3)


def test_the_way_terms_are_given_does_not_matter():
    y, x, cluster = some()
    other = np.random.default_rng(4).integers(0, 6, len(y))
    crossed = mixed_model(y, x, [RandomTerm(cluster), RandomTerm(other)])
    turned = mixed_model(y, x, [RandomTerm(other), RandomTerm(cluster)])
    assert crossed.log_likelihood == pytest.approx(turned.log_likelihood, abs=1e-6)
    slope = np.column_stack([np.ones(len(y)), x[:, 2]])
    full = mixed_model(y, x, [RandomTerm(cluster, slope)])
    assert full.log_likelihood >= mixed_model(y, x, [RandomTerm(cluster)]).log_likelihood - 1e-6
    assert full.random[0].shape == (2, 2)


def test_without_spread_between_clusters_it_is_least_squares_and_says_so():
    y, x, cluster = some(spread=0)
    y = y - np.bincount(cluster, y)[cluster] / np.bincount(cluster)[cluster]
    fit = mixed_model(y, x, [RandomTerm(cluster)])
    found = mixed_contrast(fit, [0, 0, 1], method="satterthwaite")
    reference = np.linalg.lstsq(x, y, rcond=None)[0]
    assert fit.singular
    assert found.singular
    assert fit.coefficients == pytest.approx(reference, abs=1e-8)
    assert found.df == pytest.approx(len(y) - 3, rel=1e-4)
    assert found.p_value == pytest.approx(2 * scipy_stats.t.sf(abs(found.statistic), found.df))


def test_mixed_models_say_what_is_in_the_way():
    y, x, cluster = some()
    with pytest.raises(EstimationError, match="at least one random term"):
        mixed_model(y, x, [])
    with pytest.raises(EstimationError, match="too many"):
        mixed_model(y, x, [RandomTerm(np.arange(len(y)))])
    with pytest.raises(EstimationError, match="for each row"):
        mixed_model(y, x, [RandomTerm(cluster, np.ones((3, 1)))])
    with pytest.raises(EstimationError, match="one weight for each"):
        mixed_contrast(mixed_model(y, x, [RandomTerm(cluster)]), [1.0])


@pytest.mark.parametrize("family", ["gaussian", "binomial"])
def test_gee_agrees_with_statsmodels(family):
    y, x, cluster = some()
    y = (y > 3.2).astype(float) if family == "binomial" else y
    kind = {"gaussian": families.Gaussian(), "binomial": families.Binomial()}[family]
    reference = GEE(y, x, groups=cluster, family=kind, cov_struct=Exchangeable()).fit(maxiter=200, ctol=1e-12)
    found = gee(y, x, cluster, family=family)
    assert found.correlation == pytest.approx(reference.cov_struct.dep_params, rel=0.02, abs=0.01)
    assert found.fit.coefficients == pytest.approx(reference.params, rel=0.02, abs=2e-3)
    assert contrast(found.fit, [0, 1, 0], covariance="CR0").std_error == pytest.approx(
        reference.bse[1], rel=0.02
    )


def test_one_person_in_each_cluster_is_least_squares():
    y, x, _ = some()
    found = gee(y, x, np.arange(len(y)))
    plain = cluster_fit(y, x, np.arange(len(y)))
    assert found.correlation == 0.0
    for kind in ("CR0", "CR2", "CR3"):
        assert cluster_covariance(found.fit, kind) == pytest.approx(cluster_covariance(plain, kind))


def test_gee_order_labels_constants_and_direction():
    y, x, cluster = some()
    plain = contrast(gee(y, x, cluster).fit, [0, 1, 0])
    order = np.random.default_rng(5).permutation(len(y))
    for other in (gee(y[order], x[order], -cluster[order]), gee(y + 3, x, cluster)):
        found = contrast(other.fit, [0, 1, 0])
        assert (found.estimate, found.std_error, found.df) == pytest.approx(
            (plain.estimate, plain.std_error, plain.df)
        )
    assert contrast(gee(-y, x, cluster).fit, [0, 1, 0]).conf_low == pytest.approx(-plain.conf_high)


def test_gee_says_what_is_in_the_way():
    y, x, cluster = some()
    with pytest.raises(EstimationError, match="0 or 1"):
        gee(y, x, cluster, family="binomial")
    with pytest.raises(EstimationError, match="no finite solution"):
        gee((x[:, 1] > 0).astype(float), x, cluster, family="binomial")
    with pytest.raises(EstimationError, match="no family"):
        gee(y, x, cluster, family="poisson")


def test_differences_of_a_known_function():
    at = np.array([0.3, -0.7])
    assert slopes(lambda v: np.sin(v[0]) * v[1], at) == pytest.approx([np.cos(0.3) * -0.7, np.sin(0.3)])
    assert curvatures(lambda v: np.exp(v @ v), at)[0, 1] == pytest.approx(
        4 * 0.3 * -0.7 * np.exp(0.58), rel=1e-5
    )
