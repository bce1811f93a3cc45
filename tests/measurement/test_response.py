"""Graded response models and items that work differently."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.measurement.dif import dif_mantel_haenszel, dif_ordinal, dif_screen
from evaluation.measurement.graded import graded_response
from evaluation.measurement.ordinal_logit import ordinal_logit
from evaluation.vocabulary.errors import EstimationError

from .made_up import graded

SEEDS = st.integers(0, 2**32 - 1)
SLOPES = [1.2, 1.8, 1.5, 2.2, 1.0]
CUTS = np.array([[-1.5, 0, 1.2], [-1, 0.2, 1], [-1.2, -0.2, 0.8], [-0.8, 0.3, 1.3], [-2, 0, 1.5]])


def test_known_items_are_found():
    """Truth as simulated; 4,000 people, standard errors of slopes about 0.06."""
    x, trait = graded(np.random.default_rng(1), 4000, SLOPES, CUTS)
    found = graded_response(x)
    assert found.converged
    assert found.discrimination == pytest.approx(SLOPES, abs=0.25)
    assert np.vstack(found.difficulty) == pytest.approx(CUTS, abs=0.25)
    assert np.corrcoef(found.score, trait)[0, 1] ** 2 == pytest.approx(found.reliability, abs=0.03)


@given(SEEDS)
@settings(max_examples=5)
def test_scores_do_not_depend_on_the_order_of_rows(seed):
    rng = np.random.default_rng(seed)
    x, _ = graded(rng, 200, SLOPES, CUTS)
    order = rng.permutation(len(x))
    first, second = graded_response(x), graded_response(x[order])
    assert second.score == pytest.approx(first.score[order], abs=1e-4)
    assert second.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-6)
    turned = graded_response(5 - x)
    assert turned.score == pytest.approx(-first.score, abs=1e-4)
    assert turned.discrimination == pytest.approx(first.discrimination, abs=1e-3)


def test_gaps_are_allowed_and_cost_certainty():
    rng = np.random.default_rng(2)
    x, _ = graded(rng, 600, SLOPES, CUTS)
    x[0, 1:] = np.nan
    found = graded_response(x)
    assert found.score_error[0] > found.score_error[1:].mean()
    with pytest.raises(EstimationError, match="same answer"):
        graded_response(np.ones((5, 2)))
    with pytest.raises(EstimationError, match="at least"):
        graded_response(np.ones((5, 1)))


def test_a_logit_of_two_answers_is_the_log_odds_ratio():
    found = ordinal_logit(np.array([[20.0, 10.0], [5.0, 25.0]]), np.array([[0.0], [1.0]]))
    assert found.slopes[0] == pytest.approx(np.log(25 * 20 / (5 * 10)))
    assert found.thresholds[0] == pytest.approx(np.log(20 / 10))


def test_the_group_slope_turns_with_the_group():
    rng = np.random.default_rng(3)
    x, _ = graded(rng, 400, SLOPES, CUTS)
    level, group = x[:, 1:].sum(axis=1), np.repeat([0, 1], 200)
    there, back = dif_ordinal(x[:, 0], level, group), dif_ordinal(x[:, 0], level, 1 - group)
    assert back.group_slope == pytest.approx(-there.group_slope, abs=1e-6)
    assert back.total == pytest.approx(there.total, abs=1e-6)
    assert dif_ordinal(5 - x[:, 0], -level, group).total == pytest.approx(there.total, abs=1e-6)
    assert there.total == pytest.approx(there.uniform + there.non_uniform)


def test_the_screen_holds_its_level_without_difference():
    """Level 0.05, 300 items alike in both groups; standard error 0.013."""
    rng, flags = np.random.default_rng(4), []
    for _ in range(60):
        x, trait = graded(rng, 300, SLOPES, CUTS)
        group = rng.permutation(np.repeat([0, 1], 150))
        flags += [dif_ordinal(column, trait, group).p_uniform < 0.05 for column in x.T]
    assert np.mean(flags) == pytest.approx(0.05, abs=0.04)


def test_a_screen_finds_the_item_and_its_effect():
    """Item 1 is one step easier for the group; people are alike."""
    rng = np.random.default_rng(5)
    slopes, cuts = np.tile(SLOPES, 2), np.tile(CUTS, (2, 1))
    one, _ = graded(rng, 500, slopes, cuts)
    easier = cuts.copy()
    easier[0] -= 1.2
    other, _ = graded(rng, 500, slopes, easier)
    found = dif_screen(np.vstack([one, other]), np.repeat([0, 1], 500))
    assert found.flagged[0]
    assert found.flagged.sum() <= 3
    assert found.effect > 0.03
    assert np.argmax([item.mcfadden_uniform for item in found.items]) == 0


def test_mantel_haenszel_of_known_odds():
    rng = np.random.default_rng(6)
    level, group = rng.integers(0, 5, 20_000), rng.integers(0, 2, 20_000)
    chance = 1 / (1 + np.exp(-(level - 2 - 0.7 * group)))
    found = dif_mantel_haenszel((rng.random(20_000) < chance).astype(float), level, group)
    assert np.log(found.odds_ratio) == pytest.approx(0.7, abs=0.12)
    assert found.delta == pytest.approx(-2.35 * np.log(found.odds_ratio))
    with pytest.raises(EstimationError, match="1 for yes"):
        dif_mantel_haenszel([1, 2, 1, 2], [1, 1, 2, 2], [0, 1, 0, 1])
    with pytest.raises(EstimationError, match="people in both"):
        dif_mantel_haenszel([1, 0, 1, 0], [1, 1, 2, 2], [0, 0, 0, 0])
