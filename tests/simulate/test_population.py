import numpy as np
import pytest

from evaluation.simulate.population import (
    addressed_roles,
    contact_role,
    organisation_sizes,
    simulate_people,
)
from evaluation.simulate.streams import named_streams
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, assuming, write_project


def people_of(project, seed=1, **changes):
    return simulate_people(
        assuming(project, **changes).definition, named_streams(np.random.default_rng(seed))
    )


@pytest.mark.parametrize(("people", "organisations"), [(4, 2), (5, 5), (191, 30), (1000, 10), (10_000, 1000)])
def test_sizes_add_up_and_are_unequal(people, organisations):
    sizes = organisation_sizes(people, organisations, np.random.default_rng(3))
    assert sizes.sum() == people
    assert sizes.min() >= 1
    assert sizes.max() <= max(19, np.ceil(3 * people / organisations))


def test_few_organisations_are_large():
    sizes = organisation_sizes(10_000, 1000, np.random.default_rng(3))
    assert np.mean(sizes > sizes.mean()) < 0.45
    assert np.median(sizes) < sizes.mean()


def test_there_are_never_more_organisations_than_people(halland):
    population = people_of(halland, people=7, organisations=50)
    assert len(population.organisations) == len(population.people) == 7


def test_every_organisation_has_a_manager_as_contact_person(halland):
    population = people_of(halland)
    contacts = population.people.loc[population.organisations["contact_person"]]
    assert (contacts["role"] == "manager").all()
    assert contacts["organisation"].tolist() == population.organisations.index.tolist()
    assert contact_role(halland.definition) == "manager"


def test_surveys_are_addressed_by_their_name(halland):
    addressed = {key: addressed_roles(halland.definition, key) for key in halland.definition.sources}
    assert addressed["managers_before"] == addressed["managers_after"] == ("manager",)
    assert addressed["participants_before"] == addressed["participants_after"] == ()


def test_projects_without_roles_ask_everybody(course):
    assert addressed_roles(course.definition, "first") == ()
    assert contact_role(course.definition) is None


@pytest.mark.parametrize("seed", range(5))
def test_rules_about_eligibility_are_met_with_one_exception(halland, seed):
    population = people_of(halland, seed)
    allowed = halland.definition.indicators["in_halland"].rule.one_of
    assert (~population.organisations["municipality"].isin(allowed)).sum() == 1
    assert (population.organisations["employees"] > 249).sum() <= 1
    assert (population.people["employed"] != "Ja").sum() == 1
    assert set(population.people["employed"]) == {"Ja", "Nej"}


def test_number_limits_hold_at_both_ends(course):
    ages = people_of(course, people=400).people["age"]
    assert ((ages < 30) | (ages > 60)).sum() <= 1


def test_eligibility_of_a_classification_chooses_levels(tmp_path):
    definition = COURSE.replace("measure: {column: age}", "measure: {column: track}")
    definition = definition.replace(
        "{kind: eligibility, at_least: 30, at_most: 60}", "{kind: eligibility, one_of: [N]}"
    )
    population = people_of(write_project(tmp_path / "course", definition, COURSE_CODEBOOK))
    assert population.people["track"].value_counts().to_dict() == {"night": 59, "day": 1}


def test_small_registers_have_no_exceptions(halland):
    population = people_of(halland, people=9, organisations=9)
    allowed = halland.definition.indicators["in_halland"].rule.one_of
    assert population.organisations["municipality"].isin(allowed).all()


def test_columns_without_a_model_get_placeholders(course):
    assert set(people_of(course).people["motive"]) == {f"Why {number}" for number in range(1, 6)}


@pytest.mark.parametrize(
    ("levels", "leading"),
    [
        ({"teacher": "Teacher", "student": "Student"}, None),
        ({"manager": "Manager"}, "manager"),
        ({"member": "Member", "owner": "Owner"}, "owner"),
        ({"first": "First years", "second": "Others"}, "first"),
    ],
)
def test_roles_of_any_kind(tmp_path, levels, leading):
    stated = ", ".join(f"{key}: {{label: {{en: {label}}}}}" for key, label in levels.items())
    definition = COURSE.replace("track: Track", "track: Track, role: Role").replace(
        "groups:", f"groups:\n  role: {{label: {{en: Role}}, levels: {{{stated}}}}}"
    )
    project = write_project(tmp_path / "course", definition, COURSE_CODEBOOK)
    population = people_of(project)
    assert contact_role(project.definition) == leading
    assert set(population.people["role"]) == set(levels)
    contacts = population.people.loc[population.organisations["contact_person"], "role"]
    assert leading is None or set(contacts) == {leading}
