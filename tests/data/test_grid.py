"""Rows of texts become a frame whose columns hold every different text once."""

import pytest

from evaluation.data.grid import build_frame
from evaluation.vocabulary.errors import ExportError, MissingFileError


def rows(*cells):
    return enumerate((list(row) for row in cells), start=1)


def test_columns_hold_every_text_once():
    frame, header_row = build_frame(rows("", ["id", "a"], "1x", "2x", "3y"), "f.csv")
    assert header_row == 2
    assert frame.index.tolist() == [3, 4, 5]
    assert frame["a"].tolist() == ["x", "x", "y"]
    assert frame["a"].cat.categories.tolist() == ["x", "y"]
    assert frame["a"].cat.codes.dtype == "int8"


def test_a_question_nobody_answered_stays_a_column():
    frame, _ = build_frame(rows(["id", "a"], ["1", ""]), "f.csv")
    assert frame["a"].tolist() == [""]


def test_what_is_no_table_is_refused():
    with pytest.raises(MissingFileError, match=r"f.csv: The file is empty\."):
        build_frame(rows(), "f.csv")
    with pytest.raises(ExportError, match=r"f.csv:1: The file has a header but no rows"):
        build_frame(rows(["id"], [" "]), "f.csv")
    with pytest.raises(ExportError, match=r"f.csv:1: The header “a” stands in 2 columns"):
        build_frame(rows(["a", "a"], "12"), "f.csv")
    with pytest.raises(ExportError, match=r"f.csv:2: The row has 3 cells but the header has 1"):
        build_frame(rows(["a"], "123"), "f.csv")
