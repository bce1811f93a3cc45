"""Networks of two waves: what silence means, when no interval is given, and that the truth is found."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from evaluation.network.change import FEWEST, network_change, network_level
from evaluation.network.places import network_map, places, shape, tie_counts


def ties(there, wave, *, silent=(), kinds=None):
    """Return the rows that actors give who answer about all others."""
    n = len(there)
    rows = [
        (wave, f"a{i:02d}", f"a{j:02d}", 3.0 if there[i][j] else 1.0, 4.0 if there[i][j] else np.nan, np.nan)
        for i in range(n)
        for j in range(n)
        if i != j and i not in silent
    ]
    table = pd.DataFrame(rows, columns=["wave", "actor", "to", "frequency", "trust", "value"])
    return table.assign(actor_kind=None if kinds is None else [kinds[int(a[1:])] for a in table["actor"]])


def random_ties(rng, n, cut, wave, wish):
    return ties(wish + 0.5 * rng.standard_normal((n, n)) > cut, wave)


def test_density_by_hand_and_silence_is_no_absence():
    there = [[0, 1, 1], [0, 0, 0], [1, 1, 0]]
    row = network_level(ties(there, "w", silent=[2]), wave="w").table.iloc[0]
    assert row["estimate"] == pytest.approx(2 / 4)
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((2 / 6, 4 / 6))
    assert (row["n"], row["n_total"]) == (2, 3)


def test_a_row_without_a_frequency_is_not_known_and_no_row_is_no_contact():
    table = ties([[0, 1, 1], [1, 0, 0], [0, 0, 0]], "w")
    table.loc[(table["actor"] == "a00") & (table["to"] == "a01"), "frequency"] = np.nan
    assert network_level(table, wave="w").table["estimate"].iloc[0] == pytest.approx(2 / 5)
    without = table[table["frequency"].notna() & (table["frequency"] > 1) | (table["actor"] == "a02")]
    assert network_level(without, wave="w").table["estimate"].iloc[0] == pytest.approx(2 / 6)


def test_only_those_who_answered_both_times_are_compared():
    rng = np.random.default_rng(1)
    first, later = rng.random((10, 10)) < 0.3, rng.random((10, 10)) < 0.5
    whole = pd.concat([ties(first, "b", silent=[0]), ties(later, "a", silent=[1])])
    row = network_change(whole, before="b", after="a").table.iloc[0]
    known = [(i, j) for i in range(2, 10) for j in range(10) if i != j]
    assert row["n"] == 8
    assert row["mean_after"] == pytest.approx(np.mean([later[pair] for pair in known]))
    assert row["estimate"] == pytest.approx(row["mean_after"] - row["mean_before"])


def test_reciprocity_and_pairs_across_kinds():
    there = [[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    table = ties(there, "w", kinds=["x", "x", "y", "y"])
    assert network_level(table, wave="w", quantity="reciprocity").table["estimate"].iloc[0] == 0.5
    across = network_level(table, wave="w", across=True).table["estimate"].iloc[0]
    assert across == pytest.approx(1 / 8)


@pytest.mark.parametrize("n", [FEWEST - 1, FEWEST])
def test_too_few_actors_have_no_interval(n):
    rng = np.random.default_rng(2)
    table = pd.concat([ties(rng.random((n, n)) < share, wave) for wave, share in (("b", 0.3), ("a", 0.5))])
    assert network_change(table, before="b", after="a").table["conf_low"].isna().item() == (n < FEWEST)


@pytest.mark.slow
def test_intervals_hold_the_true_change():
    rng, n, cut, shift = np.random.default_rng(5), 16, 0.8, 0.4
    spread = np.sqrt(2 * 0.25 + 1 + 0.64 + 0.25)
    truth = norm.sf((cut - shift) / spread) - norm.sf(cut / spread)
    held = 0
    for _ in range(150):
        normal = rng.standard_normal
        pair = np.triu(normal((n, n)), 1)
        wish = 0.5 * (normal((n, 1)) + normal((1, n))) + pair + pair.T + 0.8 * normal((n, n))
        table = pd.concat([random_ties(rng, n, cut, "b", wish), random_ties(rng, n, cut, "a", wish + shift)])
        row = network_change(table, before="b", after="a").table.iloc[0]
        held += row["conf_low"] <= truth <= row["conf_high"]
    assert held >= 0.93 * 150


def test_places_and_ties_agree():
    rng = np.random.default_rng(4)
    table = pd.concat([ties(rng.random((9, 9)) < 0.3, wave) for wave in ("b", "a")])
    drawn = network_map(table, wave="a", other="b", otherwise="new").table
    nodes = drawn[~drawn["term"].str.contains("-")]
    assert nodes["named_by"].sum() == nodes["names"].sum() == drawn["estimate"][len(nodes) :].sum()
    assert set(drawn["level"].dropna()) <= {"kept", "new"}
    counts = tie_counts(table, before="b", after="a").table.set_index("term")["estimate"]
    assert counts["ties_kept"] + counts["ties_new"] == nodes["names"].sum()
    assert len(places(table, wave="a").table) == 9
    assert shape(table, before="b", after="a").table["estimate"].notna().all()
