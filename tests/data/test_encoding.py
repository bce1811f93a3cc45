"""Every encoding in which exports are written is read; what fits none is told with its place."""

import pytest

from evaluation.data import encoding
from evaluation.data.encoding import text_encoding
from evaluation.data.ingest import ingest
from evaluation.vocabulary.errors import ExportError

TEXT = "id;Ålder;Svar\np1;två;hör\np2;ett;ÅÄÖ åäö\n"
FOUND = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "cp1252": "cp1252",
    "iso-8859-1": "cp1252",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("block", [1, 5, 1 << 20])
def test_the_encoding_is_found_and_gives_the_text_back(tmp_path, monkeypatch, name, block):
    monkeypatch.setattr(encoding, "BLOCK", block)
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT.encode(name))
    assert text_encoding(path) == FOUND[name]
    with path.open(encoding=FOUND[name], newline="") as file:
        assert file.read() == TEXT


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            TEXT.encode() + "p3;hör;x\n".encode("cp1252"),
            "x.csv:4 “Ålder”: The file is written partly in UTF-8",
        ),
        (TEXT.encode("cp1252") + "p3;a;hör\n".encode(), "x.csv:1: The file is written partly in UTF-8"),
        (TEXT.encode() + b"p3;x\0;y\n", "x.csv:4 “Ålder”: The file holds NUL bytes"),
        (TEXT.encode("cp1252") + b"p3;a;\x81\n", "x.csv:4 “Svar”: The file is written neither in UTF-8 nor"),
        (b"id;a\np1;f\x94r\n", "x.csv:2 “a”: The file comes from MS-DOS or an old Macintosh"),
        (b"id;a\np1;h\x8ar\n", "x.csv:2 “a”: The file comes from MS-DOS or an old Macintosh"),
        (b'id;a\n"p;\n1";"\x81"\n', "x.csv:2 “a”: The file is written neither"),
        (TEXT.encode("utf-16")[:-1], "x.csv: The file begins as UTF-16 but does not go on as such"),
        (b"\xef\xbb\xbfid;a\np1;\xe5\n", "x.csv:2 “a”: The file begins as UTF-8 but does not go on as such"),
    ],
)
def test_what_cannot_be_read_is_told_with_row_and_column(tmp_path, content, told):
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(ExportError) as caught:
        text_encoding(tmp_path / "x.csv")
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("name", FOUND)
def test_a_survey_in_any_encoding_gives_the_same_answers(make_project, name):
    rows = [["id", "Åsikt"], ["p1", "Instämmer i hög grad"], ["p2", "Instämmer helt"]]
    sources = {
        "one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}}
    }
    project = make_project(
        {"one.csv": rows}, sources=sources, questions=[("a", "one", "Åsikt")], encoding=name
    )
    assert ingest(project).answers["value"].tolist() == [4, 5]
