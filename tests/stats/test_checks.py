"""What may enter a kernel, and what the refusal says."""

import numpy as np
import pytest

from evaluation.stats.checks import as_float, finite, finite_counts, level, pick, plain, share_counts, whole
from evaluation.vocabulary.errors import EstimationError


def test_finite_takes_numbers_and_truth_values():
    assert finite([True, False], "x").tolist() == [1.0, 0.0]
    assert finite([], "x", minimum=0).size == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1.0, np.nan, np.inf], "2 values that are missing"),
        ([[1.0], [2.0]], "2 dimensions"),
        ([1.0], "at least 2"),
        (["a", "b"], "must be numbers"),
        ([1.0, [2.0]], "must be numbers"),
    ],
)
def test_finite_says_what_is_wrong(values, words):
    with pytest.raises(EstimationError, match=words):
        finite(values, "Answers", minimum=2)


def test_missing_values_stay_missing_as_floats():
    assert np.isnan(as_float([None, 1], "x")).tolist() == [True, False]


@pytest.mark.parametrize("value", [-1, 0.5, np.nan, np.inf])
def test_whole_refuses_what_is_no_count(value):
    with pytest.raises(EstimationError, match="whole numbers"):
        whole([1, value], "Answers")


def test_counts_must_be_in_order():
    assert [a.tolist() for a in share_counts([0, 3], 3)] == [[0, 3], [3, 3]]
    with pytest.raises(EstimationError, match=r"\(4\) than answers \(3\)"):
        share_counts([1, 4], 3)
    with pytest.raises(EstimationError, match=r"answers \(5\) than registered \(4\)"):
        finite_counts(1, [3, 5], 4)
    with pytest.raises(EstimationError, match="Nobody is registered"):
        finite_counts(0, 0, 0)


@pytest.mark.parametrize("value", [0, 1, 95, -0.1, np.nan])
def test_level_is_a_share(value):
    with pytest.raises(EstimationError, match="confidence level"):
        level(value)


def test_pick_names_what_there_is():
    with pytest.raises(EstimationError, match="no method called wilsson") as raised:
        pick({"wilson": 1, "wald": 2}, "wilsson", "method")
    assert "Did you mean wilson?" in str(raised.value)


def test_plain_gives_python_numbers():
    assert type(plain(np.int64(3))) is int
    assert type(plain(np.float64(3))) is float
    assert plain(np.array([1, 2])).tolist() == [1, 2]
