"""Errors that a user meets: what, where, what to do; every problem of one at a time."""

import pytest

from evaluation.vocabulary.errors import ERRORS, EvaluationError, Problem, ProjectError, one_of
from evaluation.vocabulary.message import msg


def test_a_problem_is_said_in_one_line():
    problem = Problem(
        msg("{found} is not a share.", found=70), "project.yaml:31 rule.share", msg("Write 0.70.")
    )
    assert str(problem) == "project.yaml:31 rule.share: 70 is not a share. Write 0.70."
    assert str(Problem(msg("No."))) == "No."


def test_one_problem_or_several():
    one = ProjectError(msg("Wrong."), where="here", do=msg("Mend it."))
    assert str(one) == "here: Wrong. Mend it."
    several = ProjectError([Problem(msg("One.")), Problem(msg("Two."))])
    assert str(several).splitlines() == ["One.", "Two."]
    assert len(several.problems) == 2


@pytest.mark.parametrize("kind", ERRORS)
def test_every_kind_can_be_caught_as_one_and_shown_without_a_traceback(kind):
    with pytest.raises(EvaluationError) as caught:
        raise kind(msg("Wrong."))
    assert caught.value._render_traceback_() == [f"{kind.__name__}: Wrong."]
    assert (kind.__doc__ or "").strip()


def test_every_kind_is_in_the_list():
    assert set(EvaluationError.__subclasses__()) == set(ERRORS)


@pytest.mark.parametrize(
    ("found", "allowed", "said"),
    [
        ("tarrget", ["target", "change"], "Did you mean target? Allowed: change, target."),
        ("xyz", ["target", "change"], "Allowed: change, target."),
        (3, [1, 2], "Allowed: 1, 2."),
        ("x", [], "Allowed: –."),
    ],
)
def test_what_is_allowed_is_told_with_the_nearest_first(found, allowed, said):
    assert str(one_of(found, allowed)) == said
