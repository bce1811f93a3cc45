"""Encoding and delimiter are found without reading the whole file into memory."""

import pytest

from evaluation.data import delimited


def test_a_long_file_is_judged_by_its_beginning(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "SAMPLE", 20)
    path = tmp_path / "x.csv"
    path.write_text("id;a;b\n1;2;3\n4;5;6;7;8\n", encoding="utf-8")
    assert delimited.find_delimiter(path, "utf-8") == ";"


def test_an_unclosed_quotation_mark_does_not_stop_the_search(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('id;a\n1;"' + "x" * 200_000, encoding="utf-8")
    assert delimited.find_delimiter(path, "utf-8") is None


@pytest.mark.parametrize(
    ("text", "found"), [("a\n1\n", None), ("a,b;c,d\n1,2,3\n", ","), ("a\tb\n1\t2\n", "\t")]
)
def test_the_delimiter_splits_rows_alike(tmp_path, text, found):
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    assert delimited.find_delimiter(tmp_path / "x.csv", "utf-8") == found
