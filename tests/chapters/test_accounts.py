"""Everybody, every row and every cell is accounted for, from those planned to those in a result."""

from dataclasses import replace

import pytest

from evaluation.chapters import data_quality
from evaluation.chapters.accounts import analysed_people, cells, eligible_people, linked_people, stages


def steps(study):
    return {(row["term"], row["wave"]): row["estimate"] for row in stages(study)}


def test_the_steps_of_a_linked_programme(coded_study):
    found = steps(coded_study)
    assert list(found) == [
        ("planned", None),
        ("present", None),
        ("answered", "before"),
        ("answered", "after"),
        ("answered_every", None),
        ("linked", None),
        ("analysed", None),
    ]
    assert found["planned", None] == 260
    before, after, both = (found[key] for key in list(found)[2:5])
    assert before + after - both == found["present", None]
    assert both <= found["linked", None] <= min(before, after)
    assert found["analysed", None] <= found["present", None]


def test_the_steps_of_a_programme_with_registers(halland_study):
    found = steps(halland_study)
    assert list(found)[:2] == [("registered", None), ("eligible", None)]
    assert ("linked", None) not in found
    assert found["eligible", None] == len(eligible_people(halland_study)) <= found["registered", None]


def test_whoever_answers_nothing_is_part_of_no_result(coded_study):
    silent = coded_study.answers.assign(missing="skipped")
    nothing = replace(coded_study, answers=silent, scores=coded_study.scores.iloc[:0])
    assert analysed_people(nothing) == set()


def test_a_change_needs_both_answers(coded_study):
    indicators = {"learning": coded_study.project.indicators["learning"]}
    definition = coded_study.project.model_copy(update={"indicators": indicators})
    loaded = coded_study.loaded.model_copy(update={"definition": definition})
    followed = analysed_people(replace(coded_study, loaded=loaded))
    assert followed <= linked_people(coded_study)
    assert followed


@pytest.mark.parametrize("name", ["halland_study", "coded_study"])
def test_cells_add_up(name, request):
    rows = cells(request.getfixturevalue(name))
    number = {}
    for row in rows:
        number[row["term"]] = number.get(row["term"], 0) + row["k"]
    kinds = [key for key in number if key not in ("cell_read", "cell_left_out", "cell_kept", "cell_recoded")]
    assert number["cell_read"] == number["cell_left_out"] + number["cell_kept"]
    assert number["cell_kept"] == sum(number[key] for key in kinds)
    assert number["cell_recoded"] <= number["cell_none"]


@pytest.mark.parametrize("name", ["halland_study", "coded_study"])
def test_the_page_shows_steps_and_cells(name, request):
    study = request.getfixturevalue(name)
    for lang in study.project.languages:
        assert "<svg" in data_quality.flow(study).svg(lang)
        table = data_quality.all_cells(study).table(lang)
        assert len(table.rows) == len(cells(study))
    assert bool(data_quality.flow(study).notes) == (name == "halland_study")
