"""The one result: glossary columns, storage, stacking, and the warning until it is protected."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.disclosure import Policy, protect
from evaluation.result import Meta, Protection, Result
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


def test_different_levels_of_confidence_do_not_stack():
    with pytest.raises(EstimationError, match="different levels"):
        made().stack(Result(made().table, Meta("count", conf_level=0.9)))


def test_a_stack_is_not_protected_even_if_its_parts_were():
    part = protect(made(unit="person"), Policy())
    assert part.stack(part).meta.protected is None


def test_stacking_keeps_every_column_and_changes_neither():
    one, other = made(k=7), made(reason="no_answers", n=3)
    kept = one.table.copy(deep=True), other.table.copy(deep=True)
    both = one.stack(other, made(estimate=0.1))
    assert both.table.columns.tolist() == ["estimand", "estimate", "n", "k", "reason"]
    assert both.table["n"].tolist() == [10, 3, 10]
    assert both.records()[0]["reason"] is None
    pd.testing.assert_frame_equal(one.table, kept[0])
    pd.testing.assert_frame_equal(other.table, kept[1])


def test_results_are_frozen():
    with pytest.raises(AttributeError):
        made().table = pd.DataFrame()


CELLS = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=False), st.integers(-(10**9), 10**9))
ROWS = st.lists(
    st.fixed_dictionaries(
        {"estimand": st.just("attained_share"), "estimate": CELLS, "n": st.integers(0, 10**6)}
    )
    | st.fixed_dictionaries(
        {
            "estimand": st.just("attained_share"),
            "estimate": CELLS,
            "n": CELLS,
            "level": st.sampled_from([None, "women", "kvinnor åäö", ""]),
            "suppressed": st.sampled_from([None, True, False]),
        }
    ),
    min_size=1,
    max_size=5,
)


@given(ROWS, st.floats(0.5, 0.999), st.sampled_from([None, Protection(5, ("threshold",), 2)]))
def test_whatever_is_in_the_rows_survives_storage(rows, conf_level, protected):
    meta = Meta("count", conf_level, ("manski1989",), ("both_waves",), "target", protected=protected)
    result = Result(pd.DataFrame(rows), meta)
    text = json.dumps(result.to_dict(), allow_nan=False)
    again = Result.from_dict(json.loads(text))
    assert again.records() == result.records()
    assert again.table.columns.tolist() == result.table.columns.tolist()
    assert again.meta == meta


def test_categories_are_stored_as_their_words():
    frame = pd.DataFrame(
        {"estimand": ["group_mean"] * 2, "estimate": [1, 2], "n": [3, 4], "level": ["women", None]}
    )
    stored = Result(frame.astype({"level": "category", "n": "Int64"})).to_dict()
    assert [row["level"] for row in stored["rows"]] == ["women", None]
    json.dumps(stored, allow_nan=False)


def test_a_result_without_rows_survives_storage():
    empty = Result(pd.DataFrame(columns=["estimand", "estimate", "n"]))
    assert Result.from_dict(json.loads(json.dumps(empty.to_dict()))).table.columns.tolist() == [
        "estimand",
        "estimate",
        "n",
    ]


def test_a_notebook_escapes_what_the_project_wrote():
    assert "<b>" not in made(unit="person", indicator="<b>x</b>")._repr_html_()


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
