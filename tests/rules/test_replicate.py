"""Verdicts of made-up programmes are those that the rules give one programme at a time."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.planning import cell

from evaluation.project.load import load_project
from evaluation.rules import evaluate
from evaluation.rules.replicate import countable, replicated_changes, replicated_study, verdict_shares
from evaluation.simulate.replicate import replicate
from evaluation.stats.replicated import replicated_means

HALLAND = Path(__file__).parents[2] / "projects" / "halland"


@pytest.fixture(scope="module")
def halland():
    return load_project(HALLAND)


def test_one_programme_is_judged_as_by_the_rules(halland):
    made = replicate(halland, 1, np.random.default_rng(5))
    study = replicated_study(halland, made)
    shares = verdict_shares(halland, 1, np.random.default_rng(5))
    assert all(one.share == 1.0 for one in shares)
    verdicts = {one.indicator: one.verdict for one in shares}
    for key, indicator in countable(halland).items():
        row = evaluate(key, study).table.iloc[0]
        assert verdicts[key] == row["verdict"], key
        if indicator.rule.kind == "change":
            found = replicated_means(*replicated_changes(indicator, study, made))
            for name in ("estimate", "conf_low", "conf_high", "n"):
                assert getattr(found, name)[0] == pytest.approx(row[name], rel=1e-9), (key, name)


def test_programmes_are_alike_in_who_takes_part_but_not_in_what_they_answer(halland):
    made = replicate(halland, 2, np.random.default_rng(6))
    size = len(made.population.people)
    halves = [made.answers[made.answers["person"].astype(int) // size == part] for part in (0, 1)]
    means = [half.groupby("item")["value"].mean() for half in halves]
    assert not np.allclose(*(one.to_numpy() for one in means))
    assert made.people["role"].to_numpy()[:size].tolist() == made.people["role"].to_numpy()[size:].tolist()


def test_shares_of_each_statement_sum_to_one(halland):
    shares = pd.DataFrame(
        [(one.indicator, one.share) for one in verdict_shares(halland, 3, np.random.default_rng(7))]
    )
    assert shares.groupby(0)[1].sum().to_numpy() == pytest.approx(1.0)


def test_planned_power_is_what_made_up_programmes_find():
    found = cell(0.2, 0.05, 2000, 99)
    assert 0.4 < found.planned < 0.8
    assert abs(found.found - found.planned) < 3 * found.error
