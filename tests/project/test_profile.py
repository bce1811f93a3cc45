"""Common indicators are filled only from columns that the definition names for them."""

import pytest

from evaluation.project.load import load_project
from evaluation.project.profile import EVERYBODY, profiles, read_profile
from evaluation.rules.fund_indicator import common_indicators
from evaluation.vocabulary.errors import ProjectError
from tests.conftest import HALLAND


def copied(tmp_path, old: str, new: str):
    text = (HALLAND / "project.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "project.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "codebook.csv").write_bytes((HALLAND / "codebook.csv").read_bytes())
    return tmp_path


@pytest.mark.parametrize("key", profiles())
def test_every_list_is_complete(key):
    profile = read_profile(key)
    assert EVERYBODY in profile.indicators
    assert set(profile.name) == set(profile.by_sex) == {"sv", "en"}
    for one in profile.indicators.values():
        assert set(one.label) == {"sv", "en"}
        assert not one.narrow or one.check


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("profile: esfplus2021", "profile: esf2021", "There is no profile esf2021"),
        ("  employed: {column: employed,", "  hired: {column: employed,", "“hired” is not among"),
        ("  employed: {column: employed,", "  employed: {column: shoe_size,", "has the column shoe_size"),
        (
            "{column: background, one_of: [foreign]}",
            "{column: background, one_of: [ja]}",
            "“ja” is not among",
        ),
        ("profile: esfplus2021\n", "", "It is not said which fund"),
        (
            "  employed: {column: employed, one_of: [Ja]}",
            "  young: {column: started, at_least: 18, at_most: 30}",
            "not the ages of the common indicator",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path, old, new, said):
    with pytest.raises(ProjectError) as error:
        load_project(copied(tmp_path, old, new))
    assert said in str(error.value)


def test_an_indicator_without_a_column_has_no_number_and_a_reason(halland_study):
    table = common_indicators(halland_study).table
    named = {f"common_{key}" for key in (*halland_study.project.profile_items, EVERYBODY)}
    filled = table[table["estimate"].notna()]
    assert set(filled["term"]) == named
    assert set(table.loc[table["estimate"].isna(), "reason"]) == {"no_column", "narrow_indicator"}


def test_counts_are_those_of_the_register(halland_study):
    table = common_indicators(halland_study).table
    people = halland_study.participants
    everybody = table[table["term"] == "common_participants"].set_index("level", drop=False)
    assert everybody["estimate"].iloc[0] == len(people)
    assert everybody.loc["women", "estimate"] == (people["sex"] == "women").sum()
    foreign = table[table["term"] == "common_foreign_background"]
    assert foreign["estimate"].tolist() == [(people["background"] == "foreign").sum()]
    assert foreign["group"].tolist() == ["background"]


def test_without_a_profile_nothing_is_counted(coded_study):
    assert common_indicators(coded_study) is None
