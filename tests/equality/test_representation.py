"""Who takes part, counted, and compared with who could."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evaluation.equality.representation import representation
from evaluation.vocabulary.errors import EstimationError


def people(**counts: int) -> pd.DataFrame:
    return pd.DataFrame({"sex": [level for level, count in counts.items() for _ in range(count)]})


def shares(*args, **options) -> pd.DataFrame:
    return representation(*args, group="sex", **options).table.set_index("level")


def test_shares_are_counts_of_all_with_a_value():
    found = shares(pd.concat([people(women=6, men=4), people(**{"women": 0}).assign(sex=None)]))
    assert found.loc["women", ["estimate", "k", "n"]].tolist() == [0.6, 6, 10]
    assert found[["reference", "ratio", "p_value"]].isna().all(axis=None)


def test_a_stated_population_gives_ratio_and_exact_test():
    found = shares(people(women=15, men=5), reference={"women": 0.5, "men": 0.5}).loc["women"]
    assert found["ratio"] == 1.5
    assert found["p_value"] == pytest.approx(stats.binomtest(15, 20, 0.5).pvalue)


def test_those_within_everyone_are_tested_against_the_rest():
    found = shares(people(women=12, men=3), within=people(women=40, men=60)).loc["women"]
    assert found["reference"] == 0.4
    assert found["ratio"] == pytest.approx(2.0)
    assert found["n_reference"] == 40
    assert found["p_value"] == pytest.approx(stats.fisher_exact([[12, 3], [28, 57]]).pvalue)


def test_everyone_compared_with_everyone_is_not_tested():
    found = shares(people(women=4, men=6), within=people(women=4, men=6))
    assert found["ratio"].tolist() == [1.0, 1.0]
    assert found["p_value"].isna().all()


def test_a_level_without_people_is_shown_if_it_was_asked_for():
    found = shares(people(men=9), levels=["women", "men"])
    assert found.loc["women", ["estimate", "k", "n"]].tolist() == [0.0, 0, 9]


def test_a_level_that_nobody_belongs_to_on_either_side_is_left_out():
    found = shares(people(men=9), levels=["women", "men", "other"], within=people(men=20, women=3))
    assert found.index.tolist() == ["women", "men"]


def test_a_level_outside_the_population_has_no_ratio():
    found = shares(people(women=5, other=5), reference={"women": 0.5, "men": 0.5})
    assert np.isnan(found.loc["other", "ratio"])
    assert found.loc["women", "ratio"] == 1.0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_population_share_of_nobody_or_everybody_is_not_tested(share):
    found = shares(people(women=5, men=5), reference={"women": share}).loc["women"]
    assert np.isnan(found["p_value"])


def test_nobody_takes_part():
    everyone = people(women=4, men=6)
    found = shares(everyone.head(0), levels=["women", "men"], within=everyone)
    assert found["k"].tolist() == [0, 0]
    assert found["estimate"].isna().all()
    assert shares(everyone.head(0))["n"].tolist() == [0]


def test_the_order_is_that_of_the_categories():
    frame = people(men=4, women=6)
    assert shares(frame).index.tolist() == ["men", "women"]
    ordered = frame.assign(sex=pd.Categorical(frame["sex"], ["women", "men", "other"]))
    assert shares(ordered).index.tolist() == ["women", "men"]


def test_a_test_is_cited_only_where_there_is_one():
    frame = people(women=6, men=4)
    assert representation(frame, group="sex").meta.references == ()
    assert representation(frame, group="sex", within=frame).meta.references == ("fisher1935",)
    assert representation(frame, group="sex", reference={"women": 0.5}).meta.references == ("fay2010",)


def test_two_comparisons_and_missing_columns_are_refused():
    frame = people(women=1)
    with pytest.raises(EstimationError, match="Give either"):
        representation(frame, group="sex", reference={"women": 0.5}, within=frame)
    with pytest.raises(EstimationError, match="no column age"):
        representation(frame, group="age")
