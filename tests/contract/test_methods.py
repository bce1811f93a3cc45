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

from evaluation.change.paired import mean_change
from evaluation.equality.gap import group_mean, mean_gap
from evaluation.equality.representation import representation
from evaluation.result import Result
from evaluation.rules import evaluate
from evaluation.rules.measure import column, covered, positives, scores
from evaluation.study import Study
from evaluation.targets.attainment import attained_share, covered_share
from evaluation.text.catalogue import languages
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.references import REFERENCES

FOLDERS = ("targets", "change", "equality")
NOT_METHODS = {"present_levels"}


def change_scores(study: Study) -> pd.DataFrame:
    return scores(study.indicator("change_ability"), study, ["before", "after"])


def by_sex(study: Study) -> pd.DataFrame:
    table = scores(study.indicator("influence_content"), study, ["after"])
    return table.assign(sex=table["person"].map(study.people.set_index("person")["sex"]))


def taking_part(study: Study) -> pd.DataFrame:
    return column(study.indicator("women_and_men"), study).rename(columns={"value": "sex"})


def goal(study: Study) -> pd.DataFrame:
    return positives(study.indicator("up_to_date_goal"), study, "after")["any"].table


METHODS: dict[str, tuple[Callable[..., Result], Callable[[Study], pd.DataFrame]]] = {
    "attained_share": (partial(attained_share, n_total=191, target=0.7), goal),
    "covered_share": (covered_share, lambda study: covered(study.indicator("three_means"), study)),
    "mean_change": (partial(mean_change, before="before", after="after"), change_scores),
    "mean_gap": (partial(mean_gap, group="sex", reference="men", levels=["women", "other"]), by_sex),
    "group_mean": (partial(group_mean, group="sex", levels=["women", "men"]), by_sex),
    "representation": (
        partial(representation, group="sex", reference={"women": 0.5, "men": 0.5}),
        taking_part,
    ),
}
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


def alike(result: Result, other: Result) -> None:
    pd.testing.assert_frame_equal(result.table, other.table, rtol=1e-9, atol=1e-12)
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
    assert np.all(said) == (method in DIFFERENCES)
    if method in DIFFERENCES:
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


def test_the_order_of_rows_does_not_matter(estimate, table):
    for seed in range(3):
        alike(estimate(table.sample(frac=1, random_state=seed)), estimate(table))


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
