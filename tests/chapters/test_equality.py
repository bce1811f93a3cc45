"""Chapter 05: women and men always both, and nothing is guessed where background was not collected."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.chapters import equality, equality_behind, equality_terms
from evaluation.chapters.equality_terms import NO_BACKGROUND
from evaluation.project.equality import PLACES, PRINCIPLES, Population
from evaluation.report.exhibit import Exhibit

SCB = Path(__file__).parents[3] / "shared" / "data" / "scb_reference_population" / "reference_population.csv"
WRITTEN = {"women": ("kvinnor",), "men": ("män",)}

SHOWN = (
    equality.who,
    equality_terms.way,
    equality_terms.resources,
    equality_terms.commitments,
    equality_behind.behind,
    equality_behind.intersections,
)


def all_of(shown):
    return [shown] if isinstance(shown, Exhibit) else list(shown)


@pytest.fixture
def without_background(halland_study):
    project = halland_study.project
    known = {key: group for key, group in project.groups.items() if key in ("role", "phase", "area", "means")}
    kept = {
        key: one for key, one in project.indicators.items() if one.rule.kind not in ("gap", "representation")
    }
    definition = project.model_copy(update={"groups": known, "indicators": kept})
    loaded = halland_study.loaded.model_copy(update={"definition": definition})
    people = halland_study.people.drop(columns=["sex", "background"])
    return replace(halland_study, loaded=loaded, people=people)


@pytest.mark.parametrize("show", SHOWN)
def test_women_come_first_and_never_alone(show, halland_study):
    for exhibit in all_of(show(halland_study)):
        table = exhibit.result.table
        if exhibit.layout == "absent" or not {"level", "term"} <= set(table) or "contrast" in table:
            continue
        for _, rows in table[table["group"] == "sex"].groupby("term"):
            assert rows["level"].tolist()[:2] == ["women", "men"]


@pytest.mark.parametrize("show", [equality.who, equality_terms.way, equality.closing, equality_behind.behind])
def test_nothing_is_guessed_where_background_was_not_collected(show, without_background):
    shown = all_of(show(without_background))
    assert all(exhibit.layout == "absent" for exhibit in shown)
    assert any(exhibit.notes == (NO_BACKGROUND,) for exhibit in shown)


def test_what_was_not_collected_is_named(halland_study):
    people = halland_study.people.drop(columns=["background"])
    notes = equality_behind.not_shown(replace(halland_study, people=people)).notes
    label = halland_study.project.groups["background"].label
    assert any(note.fields.get("label") == label for note in notes)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_figure_asks_the_workshop(halland_study, lang):
    for show in SHOWN:
        for exhibit in all_of(show(halland_study)):
            if exhibit.layout == "card":
                assert equality_terms.WORKSHOP in exhibit.notes
            assert exhibit.to_html(lang)


def test_the_permeation_matrix_has_every_place_and_principle(halland_study):
    stated = halland_study.project.equality.model_copy(update={"permeation": {"goals": ("gender_equality",)}})
    definition = halland_study.project.model_copy(update={"equality": stated})
    loaded = halland_study.loaded.model_copy(update={"definition": definition})
    table = equality_terms.permeation(replace(halland_study, loaded=loaded)).result.table
    assert len(table) == len(PLACES) * len(PRINCIPLES)
    assert (table["verdict"] == "covered").sum() == 1


def test_a_half_year_without_follow_up_is_seen(halland_study):
    table = equality_terms.follow_up(halland_study).result.table
    halves = table.loc[table["term"] == "answers_by_sex", "level"].tolist()
    assert halves[:4] == ["2023:1", "2023:2", "2024:1", "2024:2"]
    missing = table.loc[table["verdict"] == "not_covered", ["term", "level"]].to_numpy().tolist()
    assert ["answers_by_sex", "2024:1"] in missing


def test_how_gaps_move_is_tested_together_over_companies(halland_study):
    result = equality.closing(halland_study).result
    table = result.table
    assert "westfall1993" in result.meta.references
    assert table["p_step_down"].notna().equals(table["p_value"].notna())
    assert (table["p_step_down"] >= table["p_value"] - 0.05).all()
    assert table["p_step_down"].mean() < table["p_adjusted"].mean()


@pytest.mark.skipif(not SCB.is_file(), reason="the public data of scb_reference_population are not here")
@pytest.mark.parametrize(
    ("area", "measure", "ages", "women"),
    [
        ("Örebro län", "befolkning", (), 153639 / (153639 + 154477)),
        ("Västmanlands län", "utrikes födda", (), 29587 / (29587 + 29650)),
        ("Örebro län", "befolkning", ("25-29", "30-34"), (9252 + 10178) / (9252 + 10178 + 10087 + 10950)),
    ],
)
def test_a_published_population_is_the_first_step_as_it_is(halland_study, area, measure, ages, women):
    stated = Population(file=str(SCB), area=area, measure=measure, ages=ages, written=WRITTEN)
    equal = halland_study.project.equality.model_copy(update={"population": stated})
    definition = halland_study.project.model_copy(update={"equality": equal})
    loaded = halland_study.loaded.model_copy(update={"definition": definition})
    steps = next(iter(equality.who(replace(halland_study, loaded=loaded))))
    found = steps.result.table.set_index(["term", "level"])["estimate"]
    assert found["population", "women"] == pytest.approx(women)
    assert {term for term, _ in found.index} == {"population", "taking_part", "co_creation"}
    assert any(note.fields.get("area") == area for note in steps.notes)
