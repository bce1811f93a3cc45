"""Attitudes to statistics of 3,730 students: the six scale changes are reproduced to the printed digits."""

import pandas as pd
import pytest

PRINTED = {
    "affect": (2497, "4.277", "4.406", "0.129", "1.242"),
    "competence": (2479, "4.950", "5.022", "0.072", "1.092"),
    "value": (2470, "5.235", "4.990", "-0.245", "1.025"),
    "difficulty": (2487, "3.601", "3.718", "0.118", "0.847"),
    "interest": (2524, "4.888", "4.473", "-0.415", "1.243"),
    "effort": (2562, "6.402", "6.012", "-0.390", "1.152"),
}
"""Complete pairs, mean before, mean after, mean change, standard deviation of the change."""


@pytest.fixture(scope="module")
def programme(real):
    return real("sats")


def test_people_sections_and_groups(programme):
    _, tables = programme
    assert len(tables.people) == 3730
    assert tables.people["registered"].all()
    assert len(tables.organisations) == 122
    assert tables.people["sex"].value_counts().to_dict() == {"women": 2003, "men": 1457}
    assert tables.people["citizenship"].value_counts().to_dict() == {"us": 3305, "foreign": 108, "other": 49}
    assert tables.people["organisation"].notna().all()


@pytest.mark.parametrize("scale", PRINTED)
def test_scale_changes_are_reproduced(programme, scale):
    _, tables = programme
    rows = tables.scores[tables.scores["scale"] == scale]
    wide = rows.pivot_table(index="person", columns="wave", values="score", observed=True).dropna()
    change = wide["after"] - wide["before"]
    means = (wide["before"].mean(), wide["after"].mean(), change.mean(), change.std())
    assert (len(wide), *(f"{number:.3f}" for number in means)) == PRINTED[scale]


def test_scores_equal_those_in_the_file(programme):
    project, tables = programme
    delivered = pd.read_csv(project.raw_folder / "sats_student_course.csv", dtype={"StudentID": "str"})
    delivered = delivered.set_index("StudentID")
    names = {"affect": "Affect", "competence": "CogComp", "value": "Value"}
    names |= {"difficulty": "Diff", "interest": "Interest", "effort": "Effort"}
    for scale, name in names.items():
        rows = tables.scores[(tables.scores["scale"] == scale) & (tables.scores["wave"] == "before")]
        ours = rows.set_index(rows["person"].astype("str"))["score"]
        given = delivered[f"Pre.{name}"].dropna()
        assert ours.dropna().index.sort_values().equals(given.index.sort_values())
        assert (ours[given.index] - given).abs().max() < 1e-12  # the file has 15 digits


def test_who_answered_nothing_is_accounted_for(programme):
    _, tables = programme
    found = {
        (row.source, row.wave): (row.read, row.kept, dict(row.dropped)) for row in tables.manifest.accounting
    }
    assert found["students", ""] == (3730, 3730, {})
    assert found["survey", "before"] == (3730, 3489, {"no_answers": 241})
    assert found["survey", "after"] == (3730, 2863, {"no_answers": 867})
    assert tables.answers["person"].nunique() == 3722


def test_indicators_cover_change_and_equality(programme):
    project, _ = programme
    indicators = project.definition.indicators.values()
    changes = [indicator for indicator in indicators if indicator.rule.kind == "change"]
    gaps = [indicator for indicator in indicators if indicator.rule.kind == "gap"]
    assert {indicator.measure.scale for indicator in changes} == set(project.definition.scales)
    for group in ("sex", "citizenship"):
        assert sum(indicator.rule.group == group for indicator in gaps) >= 3
