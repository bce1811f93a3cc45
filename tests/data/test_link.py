"""Who answered when, and the error when nobody can be followed."""

import pytest

from evaluation.data.answers import join_answers
from evaluation.data.link import check_overlap, link_waves, overlap
from evaluation.vocabulary.errors import LinkageError
from tests.data.build import WAVES, change, indicator, problems
from tests.data.test_answers import parts, people

ONE = [["id", "A", "B", "C"], ["p1", "1", "2", "3"], ["p2", "4", "", "5"], ["p3", "4", "", "5"]]


@pytest.fixture
def answers(make_project):
    def make(two, **definition):
        table = [["id", "A", "B", "C"], *([who, *cells] for who, cells in two.items())]
        project = make_project({"one.csv": ONE, "two.csv": table}, **definition)
        names = {
            "p1": "X",
            "p2": "X",
            "p3": "Y",
            **{who: "Y" for who in two if who not in {"p1", "p2", "p3"}},
        }
        return project, join_answers(parts(project), people(**names), project)

    return make


def test_people_are_linked_by_their_identifier(answers):
    _, table = answers({"p1": "123", "p3": "111", "p4": "222"})
    linked = link_waves(table, ["before", "after"])
    assert linked.index.tolist() == ["p1", "p2", "p3", "p4"]
    assert linked["before"].tolist() == [True, True, True, False]
    assert linked["after"].tolist() == [True, False, True, True]
    assert overlap(table, "before", "after") == 2
    assert overlap(table, "before", "after", unit="organisation") == 2
    assert overlap(table, "before", "never") == 0


def test_a_change_that_can_be_followed_is_no_problem(answers):
    check_overlap(*answers({"p1": "123"}, indicators={"one": indicator("a", change())}))


def test_a_change_nobody_can_be_followed_through_is_an_error(answers):
    project, table = answers(
        {"q1": "123", "q2": "123"},
        indicators={"one": indicator("a", change()), "two": indicator("b", change())},
    )
    with pytest.raises(LinkageError) as caught:
        check_overlap(project, table)
    told = problems(caught)
    assert (
        "project.yaml indicators.one: Nobody who answered at before answered at after too: 3 and 2 answered."
        in told
    )
    assert "same identifier" in told
    assert "p1" not in told
    assert "q1" not in told


def test_equal_problems_are_told_once(answers):
    same = {key: indicator("a", change()) for key in ("one", "two", "three")}
    with pytest.raises(LinkageError) as caught:
        check_overlap(*answers({"q1": "123"}, indicators=same))
    assert len(caught.value.problems) == 1


def test_only_the_questions_of_the_indicator_count(answers):
    rows = {"p1": ["", "1", ""], "q1": ["1", "", ""]}
    check_overlap(*answers(rows, indicators={"one": indicator("b", change())}))
    with pytest.raises(LinkageError):
        check_overlap(*answers(rows, indicators={"one": indicator("a", change())}))


def test_organisations_are_followed_by_organisation(answers):
    rows = {"q1": "123"}
    check_overlap(*answers(rows, indicators={"one": indicator("a", change(), unit="organisation")}))


def test_scales_and_several_questions_are_followed(answers):
    words = {"sv": "x", "en": "x"}
    scale = {"s": {"label": words, "items": ["a", "b"], "min_items": 1}}
    several = {"items": ["a", "c"], "positive": [4, 5], "main": "any"}
    for measure in ({"scale": "s"}, several):
        check_overlap(
            *answers(
                {"p1": "123"}, scales=scale, indicators={"one": indicator("a", change(), measure=measure)}
            )
        )


def test_the_retrospective_wave_is_checked_too(answers):
    waves = {**WAVES, "then": {"label": {"sv": "Då", "en": "Then"}, "kind": "then_test"}}
    project, table = answers(
        {"p1": "123"}, waves=waves, indicators={"one": indicator("a", change(then="then"))}
    )
    with pytest.raises(
        LinkageError, match="Nobody who answered at then answered at after too: 0 and 1 answered"
    ):
        check_overlap(project, table)
