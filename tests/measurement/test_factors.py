"""Factor models of continuous items."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.measurement.cfa import cfa, omega
from evaluation.measurement.efa import explore, heterotrait_ratio, parallel_analysis, sampling_adequacy
from evaluation.measurement.fit_indices import fit_indices
from evaluation.measurement.hierarchical import hierarchical_omega
from evaluation.measurement.invariance import group_invariance, wave_invariance
from evaluation.measurement.robust import robust_cfa
from evaluation.measurement.rotation import oblimin
from evaluation.vocabulary.errors import EstimationError

from .made_up import continuous

SEEDS = st.integers(0, 2**32 - 1)
CASES = Path(__file__).parents[1] / "reference" / "cases" / "data"


@given(SEEDS)
@settings(max_examples=25)
def test_omega_does_not_depend_on_order_or_direction(seed):
    rng = np.random.default_rng(seed)
    x, _ = continuous(rng, 120)
    found = omega(x).estimate
    assert omega(x[rng.permutation(len(x))]).estimate == pytest.approx(found, abs=1e-7)
    assert omega(6 - x).estimate == pytest.approx(found, abs=1e-7)
    assert omega(x[:, [2, 0, 3, 1]]).estimate == pytest.approx(found, abs=1e-7)


def test_omega_of_known_truth():
    """Truth 3.4^2 / (3.4^2 + 4 * 0.64) = 0.8187; 200 samples of 200, standard error about 0.0015."""
    rng = np.random.default_rng(1)
    values = [omega(continuous(rng, 200)[0]).estimate for _ in range(200)]
    assert np.mean(values) == pytest.approx(0.8187, abs=0.006)


def test_published_invariance_of_holzinger_and_swineford():
    table = pd.read_csv(CASES / "holzinger.csv")
    names = [f"x{i}" for i in range(1, 10)]
    factors = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    whole = cfa(table[names], factors).estimates.fit
    assert (round(whole.chi2, 3), whole.df) == (85.306, 24)
    parts = [rows[names] for _, rows in table.groupby("school", sort=False)]
    fits = [step.estimates.fit for step in group_invariance(parts, factors).steps[:3]]
    assert [(round(fit.chi2, 3), fit.df) for fit in fits] == [(115.851, 48), (124.044, 54), (164.103, 60)]


def test_standard_errors_are_the_spread_of_the_estimates():
    """300 samples; the relative standard error of a spread is 0.041."""
    rng = np.random.default_rng(2)
    found = [cfa(continuous(rng, 250)[0], [[0, 1, 2, 3]]) for _ in range(300)]
    spread = np.std([one.loadings[2, 0] for one in found])
    assert np.mean([one.std_errors[2, 0] for one in found]) == pytest.approx(spread, rel=0.13)
    assert np.mean([one.estimates.fit.chi2 for one in found]) == pytest.approx(2, abs=0.35)


def test_robust_fit_agrees_with_normal_theory_for_normal_items():
    x, _ = continuous(np.random.default_rng(3), 4000)
    found = robust_cfa(x, [[0, 1, 2, 3]])
    assert found.scaling == pytest.approx(1, abs=0.1)
    assert found.std_errors[1:] == pytest.approx(found.model.std_errors[1:], rel=0.06)


@pytest.mark.parametrize("factors", [[[0, 1]], [[0, 1, 2], [3]]])
def test_items_without_a_factor_and_factors_of_one_item_are_refused(factors):
    with pytest.raises(EstimationError, match="factor"):
        cfa(continuous(np.random.default_rng(1), 50)[0], factors)


def test_too_few_people_are_refused():
    with pytest.raises(EstimationError, match="few people"):
        cfa(continuous(np.random.default_rng(1), 4)[0], [[0, 1, 2, 3]])


def test_fit_indices_at_their_ends():
    perfect = fit_indices(5.0, 10.0, (200.0, 15.0), 100, 0.01)
    assert (perfect.cfi, perfect.rmsea, perfect.rmsea_low) == (1.0, 0.0, 0.0)
    assert perfect.tli > 1
    saturated = fit_indices(0.0, 0.0, (200.0, 15.0), 100, 0.0)
    assert np.isnan(saturated.rmsea)
    assert saturated.cfi == 1.0


def test_an_item_that_shifts_between_waves_moves_the_change():
    """Truth: change 0.5 of the trait, item 1 rises by 0.8 more; 3,000 people."""
    rng = np.random.default_rng(4)
    first, trait = continuous(rng, 3000)
    later = 3 + (trait + 0.5)[:, None] * [1.0, 0.8, 0.9, 0.7] + 0.8 * rng.normal(size=(3000, 4))
    moves = np.array([0.8, 0, 0, 0])
    same, moved = wave_invariance([first, later]), wave_invariance([first, later + moves])
    assert same.effect[0, 0] == pytest.approx(0, abs=0.03)
    assert same.latent_difference[0, 0] == pytest.approx(0.5, abs=0.05)
    assert all(step.holds for step in same.steps)
    assert moved.effect[0, 0] == pytest.approx(0.2, abs=0.03)
    assert np.argmax(moved.item_shift[0]) == 0
    assert not moved.steps[2].holds


def test_groups_alike_but_for_their_mean():
    rng = np.random.default_rng(5)
    one, _ = continuous(rng, 2000)
    other, _ = continuous(rng, 2000)
    found = group_invariance([one, other + 0.3 * np.array([1.0, 0.8, 0.9, 0.7])], [[0, 1, 2, 3]])
    assert found.latent_difference[0, 0] == pytest.approx(0.3, abs=0.09)
    assert abs(found.effect[0, 0]) < 0.04
    back = group_invariance([other + 0.3 * np.array([1.0, 0.8, 0.9, 0.7]), one], [[0, 1, 2, 3]])
    assert back.observed == pytest.approx(-found.observed)
    assert back.steps[2].estimates.fit.chi2 == pytest.approx(found.steps[2].estimates.fit.chi2, abs=1e-5)


def test_invariance_needs_the_same_items():
    x, _ = continuous(np.random.default_rng(6), 60)
    with pytest.raises(EstimationError, match="two groups"):
        group_invariance([x], [[0, 1, 2, 3]])
    with pytest.raises(EstimationError, match="same people"):
        wave_invariance([x, x[:50]])


def _two_factors(rng, n):
    traits = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], size=n)
    weights = np.kron(np.eye(2), [[0.8, 0.7, 0.75, 0.6]])
    return traits @ weights + rng.normal(size=(n, 8)) * np.sqrt(1 - np.sum(weights**2, axis=0))


@pytest.mark.parametrize("method", ["minres", "ml"])
def test_known_factors_are_found(method):
    x = _two_factors(np.random.default_rng(7), 5000)
    found = explore(np.corrcoef(x, rowvar=False), 2, method)
    own = np.sort(np.abs(found.loadings), axis=1)
    assert own[:, 1] == pytest.approx(np.tile([0.8, 0.7, 0.75, 0.6], 2), abs=0.06)
    assert own[:, 0].max() < 0.08
    assert found.factors[0, 1] == pytest.approx(0.4, abs=0.06)
    assert not found.boundary


def test_rotation_changes_no_correlation():
    unrotated = np.random.default_rng(8).normal(size=(8, 3))
    found = oblimin(unrotated)
    assert found.loadings @ found.factors @ found.loadings.T == pytest.approx(unrotated @ unrotated.T)
    assert np.diag(found.factors) == pytest.approx(1)


def test_parallel_analysis_counts_the_factors():
    rng = np.random.default_rng(9)
    assert parallel_analysis(_two_factors(rng, 300), rng, 60).n_factors == 2
    assert parallel_analysis(rng.normal(size=(300, 6)), rng, 60).n_factors <= 1


def test_unrelated_parts_have_no_general_factor_in_common():
    part = np.kron(np.eye(3), np.full((3, 3), 0.5)) + 0.5 * np.eye(9)
    part = part + 0.02 * (part == 0)
    found = hierarchical_omega(part)
    assert found.hierarchical < 0.25 < found.total
    with pytest.raises(EstimationError, match="three parts"):
        hierarchical_omega(part, 2)


def test_scales_that_are_one_have_a_ratio_of_one():
    same = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    for mean in ("arithmetic", "geometric"):
        assert heterotrait_ratio(same, [[0, 1], [2, 3]], mean)[0, 1] == pytest.approx(1)
    assert 0 < sampling_adequacy(same) < 1
    with pytest.raises(EstimationError, match="fewer factors"):
        explore(same, 4)
