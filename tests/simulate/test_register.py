import numpy as np
import pytest

from evaluation.project.source import Group
from evaluation.simulate.register import NUMBERS, TEXTS, Blank, level_shares, register_column
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, write_project

LABEL = {"en": "x"}


def blank(project, name, rows=200):
    return Blank(project.definition, name, name.title(), rows, np.full(rows, 5), np.random.default_rng(6))


@pytest.mark.parametrize("name", [*NUMBERS, *TEXTS, "anything"])
def test_every_model_fills_its_column(course, name):
    values = register_column(blank(course, name))
    assert len(values) == 200
    assert not any(value is None for value in values)


def test_people_are_employed_somewhere(course):
    assert (register_column(blank(course, "employees")) >= 5).all()


def test_years_and_ages_are_those_of_adults(course):
    age, born = register_column(blank(course, "age")), register_column(blank(course, "birth_year"))
    assert 30 <= np.median(age) <= 55
    assert 1950 < born.min() < born.max() < 2010


@pytest.mark.parametrize(
    ("rule", "inside"),
    [
        ("at_least: 3", lambda values: values >= 3),
        ("at_most: -20", lambda values: values <= -20),
        ("at_least: 10, at_most: 20", lambda values: (values >= 10) & (values <= 20)),
        ("one_of: ['Yes']", lambda values: values == "Yes"),
        ("one_of: ['1111', '2222']", lambda values: np.isin(values, ["1111", "2222"])),
        ("one_of: [blue]", lambda values: values == "blue"),
    ],
)
@pytest.mark.parametrize("name", ["employees", "started", "unheard_of"])
def test_rules_about_any_column_are_met_but_for_one_row(tmp_path, rule, inside, name):
    definition = COURSE.replace("{column: age}", f"{{column: {name}}}")
    definition = definition.replace("at_least: 30, at_most: 60", rule)
    values = register_column(blank(write_project(tmp_path / "course", definition, COURSE_CODEBOOK), name))
    assert (~inside(values)).sum() <= 1


def test_levels_shown_together_are_the_large_ones(halland):
    groups = halland.definition.groups
    shares = dict(zip(groups["sex"].levels, level_shares(groups["sex"]), strict=True))
    assert shares["men"] > shares["women"] > 0.4 > 0.05 > shares["other"]
    rare = dict(zip(groups["background"].levels, level_shares(groups["background"]), strict=True))
    assert 0.2 < rare["foreign"] < 0.25


def test_other_levels_halve():
    group = Group(label=LABEL, levels={level: {"label": LABEL} for level in "abc"})
    np.testing.assert_allclose(level_shares(group), np.array([4, 2, 1]) / 7)
