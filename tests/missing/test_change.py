"""Mean change under different assumptions on those who left."""

import numpy as np
import pandas as pd
import pytest

from evaluation.disclosure import Policy, protect
from evaluation.missing.change import bounded_change, complete_change, imputed_change, weighted_change
from evaluation.missing.sensitivity import change_sensitivity, conclusion, shifted_change, tipping_shift
from evaluation.missing.waves import followed, two_waves
from evaluation.vocabulary.errors import EstimationError

from .people import followed_people

METHODS = {
    "weighted": weighted_change,
    "resampled": imputed_change,
    "pooled": lambda table, **more: imputed_change(table, method="pooled", **more),
}


def rng(seed=1):
    return np.random.default_rng(seed)


def one(result):
    return result.table.iloc[0]


@pytest.mark.parametrize("name", METHODS)
def test_it_finds_the_change_of_everyone(name):
    """Known truth 0.5; complete cases find less. 60 tables, Monte Carlo standard error below 0.011."""
    draws = 20 if name == "pooled" else 99
    found = [one(METHODS[name](followed_people(seed), rng=rng(seed), draws=draws)) for seed in range(60)]
    usual = np.mean([one(complete_change(followed_people(seed)))["estimate"] for seed in range(60)])
    estimates = np.array([row["estimate"] for row in found])
    assert usual < 0.45
    assert estimates.mean() == pytest.approx(0.5, abs=0.035)
    covered = np.mean([row["conf_low"] <= 0.5 <= row["conf_high"] for row in found])
    assert covered >= 0.88
    errors = np.mean([row["std_error"] for row in found])
    assert errors == pytest.approx(estimates.std(), rel=0.35)


@pytest.mark.parametrize("name", METHODS)
def test_nobody_left(name):
    table = followed_people(3)
    table = table[table["after"].notna()]
    found, usual = one(METHODS[name](table, rng=rng(), draws=400)), one(complete_change(table))
    assert found["estimate"] == pytest.approx(usual["estimate"], abs=0.02)
    assert found["std_error"] == pytest.approx(usual["std_error"], rel=0.15)


@pytest.mark.parametrize("name", METHODS)
def test_the_same_draws_give_the_same_numbers(name):
    table = followed_people(4)
    renamed = table.assign(organisation=table["organisation"].str.upper())
    first, second = (METHODS[name](part, rng=rng(), draws=20).table for part in (table, renamed))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("method", [weighted_change, imputed_change])
def test_the_order_of_rows_does_not_matter(method):
    table = followed_people(4)
    shuffled = table.sample(frac=1, random_state=2)
    first, second = (one(method(part, rng=rng(), draws=20)) for part in (table, shuffled))
    for name in ("estimate", "std_error", "conf_low", "df"):
        assert first[name] == pytest.approx(second[name]), name


def test_small_groups_are_withheld():
    table = followed_people(4).iloc[[0, 1, 40, 60, 61, 62, 80, 100]]
    shown = protect(complete_change(table), Policy(min_cell=20))
    assert shown.table["suppressed"].all() and shown.table["estimate"].isna().all()


def test_what_else_is_known_may_be_incomplete():
    table = followed_people(5)
    table.loc[::7, "sex"] = None
    table["hours"] = np.where(np.arange(len(table)) % 5 == 0, np.nan, 10.0 + np.arange(len(table)) % 9)
    table["constant"] = "same"
    columns = followed(table, ["sex", "hours", "constant"]).columns
    assert np.linalg.matrix_rank(columns) == columns.shape[1] == 6
    found = one(weighted_change(table, known=["sex", "hours", "constant"], rng=rng(), draws=99))
    assert found["conf_low"] < found["estimate"] < found["conf_high"]


def test_bounds_hold_every_other_estimate():
    table = followed_people(6)
    low, high = -5, 11
    bounds = one(bounded_change(table, low=low, high=high))
    assert bounds["conf_low"] < bounds["bound_low"] < bounds["bound_high"] < bounds["conf_high"]
    for method in METHODS.values():
        assert (
            bounds["bound_low"] < one(method(table, rng=rng(), draws=50))["estimate"] < bounds["bound_high"]
        )
    with pytest.raises(EstimationError, match="outside"):
        bounded_change(table, low=2, high=3)


def test_a_shift_moves_the_estimate_by_the_share_who_left():
    table = followed_people(7)
    found = shifted_change(table, deltas=[-1.0, 0.0, 1.0], rng=rng(), draws=999).table
    share = table["after"].isna().mean()
    assert np.diff(found["estimate"]) == pytest.approx([share, share], abs=0.02)
    assert found["estimate"].iloc[1] == pytest.approx(
        one(imputed_change(table, rng=rng(), draws=999))["estimate"]
    )


def test_the_tipping_shift_is_where_the_conclusion_changes():
    table = followed_people(8)
    found = one(tipping_shift(table, largest=4, rng=rng(), draws=199))
    assert found["delta"] < 0
    around = shifted_change(table, deltas=[found["delta"] + 0.01, found["delta"]], rng=rng(), draws=199).table
    said = [conclusion(low, high) for low, high in around[["conf_low", "conf_high"]].to_numpy()]
    assert said == ["increased", "no_certain_change"]
    none = one(tipping_shift(table, largest=0.02, rng=rng(), draws=199))
    assert np.isnan(none["delta"]) and none["conf_low"] > 0


def test_the_table_of_conclusions():
    table = followed_people(9)
    found = change_sensitivity(table, low=-5, high=11, delta=0.5, known=["sex"], rng=rng(), draws=199)
    rows = found.table
    assert rows["term"].tolist() == ["complete", "weighted", "imputed", "delta", "delta", "bounds"]
    assert rows["delta"].dropna().tolist() == [-0.5, 0.5]
    assert rows["verdict"].iloc[:5].tolist() == ["increased"] * 5
    assert rows["verdict"].iloc[5] == "no_certain_change"
    assert rows["reason"].iloc[1:].tolist() == ["conclusion_same"] * 4 + ["conclusion_other"]
    assert found.describe("en") and found.describe("sv")


def test_few_organisations_are_undecided():
    table = followed_people(10)
    table = table[table["organisation"].isin(["firm 0", "firm 1", "firm 2"])]
    found = change_sensitivity(table, low=-5, high=11, delta=0.5, rng=rng(), draws=99).table
    assert set(found["verdict"]) == {"undecided"}


def test_two_waves_keeps_everyone_who_answered_before():
    long = pd.DataFrame(
        {
            "person": ["a", "b", "c", "a", "d"],
            "organisation": ["x", "x", None, "x", "y"],
            "wave": ["w1", "w1", "w1", "w3", "w3"],
            "value": [1, 2, None, 3, 4],
            "sex": list("fmfff"),
        }
    )
    wide = two_waves(long, before="w1", after="w3", known=["sex"])
    assert wide.index.tolist() == ["a", "b"]
    assert wide["after"].isna().tolist() == [False, True]
    assert wide["sex"].tolist() == ["f", "m"]
    with pytest.raises(EstimationError, match="repeat"):
        two_waves(pd.concat([long, long]), before="w1", after="w3")
    with pytest.raises(EstimationError, match="no column"):
        two_waves(long, before="w1", after="w3", known=["age"])
    with pytest.raises(EstimationError, match="Too few answered"):
        complete_change(wide)


def test_people_without_organisation_stand_alone():
    table = pd.DataFrame(
        {"before": [1.0, 2, 3, 4], "after": [2.0, 2, 4, 4], "organisation": [None, "x", "x", None]}
    )
    assert followed(table).n_clusters == 3


def test_settings_that_do_not_exist_are_refused():
    table = followed_people(11)
    with pytest.raises(EstimationError, match="imputation"):
        imputed_change(table, rng=rng(), method="guess")
    with pytest.raises(EstimationError, match="at least one shift"):
        shifted_change(table, deltas=[], rng=rng())
    with pytest.raises(EstimationError, match="above 0"):
        tipping_shift(table, largest=0, rng=rng())


def test_the_tipping_shift_follows_another_rule():
    table = followed_people(8)
    found = one(tipping_shift(table, largest=1, rng=rng(), draws=99, conclude=lambda *limits: "same"))
    assert np.isnan(found["delta"])
    zero = one(shifted_change(table, deltas=[0.0], rng=rng(), draws=99))["estimate"]
    found = one(
        tipping_shift(
            table,
            largest=1,
            rng=rng(),
            draws=99,
            conclude=lambda estimate, *limits: str(estimate > zero + 0.02),
        )
    )
    assert found["delta"] > 0
    assert found["estimate"] > zero + 0.02
