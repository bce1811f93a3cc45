"""Definitions that cannot be used for data are refused before any file is read."""

import pytest

from evaluation.data.definition import check_definition
from evaluation.vocabulary.errors import LinkageError, ProjectError
from tests.data.build import SEX, change, indicator, problems

WORDS = {"sv": "x", "en": "x"}


def test_an_ordinary_definition_is_fine(make_project):
    check_definition(make_project(groups={"sex": SEX}))


def refused(project):
    with pytest.raises(ProjectError) as caught:
        check_definition(project)
    return problems(caught)


def test_a_response_scale_needs_options_or_a_range(make_project):
    told = refused(make_project(response="empty", responses={"empty": {"whole": True}}))
    assert "project.yaml responses.empty: The response scale has neither options nor a range." in told


def test_a_text_must_not_mean_two_things(make_project):
    options = [
        {"value": 1, "label": {"sv": "Ja", "en": "Yes"}},
        {"value": 2, "label": {"sv": "ja.", "en": "Vet ej"}},
    ]
    responses = {"odd": {"options": options, "dont_know": ["vet ej"]}}
    levels = {"women": {"label": WORDS}, "men": {"label": WORDS}}
    told = refused(
        make_project(response="odd", responses=responses, groups={"sex": {**SEX, "levels": levels}})
    )
    assert "responses.odd: “ja” stands for 1, 2." in told
    assert "responses.odd: “vet ej” stands for 2, dont_know." in told
    assert "groups.sex: “x” stands for men, women." in told


def test_questions_of_a_scale_must_have_the_same_limits(make_project):
    scales = {"s": {"label": WORDS, "items": ["a", "b"], "min_items": 1}}
    questions = [("a", "one", "A", "", "AG5"), ("b", "one", "B", "", "LV5")]
    told = refused(make_project(scales=scales, questions=questions))
    assert "codebook.csv:3: In the scale s, the question b has other limits than a." in told


def test_a_column_of_the_tables_cannot_be_given_away(make_project):
    columns = {"person": "id", "registered": "x"}
    sources = {"one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": columns}}
    told = refused(make_project(sources=sources, questions=[("a", "one", "A")]))
    assert "sources.one.columns: The column name registered is used by the tables themselves." in told


def test_background_that_must_not_be_linked_is_needed_by_nothing(make_project):
    gap = {"kind": "gap", "wave": "after", "group": "sex", "important": 0.5}
    indicators = {
        "gap": indicator(rule=gap),
        "some": indicator(roles=["chefer"]),
        "change": indicator(rule=change()),
    }
    project = make_project(groups={"sex": SEX}, indicators=indicators, background_linkable=False)
    with pytest.raises(LinkageError) as caught:
        check_definition(project)
    told = problems(caught)
    assert "project.yaml indicators.gap: gap needs each person's answers together" in told
    assert "project.yaml indicators.some: some needs each person's answers together" in told
    assert "indicators.change" not in told
