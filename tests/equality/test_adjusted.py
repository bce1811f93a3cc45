"""Adjusted gaps, gaps over time, decompositions and intersections recover what was put in."""

import numpy as np
import pandas as pd
import pytest

from evaluation.equality.adjusted import adjusted_gap, closing_scores, gap_closing, gap_movement
from evaluation.equality.decomposition import gap_parts
from evaluation.equality.intersection import strata_map, strata_means, strata_shares

PAIR = {"group": "sex", "level": "women", "reference": "men"}
GROUPS = {"sex": ["women", "men"], "role": ["manager", "employee"]}


@pytest.fixture
def people():
    rng = np.random.default_rng(11)
    n = 600
    women = rng.random(n) < 0.5
    manager = rng.random(n) < np.where(women, 0.2, 0.5)
    table = pd.DataFrame({"person": np.arange(n), "organisation": np.arange(n) // 20})
    table["sex"] = np.where(women, "women", "men")
    table["role"] = np.where(manager, "manager", "employee")
    table["value"] = (
        3
        + 1.0 * manager
        + 0.5 * women
        + rng.normal(0, 0.5, n)
        + rng.normal(0, 0.3, 30)[table["organisation"]]
    )
    return table


def test_adjustment_gives_back_the_gap_that_was_put_in(people):
    found = adjusted_gap(people, **PAIR, covariates=["role"]).table.set_index("term")
    assert found.loc["adjusted", "conf_low"] < 0.5 < found.loc["adjusted", "conf_high"]
    assert found.loc["raw", "estimate"] < 0.4
    assert len(set(found["n"])) == 1


def test_movement_and_parts_say_the_same_as_the_adjustment(people):
    gaps = adjusted_gap(people, **PAIR, covariates=["role"]).table.set_index("term")["estimate"]
    moved = gap_movement(people, **PAIR, covariates=["role"]).table["estimate"].iloc[0]
    parts = gap_parts(people, **PAIR, covariates=["role"], draws=99).table.set_index("term")
    assert moved == pytest.approx(gaps["raw"] - gaps["adjusted"])
    assert parts.loc["unexplained", "estimate"] == pytest.approx(gaps["adjusted"])
    assert parts.loc["role", "estimate"] == pytest.approx(parts.loc["explained", "estimate"])
    assert parts.loc["explained", "conf_high"] < 0


def test_too_little_for_a_model_leaves_the_counts(people):
    few = people.head(3)
    assert adjusted_gap(few, **PAIR, covariates=["role"]).table["estimate"].isna().all()
    assert gap_movement(few, **PAIR, covariates=["role"]).table["estimate"].isna().all()
    assert (
        gap_parts(people.assign(organisation=1), **PAIR, covariates=["role"]).table["estimate"].isna().all()
    )


def test_two_ways_to_look_at_a_gap_over_time_part_when_groups_start_apart():
    rng = np.random.default_rng(5)
    women, level = np.arange(400) % 2 == 1, rng.normal(size=400)
    level = level + women  # women start one step higher, and nobody changes
    before, after = (level + rng.normal(0, 0.7, 400) for _ in range(2))
    rows = pd.DataFrame({"person": np.tile(np.arange(400), 2), "wave": ["w1"] * 400 + ["w3"] * 400})
    rows["value"], rows["sex"] = np.concatenate([before, after]), np.tile(np.where(women, "women", "men"), 2)
    rows["organisation"] = rows["person"] // 2 % 20
    found = gap_closing(rows, **PAIR, before="w1", after="w3").table.set_index("term")
    assert found.loc["in_change", "conf_low"] < 0 < found.loc["in_change", "conf_high"]
    assert found.loc["from_same_start", "conf_low"] > 0


def test_the_map_counts_everybody_once_and_shows_empty_combinations(people):
    found = strata_map(people[people["sex"] == "women"], groups=GROUPS).table
    assert found["n"].sum() == (people["sex"] == "women").sum()
    assert (found["n"] == 0).sum() == 2
    assert set(found["group"]) == {"sex+role"}


def test_single_groups_account_for_what_was_put_in_by_single_groups(people):
    shares = strata_shares(people, groups=GROUPS, draws=19).table.set_index("term")
    assert shares.loc["vpc", "estimate"] > 0.2
    assert shares.loc["pcv", "estimate"] > 0.9
    means = strata_means(people, groups=GROUPS).table
    assert means["level"].tolist()[0] == "women+manager"
    assert means["estimate"].max() == means["estimate"].iloc[0]


def test_two_combinations_are_too_few(people):
    one = people[people["sex"] == "women"]
    assert strata_means(one, groups=GROUPS).table["estimate"].isna().all()
    assert strata_shares(one, groups=GROUPS).table["estimate"].isna().all()


def test_what_companies_add_sums_to_the_gap_and_is_zero_where_nothing_can_be_told(people):
    rows = pd.concat([people.assign(wave="w1"), people.assign(wave="w3", value=people["value"] + 1.0)])
    rows.loc[(rows["wave"] == "w3") & (rows["sex"] == "women"), "value"] += people["person"].mod(5) / 4
    gaps = gap_closing(rows, **PAIR, before="w1", after="w3").table.set_index("term")
    scores = closing_scores(rows, **PAIR, before="w1", after="w3")
    assert len(scores) == people["organisation"].nunique()
    assert scores.sum().to_dict() == pytest.approx(gaps["estimate"].to_dict())
    few = rows[
        (rows["sex"] == "women") | (rows["person"] == rows.loc[rows["sex"] == "men", "person"].iloc[0])
    ]
    assert (closing_scores(few, **PAIR, before="w1", after="w3") == 0).all(axis=None)
