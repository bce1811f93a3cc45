"""Every adapter claims its own files and no others, and says so."""

from pathlib import Path
from typing import get_args

import pytest

from evaluation.data.account import DROPPED
from evaluation.data.adapters import ADAPTERS
from evaluation.data.adapters.statistics_file import FILES
from evaluation.data.read import READERS
from evaluation.project.source import Tool
from evaluation.vocabulary.errors import EvaluationError
from evaluation.vocabulary.terms import CAUSES

from . import test_forms, test_jisc, test_limesurvey, test_qualtrics, test_redcap, test_surveymonkey

SAMPLES = {
    "qualtrics": [*test_qualtrics.HEADER, *test_qualtrics.ROWS],
    "limesurvey": [test_limesurvey.BOTH, *test_limesurvey.ROWS],
    "surveymonkey": [*test_surveymonkey.HEADER, *test_surveymonkey.ROWS],
    "microsoft_forms": [test_forms.FORMS["sv"], test_forms.ANSWER],
    "google_forms": [test_forms.GRID, test_forms.GIVEN],
    "redcap": test_redcap.LONG,
    "jisc": test_jisc.ROWS,
    "plain": [["id", "a", "b"], ["p1", "1", "2"], ["p2", "3", "4"]],
}
PAGE = Path(__file__).resolve().parents[3] / "docs" / "adapters.md"


def test_every_adapter_has_a_sample():
    assert set(SAMPLES) == {*ADAPTERS, "plain"}


@pytest.mark.parametrize("tool", SAMPLES)
def test_a_file_is_claimed_by_its_own_tool_only(tool):
    rows = SAMPLES[tool]
    claims = [key for key, adapter in ADAPTERS.items() if adapter.matches(rows, rows[0])]
    assert claims == ([] if tool == "plain" else [tool])


@pytest.mark.parametrize("tool", ADAPTERS)
def test_the_mark_is_stated(tool, reading):
    export = reading(SAMPLES[tool])
    assert str(export.notes[0]) == str(ADAPTERS[tool].found.with_fields(file="x.csv"))
    assert ADAPTERS[tool].name in str(export.notes[0])
    assert export.rows_read == len(export.frame) + sum(export.left_out.values())
    assert set(export.left_out) <= set(DROPPED)


@pytest.mark.parametrize("tool", [*ADAPTERS, "plain"])
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_stated_tool_reads_or_gives_an_error(tool, sample, name, reading):
    try:
        export = reading(SAMPLES[sample], name=name, tool=tool)
    except EvaluationError as error:
        assert all(problem.where and problem.do for problem in error.problems)
    else:
        assert export.tool == tool


def test_every_tool_can_be_stated_and_is_explained():
    tools = {*ADAPTERS, "plain", *(tool for tool, *_ in FILES.values())}
    assert set(get_args(Tool)) == {"auto", *tools}
    assert set(FILES) <= set(READERS)
    page = PAGE.read_text(encoding="utf-8")
    assert not [tool for tool in tools if f"| `{tool}` |" not in page]


def test_every_reason_has_a_cause_for_the_report():
    assert not [reason for reason in DROPPED if f"row_{reason}" not in CAUSES]
