"""Scales wave by wave: the answers are the scores', verdicts follow the interval, and nothing is silent."""

import numpy as np
import pytest

from evaluation.measurement.alpha import alpha
from evaluation.rules.alike import group_shifts, ordinal_shifts, wave_shifts
from evaluation.rules.response_shift import question_changes
from evaluation.rules.scale import (
    LEAST,
    item_rows,
    reliabilities,
    reliable_shares,
    retrospect_shifts,
    wide_answers,
)


def test_the_answers_are_those_of_the_scores(halland_study):
    for key, scale in halland_study.project.scales.items():
        wide = wide_answers(key, halland_study).dropna(subset=list(scale.items))
        own = halland_study.scores[halland_study.scores["scale"] == key].astype(
            {"person": object, "wave": object}
        )
        own = own.set_index(["person", "wave"])["score"]
        times = len(scale.items) if scale.score == "sum" else 1
        means = wide.set_index(["person", "wave"])[list(scale.items)].mean(axis=1)
        np.testing.assert_allclose(times * means, own.loc[means.index])


def test_verdicts_follow_the_interval(halland_study):
    table = reliabilities(halland_study).table
    judged = table[table["term"] == "alpha"]
    for row in judged.to_dict("records"):
        if row["verdict"] == "undecided":
            assert row["reason"]
            continue
        sides = (row["conf_low"] >= LEAST, row["conf_high"] < LEAST)
        wanted = {
            (True, False): "consistent",
            (False, True): "inconsistent",
            (False, False): "perhaps_consistent",
        }
        assert row["verdict"] == wanted[sides]
    assert len(judged["verdict"].unique()) > 1


def test_nothing_is_silent(halland_study):
    for found in (
        reliabilities,
        item_rows,
        wave_shifts,
        ordinal_shifts,
        group_shifts,
        reliable_shares,
        question_changes,
    ):
        table = found(halland_study).table
        empty = table[table["estimate"].isna()]
        assert empty["reason"].notna().all(), found.__name__


def test_item_rest_correlations_by_hand(halland_study):
    scale, wave = "need_to_update", "before"
    items = list(halland_study.project.scales[scale].items)
    wide = wide_answers(scale, halland_study)
    data = wide.loc[wide["wave"] == wave, items].dropna()
    table = item_rows(halland_study).table
    rows = table[(table["scale"] == scale) & (table["wave"] == wave)].set_index("item")
    for item in items:
        others = data.drop(columns=item).sum(axis=1)
        assert rows.loc[item, "estimate"] == pytest.approx(np.corrcoef(data[item], others)[0, 1])


def test_few_at_an_end_are_not_told(halland_study):
    table = item_rows(halland_study).table
    for name in ("share_lowest", "share_highest"):
        counts = (table[name] * table["n"]).dropna()
        assert ((counts == 0) | (counts > halland_study.project.privacy.min_cell - 2)).all()


def test_parts_of_a_change_add_up(halland_study):
    table = reliable_shares(halland_study).table
    known = table[table["estimate"].notna()]
    sums = known.groupby("indicator")["k"].sum()
    assert len(sums)
    assert (sums == known.groupby("indicator")["n"].first()).all()


def test_measurement_error_follows_from_alpha(halland_study):
    table = reliable_shares(halland_study).table
    row = table[table["estimate"].notna()].iloc[0]
    indicator = halland_study.indicator(row["indicator"])
    scale, rule = indicator.measure.scale, indicator.rule
    items = list(halland_study.project.scales[scale].items)
    wide = wide_answers(scale, halland_study)
    known = alpha(wide.loc[wide["wave"] == rule.before, items].dropna()).estimate
    scores = halland_study.scores[halland_study.scores["scale"] == scale].astype(
        {"wave": object, "person": object}
    )
    both = scores.pivot_table(index="person", columns="wave", values="score")[
        [rule.before, rule.after]
    ].dropna()
    spread = both[rule.before].std()
    assert row["detectable"] == pytest.approx(1.959964 * spread * np.sqrt(2 * (1 - known)), rel=1e-5)


def test_the_retrospect_adds_up(halland_study):
    rows = retrospect_shifts(halland_study).table.set_index("term")["estimate"]
    assert rows["shift"] + rows["since_then"] == pytest.approx(rows["since_before"])
