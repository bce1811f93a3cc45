"""Problems are collected, and told in one error of the kind of the earliest step that failed."""

import pytest

from evaluation.data.findings import Findings
from evaluation.vocabulary.errors import AnswerError, ExportError, MissingFileError, Problem
from evaluation.vocabulary.message import msg


def some(count, text="wrong {number}"):
    return [Problem(msg(text, number=number)) for number in range(count)]


def test_nothing_found_is_no_error():
    findings = Findings()
    findings.add(AnswerError, [])
    findings.raise_if_any()


def test_the_earliest_kind_is_raised_with_everything():
    findings = Findings()
    findings.add(AnswerError, some(2))
    with findings.collecting():
        raise ExportError(msg("no table"))
    with findings.collecting():
        raise MissingFileError(msg("no file"))
    with pytest.raises(MissingFileError) as caught:
        findings.raise_if_any()
    assert str(caught.value).splitlines() == ["no file", "no table", "wrong 0", "wrong 1"]


def test_other_errors_are_not_hidden():
    with pytest.raises(ZeroDivisionError), Findings().collecting():
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("count", "shown", "last"),
    [(50, 50, "wrong 49"), (51, 51, "There is one more problem."), (80, 51, "There are 30 more problems.")],
)
def test_at_most_fifty_are_shown(count, shown, last):
    findings = Findings()
    findings.add(AnswerError, some(count))
    with pytest.raises(AnswerError) as caught:
        findings.raise_if_any()
    assert len(caught.value.problems) == shown
    assert str(caught.value).splitlines()[-1] == last


def test_equal_problems_are_told_once():
    findings = Findings()
    findings.add(ExportError, some(1))
    findings.add(ExportError, some(1))
    with pytest.raises(ExportError) as caught:
        findings.raise_if_any()
    assert len(caught.value.problems) == 1
