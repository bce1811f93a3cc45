"""Classifications that are made from the numbers of a register, or from answers."""

import pandas as pd

from evaluation.data.derive import derive_groups
from evaluation.project.source import Group

WORDS = {"sv": "x", "en": "x"}


def group(of, spans, **source):
    levels = {key: {"label": WORDS, "between": span} for key, span in spans.items()}
    return Group.model_validate({"label": WORDS, "of": of, "levels": levels, **source})


class Definition:
    def __init__(self, **groups):
        self.groups = groups


SPANS = {"solo": (0, 0), "micro": (1, 9)}


def made(definition, people, organisations, answers=None):
    empty = pd.DataFrame(columns=["person", "organisation", "wave", "item", "value"])
    return derive_groups(people, organisations, empty if answers is None else answers, definition)


def test_a_number_in_a_register_becomes_a_level_and_gaps_stay_gaps():
    firms = pd.DataFrame(
        {"organisation": list("abcde"), "employees": ["0", "9", "9,5", None, "many"], "size": None}
    )
    definition = Definition(size=group("organisation", SPANS, column="employees"))
    found = made(definition, pd.DataFrame({"person": []}), firms)[1]["size"]
    assert found.astype(object).where(found.notna(), None).tolist() == ["solo", "micro", None, None, None]
    assert list(found.cat.categories) == ["solo", "micro"]


def test_an_organisation_has_the_level_of_its_peoples_mean_answer():
    answers = pd.DataFrame(
        {
            "person": ["p", "q", "r"],
            "organisation": ["a", "a", "b"],
            "wave": "w3",
            "item": "use",
            "value": [1, 5, 0],
        }
    )
    definition = Definition(user=group("organisation", SPANS, item="use", wave="w3"))
    firms = pd.DataFrame({"organisation": ["a", "b", "c"], "user": None})
    found = made(definition, pd.DataFrame({"person": ["p"]}), firms, answers)[1]["user"]
    assert found.astype(object).where(found.notna(), None).tolist() == ["micro", "solo", None]


def test_other_waves_and_questions_do_not_count():
    answers = pd.DataFrame(
        {
            "person": ["p", "p"],
            "organisation": "a",
            "wave": ["w1", "w3"],
            "item": ["use", "other"],
            "value": [0.0, 0.0],
        }
    )
    definition = Definition(user=group("person", SPANS, item="use", wave="w3"))
    people = pd.DataFrame({"person": ["p"], "user": None})
    assert made(definition, people, pd.DataFrame({"organisation": ["a"]}), answers)[0]["user"].isna().all()
