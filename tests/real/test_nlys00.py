"""The gender wage gap of 5,309 Americans: the published decomposition and intersections are reproduced."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.stats.maihda import strata_of
from evaluation.stats.oaxaca import group_model, twofold

FILE = Path(__file__).parents[3] / "shared" / "data" / "nlys00_gender_gap" / "nlys00.csv"
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the public data of nlys00_gender_gap are not on this machine"
)
COMPOSITION = {
    "age": -0.007885058,
    "region": -0.004396870,
    "education": 0.020456057,
    "years_worked_civilian": -0.075649400,
    "years_worked_military": -0.017728902,
    "part_time": -0.066637519,
    "family_responsibility": -0.031868276,
    "industry": -0.023159799,
}


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(FILE)


def _columns(people):
    blocks = [
        people[[name]]
        if pd.api.types.is_numeric_dtype(people[name])
        else pd.get_dummies(people[name]).iloc[:, 1:]
        for name in COMPOSITION
    ]
    sizes = [block.shape[1] for block in blocks]
    return np.column_stack([np.ones(len(people)), *blocks]).astype(float), sizes


def test_the_published_decomposition(people):
    x, sizes = _columns(people)
    y, women = np.log(people["wage"].to_numpy()), (people["female"] == "yes").to_numpy()
    found = twofold(group_model(y[women], x[women]), group_model(y[~women], x[~women]), second_order=True)
    numbers = [found.gap, *found.parts, found.gap_std_error, *found.parts_std_error]
    published = [-0.23330029, -0.20686977, -0.02643052, 0.01466550, 0.01828421, 0.01907475]
    assert numbers == pytest.approx(published, abs=6e-9)
    starts = np.cumsum([1, *sizes])
    detail = [found.detail[a:b, 0].sum() for a, b in pairwise(starts)]
    assert detail == pytest.approx(list(COMPOSITION.values()), abs=6e-10)


def test_the_intersections(people):
    origin = np.where(
        people["black"] == "yes", "black", np.where(people["hispanic"] == "yes", "hispanic", "other")
    )
    label = people["female"] + "|" + origin + "|" + people["education"]
    kinds = pd.DataFrame({"female": people["female"], "origin": origin, "education": people["education"]})
    main = pd.get_dummies(kinds, drop_first=True).to_numpy(float)
    found = strata_of(np.log(people["wage"]), label, main)
    assert len(found.n) == 48
    numbers = [found.between, found.within, found.vpc, found.between_main, found.within_main, found.vpc_main]
    published = [0.191530, 0.207780, 0.479652, 0.000848, 0.207683, 0.004069]
    assert numbers == pytest.approx(published, abs=2e-5)
    assert found.pcv == pytest.approx(0.99557, abs=2e-5)
