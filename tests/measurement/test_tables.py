"""The tables of reliability and comparability: what is estimated, and what is not assessed."""

import numpy as np
import pandas as pd
import pytest

from evaluation.measurement.alpha import alpha
from evaluation.measurement.comparability import group_comparability, response_shift, wave_comparability
from evaluation.measurement.reliability import reliability
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.reasons import REASONS

from .made_up import continuous, ordered

ITEMS = ["a", "b", "c", "d"]


def people(n, seed=1, companies=20):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(ordered(rng, n), columns=ITEMS).assign(organisation=np.arange(n) % companies)


def reasons(result):
    return [None if pd.isna(reason) else reason for reason in result.table["reason"]]


def rng():
    return np.random.default_rng(5)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (29, ["fewer_than_30", "fewer_than_100", "fewer_than_200"]),
        (99, [None, "fewer_than_100", "fewer_than_200"]),
        (199, [None, None, "fewer_than_200"]),
        (250, [None, None, None]),
    ],
)
def test_below_its_size_a_coefficient_is_not_assessed(n, expected):
    found = reliability(people(n), items=ITEMS, rng=rng(), replicates=200)
    assert reasons(found) == expected
    assert found.table["estimate"].isna().tolist() == [reason is not None for reason in expected]
    assert {reason for reason in expected if reason} <= REASONS.keys()
    for lang in ("sv", "en"):
        assert all(str(finding) for finding in found.describe(lang))


def test_alpha_is_that_of_the_kernel_and_clusters_make_its_interval():
    table = people(250)
    row = reliability(table, items=ITEMS, rng=rng(), replicates=300).table.iloc[0]
    assert row["estimate"] == pytest.approx(alpha(table[ITEMS].to_numpy()).estimate)
    assert row["conf_low"] < row["estimate"] < row["conf_high"]
    assert row["n_groups"] == 20
    alone = reliability(table, items=ITEMS, rng=rng(), cluster=None).table.iloc[0]
    assert alone["conf_low"] == pytest.approx(alpha(table[ITEMS].to_numpy()).conf_low)
    few = reliability(people(250, companies=4), items=ITEMS, rng=rng()).table.iloc[0]
    assert np.isnan(few["conf_low"])


def test_the_order_of_rows_and_gaps_do_not_matter():
    table = people(250)
    mixed = table.sample(frac=1, random_state=1)
    gap = pd.concat([mixed, mixed.iloc[:3].assign(a=np.nan)])
    first, second = (reliability(part, items=ITEMS, rng=rng(), replicates=50).table for part in (table, gap))
    assert second["estimate"].to_numpy() == pytest.approx(first["estimate"].to_numpy(), abs=1e-6)
    assert second["n"].tolist() == first["n"].tolist()


def test_two_items_have_one_coefficient():
    found = reliability(people(60), items=["a", "b"], rng=rng())
    assert found.table["term"].tolist() == ["spearman_brown"]
    with pytest.raises(EstimationError, match="no column"):
        reliability(people(60), items=["a", "z"], rng=rng())


def test_an_item_without_spread_is_a_reason():
    assert reasons(reliability(people(250).assign(a=3.0), items=ITEMS, rng=rng())) == ["no_spread"] * 3


def test_a_negative_error_variance_is_no_omega():
    """One factor would explain more than all of the first item."""
    related = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    table = pd.DataFrame(rng().multivariate_normal([0, 0, 0], related, size=150), columns=list("abc"))
    found = reliability(table, items=list("abc"), rng=rng(), cluster=None)
    assert reasons(found) == [None, "no_model", "fewer_than_200"]


def waves(n, shift):
    source = np.random.default_rng(2)
    first, trait = continuous(source, n)
    later = 3 + (trait + 0.5)[:, None] * [1, 0.8, 0.9, 0.7] + 0.8 * source.normal(size=(n, 4)) + shift
    parts = [pd.DataFrame(part, columns=ITEMS).assign(person=np.arange(n)) for part in (first, later)]
    return pd.concat([parts[0].assign(wave="w1"), parts[1].assign(wave="w3")])


def test_a_moved_item_is_found_over_time():
    """Truth: item b rises by 0.6 beyond the trait, so the scale by 0.15."""
    table = waves(1000, np.array([0, 0.6, 0, 0]))
    found = wave_comparability(table, items=ITEMS, before="w1", after="w3").table
    assert found["estimate"].iloc[0] == pytest.approx(0.15, abs=0.05)
    assert found["p_value"].iloc[0] < 0.001
    assert found.iloc[1:].set_index("item")["estimate"].idxmax() == "b"
    few = wave_comparability(waves(99, 0), items=ITEMS, before="w1", after="w3")
    assert reasons(few) == ["fewer_than_100"]
    with pytest.raises(EstimationError, match="repeat"):
        wave_comparability(pd.concat([table, table]), items=ITEMS, before="w1", after="w3")


def test_leaving_out_the_item_that_differs_moves_the_gap():
    table = people(600).assign(sex=np.repeat(["women", "men"], 300))
    table.loc[table["sex"] == "women", "a"] = np.minimum(table["a"] + 1, 5)
    arguments = {"items": ITEMS, "group": "sex", "level": "women", "reference": "men"}
    found = group_comparability(table, **arguments).table.set_index("item")
    assert found["p_adjusted"].idxmin() == "a"
    assert found["estimate"].idxmin() == found["dmacs"].idxmax() == "a"
    assert found["estimate"].sum() == pytest.approx(0, abs=1e-9)
    assert group_comparability(table.assign(d=6 - table["a"]), **arguments).table["dmacs"].isna().all()
    assert reasons(group_comparability(table.iloc[250:], **arguments)) == ["fewer_than_100_in_group"]
    assert reasons(group_comparability(table.assign(b=1.0), **arguments)) == ["no_spread"]


def test_the_shift_and_the_change_in_retrospect_add_up():
    source = rng()
    table = pd.DataFrame(source.normal(size=(80, 3)), columns=["x", "t", "y"])
    table["organisation"] = np.arange(80) % 12
    found = response_shift(table, before="x", then="t", after="y")
    shift, retrospect, change = found.table["estimate"]
    assert shift + retrospect == pytest.approx(change)
    assert found.table["df"].notna().all()
    few = response_shift(table.assign(organisation=0), before="x", then="t", after="y")
    assert reasons(few) == ["too_few_clusters"] * 3
    none = response_shift(table.assign(t=np.nan), before="x", then="t", after="y")
    assert reasons(none) == ["no_answers"] * 3
    for result in (found, few):
        assert all(str(finding) for finding in result.describe("sv"))
