"""The mean change of those who answered both times."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evaluation.change.paired import mean_change
from evaluation.vocabulary.errors import EstimationError

BEFORE = [2.0, 3.0, 3.0, 4.0, 1.0, 5.0, 2.0, 4.0]
AFTER = [3.0, 3.0, 4.0, 5.0, 3.0, 4.0, 4.0, 5.0]
FIRMS = ["x", "x", "y", "y", "z", "z", "v", "v"]


def long(before=BEFORE, after=AFTER, firms=FIRMS, people=None) -> pd.DataFrame:
    names = people or [f"p{i}" for i in range(len(before))]
    waves = [
        pd.DataFrame({"person": names, "organisation": firms, "wave": wave, "value": values})
        for wave, values in (("w1", before), ("w3", after))
    ]
    return pd.concat(waves, ignore_index=True)


def change(table: pd.DataFrame, **options) -> pd.Series:
    return mean_change(table, before="w1", after="w3", **options).table.iloc[0]


def test_without_organisations_it_is_the_paired_t_test():
    row = change(long(), cluster=None)
    known = stats.ttest_rel(AFTER, BEFORE)
    interval = known.confidence_interval(0.95)
    assert row["statistic"] == pytest.approx(known.statistic, rel=1e-12)
    assert row["p_value"] == pytest.approx(known.pvalue, rel=1e-10)
    assert row["df"] == pytest.approx(known.df, rel=1e-10)
    assert (row["conf_low"], row["conf_high"]) == pytest.approx((interval.low, interval.high), rel=1e-10)


def test_everyone_alone_in_an_organisation_is_the_same():
    alone = change(long(firms=[f"f{i}" for i in range(8)]))
    assert alone["std_error"] == pytest.approx(change(long(), cluster=None)["std_error"], rel=1e-12)
    assert alone["n_groups"] == 8


def twice(**options) -> pd.DataFrame:
    """Sixteen people in eight organisations."""
    firms = [f"{firm}{copy}" for copy in (1, 2) for firm in FIRMS]
    return long(BEFORE * 2, [*AFTER, *(value + 1 for value in AFTER[:4]), *AFTER[4:]], firms, **options)


def test_equal_organisations_are_the_t_test_of_their_means():
    row = change(twice())
    both = twice().pivot_table(index="person", columns="wave", values="value", sort=False)
    means = (both["w3"] - both["w1"]).to_numpy().reshape(8, 2).mean(axis=1)
    known = stats.ttest_1samp(means, 0)
    assert row["statistic"] == pytest.approx(known.statistic, rel=1e-10)
    assert row["df"] == pytest.approx(7, rel=1e-10)
    assert (row["n_groups"], row["method"]) == (8, "cr2_satterthwaite")


@pytest.mark.parametrize(
    ("firms", "method"), [(5, "wild_bootstrap"), (7, "wild_bootstrap"), (4, "too_few_clusters")]
)
def test_few_organisations_choose_the_method(firms, method):
    """The wild bootstrap with five to seven organisations, nothing with fewer; the estimate is always there."""
    row = change(long(firms=[f"f{i % firms}" for i in range(8)]))
    assert (row["method"], row["n_groups"], row["estimate"]) == (method, firms, 0.875)
    assert np.isnan(row["conf_low"]) == np.isnan(row["p_value"]) == (method == "too_few_clusters")
    assert row["df"] == pytest.approx(firms - 1, abs=0.7)


def test_given_chance_is_used():
    table = long(firms=[f"f{i % 6}" for i in range(8)])
    drawn = {change(table, rng=np.random.default_rng(seed))["conf_low"] for seed in (1, 2)}
    assert len(drawn) == 2
    assert change(table)["conf_low"] == change(table)["conf_low"]


def test_means_are_of_those_who_answered_both_times():
    table = long()
    table.loc[0, "value"] = np.nan
    row = change(table)
    assert row["n"] == 7
    assert row["mean_before"] == pytest.approx(np.mean(BEFORE[1:]))
    assert row["mean_after"] == pytest.approx(np.mean(AFTER[1:]))
    assert row["estimate"] == pytest.approx(row["mean_after"] - row["mean_before"])


def test_the_level_widens_the_interval():
    narrow, wide = change(twice(), conf_level=0.8), change(twice(), conf_level=0.99)
    assert wide["conf_low"] < narrow["conf_low"] < narrow["conf_high"] < wide["conf_high"]


def test_someone_without_an_organisation_is_alone():
    row = change(long(firms=["x", "x", "y", "y", "z", "z", None, None]))
    assert row["n_groups"] == 5


@pytest.mark.parametrize("kind", ["object", "category", "str", "string"])
def test_the_type_of_the_columns_does_not_matter(kind):
    firms = ["x", "x", "y", "y", "z", None, "v", "v"]
    table = long(firms=firms)
    typed = table.astype({"person": kind, "organisation": kind, "wave": kind})
    pd.testing.assert_series_equal(change(typed), change(table))


def test_whole_and_nullable_numbers_are_read_alike():
    table = long()
    typed = table.assign(value=table["value"].astype("Int64"))
    typed.loc[0, "value"] = pd.NA
    table.loc[0, "value"] = np.nan
    pd.testing.assert_series_equal(change(typed), change(table))


def test_numbers_may_name_people_and_organisations():
    """A person without an organisation is not put into the organisation that happens to have their number."""
    table = long(firms=[1, 1, 2, 2, 3, 3, None, 4], people=[5, 6, 7, 8, 9, 10, 1, 2])
    assert change(table)["n_groups"] == 5


def test_who_moved_counts_where_they_were_before():
    table = long()
    table.loc[table["wave"] == "w3", "organisation"] = ["x"] * 8
    assert change(table)["n_groups"] == 4
    pd.testing.assert_series_equal(change(table.iloc[::-1]), change(table))


def test_an_organisation_that_is_known_only_afterwards_counts():
    table = long()
    table.loc[table["wave"] == "w1", "organisation"] = None
    assert change(table)["n_groups"] == 4


def test_rows_without_a_person_pair_with_nobody():
    extra = pd.DataFrame(
        {"person": [None] * 4, "organisation": "x", "wave": ["w1", "w1", "w3", "w3"], "value": 5.0}
    )
    pd.testing.assert_series_equal(change(pd.concat([long(), extra])), change(long()))


@pytest.mark.parametrize("waves", [["w1"], ["w3"], [], ["w1", "w2"]])
def test_nobody_in_both_waves_is_a_row_about_nobody(waves):
    known = long().astype({"wave": pd.CategoricalDtype(["w1", "w2", "w3"])})
    row = change(known[lambda table: table["wave"].isin(waves)])
    assert (row["n"], row["n_groups"]) == (0, 0)
    assert np.isnan(row["estimate"])


def test_a_wave_that_is_no_wave_of_the_table_is_told():
    with pytest.raises(EstimationError, match="The column wave has no value w3"):
        change(long()[lambda table: table["wave"] == "w1"])


def test_one_pair_has_a_change_and_no_interval():
    row = change(long([3.0], [4.0], ["x"]))
    assert row["estimate"] == 1.0
    assert np.isnan([row["conf_low"], row["p_value"], row["std_change"]]).all()


def test_one_organisation_has_a_change_and_no_interval():
    row = change(long(firms=["x"] * 8))
    assert row["estimate"] == pytest.approx(0.875)
    assert np.isnan(row["conf_low"])


def test_equal_changes_have_no_interval():
    row = change(long(after=[value + 1 for value in BEFORE]), cluster=None)
    assert (row["estimate"], row["std_error"]) == (1.0, 0.0)
    assert np.isnan(row["conf_low"])
    assert row["std_change"] == pytest.approx(1 / np.std(BEFORE, ddof=1))


def test_a_standardised_change_needs_differences_between_people():
    assert np.isnan(change(long([3.0] * 8, [4.0] * 8))["std_change"])


def test_a_unit_that_answers_twice_is_refused():
    with pytest.raises(EstimationError, match="8 rows repeat"):
        change(pd.concat([long(), long()[lambda table: table["wave"] == "w1"]]))
    with pytest.raises(EstimationError, match="One row repeats"):
        change(pd.concat([long(), long().head(1)]))


@pytest.mark.parametrize("name", ["person", "wave", "value", "organisation"])
def test_a_column_that_is_not_there_is_named(name):
    with pytest.raises(EstimationError, match=f"no column {name}"):
        change(long().drop(columns=name))


def test_a_million_rows_take_seconds():
    count = 500_000
    rng = np.random.default_rng(1)
    firms = rng.integers(0, 20_000, count)
    table = long(rng.integers(1, 6, count), rng.integers(1, 6, count), firms, list(range(count)))
    row = change(table)
    assert row["n"] == count
    assert abs(row["estimate"]) < 0.02
