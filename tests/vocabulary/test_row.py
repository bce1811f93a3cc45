"""A cell has a value or not, however a missing one is written."""

import numpy as np
import pandas as pd
import pytest

from evaluation.vocabulary.row import is_known


@pytest.mark.parametrize(
    ("value", "known"),
    [
        *((value, True) for value in (0, 0.0, False, "", "nan", np.float32(1), pd.Timestamp("2024-01-01"))),
        *((value, False) for value in (None, float("nan"), np.float32("nan"), pd.NA, pd.NaT)),
    ],
)
def test_a_cell_is_known_unless_it_is_missing(value, known):
    assert is_known(value) is known
