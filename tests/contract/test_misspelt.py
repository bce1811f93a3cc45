"""A name that is not there is told, with the nearest one that is: never an empty result."""

from functools import partial

import pandas as pd
import pytest

from evaluation.missing.waves import two_waves
from evaluation.vocabulary.errors import EstimationError

from .test_methods import METHODS, change_scores

WAVES, LEVELS = ("before", "after", "waves"), ("level", "levels", "reference", "groups")
COLUMNS = ("value", "unit", "cluster", "group", "hours")
LISTS = ("covariates", "stages", "steps", "resources")


def misspelt(given):
    """Return the same with a letter too many in the first name."""
    if isinstance(given, str):
        return given + "x"
    if isinstance(given, dict):
        first, *others = given.items()
        if isinstance(first[1], list):
            return {first[0]: misspelt(first[1]), **dict(others)}
        return {first[0] + "x": first[1], **dict(others)}
    return [misspelt(given[0]), *given[1:]]


def cases():
    for name, (estimate, _) in METHODS.items():
        options = estimate.keywords if isinstance(estimate, partial) else {}
        for option in (*WAVES, *LEVELS, "group", *LISTS):
            if isinstance(options.get(option), (str, list, dict)):
                yield name, option


@pytest.mark.parametrize(("name", "option"), list(cases()))
def test_a_misspelt_wave_level_or_column_is_told(name, option, halland_study):
    estimate, made = METHODS[name]
    table, options = made(halland_study), dict(estimate.keywords)
    classified = [options["group"]] if "group" in options else list(options.get("groups", ()))
    table = table.astype(dict.fromkeys(classified, "category"))
    if "levels" in options:
        options["levels"] = [level for level in options["levels"] if (table[options["group"]] == level).any()]
    estimate.func(table, **options)
    with pytest.raises(EstimationError, match=r"Did you mean|Allowed|It has"):
        estimate.func(table, **{**options, option: misspelt(options[option])})


@pytest.mark.parametrize("option", ["value", "unit", "cluster"])
@pytest.mark.parametrize("name", ["mean_change", "effect_sizes", "rank_change", "wave_contrasts"])
def test_a_misspelt_column_is_told(name, option, halland_study):
    estimate, made = METHODS[name]
    with pytest.raises(EstimationError, match="The table has no column"):
        estimate(made(halland_study), **{option: "valeu"})


@pytest.mark.parametrize("option", ["value", "cluster"])
def test_a_misspelt_column_of_a_mean_is_told(option, halland_study):
    estimate, made = METHODS["described_mean"]
    with pytest.raises(EstimationError, match="The table has no column"):
        estimate(made(halland_study), **{option: "valeu"})


def test_two_waves_know_their_names(halland_study):
    with pytest.raises(EstimationError, match="has no value aftr"):
        two_waves(change_scores(halland_study), before="before", after="aftr")


def test_a_wave_to_come_is_a_row_about_nobody(halland_study):
    """The waves of a programme are the categories of the column, also before anybody answered."""
    table = change_scores(halland_study)
    assert isinstance(table["wave"].dtype, pd.CategoricalDtype)
    found = METHODS["mean_change"][0](table[table["wave"] == "before"]).table
    assert found["n"].tolist() == [0]
