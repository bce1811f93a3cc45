"""Tables that are not what their schema says are refused, without showing what stands in them."""

import subprocess
import sys

import pandas as pd
import pytest

from evaluation.data.tables import ANSWERS, LOG, ORGANISATIONS, PEOPLE, SCHEMAS, SCORES, check_table
from evaluation.vocabulary.errors import AnswerError
from tests.data.build import problems


def people():
    return pd.DataFrame(
        {
            "person": pd.Series(["p1", "p2"], dtype="str"),
            "organisation": pd.Series(["A", None], dtype="str"),
            "registered": [True, True],
            "other": pd.Series(["x", "y"], dtype="str"),
        }
    )


def answers():
    texts = {"person": ["p1", "p2"], "organisation": ["A", None], "source": ["s", "s"], "wave": ["w", "w"]}
    table = pd.DataFrame({**texts, "item": ["a", "a"], "missing": ["none", "skipped"]}).astype("category")
    return table.assign(value=[1.0, None])


def test_tables_that_fit_pass():
    check_table(people(), PEOPLE)
    check_table(answers(), ANSWERS)
    check_table(people()[["organisation"]].dropna(), ORGANISATIONS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda table: table.assign(registered=["ja", "nej"]), "registered: flag"),
        (lambda table: table.assign(person=[1.0, 2.0]), "person: text"),
        (lambda table: table.assign(person=pd.Series(["p1", None], dtype="str")), "person: not_nullable"),
        (lambda table: table.drop(columns="organisation"), "column_in_dataframe"),
        (lambda table: table.assign(person="p1"), "unique rows"),
    ],
)
def test_people_that_do_not_fit_are_refused(change, told):
    with pytest.raises(AnswerError) as caught:
        check_table(change(people()), PEOPLE)
    assert "The table people does not fit its description" in problems(caught)
    assert told in problems(caught)
    assert "p1" not in problems(caught)
    assert "ja" not in problems(caught).split()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda table: table.assign(missing=pd.Categorical(["none", "lost"])), "missing: allowed values"),
        (lambda table: table.assign(item=["a", "a"]), "item: category"),
        (lambda table: table.assign(value=["1", "2"]), "value: number"),
        (lambda table: table.assign(more=1), "column_in_schema"),
        (lambda table: pd.concat([table, table]), "unique rows"),
    ],
)
def test_answers_that_do_not_fit_are_refused(change, told):
    with pytest.raises(AnswerError) as caught:
        check_table(change(answers()), ANSWERS)
    assert told in problems(caught)


def test_unsorted_answers_are_unique_too():
    check_table(answers().iloc[::-1], ANSWERS)


def test_every_table_has_a_schema():
    assert list(SCHEMAS) == [
        "people", "organisations", "answers", "scores", "log", "links", "ties", "accounts",
    ]  # fmt: skip
    assert SCHEMAS["scores"] is SCORES
    assert SCHEMAS["log"] is LOG


def test_the_checker_is_loaded_only_when_tables_are_checked():
    code = "import sys, evaluation.data.ingest; sys.exit('pandera' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
