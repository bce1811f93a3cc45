"""Equal contents have equal fingerprints, and any other cell, type, label or category has another."""

import numpy as np
import pandas as pd
import pytest

from evaluation.data.contents import contents

TABLE = pd.DataFrame(
    {
        "category": pd.Categorical(["x", None, "y"]),
        "number": [1.0, np.nan, 3.0],
        "text": ["p", None, "nan"],
        "flag": pd.array([True, None, False], dtype="boolean"),
        "mixed": pd.Series([1, "1", None], dtype=object),
        "day": pd.to_datetime(["2020-01-01", "2021-01-01", "2020-01-01"]),
        "count": [1, 2, 3],
    }
)


def test_the_same_contents_have_the_same_fingerprint():
    assert contents(TABLE) == contents(TABLE.copy())
    assert contents(TABLE.iloc[1:]) == contents(TABLE.iloc[1:].copy())


@pytest.mark.parametrize("name", list(TABLE.columns))
def test_another_order_of_cells_is_another_content(name):
    other = TABLE.assign(**{name: TABLE[name].iloc[[1, 0, 2]].array})
    assert contents(other) != contents(TABLE)


@pytest.mark.parametrize(
    "other",
    [
        TABLE.assign(text=["p", None, None]),
        TABLE.assign(mixed=pd.Series(["1", "1", None], dtype=object)),
        TABLE.assign(count=TABLE["count"].astype("int8")),
        TABLE.assign(category=TABLE["category"].cat.add_categories("z")),
        TABLE.set_axis([1, 2, 3]),
        TABLE.rename(columns={"count": "counted"}),
        TABLE.iloc[:0],
    ],
)
def test_what_else_counts(other):
    assert contents(other) != contents(TABLE)
