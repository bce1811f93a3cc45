"""What may be said of a target: four sets of people, each with limits of its own."""

import numpy as np
import pandas as pd
import pytest

from evaluation.stats.cluster_share import cluster_share
from evaluation.stats.proportion import clopper_pearson, hypergeometric
from evaluation.targets.answers import answers_still_needed, target_answers
from evaluation.vocabulary.errors import EstimationError


def answered(yes: int, no: int, silent: int = 0, firms: int = 0) -> pd.DataFrame:
    table = pd.DataFrame({"positive": [1.0] * yes + [0.0] * no + [np.nan] * silent})
    return table.assign(organisation=[f"f{i % firms}" for i in range(len(table))]) if firms else table


def rows(table: pd.DataFrame, n_total: int, **options) -> pd.DataFrame:
    return target_answers(table, n_total=n_total, target=0.7, **options).table.set_index("term")


def test_companies_have_five_answers():
    found = rows(answered(14, 8), 30)
    assert list(found.index) == [
        "among_answered", "among_all", "programme", "programmes_like_this", "predicted",
    ]  # fmt: skip
    assert (found.loc["among_answered", "estimate"], found.loc["among_answered", "k"]) == (14 / 22, 14)
    certain = found.loc["among_all"]
    assert (certain["bound_low"], certain["bound_high"]) == (14 / 30, 22 / 30)
    assert (certain["n_needed"], certain["tipping_share"]) == (7, pytest.approx(7 / 8))
    limits = found.loc["programme", ["conf_low", "conf_high"]].tolist()
    assert limits == [hypergeometric(14, 22, 30).conf_low, hypergeometric(14, 22, 30).conf_high]
    assert found.loc["programmes_like_this", "conf_low"] == clopper_pearson(14, 22).conf_low


def test_people_in_companies_have_clustered_limits():
    table = answered(50, 30, firms=16)
    found = rows(table, 110, cluster="organisation")
    known = cluster_share(table["positive"], table["organisation"])
    assert found.loc["programmes_like_this", "conf_low"] == pytest.approx(known.conf_low)
    assert found.loc["programmes_like_this", "df"] == pytest.approx(known.df)
    finite = cluster_share(table["positive"], table["organisation"], n_total=110)
    assert found.loc["programme_clustered", "conf_high"] == pytest.approx(finite.conf_high)
    assert found.loc["programmes_korn_graubard", "method"] == "korn_graubard"


def test_who_is_told_about_widens_the_range():
    found = rows(answered(50, 30, firms=16), 110, cluster="organisation")
    width = found["conf_high"] - found["conf_low"]
    assert width["programme_clustered"] < width["programmes_like_this"]


def test_a_census_has_no_interval():
    found = rows(answered(21, 9, firms=10), 30, cluster="organisation")
    assert np.isnan(found.loc["programme", "conf_low"])
    assert "programme_clustered" not in found.index
    assert found.loc["among_all", "bound_low"] == found.loc["among_all", "bound_high"] == 0.7
    assert np.isnan(found.loc["among_all", "n_needed"])
    assert found.loc["predicted", "probability"] == pytest.approx(1)
    assert rows(answered(20, 10), 30).loc["predicted", "probability"] == pytest.approx(0)


def test_what_cannot_be_reached_has_no_chance():
    found = rows(answered(10, 15), 30)
    assert found.loc["predicted", "probability"] == 0
    assert found.loc["among_all", "tipping_share"] > 1


def test_silent_companies_count_in_the_prediction():
    table = answered(40, 8, firms=8)
    sizes = {f"f{i}": 6 for i in range(8)} | {"silent": 20}
    whole = rows(table, 68, cluster="organisation", sizes=sizes).loc["predicted"]
    apart = rows(table, 68, cluster="organisation").loc["predicted"]
    assert whole["conf_high"] - whole["conf_low"] > apart["conf_high"] - apart["conf_low"]


def test_sizes_of_others_are_refused():
    with pytest.raises(EstimationError, match="2 too many"):
        rows(answered(4, 1, firms=5), 5, cluster="organisation", sizes={"f0": 3})


def test_few_organisations_have_no_clustered_limits():
    found = rows(answered(12, 8, firms=4), 40, cluster="organisation")
    assert found.loc["programme_clustered", "method"] == "too_few_clusters"
    assert found.loc[["programme_clustered", "programmes_like_this"], "conf_low"].isna().all()


def test_nobody_answered():
    found = rows(answered(0, 0, 5), 30)
    assert list(found.index) == ["among_answered", "among_all"]
    assert found["estimate"].isna().all()
    assert answers_still_needed(answered(0, 0, 5), n_total=30, target=0.7).table["estimate"].isna().all()


def test_more_answers_than_units_are_refused():
    with pytest.raises(EstimationError, match="said to have 3"):
        rows(answered(3, 1), 3)


def test_answers_still_needed_settle_it():
    """With that many more answers of the same kind the bounds lie on one side, with one fewer they do not."""
    needed = answers_still_needed(answered(14, 8), n_total=30, target=0.7).table["estimate"]
    assert needed.tolist() == [5.0, 5.0]
    assert answers_still_needed(answered(28, 2), n_total=30, target=0.7).table["estimate"].tolist() == [0, 0]
