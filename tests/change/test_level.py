"""A mean at one wave, with companies as clusters."""

import numpy as np
import pandas as pd
import pytest

from evaluation.change.level import described_mean
from evaluation.stats.cluster_mean import cluster_mean


def test_the_numbers_are_those_of_the_clustered_mean():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"value": rng.normal(3, 1, 40), "organisation": [f"o{i % 9}" for i in range(40)]})
    row = described_mean(table, n_total=50).table.iloc[0]
    expected = cluster_mean(table["value"], table["organisation"])
    for name in ("estimate", "std_error", "conf_low", "conf_high", "df"):
        assert row[name] == pytest.approx(getattr(expected, name), rel=1e-12)
    assert (row["n"], row["n_groups"], row["n_total"]) == (40, 9, 50)


@pytest.mark.parametrize("values", [[], [3.0], [3.0, 4.0]])
def test_one_company_has_no_interval(values):
    table = pd.DataFrame({"value": values, "organisation": ["a"] * len(values)}, dtype=object)
    row = described_mean(table.assign(value=table["value"].astype(float))).table.iloc[0]
    assert np.isnan(row["conf_low"])
    assert row["n"] == len(values)
    assert np.isnan(row["estimate"]) == (not values)


def test_units_without_a_company_stand_for_themselves():
    table = pd.DataFrame({"value": [1.0, 2.0, 4.0], "organisation": [None, None, "a"]})
    assert described_mean(table).table["n_groups"].tolist() == [3]
