"""Alpha, halves, raters, reliable change and agreement."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measurement.agreement import fleiss_kappa, kappa, krippendorff_alpha
from evaluation.measurement.alpha import alpha, alpha_bootstrap, consistency
from evaluation.measurement.items import pairwise_covariance
from evaluation.measurement.raters import intraclass
from evaluation.measurement.reliable_change import reliable_change
from evaluation.measurement.split_half import spearman_brown, split_half
from evaluation.vocabulary.errors import EstimationError

from .made_up import continuous

SEEDS = st.integers(0, 2**32 - 1)


def _numbers(found):
    names = ("estimate", "std_error", "conf_low", "conf_high", "std_error_measurement")
    return [getattr(found, name) for name in names]


@given(SEEDS)
def test_alpha_does_not_depend_on_the_order_of_rows_or_on_the_direction(seed):
    rng = np.random.default_rng(seed)
    x, _ = continuous(rng, 40)
    first = _numbers(alpha(x))
    assert _numbers(alpha(x[rng.permutation(len(x))])) == pytest.approx(first)
    assert _numbers(alpha(6 - x)) == pytest.approx(first)
    assert _numbers(alpha(x + 7)) == pytest.approx(first)
    order = rng.permutation(4)
    assert alpha(x[:, order]).consistency.item_rest == pytest.approx(alpha(x).consistency.item_rest[order])


@given(SEEDS)
def test_without_gaps_pairwise_is_complete(seed):
    x, _ = continuous(np.random.default_rng(seed), 25)
    assert pairwise_covariance(x) == pytest.approx(np.cov(x, rowvar=False))
    assert consistency(pairwise_covariance(x)).alpha == pytest.approx(alpha(x).estimate)


def test_alpha_of_parallel_items_is_their_reliability():
    """Known truth 0.8 with 4 items of correlation 0.5; 400 samples of 60, standard error 0.002, bias -0.007."""
    rng = np.random.default_rng(1)
    found = [alpha(rng.normal(size=(60, 1)) + rng.normal(size=(60, 4))) for _ in range(400)]
    assert np.mean([one.estimate for one in found]) == pytest.approx(0.793, abs=0.006)
    inside = np.mean([one.conf_low <= 0.8 <= one.conf_high for one in found])
    assert inside == pytest.approx(0.95, abs=0.033)
    spread = np.std([one.estimate for one in found])
    assert np.mean([one.std_error for one in found]) == pytest.approx(spread, rel=0.15)


def test_clusters_widen_the_interval():
    rng = np.random.default_rng(2)
    company = np.repeat(np.arange(30), 8)
    x = rng.normal(size=30)[company][:, None] + rng.normal(size=(240, 1)) + 1.5 * rng.normal(size=(240, 4))
    found = alpha_bootstrap(x, company, rng)
    assert found.conf_low < found.estimate < found.conf_high
    assert found.estimate == pytest.approx(alpha(x).estimate)
    assert found.n_groups == 30
    alone = alpha_bootstrap(x, np.arange(240), rng)
    feldt = alpha(x)
    assert alone.conf_high - alone.conf_low == pytest.approx(feldt.conf_high - feldt.conf_low, rel=0.25)


def test_the_same_seed_gives_the_same_interval():
    x, _ = continuous(np.random.default_rng(3), 60)
    company = np.repeat(np.arange(12), 5)
    first, second = (alpha_bootstrap(x, company, np.random.default_rng(7)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "items",
    [[[1, 2]], [[1], [2]], [[1, math.nan], [2, 3]], [[1, 2], [1, 3]], [[1, 2], [2, 1]]],
)
def test_what_has_no_alpha_is_refused(items):
    with pytest.raises(EstimationError):
        alpha(items)


def test_the_mean_of_all_halves_is_alpha():
    x, _ = continuous(np.random.default_rng(4), 80, (1, 0.8, 0.9, 0.7, 0.6, 1))
    found = split_half(x)
    assert found.guttman_mean == pytest.approx(alpha(x).estimate)
    assert found.n_splits == 10
    assert found.guttman_min <= found.guttman <= found.guttman_max
    assert split_half(x[:, :3]).n_splits == 3


def test_too_many_items_for_all_halves():
    with pytest.raises(EstimationError, match="18"):
        split_half(np.random.default_rng(1).normal(size=(30, 19)))


@given(st.floats(0.01, 0.99), st.floats(0.2, 9))
def test_lengthening_and_shortening_undo_each_other(r, factor):
    assert spearman_brown(spearman_brown(r, factor), 1 / factor) == pytest.approx(r)


def test_intraclass_correlations_of_known_truth():
    """Truth 0.5 (people 1, error 1); 200 samples of 50 people, standard error about 0.006."""
    rng = np.random.default_rng(5)
    found = [intraclass(rng.normal(size=(50, 1)) + rng.normal(size=(50, 3))) for _ in range(200)]
    for name in ("one_way", "agreement", "consistency"):
        values = [getattr(one, name) for one in found]
        assert np.mean([one.estimate for one in values]) == pytest.approx(0.5, abs=0.025), name
        inside = np.mean([one.conf_low <= 0.5 <= one.conf_high for one in values])
        assert inside == pytest.approx(0.95, abs=0.05), name


def test_the_level_of_a_rater_matters_for_agreement_only():
    x = np.random.default_rng(6).normal(size=(20, 1)) + np.random.default_rng(7).normal(size=(20, 2))
    plain, moved = intraclass(x), intraclass(x + np.array([0, 3]))
    assert moved.consistency.estimate == pytest.approx(plain.consistency.estimate)
    assert moved.agreement.estimate < plain.agreement.estimate
    assert moved.consistency_mean.estimate == pytest.approx(alpha(x).estimate)
    with pytest.raises(EstimationError, match="within people"):
        intraclass([[1, 1], [2, 2]])


def test_reliable_change_turns_with_the_waves():
    rng = np.random.default_rng(8)
    pre, post = rng.normal(size=(2, 60))
    there, back = reliable_change(pre, post, 0.8), reliable_change(post, pre, 0.8)
    assert there.n == there.n_improved + there.n_worse + there.n_unchanged
    assert there.correlation == pytest.approx(back.correlation)
    assert reliable_change(pre, pre, 0.8).n_unchanged == 60
    assert reliable_change(-pre, -post, 0.8).n_worse == there.n_improved


def test_nobody_changed_but_for_error():
    """Known truth: 2.5 per cent on each side; 20,000 people, standard error 0.0011."""
    rng = np.random.default_rng(9)
    true = rng.normal(size=20_000) * math.sqrt(0.8)
    pre, post = (true + rng.normal(size=true.size) * math.sqrt(0.2) for _ in range(2))
    found = reliable_change(pre, post, 0.8)
    assert found.n_improved / found.n == pytest.approx(0.025, abs=0.004)
    assert found.correlation_true == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("reliability", [-0.1, 1.0, 1.2])
def test_a_reliability_out_of_range_is_refused(reliability):
    with pytest.raises(EstimationError, match="reliability"):
        reliable_change([1, 2], [2, 3], reliability)
    with pytest.raises(EstimationError, match="equal"):
        reliable_change([1, 1], [2, 3], 0.5)


@given(SEEDS, st.sampled_from(["none", "linear", "quadratic"]))
def test_kappa_does_not_depend_on_order_or_direction(seed, weights):
    rng = np.random.default_rng(seed)
    x, y = rng.integers(1, 5, size=(2, 30))
    found = kappa(x, y, weights)
    order = rng.permutation(30)
    for other in (kappa(y, x, weights), kappa(x[order], y[order], weights), kappa(6 - x, 6 - y, weights)):
        assert other.estimate == pytest.approx(found.estimate)
        assert other.std_error == pytest.approx(found.std_error)


def test_two_answers_have_one_kappa_whatever_the_weights():
    x, y = np.random.default_rng(1).integers(0, 2, size=(2, 50))
    values = [kappa(x, y, weights).estimate for weights in ("none", "linear", "quadratic")]
    assert values == pytest.approx([values[0]] * 3)
    assert kappa(x, x).estimate == 1
    assert math.isnan(kappa([1, 1], [1, 1]).estimate)


def test_krippendorff_of_two_raters_tends_to_kappa():
    rng = np.random.default_rng(2)
    x = rng.integers(1, 4, size=20_000)
    y = np.where(rng.random(20_000) < 0.6, x, rng.integers(1, 4, size=20_000))
    assert krippendorff_alpha(np.column_stack([x, y]), "nominal") == pytest.approx(
        kappa(x, y).estimate, abs=1e-3
    )


def test_krippendorff_ignores_what_is_judged_once():
    table = np.array([[1, 1, 2], [2, 2, np.nan], [3, 3, 3]])
    more = np.vstack([table, [5, np.nan, np.nan]])
    for measure in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(more, measure) == pytest.approx(krippendorff_alpha(table, measure))
    assert math.isnan(krippendorff_alpha([[1, 1], [1, 1]]))
    with pytest.raises(EstimationError, match="twice"):
        krippendorff_alpha([[1, np.nan]])


def test_fleiss_needs_equally_many_raters():
    assert fleiss_kappa([[3, 0], [0, 3]]).estimate == 1
    assert math.isnan(fleiss_kappa([[3, 0], [3, 0]]).estimate)
    with pytest.raises(EstimationError, match="same number"):
        fleiss_kappa([[3, 0], [1, 1]])
    with pytest.raises(EstimationError):
        kappa([1], [1])
    with pytest.raises(EstimationError, match="missing"):
        kappa([1, math.nan], [1, 2])
