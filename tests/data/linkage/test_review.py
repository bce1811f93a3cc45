import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.data.linkage.match import linked_waves
from evaluation.data.linkage.review import COLUMNS, decisions, read_review, review_table, write_review
from evaluation.vocabulary.errors import LinkageError, MissingFileError

from .build import named, wave

BEFORE = [("12", "Bo AB", "an 07 st"), ("13", "Bo AB", "an 07 st"), ("=1+1", "+Åre", "=cmd 1 x")]
AFTER = [("22", "Bo AB", "an 7 st"), ("@x", "+Åre", "=cmd 1 x"), ("@y", "+Åre", "=cmd 1 x")]


@pytest.fixture
def waves():
    return wave(BEFORE), wave(AFTER)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decisions.csv"


def rows_of(path, delimiter=";"):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def decide(path, **wanted):
    rows = rows_of(path)
    for row in rows:
        row["decision"] = wanted.get(f"{row['before']}_{row['after']}".replace("'", ""), row["decision"])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_no_cell_can_become_a_formula_a_number_or_a_date(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfblock;before;after")
    for row in rows_of(path):
        assert set(row) == set(COLUMNS)
        for name, cell in row.items():
            assert name == "cost" or not cell or cell[0] not in "=+-@\t\r0123456789"
    assert {row["before"] for row in rows_of(path)} == {"'12", "'13", "'=1+1"}


def test_a_file_that_nobody_touched_decides_nothing(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    found = decisions(read_review(path), *waves, file=path.name)
    assert not len(found.accepted) and not len(found.rejected)


def test_decisions_are_read_back_and_win(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    decide(path, **{"12_22": "accept", "=1+1_@y": "REJECT"})
    decided = decisions(read_review(path), *waves, file=path.name)
    found = linked_waves(*waves, decided=decided)
    assert named(found) == {("12", "22"), ("=1+1", "@x")}
    assert found.step.tolist().count("accepted") == 1


def test_decisions_survive_a_new_list(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    decide(path, **{"12_22": "accept", "=1+1_@y": "reject"})
    entries = read_review(path)
    linkage = linked_waves(*waves, decided=decisions(entries, *waves, file=path.name))
    write_review(review_table(linkage, entries), path)
    again = read_review(path)
    kept = {(entry.before, entry.after): entry.decision for entry in again}
    assert kept[("12", "22")] == "accept"
    assert kept[("=1+1", "@y")] == "reject"
    assert len(kept) == len(again)


@pytest.mark.parametrize("change", ["company", "respondent", "code"])
def test_a_pair_that_no_longer_exists(waves, path, change):
    write_review(review_table(linked_waves(*waves)), path)
    decide(path, **{"12_22": "accept"})
    others = {
        "company": [("22", "Bo HB", "an 7 st")],
        "respondent": [("23", "Bo AB", "an 7 st")],
        "code": [("22", "Bo AB", "an 8 st")],
    }
    with pytest.raises(LinkageError, match=r"decisions\.csv:2: .* no longer exists"):
        decisions(read_review(path), waves[0], wave(others[change]), file=path.name)


def test_undecided_rows_may_be_out_of_date(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    found = decisions(read_review(path), waves[0], wave([("1", "x", "a b c")]), file=path.name)
    assert not len(found.accepted)


def test_nobody_is_accepted_twice(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    decide(path, **{"12_22": "accept", "13_22": "accept"})
    with pytest.raises(LinkageError, match=r"decisions\.csv:3: .* contradicts"):
        decisions(read_review(path), *waves, file=path.name)


def test_every_unreadable_decision_is_told(waves, path):
    write_review(review_table(linked_waves(*waves)), path)
    decide(path, **{"12_22": "yes", "13_22": "maybe"})
    with pytest.raises(LinkageError) as raised:
        read_review(path)
    assert [problem.where for problem in raised.value.problems] == ["decisions.csv:2", "decisions.csv:3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_however_the_spreadsheet_saves_it(waves, path, encoding, delimiter):
    write_review(review_table(linked_waves(*waves)), path, delimiter=delimiter)
    text = path.read_text(encoding="utf-8-sig").replace("'", "")
    path.write_text(text, encoding=encoding)
    entries = read_review(path)
    assert {entry.block for entry in entries} == {"bo ab", "åre"}
    assert {entry.before for entry in entries} == {"12", "13", "=1+1"}


def test_columns_and_files_that_are_not_there(path):
    with pytest.raises(MissingFileError):
        read_review(path)
    path.write_text("block;before\n", encoding="utf-8")
    with pytest.raises(LinkageError, match="lacks the columns after"):
        read_review(path)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELL.filter(lambda text: text.strip("|/ ")), min_size=2, max_size=2))
def test_whatever_was_written_can_be_decided_about(path, texts):
    before = wave([("b1", "x", "a b"), ("b2", "x", "a b")])
    before.written[:] = [texts, texts]
    waves = before, before
    table = review_table(linked_waves(*waves)).assign(decision="reject")
    write_review(table, path)
    for entry, code in zip(read_review(path), table["code_before"], strict=True):
        assert entry.decision == "reject"
        assert entry.code_before == "".join(sign for sign in code if sign.isprintable()).strip()
