"""Yes-or-no and ordered answers of the same people."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats import contingency_tables as reference_tables

from evaluation.stats.clustered_pairs import STATISTICS, clustered_mcnemar
from evaluation.stats.marginal_homogeneity import (
    bhapkar,
    bowker,
    cochran_q,
    ordinal_shift,
    square_table,
    stuart_maxwell,
)
from evaluation.stats.paired_share import INTERVALS, mcnemar, paired_share_change
from evaluation.vocabulary.errors import EstimationError

COUNTS = st.tuples(*[st.integers(0, 40)] * 4).filter(sum)
TABLE = np.array([[20, 10, 5, 1], [3, 30, 15, 4], [0, 5, 40, 9], [2, 1, 7, 22]])


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_agrees_with_statsmodels_and_turns(up, down):
    found, turned = mcnemar(up, down), mcnemar(down, up)
    table = [[5, up], [down, 5]]
    assert found.p_exact == pytest.approx(reference_tables.mcnemar(table, exact=True).pvalue)
    if up + down:
        plain = reference_tables.mcnemar(table, exact=False, correction=False)
        assert (found.statistic, found.p_asymptotic) == pytest.approx((plain.statistic, plain.pvalue))
        assert found.conf_low <= found.odds_ratio <= found.conf_high
    assert found.p_mid <= found.p_exact
    assert found.p_mid == turned.p_mid


def test_nobody_changed():
    found = mcnemar(0, 0)
    assert (found.statistic, found.p_asymptotic, found.p_exact, found.p_mid) == (0.0, 1.0, 1.0, 1.0)
    assert math.isnan(found.odds_ratio)
    assert mcnemar(3, 0).odds_ratio == math.inf


@pytest.mark.parametrize("interval", sorted(INTERVALS))
@given(counts=COUNTS)
def test_an_interval_holds_its_estimate_and_turns(interval, counts):
    both, up, down, neither = counts
    found = paired_share_change(both, up, down, neither, interval=interval)
    turned = paired_share_change(both, down, up, neither, interval=interval)
    mirrored = paired_share_change(neither, down, up, both, interval=interval)
    assert -1 <= found.conf_low <= found.conf_high <= 1 + 1e-12
    if interval != "agresti_min":
        assert found.conf_low - 1e-9 <= found.estimate <= found.conf_high + 1e-9
    for other in (turned, mirrored):
        assert (other.conf_low, other.conf_high) == pytest.approx(
            (-found.conf_high, -found.conf_low), abs=1e-9
        )


def test_intervals_meet_in_large_samples():
    limits = [paired_share_change(4000, 1200, 900, 3900, interval=kind).conf_low for kind in INTERVALS]
    assert max(limits) - min(limits) < 2e-4
    with pytest.raises(EstimationError, match="no pairs"):
        paired_share_change(0, 0, 0, 0)


def test_square_tables_agree_with_statsmodels():
    table = reference_tables.SquareTable(TABLE, shift_zeros=False)
    shares, moves = table.homogeneity(), table.symmetry()
    assert stuart_maxwell(TABLE).statistic == pytest.approx(shares.statistic)
    assert (bowker(TABLE).statistic, bowker(TABLE).p_value) == pytest.approx((moves.statistic, moves.pvalue))
    other = table.homogeneity(method="bhapkar")
    assert bhapkar(TABLE).statistic == pytest.approx(other.statistic)


@pytest.mark.parametrize("test", [stuart_maxwell, bhapkar, bowker, ordinal_shift])
def test_reversing_the_scale_or_the_waves_turns_signs_only(test):
    plain = test(TABLE)
    for other in (test(TABLE[::-1, ::-1]), test(TABLE.T)):
        assert other.p_value == pytest.approx(plain.p_value)
    if test is ordinal_shift:
        assert test(TABLE.T).z == pytest.approx(-plain.z)
        assert test(TABLE, [3, 4, 5, 6]).z == pytest.approx(plain.z)


def test_two_categories_are_mcnemar():
    table = [[12, 9], [4, 20]]
    expected = mcnemar(9, 4).statistic
    for test in (stuart_maxwell, bowker):
        assert test(table).statistic == pytest.approx(expected)
    assert ordinal_shift(table).z ** 2 == pytest.approx(expected)
    assert (stuart_maxwell(table).df, stuart_maxwell(table).n) == (1, 45)


def test_unused_categories_and_nobody_moving():
    padded = np.pad(TABLE, ((0, 1), (0, 1)))
    assert stuart_maxwell(padded).statistic == pytest.approx(stuart_maxwell(TABLE).statistic)
    assert stuart_maxwell(padded).df == 3
    still = stuart_maxwell(np.diag([3, 4, 5]))
    assert (still.df, math.isnan(still.statistic)) == (0, True)
    assert math.isnan(ordinal_shift(np.diag([3, 4, 5])).z)
    assert bowker(np.diag([3, 4, 5])).p_value == 1.0


def test_moves_are_counted_from_answers():
    pre, post = [1, 2, 2, 3], [2, 2, 3, 1]
    table = square_table(pre, post, [1, 2, 3])
    assert table.tolist() == [[0, 1, 0], [0, 1, 1], [1, 0, 0]]
    with pytest.raises(EstimationError, match="known categories"):
        square_table(pre, post, [1, 2])
    with pytest.raises(EstimationError, match="same categories"):
        bowker([[1, 2, 3], [4, 5, 6]])


def test_cochran_agrees_with_statsmodels_and_mcnemar():
    answers = np.random.default_rng(1).integers(0, 2, (40, 3))
    reference = reference_tables.cochrans_q(answers)
    found = cochran_q(answers)
    assert (found.statistic, found.p_value) == pytest.approx((reference.statistic, reference.pvalue))
    change = answers[:, 1] - answers[:, 0]
    expected = mcnemar(int(np.sum(change == 1)), int(np.sum(change == -1))).statistic
    assert cochran_q(answers[:, :2]).statistic == pytest.approx(expected)
    assert math.isnan(cochran_q([[1, 1, 1], [0, 0, 0]]).statistic)
    with pytest.raises(EstimationError, match="0 or 1"):
        cochran_q([[1, 2], [0, 1]])


def test_every_person_a_cluster_is_mcnemar():
    change = np.random.default_rng(2).integers(-1, 2, 50)
    expected = mcnemar(int(np.sum(change == 1)), int(np.sum(change == -1))).statistic
    for method, factor in (("yang", 1), ("durkalski", 1), ("obuchowski", 49 / 50)):
        found = clustered_mcnemar(change, np.arange(50), method=method)
        assert found.statistic == pytest.approx(factor * expected)


@pytest.mark.parametrize("method", sorted(STATISTICS))
def test_clusters_row_order_labels_and_direction(method):
    rng = np.random.default_rng(3)
    change, cluster = rng.integers(-1, 2, 60), rng.integers(0, 9, 60)
    plain = clustered_mcnemar(change, cluster, method=method)
    order = rng.permutation(60)
    for other in (
        clustered_mcnemar(change[order], cluster[order], method=method),
        clustered_mcnemar(-change, np.array(list("qwertyuio"))[cluster], method=method),
    ):
        assert other.p_value == pytest.approx(plain.p_value)
    with pytest.raises(EstimationError, match="-1, 0 or 1"):
        clustered_mcnemar([0.5, 1], [1, 2])
