import numpy as np
import pandas as pd
import pytest

from evaluation.organisation.agreement import FEWEST, agreement, within_agreement
from evaluation.vocabulary.errors import EstimationError


def test_agreement_by_hand():
    assert within_agreement([[4], [4], [5]], 5) == pytest.approx(1 - (1 / 3) / 2)
    ratio = np.mean([1 / 3, 1.0]) / 2
    expected = 2 * (1 - ratio) / (2 * (1 - ratio) + ratio)
    assert within_agreement([[4, 3], [4, 4], [5, 5]], 5) == pytest.approx(expected)


def test_ends():
    assert within_agreement([[3, 2], [3, 2]], 5) == 1
    assert within_agreement([[1], [5]], 5) == 0
    with pytest.raises(EstimationError):
        within_agreement([[3, 4]], 5)


def answers(firms, people, between, rng):
    firm = np.repeat(np.arange(firms), people)
    level = rng.normal(0, np.sqrt(between), firms)[firm]
    table = pd.DataFrame({"organisation": firm.astype(str)})
    noise = rng.normal(0, np.sqrt(1 - between), len(firm))
    return table.assign(one=level + noise, two=level + noise)


def test_known_shares_between_organisations_are_found():
    table = answers(400, 6, 0.3, np.random.default_rng(7))
    found = agreement(table, items=["one", "two"], options=5).table.set_index("term")["estimate"]
    assert found["icc_single"] == pytest.approx(0.3, abs=0.05)
    assert found["icc_mean"] == pytest.approx(6 * 0.3 / (1 + 5 * 0.3), abs=0.05)


@pytest.mark.parametrize("firms", [FEWEST - 1, FEWEST])
def test_few_organisations_are_not_assessed(firms):
    table = answers(firms, 4, 0.2, np.random.default_rng(8))
    lone = pd.DataFrame({"organisation": ["z"], "one": [3.0], "two": [3.0]})
    found = agreement(pd.concat([table, lone]), items=["one", "two"], options=5).table
    assert found["estimate"].isna().all() == (firms < FEWEST)
    assert found["n"].tolist() == [4 * firms] * 3
    assert (found["reason"] == "too_few_organisations_with_raters").all() == (firms < FEWEST)
