"""Known links are found again: a short version of `python -m benchmarks.linkage`."""

import pytest
from benchmarks.linkage import GUARDED, limited, table, weak


@pytest.mark.slow
def test_recall_and_precision_on_simulated_programmes():
    found = table(60, seed=7).set_index(["rule", "rate"])
    default = found.loc["default"]
    assert (default["precision"] + 3 * default["precision_se"] >= 0.999).all()
    assert default.loc[0.02, "recall"] - 3 * default.loc[0.02, "recall_se"] >= 0.97
    assert (abs(default["expected"] - default["actual"]) <= 4 * default["chance_se"]).all()
    assert (found.loc["strict", "recall"] <= default["recall"]).all()
    assert (found.loc["loose", "precision"] <= default["precision"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [limited, weak])
def test_a_weak_code_keeps_its_precision(kind):
    found = table(15, seed=7, twins=0.0, kind=kind).set_index(["rule", "rate"])
    guarded = found.loc[GUARDED]
    assert (guarded["precision"] + 3 * guarded["precision_se"] >= 0.999).all()
    assert (guarded["precision"] >= found.loc["default", "precision"]).all()
