"""Differences between groups, with both groups' numbers beside them."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evaluation.equality.gap import group_mean, mean_gap
from evaluation.vocabulary.errors import EstimationError

RNG = np.random.default_rng(11)
WOMEN, MEN = RNG.normal(3.6, 0.8, 24), RNG.normal(3.2, 0.8, 18)
FIRMS = [f"f{i % 6}" for i in range(42)]


def table(women=WOMEN, men=MEN, firms=None) -> pd.DataFrame:
    sex = ["women"] * len(women) + ["men"] * len(men)
    return pd.DataFrame({"value": [*women, *men], "sex": sex, "organisation": firms or FIRMS[: len(sex)]})


def gap(frame: pd.DataFrame, **options) -> pd.Series:
    return mean_gap(frame, **{"group": "sex", "reference": "men", **options}).table.iloc[0]


def test_without_organisations_it_is_welchs_test():
    """With everyone a cluster of their own, CR2 is Welch's variance and nearly its degrees of freedom."""
    row = gap(table(), cluster=None)
    known = stats.ttest_ind(WOMEN, MEN, equal_var=False)
    assert row["statistic"] == pytest.approx(known.statistic, rel=1e-10)
    assert row["p_value"] == pytest.approx(known.pvalue, abs=0.01)
    assert row["estimate"] == WOMEN.mean() - MEN.mean()


def test_both_groups_are_beside_the_difference():
    row = gap(table())
    assert (row["mean_level"], row["mean_reference"]) == pytest.approx((WOMEN.mean(), MEN.mean()))
    assert (row["n_level"], row["n_reference"], row["n"], row["n_groups"]) == (24, 18, 42, 6)
    assert row["contrast"] == "women - men"


def test_exchanging_the_groups_changes_the_sign_only():
    row, other = gap(table()), gap(table(), reference="women")
    for name in ("estimate", "statistic"):
        assert row[name] == pytest.approx(-other[name])
    assert (row["conf_low"], row["conf_high"]) == pytest.approx((-other["conf_high"], -other["conf_low"]))
    assert row["p_value"] == pytest.approx(other["p_value"])


def test_groups_are_compared_one_at_a_time():
    third = table().assign(sex=["other"] * 12 + ["women"] * 12 + ["men"] * 18)
    rows = mean_gap(third, group="sex", reference="men").table
    assert rows["level"].tolist() == ["other", "women"]
    alone = gap(third[third["sex"] != "other"])
    assert rows.iloc[1]["std_error"] == pytest.approx(alone["std_error"], rel=1e-10)


def test_levels_are_shown_in_the_given_order_even_without_answers():
    rows = mean_gap(table(), group="sex", reference="men", levels=["other", "men", "women"]).table
    assert rows["level"].tolist() == ["other", "women"]
    assert rows.iloc[0]["n_level"] == 0
    assert rows.iloc[0]["n_reference"] == 18
    assert np.isnan(rows.iloc[0]["estimate"])


def test_nobody_in_the_reference_group_is_told_unless_the_levels_are_stated():
    only = table()[lambda frame: frame["sex"] == "women"]
    with pytest.raises(EstimationError, match=r"reference group men.*women"):
        gap(only)
    row = gap(only, levels=["women"])
    assert (row["n_level"], row["n_reference"]) == (24, 0)
    assert np.isnan(row["estimate"])


def test_only_the_reference_group_is_a_row_about_nobody():
    row = gap(table()[lambda frame: frame["sex"] == "men"])
    assert row["n"] == 0
    assert row["contrast"] is None


def test_the_organisations_counted_are_those_of_the_smaller_side():
    """All women work in one company, so nothing is known of how much companies differ among women."""
    row = gap(table(firms=["f0"] * 24 + [f"f{i % 8}" for i in range(18)]))
    assert row["n_groups"] == 1


def test_one_organisation_and_one_answer_have_means_but_no_interval():
    for frame in (table(firms=["f0"] * 42), table(women=[4.0])):
        row = gap(frame)
        assert row["estimate"] == pytest.approx(row["mean_level"] - row["mean_reference"])
        assert np.isnan([row["conf_low"], row["p_value"], row["std_error"]]).all()


def test_equal_answers_within_groups_have_no_interval():
    row = gap(table([4.0] * 12, [3.0] * 12))
    assert (row["estimate"], row["std_error"]) == (1.0, 0.0)
    assert np.isnan(row["conf_low"])


@pytest.mark.parametrize("kind", ["category", "str", "string", "object"])
def test_the_type_of_the_columns_does_not_matter(kind):
    typed = table().astype({"sex": kind, "organisation": kind})
    pd.testing.assert_series_equal(gap(typed), gap(table()))


def test_categories_give_the_order_of_the_groups():
    frame = table().assign(sex=pd.Categorical(table()["sex"], ["women", "other", "men"]))
    assert mean_gap(frame, group="sex", reference="men").table["level"].tolist() == ["women"]
    assert mean_gap(frame, group="sex", reference="women").table["level"].tolist() == ["men"]


def test_people_without_an_organisation_are_alone():
    firms = [*FIRMS[:40], None, None]
    row = gap(table(firms=firms), reference="women")
    assert row["level"] == "men"
    assert row["n_groups"] == 6
    alone = gap(table(firms=[None] * 42))
    assert alone["std_error"] == pytest.approx(gap(table(), cluster=None)["std_error"])


def test_missing_groups_and_values_are_left_out():
    frame = pd.concat([table(), table().assign(sex=None), table().assign(value=np.nan)])
    pd.testing.assert_series_equal(gap(frame), gap(table()))


@pytest.mark.parametrize("name", ["sex", "value", "organisation"])
def test_a_column_that_is_not_there_is_named(name):
    with pytest.raises(EstimationError, match=f"no column {name}"):
        gap(table().drop(columns=name))


def test_group_means_have_the_interval_of_a_mean():
    rows = group_mean(table(), group="sex", levels=["women", "men"], cluster=None).table
    known = stats.ttest_1samp(WOMEN, 0).confidence_interval(0.95)
    assert rows["estimate"].tolist() == pytest.approx([WOMEN.mean(), MEN.mean()])
    assert (rows.iloc[0]["conf_low"], rows.iloc[0]["conf_high"]) == pytest.approx((known.low, known.high))
    assert rows["n"].tolist() == [24, 18]
    assert rows["n_groups"].tolist() == [24, 18]


def test_a_group_of_one_organisation_or_nobody_has_no_interval():
    rows = group_mean(table(firms=["f0"] * 42), group="sex", levels=["women", "other"]).table
    assert rows["estimate"].iloc[0] == pytest.approx(WOMEN.mean())
    assert np.isnan(rows["conf_low"]).all()
    assert rows["n"].tolist() == [24, 0]
    assert np.isnan(rows["estimate"].iloc[1])
