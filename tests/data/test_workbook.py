"""Cells of a workbook become the texts that a text file would hold."""

from datetime import date, datetime, time

import pytest

from evaluation.data.workbook import cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("å", "å"),
        (4, "4"),
        (4.0, "4"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        (True, "TRUE"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 8), "2024-03-01T08:00:00"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_cells_become_texts(value, text):
    assert cell_text(value) == text
