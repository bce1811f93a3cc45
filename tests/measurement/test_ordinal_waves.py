"""Ordered items over time: what moves a question is told apart from what moves the skill."""

import numpy as np
import pytest

from evaluation.measurement.ordinal_sample import AT_A_TIME, ordinal_sample
from evaluation.measurement.ordinal_waves import ordinal_wave_invariance
from evaluation.vocabulary.errors import EstimationError

from .made_up import ordered_waves


def test_a_moved_question_is_found_and_sized():
    """Truth: answers to the second of four questions cut 0.5 lower after. 4,000 people; the mean of 4,000 answers has
    a standard error of 0.02."""
    own = np.random.default_rng(1)
    x, moved = ordered_waves(own, 4000, rise=0.4, bump=(0, 0.5, 0, 0))
    _, alike = ordered_waves(np.random.default_rng(1), 4000, rise=0.4)
    found = ordinal_wave_invariance([x, moved])
    assert [step.holds for step in found.steps] == [True, True, True, False]
    assert found.kept == "metric"
    assert found.metric[0] == pytest.approx([0.4, 1.0], abs=0.06)
    assert found.item_shift[0] == pytest.approx((moved - alike).mean(axis=0), abs=0.06)
    assert found.effect[0] == pytest.approx((moved - alike).mean(), abs=0.03)
    still = ordinal_wave_invariance([x, alike])
    assert still.kept == "scalar"
    assert still.effect[0] == pytest.approx(0, abs=0.02)
    assert still.latent_difference[0] == pytest.approx(0.4, abs=3 * still.latent_std_error[0])


def test_without_a_change_nothing_moves():
    """The answers after are those before, in another order of people."""
    x, _ = ordered_waves(np.random.default_rng(2), 400)
    mixed = x[np.random.default_rng(3).permutation(len(x))]
    found = ordinal_wave_invariance([x, mixed])
    assert found.observed == pytest.approx(0, abs=1e-12)
    assert found.item_shift == pytest.approx(0, abs=0.01)


def test_most_false_alarms_are_absent():
    """30 samples of 250 without a moved question; nearly all keep every step."""
    own = np.random.default_rng(4)
    kept = [ordinal_wave_invariance(ordered_waves(own, 250, rise=0.3)).kept for _ in range(30)]
    assert kept.count("scalar") >= 24


def test_three_waves_have_two_changes():
    own = np.random.default_rng(5)
    x, y = ordered_waves(own, 300, rise=0.3)
    found = ordinal_wave_invariance([x, y, ordered_waves(own, 300)[1]])
    assert found.observed.shape == found.invariant.shape == (2, 4)
    assert found.effect.shape == found.latent_difference.shape == (2,)


def test_what_cannot_be_compared_is_refused():
    x, y = ordered_waves(np.random.default_rng(6), 200)
    with pytest.raises(EstimationError, match="same people"):
        ordinal_wave_invariance([x, y[:-1]])
    with pytest.raises(EstimationError, match="same answers"):
        ordinal_wave_invariance([x, np.minimum(y, 4)])
    with pytest.raises(EstimationError, match="three or more"):
        ordinal_wave_invariance([(x > 3) * 1, (y > 3) * 1])


def test_people_are_taken_some_at_a_time():
    """The covariances of 15,000 people are those of 5,000 of whom each stands for three."""
    x = ordered_waves(np.random.default_rng(7), 5000)[0]
    assert len(x) < AT_A_TIME < 3 * len(x)
    once, thrice = ordinal_sample(x), ordinal_sample(np.vstack([x] * 3))
    np.testing.assert_allclose(thrice.gamma, once.gamma, rtol=1e-9, atol=1e-9)
