import pandas as pd
import pytest

from evaluation.data.export import Export
from evaluation.data.linkage.apply import PERSON, CodeColumns, hashed_exports, source_codes, with_persons
from evaluation.data.linkage.hashed import HashKey
from evaluation.data.linkage.series import linked_series
from evaluation.data.respondents import identifier
from evaluation.vocabulary.errors import LinkageError

KEY = HashKey(bytes(range(32)))


def export(file, rows):
    frame = pd.DataFrame(rows, columns=["Företag", "Kod 1", "Kod 2", "Kod 3", "e-post"], dtype="str")
    return Export(frame.astype("category").set_axis(range(2, len(rows) + 2)), file, "")


FILES = {
    "one": export("one.csv", [("A", "an", "07", "st", "an@x"), ("A", "bo", "3", "gö", "bo@x")]),
    "two": export("two.csv", [("a", "Bo", "3", "GO", "BO@x"), ("A", "", "", "", "")]),
    "log": export("log.csv", [("A", "", "", "", "")]),
}
WHERE = {key: CodeColumns(("kod 1", "Kod 2", "Kod 3"), "Företag") for key in ("one", "two")}


def test_files_get_a_person_and_lose_the_code():
    series = linked_series(source_codes(FILES, WHERE))
    linked = with_persons(FILES, WHERE, series)
    assert list(linked) == list(FILES)
    assert identifier(linked["two"], PERSON).to_dict() == {2: "one:3", 3: "two:3"}
    assert identifier(linked["one"], PERSON).to_dict() == {2: "one:2", 3: "one:3"}
    assert list(linked["two"].frame.columns) == ["Företag", "e-post", PERSON]
    assert linked["log"] is FILES["log"]
    assert "Kod 1" in FILES["one"].frame.columns
    assert len(series.linkages["two"].links) == 1


def test_files_get_a_hash_and_lose_the_identifier():
    hashed = hashed_exports(FILES, {"one": "E-post", "two": "e-post"}, KEY)
    one, two = (identifier(hashed[key], PERSON).to_dict() for key in ("one", "two"))
    assert one[3] == two[2]
    assert len(one[2]) == 32 and one[2] != one[3]
    assert two[3] == ""
    for key in ("one", "two"):
        assert "x" not in "".join(hashed[key].frame.astype("str").to_numpy().ravel())


def test_every_absent_column_is_told():
    with pytest.raises(LinkageError) as raised:
        source_codes(FILES, {"one": CodeColumns(("Kod 1", "Kod 9"), "Firma"), "two": WHERE["two"]})
    assert [problem.where for problem in raised.value.problems] == ["one.csv:1", "one.csv:1"]
    with pytest.raises(LinkageError, match="epost"):
        hashed_exports(FILES, {"one": "epost"}, KEY)
