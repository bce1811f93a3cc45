"""The truth is recomputed from files in which nothing is missing."""

import io
import json

import numpy as np
import pandas as pd
import pytest

from evaluation.simulate import simulate
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, assuming, complete, write_project

AG5 = {
    text: value
    for value, text in enumerate(
        (
            "Instämmer inte alls",
            "Instämmer i liten grad",
            "Instämmer delvis",
            "Instämmer i hög grad",
            "Instämmer helt",
        ),
        1,
    )
}
EX5 = {
    text: value
    for value, text in enumerate(
        ("Inte alls", "I liten grad", "I viss grad", "I hög grad", "I mycket hög grad"), 1
    )
}


@pytest.fixture(scope="module")
def everything(halland):
    return simulate(assuming(halland, **complete(people=300)), np.random.default_rng(31))


@pytest.fixture(scope="module")
def tables(halland, everything):
    found = {}
    for key, source in halland.definition.sources.items():
        content = io.BytesIO(everything.files[source.file])
        if source.file.endswith(".xlsx"):
            found[key] = pd.read_excel(content, dtype=str)
        else:
            found[key] = pd.read_csv(content, sep=";", dtype=str, keep_default_na=False)
    return found


def values(halland, tables, source, item, wave=""):
    """Return the answers to a question as numbers, by person."""
    entry = next(e for e in halland.codebook.of_source(source) if e.item == item and e.wave == wave)
    table = tables[source].set_index("Deltagare")
    numbers = table[entry.column].map({"AG5": AG5, "EX5": EX5}[entry.response])
    assert numbers.notna().all()
    return numbers.sort_index()


def test_truth_can_be_written_as_json(everything):
    assert json.loads(json.dumps(everything.truth, allow_nan=False)) == everything.truth


def test_nobody_is_lost(everything):
    assert set(everything.truth["lost"].values()) == {0}
    assert all(survey["sent"] == survey["rows"] for survey in everything.truth["surveys"].values())


def test_change_of_a_question_by_person(halland, everything, tables):
    before = values(halland, tables, "participants_before", "change_ability")
    after = values(halland, tables, "participants_after", "change_ability", "after")
    then = values(halland, tables, "participants_after", "change_ability", "then")
    truth = everything.truth["indicators"]["change_ability"]
    assert truth["change"]["all"]["n"] == 300
    assert truth["change"]["all"]["change"] == pytest.approx((after - before).mean())
    assert truth["change"]["all"]["sd_before"] == pytest.approx(before.std())
    assert truth["then_shift"]["all"]["change"] == pytest.approx((then - before).mean())
    assert truth["change_from_then"]["all"]["change"] == pytest.approx((after - then).mean())
    item = everything.truth["items"]["change_ability"]
    assert item["mean"] == pytest.approx(
        {"before": before.mean(), "after": after.mean(), "then": then.mean()}
    )
    assert item["change"]["after"]["person"]["all"] == truth["change"]["all"]
    assert item["then_shift"]["then"]["person"]["all"]["change"] == truth["then_shift"]["all"]["change"]


def test_change_by_group(halland, everything, tables):
    moved = values(halland, tables, "participants_after", "change_ability", "after") - values(
        halland, tables, "participants_before", "change_ability"
    )
    sex = tables["participants"].set_index("Deltagare")["Kön"]
    women = everything.truth["indicators"]["change_ability"]["change"]["sex"]["women"]
    assert women["n"] == (sex == "Kvinna").sum()
    assert women["change"] == pytest.approx(moved[sex == "Kvinna"].mean())


def test_change_of_a_scale_by_organisation(halland, everything, tables):
    items = halland.definition.scales["strategic_work"].items
    firm = tables["participants"].set_index("Deltagare")["Företag"]
    scores = {
        source: np.mean([values(halland, tables, source, item) for item in items], axis=0)
        for source in ("managers_before", "managers_after")
    }
    people = values(halland, tables, "managers_before", items[0]).index
    means = {source: pd.Series(score, index=people).groupby(firm).mean() for source, score in scores.items()}
    truth = everything.truth["indicators"]["strategic_work"]
    assert truth["change"]["all"]["n"] == truth["n_total"] == 30
    assert truth["change"]["all"]["change"] == pytest.approx(
        (means["managers_after"] - means["managers_before"]).mean()
    )


def test_targets_of_organisations_count_the_contact_person(halland, everything, tables):
    goal = values(halland, tables, "managers_after", "goal_strategic")
    share = (goal[tables["companies"]["Kontaktperson"]] >= 4).mean()
    truth = everything.truth["indicators"]["strategic_goal"]
    assert truth["share"]["after"]["yes"] == pytest.approx(share)
    assert truth["reached"] == (share >= 0.7)
    assert truth["n"] == {"after": 30}


def test_targets_of_people_in_every_reading(halland, everything, tables):
    areas = {"digitalisation": "Digitalisering", "green": "Grön hållbarhet", "automation": "Automatisering"}
    yes = pd.DataFrame(
        {
            area: values(halland, tables, "participants_after", f"uptodate_{area}", "after") >= 4
            for area in areas
        }
    )
    log = tables["time_log"]
    trained = pd.DataFrame(
        {area: yes.index.isin(log[log["Område"] == text]["Deltagare"]) for area, text in areas.items()}
    )
    truth = everything.truth["indicators"]["up_to_date_goal"]["share"]["after"]
    assert truth["uptodate_green"] == pytest.approx(yes["green"].mean())
    assert truth["any"] == pytest.approx(yes.any(axis=1).mean())
    assert truth["all"] == pytest.approx(yes.all(axis=1).mean())
    assert truth["trained"] == pytest.approx((yes.to_numpy() | ~trained.to_numpy()).all(axis=1).mean())


def test_coverage_from_the_log(everything, tables):
    log = tables["time_log"]
    truth = everything.truth["indicators"]
    assert truth["three_phases"]["share"] == pytest.approx(
        (log.groupby("Insats")["Fas"].nunique() == 3).mean()
    )
    met = (
        log.groupby("Deltagare")["Medel"].nunique().reindex(tables["participants"]["Deltagare"], fill_value=0)
    )
    assert truth["three_means"]["k"] == (met == 3).sum()
    assert truth["managers_take_part"]["share"] == 1


def test_gaps(halland, everything, tables):
    influence = values(halland, tables, "participants_after", "influence_form", "after")
    sex = tables["participants"].set_index("Deltagare")["Kön"]
    truth = everything.truth["indicators"]["influence_form"]["mean"]
    gap = influence[sex == "Kvinna"].mean() - influence[sex == "Man"].mean()
    assert truth["gap"]["women"] == pytest.approx(gap)
    assert "men" not in truth["gap"]


def test_representation(everything, tables):
    people, log = tables["participants"], tables["time_log"]
    truth = everything.truth["indicators"]
    assert truth["women_and_men"]["participants"]["women"]["share"] == pytest.approx(
        (people["Kön"] == "Kvinna").mean()
    )
    designers = people[people["Deltagare"].isin(log[log["Roll i utformningen"] != ""]["Deltagare"])]
    found = truth["design_by_background"]["designers"]["foreign"]
    assert found["n"] == (designers["Utländsk bakgrund"] == "Ja").sum()
    assert found["share"] == pytest.approx((designers["Utländsk bakgrund"] == "Ja").mean())


def test_eligibility(everything, tables):
    truth = everything.truth["indicators"]
    assert (
        truth["small_and_medium"]["violations"]
        == (tables["companies"]["Antal anställda"].astype(int) > 249).sum()
    )
    assert truth["in_halland"]["violations"] == 1
    assert truth["employed"]["violations"] == (tables["participants"]["Anställd"] == "Nej").sum() == 1
    where = tables["companies"].set_index("Företag")["Kommunkod"]
    assert [where[firm] for firm in truth["in_halland"]["who"]] == ["1480"]


def test_descriptions(halland, everything, tables):
    novelty = values(halland, tables, "participants_after", "novelty", "after")
    truth = everything.truth["indicators"]["novelty"]
    assert truth["mean"] == pytest.approx(novelty.mean())
    assert truth["share"]["yes"] == pytest.approx((novelty >= 4).mean())
    assert sum(truth["answers"].values()) == pytest.approx(1)


def test_the_share_between_organisations_is_as_assumed(course, halland):
    """The standard error of an intraclass correlation of 0.1 with 600 groups of 10 is 0.0104."""
    assumed = complete(people=6000, organisations=600, group_change={})
    truth = simulate(assuming(halland, **assumed), np.random.default_rng(8)).truth
    found = [
        truth["items"][item]["organisation_share"]["before"] for item in ("change_ability", "need_green")
    ]
    assert all(abs(share - 0.10) < 4 * 0.0104 + 0.01 for share in found)  # ordinal answers: up to 0.01 lower
    assert (
        simulate(course, np.random.default_rng(8)).truth["items"]["skill"]["organisation_share"]["start"]
        is None
    )


def test_truth_of_a_project_without_organisations(course):
    truth = simulate(assuming(course, **complete(people=400)), np.random.default_rng(9)).truth
    assert truth["population"] == {"people": 400, "organisations": 0}
    assert "organisation" not in truth["items"]["skill"]["change"]["end"]
    gap = truth["indicators"]["gap"]
    assert gap["share"]["gap"].keys() == gap["mean"]["gap"].keys() == {"night"}
    assert gap["mean"]["reference"] == "day"
    assert truth["indicators"]["adult"]["violations"] <= 1


def variant(tmp_path, measure, rule, unit="person"):
    """Return the truth of the course's first statement with another measure and rule."""
    definition = COURSE.replace("measure: {item: skill}", f"measure: {measure}").replace(
        "rule: {kind: change, from: start, to: end, smallest_important: 5, then: back}", f"rule: {rule}"
    )
    definition = definition.replace("chapter: change\n    unit: person", f"chapter: change\n    unit: {unit}")
    project = write_project(tmp_path / "course", definition, COURSE_CODEBOOK)
    return simulate(assuming(project, **complete()), np.random.default_rng(4)).truth["indicators"]["skill"]


TOGETHER = "{items: [sure_a, study], positive: [3], main: all}"


@pytest.mark.parametrize(
    ("measure", "rule", "expected"),
    [
        ("{scale: sure, at_least: 2}", "{kind: target, wave: end, share: 0.5}", {"share", "reached"}),
        (TOGETHER, "{kind: target, wave: end, share: 0.5}", {"share", "reached"}),
        (TOGETHER, "{kind: gap, wave: end, group: track, important: 0.1}", {"share"}),
        (TOGETHER, "{kind: change, from: start, to: end, smallest_important: 0.1}", {"change"}),
        (TOGETHER, "{kind: describe, wave: end}", {"share"}),
        ("{column: age}", "{kind: describe, wave: end}", {"distribution"}),
        ("{column: motive}", "{kind: coverage, share: 1.0}", {"share", "k"}),
        ("{item: sure_a, positive: [2, 3]}", "{kind: coverage, share: 0.5, wave: end}", {"share", "k"}),
        ("{item: sure_a, positive: [2, 3]}", "{kind: coverage, share: 0.5}", {"share", "k"}),
        ("{records: people, column: track, has: [day]}", "{kind: describe, wave: end}", {"share"}),
        (
            "{records: people, column: track, has: [day]}",
            "{kind: change, from: start, to: end, smallest_important: 1}",
            set(),
        ),
        ("{column: age}", "{kind: gap, wave: end, group: track, important: 1}", set()),
        ("{item: skill}", "{kind: coverage, share: 0.5}", {"share", "k"}),
        ("{item: skill}", "{kind: gap, wave: end, group: room, important: 1}", {"mean"}),
        ("{item: skill}", "{kind: eligibility, at_least: 1}", set()),
        ("{column: unheard_of}", "{kind: eligibility, at_least: 1}", {"violations"}),
        (
            "{column: track}",
            "{kind: representation, group: track, among: designers, even: [0.4, 0.6]}",
            {"participants"},
        ),
    ],
)
def test_every_rule_with_every_measure(tmp_path, measure, rule, expected):
    truth = variant(tmp_path, measure, rule)
    assert expected <= truth.keys()
    assert truth["n_total"] == 60


MEASURES = (
    "{item: sure_a, positive: [3]}",
    "{scale: sure, at_least: 2}",
    TOGETHER,
    "{column: track}",
    "{records: people, column: track, has: [day]}",
    "{records: log, column: room, has: [small]}",
)
RULES = (
    "{kind: target, wave: end, share: 0.5}",
    "{kind: change, from: start, to: end, smallest_important: 1, then: back}",
    "{kind: coverage, share: 0.5}",
    "{kind: gap, wave: end, group: track, important: 1}",
    "{kind: representation, group: track, even: [0.4, 0.6]}",
    "{kind: describe, wave: end}",
    "{kind: eligibility, one_of: [N]}",
)


@pytest.mark.parametrize("unit", ["person", "organisation", "effort"])
@pytest.mark.parametrize("rule", RULES)
def test_no_combination_stops_the_simulation(tmp_path, rule, unit):
    """A definition may combine what makes little sense; the truth then says nothing, or as little."""
    for number, measure in enumerate(MEASURES):
        if "target" in rule and not ("positive" in measure or "at_least" in measure):
            continue
        truth = variant(tmp_path / str(number), measure, rule, unit)
        assert truth["unit"] == unit


def test_nobody_is_trained_without_a_log_of_areas(tmp_path):
    areas = "  area: {label: {en: Area}, of: log, levels: {a: {label: {en: A}}, b: {label: {en: B}}}}"
    definition = COURSE.replace("groups:", f"groups:\n{areas}").replace(
        "measure: {item: skill}",
        "measure: {items: [sure_a, study], areas: [a, b], positive: [3], main: trained}",
    )
    definition = definition.replace(
        "{kind: change, from: start, to: end, smallest_important: 5, then: back}",
        "{kind: target, wave: end, share: 0.5}",
    )
    project = write_project(tmp_path / "course", definition, COURSE_CODEBOOK)
    truth = simulate(project, np.random.default_rng(4)).truth["indicators"]["skill"]
    assert truth["share"]["end"]["trained"] is truth["reached"] is None
    assert truth["share"]["end"]["any"] >= truth["share"]["end"]["all"]


def test_a_mean_of_several_counts_as_yes_within_the_positive_values(tmp_path):
    truth = variant(
        tmp_path, "{item: sure_a, positive: [2, 3]}", "{kind: target, wave: end, share: 0.1}", "organisation"
    )
    assert truth["n_total"] == 6
    assert truth["share"]["end"]["yes"] * 6 == pytest.approx(round(truth["share"]["end"]["yes"] * 6))
