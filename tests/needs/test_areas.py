import numpy as np
import pandas as pd
import pytest

from evaluation.needs.areas import FEWEST, need_areas, need_ranks
from evaluation.needs.discrepancy import complete_pairs, quadrants, ranked_discrepancy, weighted_discrepancy
from evaluation.vocabulary.errors import EstimationError

AREAS = {"sales": ("n1", "c1"), "export": ("n2", "c2"), "staff": ("n3", "c3"), "money": ("n4", "c4")}


def people(firms, rng, lack=(2.0, 1.0, 0.5, 0.0)):
    table = pd.DataFrame({"organisation": np.repeat([f"f{i}" for i in range(firms)], 6)})
    for number, missing in enumerate(lack, start=1):
        table[f"n{number}"] = 4.0
        table[f"c{number}"] = (4.0 - missing + rng.normal(0, 0.4, len(table))).round(2)
    return table


def test_both_scores_by_hand():
    assert weighted_discrepancy([5, 4, np.nan], [3, 4, 1]) == pytest.approx(1 * 4.5)
    found = ranked_discrepancy([5, 4, 2], [3, 4, 3])
    assert (found.below, found.above, found.equal, found.score) == pytest.approx((1 / 3, 1 / 3, 1 / 3, 0))
    assert np.isnan(weighted_discrepancy([np.nan], [1]))
    with pytest.raises(EstimationError):
        complete_pairs([1, 2], [1])


def test_an_area_on_a_dividing_line_has_no_quadrant():
    assert quadrants([4, 2, 3], [1, 3, 2]).names == ("focus", "enough", "")


def test_the_known_order_is_found_with_certainty():
    found = need_ranks(people(20, np.random.default_rng(1)), AREAS).table
    for _, rows in found.groupby("term"):
        assert rows["estimate"].tolist() == [1, 2, 3, 4]
        assert rows["probability"].tolist() == [1, 1, 1, 0]
    weighted = found[found["term"] == "need_weighted"]
    assert (weighted["conf_low"] <= weighted["estimate"]).all()
    assert (weighted["conf_high"] >= weighted["estimate"]).all()


def test_areas_that_do_not_differ_can_have_any_rank():
    found = need_ranks(people(20, np.random.default_rng(2), (1.0,) * 4), AREAS).table
    weighted = found[found["term"] == "need_weighted"]
    assert (weighted["conf_high"] - weighted["conf_low"]).max() >= 2
    assert weighted["probability"].sum() == pytest.approx(3, abs=0.1)


def test_few_organisations_give_ranks_without_limits():
    found = need_ranks(people(FEWEST - 1, np.random.default_rng(3)), AREAS).table
    assert found["estimate"].notna().all()
    assert found[["conf_low", "conf_high", "probability"]].isna().all(axis=None)


def test_areas_count_those_who_answered_both():
    table = people(8, np.random.default_rng(4))
    table.loc[:9, "n1"] = np.nan
    row = need_areas(table, AREAS).table.iloc[0]
    assert row["n"] == 38
    assert row["estimate"] == pytest.approx(row["mean_reference"] - row["mean_level"])
