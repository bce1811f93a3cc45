"""Rates, inequality, blocks of background, strata and several questions: closed forms and limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats.gelbach import gelbach
from evaluation.stats.inequality import inequality, inequality_parts
from evaluation.stats.kitagawa import kitagawa, stage_parts
from evaluation.stats.maihda import strata_limits, strata_of
from evaluation.stats.multiplicity import holm
from evaluation.stats.rank_difference import rank_difference
from evaluation.stats.several_groups import several_groups
from evaluation.stats.step_down import null_scores, westfall_young
from evaluation.stats.stratified_odds import stratified_odds
from evaluation.vocabulary.errors import EstimationError

RATES = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=1, max_size=5)
AMOUNTS = st.lists(st.floats(0.1, 100), min_size=3, max_size=20)


@given(RATES)
def test_stage_parts_add_up_and_turn_sign(pairs):
    own, other = map(np.array, zip(*pairs, strict=True))
    parts = stage_parts(own, other)
    assert parts.sum() == pytest.approx(own.prod() - other.prod(), abs=1e-12)
    assert stage_parts(other, own) == pytest.approx(-parts, abs=1e-12)
    assert stage_parts(own[::-1], other[::-1]) == pytest.approx(parts[::-1], abs=1e-12)


def test_two_stages_are_kitagawas_midpoints():
    assert stage_parts([0.5, 0.8], [0.6, 0.9]) == pytest.approx([-0.1 * 0.85, -0.1 * 0.55])


def test_kitagawa_refuses_a_stratum_with_one_group():
    with pytest.raises(EstimationError):
        kitagawa([1, 2], [3, 4], [1, 0], [3, 0])
    assert kitagawa([1, 0], [3, 0], [1, 0], [4, 0]).composition == 0


@given(AMOUNTS, st.floats(0.1, 10))
def test_inequality_does_not_depend_on_the_unit_and_splits_exactly(values, factor):
    found, scaled = inequality(values), inequality(np.array(values) * factor)
    assert scaled.gini == pytest.approx(found.gini, abs=1e-9)
    assert 0 <= found.gini <= 1
    parts = inequality_parts(values, np.arange(len(values)) % 2)
    assert parts.theil_within + parts.theil_between == pytest.approx(found.theil, abs=1e-9)
    assert parts.deviation_within + parts.deviation_between == pytest.approx(
        found.mean_log_deviation, abs=1e-9
    )


def test_somebody_with_nothing():
    found = inequality([0.0, 0.0, 3.0])
    assert (found.gini_corrected, found.atkinson_one) == (pytest.approx(1.0), 1.0)
    assert np.isnan(found.mean_log_deviation)
    assert np.isnan(found.percentile_ratio)
    with pytest.raises(EstimationError):
        inequality([0.0, 0.0])


def test_gelbach_adds_up_whatever_the_order_and_beats_the_error_of_fixed_columns():
    rng = np.random.default_rng(2)
    member = rng.integers(0, 2, 400) == 1
    a, b = rng.normal(size=400) + member, rng.normal(size=(400, 2)) - member[:, None]
    y = a + b @ [0.5, 0.2] + rng.normal(size=400)
    company = np.arange(400) // 10
    found, turned = (gelbach(y, member, blocks, company) for blocks in ({"a": a, "b": b}, {"b": b, "a": a}))
    assert found.parts.sum() == pytest.approx(found.raw - found.adjusted)
    assert turned.parts[::-1] == pytest.approx(found.parts)
    assert turned.std_error[::-1] == pytest.approx(found.std_error)


def test_gelbach_error_holds_in_repetition():
    rng, estimates, errors = np.random.default_rng(3), [], []
    for _ in range(300):
        member = rng.integers(0, 2, 200) == 1
        a = rng.normal(size=200) + 0.5 * member
        found = gelbach(a + rng.normal(size=200), member, {"a": a}, np.arange(200))
        estimates.append(found.parts[0])
        errors.append(found.std_error[0])
    assert np.mean(errors) == pytest.approx(np.std(estimates), rel=0.15)


def test_strata_without_differences_have_no_share():
    y = np.tile([1.0, 2.0, 3.0], 8)
    stratum = np.repeat(np.arange(4), 6)
    main = np.column_stack([stratum % 2, stratum // 2])
    found = strata_of(y, stratum, main)
    assert (found.between, found.vpc) == (0.0, 0.0)
    assert np.isnan(found.pcv)
    assert found.shrunken == pytest.approx(np.full(4, 2.0))
    with pytest.raises(EstimationError):
        strata_of(y, stratum // 2, main[:, 1:])


def test_shrunken_means_lie_between_the_observed_and_that_of_all():
    rng = np.random.default_rng(5)
    stratum = np.repeat(np.arange(6), [3, 5, 10, 20, 40, 80])
    y = stratum * 0.3 + rng.normal(size=len(stratum))
    found = strata_of(y, stratum, np.column_stack([stratum % 2]), np.arange(len(y)) % 13)
    alone = strata_of(y, stratum, np.column_stack([stratum % 2]))
    pulled = (alone.shrunken - alone.intercept) / (alone.observed - alone.intercept)
    assert np.all((pulled > 0) & (pulled < 1))
    assert np.all(np.diff(pulled) > 0)
    assert found.company >= 0


def test_limits_repeat():
    stratum = np.repeat(np.arange(4), 8)
    y = stratum + np.tile([0.0, 1.0], 16)
    main = np.column_stack([stratum % 2, stratum // 2])
    one, two = (strata_limits(y, stratum, main, rng=np.random.default_rng(1), draws=9) for _ in range(2))
    assert one == two


def test_step_down_is_never_surer_than_the_raw_and_as_sharp_as_holm_at_least_here():
    rng = np.random.default_rng(6)
    company, shared = np.repeat(np.arange(14), 8), rng.normal(size=112)
    x = np.column_stack([np.ones(112), np.arange(112) % 2])
    questions = [shared + 0.5 * x[:, 1] + 0.3 * rng.normal(size=112) for _ in range(4)]
    scores = np.column_stack([null_scores(y, x, company, [0, 1]) for y in questions])
    alone = np.array([westfall_young(scores[:, [i]], rng=rng, draws=20_000)[0] for i in range(4)])
    together = westfall_young(scores, rng=rng, draws=20_000)
    assert np.all(together >= alone - 1e-12)
    assert np.all(together <= holm(alone) + 1e-12)


def test_a_question_without_spread_is_left_out_of_the_step_down():
    found = westfall_young([[1.0, 0.0], [1.0, 0.0], [0.5, 0.0]], rng=np.random.default_rng(1))
    assert np.isfinite(found[0])
    assert np.isnan(found[1])


def test_strata_that_tell_nothing_are_left_out():
    found = stratified_odds([3, 4, 2], [10, 8, 2], [5, 6, 0], [10, 9, 0])
    plain = stratified_odds([3, 4], [10, 8], [5, 6], [10, 9])
    assert (found.estimate, found.strata) == (plain.estimate, 2)
    assert np.isnan(stratified_odds([1], [1], [0], [0]).estimate)


def test_the_tendency_turns_with_the_groups():
    one, two = [3.0, 4.0, 4.0, 5.0], [1.0, 2.0, 4.0]
    first, other = rank_difference(one, two), rank_difference(two, one)
    assert first.estimate + other.estimate == pytest.approx(1.0)
    assert first.statistic == pytest.approx(-other.statistic)


def test_groups_without_spread_have_no_test():
    found = several_groups([1.0, 1.0, 2.0, 2.0], list("aabb"))
    assert np.isnan(found.f)
    assert np.isnan(found.welch_f)
    assert found.eta_squared == 1.0
