"""The one result: glossary columns, storage, stacking, and the warning until it is protected."""

import json

import numpy as np
import pandas as pd
import pytest

from evaluation.disclosure import Policy, protect
from evaluation.result import Meta, Result
from evaluation.vocabulary.errors import EstimationError


def made(**columns) -> Result:
    row = {"estimand": "attained_share", "estimate": 0.7, "n": 10} | columns
    return Result(pd.DataFrame([row]), Meta("count", references=("manski1989",)))


def test_a_column_outside_the_glossary_is_refused_with_the_nearest():
    with pytest.raises(EstimationError, match="Did you mean estimate"):
        made(estimat=1.0)


def test_the_mandatory_columns_are_named():
    with pytest.raises(EstimationError, match="estimate, n"):
        Result(pd.DataFrame([{"estimand": "attained_share"}]))


@pytest.mark.parametrize("value", [np.float64(0.25), np.int64(3), None, float("nan"), pd.NA, "text"])
def test_survives_storage_as_json(value):
    result = made(reason=value)
    again = Result.from_dict(json.loads(json.dumps(result.to_dict())))
    assert again.records() == result.records()
    assert again.meta == result.meta


def test_protection_survives_storage():
    result = protect(made(unit="person"), Policy())
    assert Result.from_dict(json.loads(json.dumps(result.to_dict()))).meta.protected == result.meta.protected


def test_stacking_keeps_rows_in_order_and_joins_references():
    other = Result(made(estimate=0.2).table, Meta("count", references=("clopper1934",)))
    both = made().stack(other)
    assert both.table["estimate"].tolist() == [0.7, 0.2]
    assert both.meta.references == ("manski1989", "clopper1934")


def test_different_quantities_do_not_stack():
    with pytest.raises(EstimationError, match="mean_change"):
        made().stack(made(estimand="mean_change"))


def test_a_notebook_warns_until_the_result_is_protected():
    assert "Not protected" in made(unit="person")._repr_html_()
    assert "Not protected" not in protect(made(unit="person"), Policy())._repr_html_()


def test_draws_what_it_says():
    result = made(
        unit="person", k=7, n_total=12, conf_low=0.6, conf_high=0.8, bound_low=7 / 12, bound_high=0.75
    )
    texts = [text.get_text() for axes in result.plot("sv").axes for text in axes.texts]
    assert any("70\N{NO-BREAK SPACE}%" in text for text in texts)
    assert "7 av de 10" in str(result.describe("sv")[0])
