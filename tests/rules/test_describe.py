"""R6: answers are shown without a verdict."""

import pandas as pd
import pytest

from evaluation.rules import evaluate
from evaluation.rules.describe import distribution
from tests.rules.build import answers, people, study

RULE = {"kind": "describe", "wave": "w3"}
INDICATOR = {"chapter": "change", "measure": {"item": "a", "positive": [4, 5]}, "rule": RULE}


def made(tmp_path, values, *, unit: str = "person", firms: int = 0):
    register = people(len(values), firms=firms)
    companies = pd.DataFrame({"organisation": [f"o{i}" for i in range(firms)], "size": "9"})
    given = answers(register, "w3", values)
    return study(
        tmp_path, {**INDICATOR, "unit": unit}, people=register, organisations=companies, answers=given
    )


def test_every_option_has_its_share(tmp_path):
    table = distribution("x", made(tmp_path, [5.0, 5.0, 4.0, 1.0, None])).table
    assert table["term"].tolist() == ["1", "2", "3", "4", "5"]
    assert table["k"].tolist() == [1, 0, 0, 1, 2]
    assert table["n"].unique().tolist() == [4]
    assert table["estimate"].sum() == pytest.approx(1)


def test_nobody_answered(tmp_path):
    found = made(tmp_path, [None] * 5)
    assert distribution("x", found).table["estimate"].isna().all()
    row = evaluate("x", found).table.iloc[0]
    assert (row["verdict"], row["n"], row["n_total"]) == ("described", 0, 5)


def test_means_of_a_company_are_counted_alike_in_share_and_distribution(tmp_path):
    """Means of 3.5, 4.5 and 4: half-way to yes is no, between two yes is yes."""
    found = made(tmp_path, [3.0, 4.0, 4.0, 4.0, 5.0, 4.0], unit="organisation", firms=3)
    shares = distribution("x", found).table.set_index("term")["k"]
    row = evaluate("x", found).table.iloc[0]
    assert shares.to_dict() == {"1": 0, "2": 0, "3": 1, "4": 2, "5": 0}
    assert row["k"] == shares[["4", "5"]].sum() == 2
    assert row["n"] == 3
