"""People are as hidden as the smallest group that looks like them."""

import pandas as pd
import pytest

from evaluation.disclosure import Anonymity, anonymity
from evaluation.vocabulary.errors import EstimationError

PEOPLE = pd.DataFrame(
    {
        "sex": ["woman"] * 6 + ["man"] * 5,
        "age": ["30"] * 6 + ["30"] * 3 + [None] * 2,
        "health": ["good", "poor"] * 3 + ["good"] * 5,
    }
)


def test_smallest_group_and_its_values():
    assert anonymity(PEOPLE, known=["sex"], sensitive="health") == Anonymity(5, 1, 2, 5)


def test_a_missing_value_is_known_too():
    assert anonymity(PEOPLE, known=["sex", "age"]) == Anonymity(2, None, 3, 5)


def test_nobody_is_exposed_in_an_empty_table():
    assert anonymity(PEOPLE.iloc[:0], known=["sex"]) == Anonymity(0, None, 0, 0)


@pytest.mark.parametrize(
    "options", [{"known": []}, {"known": ["town"]}, {"known": ["sex"], "sensitive": "town"}]
)
def test_columns_must_be_there(options):
    with pytest.raises(EstimationError):
        anonymity(PEOPLE, **options)
