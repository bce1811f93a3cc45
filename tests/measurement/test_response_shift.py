"""What a change consists of: parts that add up, known shifts that are found, and refusals."""

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from evaluation.measurement.dmacs import dmacs
from evaluation.measurement.linking import LinkedFactor, linked_groups, linked_waves
from evaluation.measurement.response_shift import change_parts, response_shift_parts
from evaluation.vocabulary.errors import EstimationError

from .made_up import continuous

ITEMS = ["a", "b", "c", "d", "e"]
LOADINGS = np.array([1.0, 0.8, 0.9, 0.7, 0.8])


def two_waves(n=20_000, gain=0.5, *, heavier=0.0, easier=0.0):
    """Answers of the same people twice; the last item changes its weight or its level."""
    rng = np.random.default_rng(7)
    first = rng.normal(size=(n, 1))
    second = 0.6 * first + 0.8 * rng.normal(size=(n, 1)) + gain
    later, level = LOADINGS.copy(), np.full(5, 3.0)
    later[-1], level[-1] = later[-1] + heavier, level[-1] + easier
    noise = rng.normal(size=(2, n, 5))
    return 3 + first * LOADINGS + 0.6 * noise[0], level + second * later + 0.6 * noise[1]


def long(before, after):
    parts = [
        pd.DataFrame(part, columns=ITEMS).assign(person=np.arange(len(part)), wave=wave)
        for part, wave in ((before, "w1"), (after, "w2"))
    ]
    return pd.concat(parts)


def assessed(table):
    return response_shift_parts(table, items=ITEMS, before="w1", after="w2").table


@pytest.mark.parametrize(("heavier", "easier"), [(0.0, 0.0), (0.4, 0.0), (0.0, 0.5), (0.4, -0.2)])
def test_what_was_built_in_is_found(heavier, easier):
    linked = linked_waves(*two_waves(heavier=heavier, easier=easier))
    parts = change_parts(linked)
    np.testing.assert_allclose(parts.true_change, 0.5 * LOADINGS, atol=0.03)
    np.testing.assert_allclose(parts.by_loading, [0, 0, 0, 0, 0.5 * heavier], atol=0.03)
    np.testing.assert_allclose(parts.by_intercept, [0, 0, 0, 0, easier], atol=0.03)
    wanted = np.sqrt((easier + heavier * 0.5) ** 2 + heavier**2) / linked.spread[-1]
    np.testing.assert_allclose(dmacs(linked).size, [0, 0, 0, 0, wanted], atol=0.03)


def test_the_parts_add_up_to_the_change():
    table = long(*two_waves(n=150, heavier=0.4, easier=-0.3))
    rows = assessed(table).set_index("item")
    means = table.groupby("wave")[ITEMS].mean()
    np.testing.assert_allclose(rows["estimate"], means.loc["w2"] - means.loc["w1"], atol=1e-12)
    total = rows[["true_change", "by_loading", "by_intercept"]].sum(axis=1)
    np.testing.assert_allclose(total, rows["estimate"], atol=1e-12)


def test_the_anchor_measures_alike():
    linked = linked_waves(*two_waves(n=200, easier=0.5), anchor=2)
    assert dmacs(linked).size[2] == pytest.approx(0, abs=1e-12)
    assert dmacs(linked).size[4] > 0.1


def test_dmacs_is_the_integral_over_the_factor():
    two, levels = np.array([[0.9], [1.3]]), np.array([[3.0], [2.7]])
    linked = LinkedFactor(two, levels, 0.4, 1.7, levels, np.array([1.1]))
    density = stats.norm(0.4, np.sqrt(1.7)).pdf
    square, _ = integrate.quad(lambda x: (-0.3 + 0.4 * x) ** 2 * density(x), -15, 15)
    assert dmacs(linked).size[0] == pytest.approx(np.sqrt(square) / 1.1)
    assert dmacs(linked).bias[0] == pytest.approx(-0.3 + 0.4 * 0.4)


def test_dmacs_knows_no_units():
    before, after = two_waves(n=300, heavier=0.4)
    np.testing.assert_allclose(
        dmacs(linked_waves(10 * before + 2, 10 * after + 2)).size,
        dmacs(linked_waves(before, after)).size,
        rtol=1e-5,
    )


def test_groups_of_different_size_are_weighed():
    rng = np.random.default_rng(3)
    first, second = continuous(rng, 400)[0], continuous(rng, 100)[0]
    second[:, 1] *= 2
    spread = (399 * first.std(axis=0, ddof=1) + 99 * second.std(axis=0, ddof=1)) / 498
    linked = linked_groups(first, second)
    np.testing.assert_allclose(linked.spread, spread)
    assert dmacs(linked).size.argmax() == 1


def test_what_cannot_be_assessed_says_why():
    before, after = two_waves(n=150)
    assert assessed(long(before[:99], after[:99]))["reason"].tolist() == ["fewer_than_100"]
    assert assessed(long(before, after).assign(b=1.0))["reason"].tolist() == ["no_model"]
    with pytest.raises(EstimationError, match="repeat"):
        assessed(pd.concat([long(before, after)] * 2))


def test_without_a_common_direction_there_is_no_metric():
    before, after = two_waves(n=300)
    after[:, 4] = 6 - after[:, 4]
    with pytest.raises(EstimationError, match="same way"):
        linked_waves(before, after, anchor=4)
