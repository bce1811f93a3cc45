"""What holds for every method: one kind of result, untouched input, and nothing depends on names or order."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest

from evaluation.change.answers import binary_change, share_improved
from evaluation.change.dose import dose_response
from evaluation.change.level import described_mean
from evaluation.change.ordinal import marginal_homogeneity, ordinal_change, ordinal_odds
from evaluation.change.paired import mean_change
from evaluation.change.ranks import change_checks, rank_change
from evaluation.change.standardised import ceiling, effect_sizes
from evaluation.change.waves import wave_contrasts, wave_means
from evaluation.equality.adjusted import adjusted_gap, gap_closing, gap_movement
from evaluation.equality.decomposition import gap_parts
from evaluation.equality.funnel import stage_gap, stage_rates
from evaluation.equality.gap import group_mean, mean_gap
from evaluation.equality.intersection import strata_map, strata_means, strata_shares
from evaluation.equality.representation import representation
from evaluation.equality.resources import resource_inequality, resource_means, resource_shares
from evaluation.equality.steps import step_rates, step_shares
from evaluation.result import Result
from evaluation.rules import evaluate
from evaluation.rules.measure import column, covered, hours, positives, scores
from evaluation.study import Study
from evaluation.targets.answers import answers_still_needed, target_answers
from evaluation.targets.attainment import attained_share, covered_share
from evaluation.targets.hours import time_share
from evaluation.text.catalogue import languages
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.references import REFERENCES

FOLDERS = ("targets", "change", "equality")
NOT_METHODS = {
    "paired_values",
    "said_of",
    "present_levels",
    "demand_levels",
    "complete_rows",
    "cluster_codes",
    "indicator_columns",
    "company_order",
    "closing_scores",
}


def at_the_end(study: Study) -> pd.DataFrame:
    return scores(study.indicator("change_ability"), study, ["after"])


def logged(study: Study) -> pd.DataFrame:
    return hours(study.indicator("time_participants"), study)


def change_scores(study: Study) -> pd.DataFrame:
    return scores(study.indicator("change_ability"), study, ["before", "after"])


def some_scores(study: Study) -> pd.DataFrame:
    """Return the scores of forty people: a model with a level each is slow."""
    table = change_scores(study)
    return table[table["person"].isin(sorted(table["person"].unique())[:40])]


def change_answers(study: Study) -> pd.DataFrame:
    table = change_scores(study)
    return table.assign(value=(table["value"] >= 4).astype(float))


def change_hours(study: Study) -> pd.DataFrame:
    logged_hours = study.log.groupby("person", observed=True)["hours"].sum()
    table = change_scores(study)
    return table.assign(hours=table["person"].astype("object").map(logged_hours).astype(float).fillna(0.0))


def goal_with_companies(study: Study) -> pd.DataFrame:
    people = study.people.astype({"person": "object"}).set_index("person")["organisation"]
    table = goal(study)
    return table.assign(organisation=table["person"].astype("object").map(people))


def by_sex(study: Study) -> pd.DataFrame:
    table = scores(study.indicator("influence_content"), study, ["after"])
    return table.assign(sex=table["person"].map(study.people.set_index("person")["sex"]))


def taking_part(study: Study) -> pd.DataFrame:
    return column(study.indicator("women_and_men"), study).rename(columns={"value": "sex"})


def goal(study: Study) -> pd.DataFrame:
    return positives(study.indicator("up_to_date_goal"), study, "after")["any"].table


def by_sex_and_role(study: Study) -> pd.DataFrame:
    table = by_sex(study)
    table["role"] = table["person"].map(study.people.set_index("person")["role"].astype(str))
    return table.drop(columns="wave")


def change_by_sex(study: Study) -> pd.DataFrame:
    table = change_scores(study)
    return table.assign(sex=table["person"].map(study.people.set_index("person")["sex"]))


def on_the_way(study: Study) -> pd.DataFrame:
    hours = study.log.groupby("person")["hours"].sum()
    table = study.people[["person", "organisation", "sex"]].copy()
    table["time"] = table["person"].map(hours).fillna(0.0).astype(float)
    table["has_time"] = table["time"] > table["time"].median()
    answered = study.answers.loc[
        study.answers["value"].notna() & (study.answers["wave"] == "after"), "person"
    ]
    return table.assign(answered=table["person"].isin(answered))


COMBINED = {"sex": ["women", "men"], "role": ["manager", "employee"]}

METHODS: dict[str, tuple[Callable[..., Result], Callable[[Study], pd.DataFrame]]] = {
    "attained_share": (partial(attained_share, n_total=191, target=0.7), goal),
    "covered_share": (covered_share, lambda study: covered(study.indicator("three_means"), study)),
    "mean_change": (partial(mean_change, before="before", after="after"), change_scores),
    **{
        function.__name__: (partial(function, before="before", after="after"), made)
        for function, made in (
            (share_improved, change_scores),
            (binary_change, change_answers),
            (ordinal_change, change_scores),
            (ordinal_odds, some_scores),
            (marginal_homogeneity, change_scores),
            (rank_change, change_scores),
            (change_checks, change_scores),
            (effect_sizes, change_scores),
            (dose_response, change_hours),
        )
    },
    "wave_contrasts": (partial(wave_contrasts, waves=["before", "after"]), change_scores),
    "wave_means": (partial(wave_means, waves=["before", "after"]), change_scores),
    "ceiling": (partial(ceiling, before="before", after="after", best=5), change_scores),
    "target_answers": (
        partial(target_answers, n_total=191, target=0.7, cluster="organisation"),
        goal_with_companies,
    ),
    "answers_still_needed": (partial(answers_still_needed, n_total=191, target=0.7), goal),
    "mean_gap": (partial(mean_gap, group="sex", reference="men", levels=["women", "other"]), by_sex),
    "group_mean": (partial(group_mean, group="sex", levels=["women", "men"]), by_sex),
    **{
        function.__name__: (partial(function, group="sex", level="women", reference="men", **options), made)
        for function, options, made in (
            (adjusted_gap, {"covariates": ["role"]}, by_sex_and_role),
            (gap_movement, {"covariates": ["role"]}, by_sex_and_role),
            (gap_parts, {"covariates": ["role"], "draws": 49}, by_sex_and_role),
            (gap_closing, {"before": "before", "after": "after"}, change_by_sex),
            (stage_gap, {"stages": ["has_time", "answered"], "draws": 49}, on_the_way),
        )
    },
    **{
        function.__name__: (partial(function, group="sex", levels=["women", "men"], **options), on_the_way)
        for function, options in (
            (stage_rates, {"stages": ["has_time", "answered"]}),
            (step_shares, {"steps": ["has_time", "answered"]}),
            (step_rates, {"steps": ["has_time", "answered"]}),
            (resource_means, {"resources": ["time"]}),
            (resource_shares, {"resources": ["time"]}),
        )
    },
    "resource_inequality": (partial(resource_inequality, resources=["time"]), on_the_way),
    **{
        function.__name__: (partial(function, groups=COMBINED, **options), by_sex_and_role)
        for function, options in ((strata_map, {}), (strata_means, {}), (strata_shares, {"draws": 5}))
    },
    "described_mean": (described_mean, at_the_end),
    "time_share": (partial(time_share, n_total=191), logged),
    "representation": (
        partial(representation, group="sex", reference={"women": 0.5, "men": 0.5}),
        taking_part,
    ),
}
DIRECTED = (
    "adjusted_gap",
    "gap_movement",
    "gap_parts",
    "gap_closing",
    "stage_gap",
    "binary_change",
    "ordinal_change",
    "ordinal_odds",
    "rank_change",
    "change_checks",
    "effect_sizes",
    "wave_contrasts",
)
DIFFERENCES = ("mean_change", "mean_gap")


@pytest.fixture(params=METHODS)
def method(request) -> str:
    return request.param


@pytest.fixture
def table(method, halland_study) -> pd.DataFrame:
    return METHODS[method][1](halland_study)


@pytest.fixture
def estimate(method) -> Callable[[pd.DataFrame], Result]:
    return METHODS[method][0]


EXACT, BY_SEARCH = 1e-9, 1e-7
"""Relative differences: rounding, and where the maximum of a mixed model's likelihood is searched for."""
SEARCHED = ("change_checks", "wave_contrasts")


def alike(result: Result, other: Result, rtol: float = EXACT) -> None:
    pd.testing.assert_frame_equal(result.table, other.table, rtol=rtol, atol=1e-12)
    assert result.meta == other.meta


def test_every_public_method_is_here():
    found = set()
    for folder in FOLDERS:
        package = importlib.import_module(f"evaluation.{folder}")
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            found |= {
                name
                for name, function in inspect.getmembers(module, inspect.isfunction)
                if function.__module__ == module.__name__ and not name.startswith("_")
            }
    assert found - NOT_METHODS == set(METHODS)


def test_the_result_is_one_of_ours(estimate, table):
    result = estimate(table)
    assert isinstance(result, Result)
    assert set(result.table.columns) <= set(GLOSSARY)
    assert set(result.table["estimand"]) <= set(ESTIMANDS)
    assert result.meta.method
    assert result.meta.protected is None
    assert set(result.meta.references) <= set(REFERENCES)
    assert len(table) > 20


def test_a_difference_says_its_direction(method, estimate, table):
    result = estimate(table).table
    said = "contrast" in result.columns and result["contrast"].notna()
    assert np.all(said) == (method in (*DIFFERENCES, *DIRECTED))
    if np.all(said):
        assert all(" - " in contrast for contrast in result["contrast"])


def test_the_docstring_names_every_parameter_and_reference(estimate, table):
    function = getattr(estimate, "func", estimate)
    text = inspect.getdoc(function)
    sections = re.split(r"\n(\w+)\n-{3,}\n", text)
    said = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert {"Parameters", "Returns", "References", "Examples"} <= said.keys()
    named = {
        name.strip()
        for line in said["Parameters"].splitlines()
        if line[:1].strip()
        for name in line.split(",")
    }
    assert set(inspect.signature(function).parameters) == named
    assert set(estimate(table).meta.references) <= set(re.split(r"[,\s]+", said["References"].strip()))


def test_the_table_is_not_touched(estimate, table):
    kept = table.copy(deep=True)
    estimate(table)
    pd.testing.assert_frame_equal(table, kept)


def test_twice_is_the_same(estimate, table):
    alike(estimate(table), estimate(table))


def test_the_order_of_rows_does_not_matter(method, estimate, table):
    rtol = BY_SEARCH if method in SEARCHED else EXACT
    for seed in range(3):
        alike(estimate(table.sample(frac=1, random_state=seed)), estimate(table), rtol)


def test_what_people_and_organisations_are_called_does_not_matter(estimate, table):
    renamed = table.assign(
        **{
            name: table[name].astype("object").map(lambda key: f"{key[::-1]}-x", na_action="ignore")
            for name in ("person", "organisation")
            if name in table.columns
        }
    )
    alike(estimate(renamed), estimate(table))


def test_an_index_of_any_kind_does_not_matter(estimate, table):
    alike(estimate(table.set_axis([7] * len(table))), estimate(table))


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_constant_on_all_scores_moves_no_difference(name, halland_study):
    estimate, made = METHODS[name]
    table = made(halland_study)
    moved, still = (estimate(t).table for t in (table.assign(value=table["value"] + 3), table))
    same = ["estimate", "std_error", "conf_low", "conf_high", "df", "p_value", "n"]
    pd.testing.assert_frame_equal(moved[same], still[same], rtol=1e-9)


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_reversed_scale_turns_the_sign(name, halland_study):
    estimate, made = METHODS[name]
    table = made(halland_study)
    turned, still = (estimate(t).table for t in (table.assign(value=6 - table["value"]), table))
    np.testing.assert_allclose(turned["estimate"], -still["estimate"], atol=1e-12)
    np.testing.assert_allclose(turned["conf_low"], -still["conf_high"], atol=1e-12)
    np.testing.assert_allclose(turned["p_value"], still["p_value"], rtol=1e-9)


@pytest.mark.parametrize("name", ["mean_change", "mean_gap", "group_mean"])
def test_a_stretched_scale_stretches_the_interval(name, halland_study):
    estimate, made = METHODS[name]
    table = made(halland_study)
    wide, still = (estimate(t).table for t in (table.assign(value=10 * table["value"]), table))
    np.testing.assert_allclose(wide["conf_high"], 10 * still["conf_high"], rtol=1e-9)
    np.testing.assert_allclose(wide["df"], still["df"], rtol=1e-9)


def test_every_statement_of_halland_gets_a_verdict_that_can_be_said(halland_study):
    for key, indicator in halland_study.project.indicators.items():
        result = evaluate(key, halland_study)
        judged = result.table[result.table["verdict"].notna()]
        assert len(judged), key
        assert set(result.table["indicator"]) == {key}
        assert set(result.table["unit"]) == {indicator.unit}
        for lang in languages():
            for finding in result.describe(lang, words=halland_study.words):
                assert str(finding).strip(), key
                assert "{" not in str(finding)
