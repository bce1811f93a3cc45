"""Which groups occur, in an order that does not depend on the rows'."""

import pandas as pd
import pytest

from evaluation.equality.levels import present_levels

ROWS = ["women", None, "men", "women"]


@pytest.mark.parametrize("kind", ["object", "str", "string"])
def test_texts_are_sorted(kind):
    assert present_levels(pd.Series(ROWS, dtype=kind)) == ["men", "women"]


def test_categories_keep_their_order_and_those_that_do_not_occur_are_left_out():
    order = ["women", "other", "men"]
    assert present_levels(pd.Series(pd.Categorical(ROWS, order))) == ["women", "men"]


def test_nobody_has_no_level():
    assert present_levels(pd.Series([], dtype="str")) == []
