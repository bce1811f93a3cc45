import pandas as pd
import pytest

from evaluation.data.linkage.relink import relinked_answers, relinked_people

LINKS = pd.DataFrame(
    [
        ("a", "a:1", "a:1", "a:1"),
        ("a", "a:2", "a:2", "a:2"),
        ("b", "a:1", "b:1", "a:1"),
        ("b", "b:2", "b:2", "a:2"),
    ],
    columns=["source", "person", "strict", "loose"],
)
ANSWERS = (
    pd.DataFrame(
        [("a:1", "a", "w1", 1.0), ("a:2", "a", "w1", 2.0), ("a:1", "b", "w2", 3.0), ("b:2", "b", "w2", 4.0)],
        columns=["person", "source", "wave", "value"],
    )
    .astype({"person": "category", "source": "category", "wave": "category"})
    .assign(item="i")
)
PEOPLE = pd.DataFrame({"person": ["a:1", "a:2", "b:2", "else"], "organisation": ["A", "B", "B", "C"]})


def pairs(rule):
    table = relinked_answers(ANSWERS, LINKS, rule)
    table = table.astype({"person": "str", "wave": "str"})
    wide = table.pivot_table(index="person", columns="wave", values="value").dropna()
    return {person: tuple(row) for person, row in zip(wide.index, wide.to_numpy(), strict=True)}


@pytest.mark.parametrize(
    ("rule", "found"), [("strict", {}), ("loose", {"a:1": (1.0, 3.0), "a:2": (2.0, 4.0)})]
)
def test_answers_belong_to_whom_the_rule_says(rule, found):
    assert pairs(rule) == found


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("strict", {"a:1": "A", "a:2": "B", "b:1": "A", "b:2": "B", "else": "C"}),
        ("loose", {"a:1": "A", "a:2": "B", "else": "C"}),
    ],
)
def test_everybody_is_one_person_under_every_rule(rule, who):
    table = relinked_people(PEOPLE, LINKS, rule)
    assert dict(zip(table["person"], table["organisation"], strict=True)) == who


def test_whoever_is_in_no_linked_file_keeps_the_name():
    answers = ANSWERS.assign(source=pd.Categorical(["else"] * 4))
    assert list(relinked_answers(answers, LINKS, "loose")["person"].astype("str")) == [
        "a:1",
        "a:2",
        "a:1",
        "b:2",
    ]
