"""Tables of comparisons: known truth, refusals, and what must not matter."""

import numpy as np
import pandas as pd
import pytest

from evaluation.impact.balance import baseline_difference
from evaluation.impact.estimates import ESTIMATORS, impact_estimates, placebo_estimates
from evaluation.impact.panel import panel_effect, staggered_effect
from evaluation.impact.pooled import heterogeneity, pooled_change
from evaluation.impact.sensitivity import bounded_difference, hidden_bias, regression_corrected
from evaluation.result import Result
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.methods import METHODS
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.terms import COMPUTED_BY, TERMS

from .people import two_groups

COVARIATES = ["age", "role"]


def estimates(table, **options):
    return impact_estimates(table, treated="took", **options).table.set_index("term")


def panel(effect=0.5):
    """Return three waves of 24 organisations of which 12 take part from the second one on."""
    wide = two_groups(size=1, effect=0)
    rng = np.random.default_rng(3)
    rows = [
        pd.DataFrame(
            {
                "organisation": wide["organisation"],
                "wave": wave,
                "value": wide["before"] + 0.1 * wave + 0.2 * rng.normal(size=len(wide)),
                "took": wide["took"] * (wave > 1),
                "start": np.where(wide["took"] == 1, 2, 0),
            }
        ).assign(value=lambda rows: rows["value"] + effect * rows["took"])
        for wave in (1, 2, 3)
    ]
    return pd.concat(rows, ignore_index=True)


def test_every_way_finds_the_truth_in_many_organisations():
    found = estimates(two_groups(companies=200, treated=100, effect=0.5), covariates=COVARIATES)
    assert set(found.index) == set(ESTIMATORS)
    assert found["estimate"].between(0.35, 0.65).all()
    assert found.loc[found.index != "randomisation", "conf_low"].gt(0.2).all()


def test_words_and_methods_are_known():
    table = two_groups()
    results = [
        impact_estimates(table, treated="took", covariates=COVARIATES),
        baseline_difference(
            table, treated="took", covariates=COVARIATES, weights=["unweighted", "entropy_balance"]
        ),
        hidden_bias(table, treated="took"),
        bounded_difference(table, treated="took", covariates=["age"]),
        panel_effect(panel(), treated="took", unit="organisation", cluster=None),
        staggered_effect(panel(), start="start"),
        pooled_change(pd.DataFrame({"estimate": [0.2, 0.4, 0.3], "std_error": [0.1, 0.1, 0.2]})),
    ]
    for result in results:
        rows = result.table
        assert result.meta.method in METHODS
        assert set(rows["estimand"]) <= set(ESTIMANDS)
        assert set(rows.get("method", pd.Series(dtype=object)).dropna()) <= set(COMPUTED_BY)
        assert set(rows.get("reason", pd.Series(dtype=object)).dropna()) <= set(REASONS)
        assert set(rows["term"]) <= {*TERMS, "before", "age", "role.manager"}
        assert all(str(finding) for lang in ("sv", "en") for finding in result.describe(lang))


@pytest.mark.parametrize(
    ("treated", "method"), [(4, "too_few_clusters"), (6, "wild_bootstrap"), (12, "cr2_satterthwaite")]
)
def test_few_organisations_get_the_inference_they_can_carry(treated, method):
    found = estimates(two_groups(treated=treated))
    regressions = ["difference_in_differences", "ancova", "entropy_balance"]
    assert set(found.loc[regressions, "method"]) == {method}
    assert found.loc[regressions, "conf_low"].isna().all() == (method == "too_few_clusters")
    assert found.loc["robust_difference", "method"] == (
        "cr2_satterthwaite" if method == "cr2_satterthwaite" else "too_few_clusters"
    )


def test_without_a_comparison_group_nothing_is_estimated():
    alone = two_groups().query("took == 1")
    for estimate in (estimates, lambda table: baseline_difference(table, treated="took", covariates=["age"])):
        with pytest.raises(EstimationError, match="some who took part and some who did not"):
            estimate(alone)


def test_groups_that_nothing_makes_comparable_get_a_reason():
    apart = two_groups().assign(before=lambda rows: rows["before"] + 100 * rows["took"])
    found = estimates(apart)
    assert found.loc["entropy_balance", "reason"] == "not_comparable"
    assert np.isnan(found.loc["entropy_balance", "estimate"])
    assert pd.isna(found.loc["difference_in_differences", "reason"])


def test_names_and_the_order_of_rows_do_not_matter():
    table = two_groups(treated=6)
    renamed = table.assign(organisation=table["organisation"].str[::-1] + "x").sample(frac=1, random_state=1)
    ours, theirs = (
        estimates(t, covariates=COVARIATES).drop(columns=["reason", "method"]) for t in (table, renamed)
    )
    np.testing.assert_allclose(ours.select_dtypes(float), theirs.select_dtypes(float), rtol=1e-6, atol=1e-9)


def test_more_effect_for_those_who_took_part_moves_the_estimate_by_as_much():
    table = two_groups()
    moved = table.assign(after=table["after"] + 0.25 * table["took"])
    still = estimates(table)["estimate"]
    np.testing.assert_allclose(estimates(moved)["estimate"] - still, 0.25, atol=1e-7)


def test_entropy_balancing_makes_the_means_equal_and_overlap_weights_too():
    found = baseline_difference(
        two_groups(),
        treated="took",
        covariates=["before", *COVARIATES],
        weights=["unweighted", "overlap_weights", "entropy_balance"],
    ).table
    weighted = found[found["method"] != "unweighted"]
    assert weighted["estimate"].abs().max() < 1e-6
    assert set(weighted["reason"]) == {"baseline_alike"}
    assert found[found["method"] == "unweighted"]["estimate"].abs().max() > 0.05


def test_placebos_are_adjusted_for_being_several():
    table = two_groups(effect=0)
    outcomes = {"a": ("before", "after"), "b": ("age", "age2")}
    table["age2"] = table["age"] + np.random.default_rng(1).normal(size=len(table))
    found = placebo_estimates(table, treated="took", outcomes=outcomes).table
    assert (found["p_adjusted"] >= found["p_value"]).all()
    assert found["term"].tolist() == ["a", "b"]


def test_a_panel_finds_what_was_put_in():
    found = panel_effect(panel(), treated="took", unit="organisation", cluster=None).table.iloc[0]
    late = staggered_effect(panel(), start="start").table.set_index("term")
    assert found["conf_low"] < 0.5 < found["conf_high"]
    assert late.loc["average_effect", "conf_low"] < 0.5 < late.loc["average_effect", "conf_high"]
    assert found["n_groups"] == late["n_groups"].iloc[0] == 12


def test_sensitivity_grows_with_the_difference():
    weak, strong = (hidden_bias(two_groups(effect=e), treated="took").table["estimate"] for e in (0.3, 1.2))
    assert (strong >= weak).all() and strong.iloc[0] > weak.iloc[0]
    bounds = bounded_difference(two_groups(), treated="took", violations=(0.1, 0.4)).table
    trend = bounds[bounds["term"] == "trend"]
    assert np.all(np.diff(trend["conf_high"] - trend["conf_low"]) > 0)
    np.testing.assert_allclose(trend["detectable"], trend["detectable"].iloc[0])


def test_regression_to_the_mean_is_taken_off():
    change = Result(
        pd.DataFrame(
            [{"estimand": "mean_change", "estimate": 0.5, "conf_low": 0.2, "conf_high": 0.8, "n": 9}]
        )
    )
    found = regression_corrected(change, selected_mean=2.0, mean=3.0, reliability=0.6).table
    assert found["estimate"].tolist() == pytest.approx([0.1, 0.4])
    assert found["conf_low"].iloc[0] == pytest.approx(-0.2)


def test_a_prediction_is_wider_than_the_mean_and_heterogeneity_a_share():
    table = pd.DataFrame({"estimate": [0.1, 0.5, 0.3, 0.8], "std_error": [0.1, 0.1, 0.15, 0.1]})
    mean, further = pooled_change(table).table.to_dict("records")
    assert (
        further["conf_low"] < mean["conf_low"] < mean["estimate"] < mean["conf_high"] < further["conf_high"]
    )
    share = heterogeneity(table).table.iloc[0]
    assert 0 <= share["conf_low"] <= share["estimate"] <= share["conf_high"] <= 1


@pytest.mark.parametrize(("treated", "method"), [(3, "too_few_clusters"), (6, "wild_bootstrap")])
def test_a_panel_counts_the_side_that_has_fewer(treated, method):
    rows = panel()
    few = rows["organisation"] < f"c{treated:02d}"
    found = panel_effect(
        rows.assign(took=rows["took"] * few), treated="took", unit="organisation", cluster=None
    )
    row = found.table.iloc[0]
    assert (row["n_groups"], row["method"]) == (treated, method)
    assert np.isnan(row["conf_low"]) == (method == "too_few_clusters")
