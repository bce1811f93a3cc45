"""The section `linkage` from exports to tables: who is who, what is open, and what cannot be done."""

import pytest

from evaluation.data.ingest import ingest, ingest_and_store
from evaluation.data.linkage.hashed import create_key
from evaluation.data.linkage.pipeline import REVIEW
from evaluation.data.linkage.review import read_review
from evaluation.data.manifest import is_current
from evaluation.data.store import read_processed
from evaluation.vocabulary.errors import LinkageError, MissingFileError, ProjectError
from tests.data.build import SEX, WAVES, problems

HEADER = ["firm", "k1", "k2", "k3", "A", "B", "C"]
CODE = ["k1", "k2", "k3"]
SOURCES = {
    key: {"kind": "answers", "file": f"{key}.csv", "waves": [wave], "columns": {"organisation": "firm"}}
    for key, wave in (("one", "before"), ("two", "after"))
}
LINKAGE = {"by": "code", "columns": {"one": CODE, "two": CODE}}
NAMES = ("an", "bo", "cy", "di", "ed", "fy", "gu", "hi", "jo", "ku")


def rows(*, codes=None):
    people = codes or [(name, str(3 * place), name[::-1]) for place, name in enumerate(NAMES)]
    return [HEADER, *([f"F{place % 5}", *code, "1", "2", "3"] for place, code in enumerate(people))]


def changed(table, row, **cells):
    return [[*line] if place != row else _with(line, cells) for place, line in enumerate(table)]


def _with(line, cells):
    return [cells.get(name, cell) for name, cell in zip(HEADER, line, strict=True)]


@pytest.fixture
def project(make_project):
    def make(one=None, two=None, **parts):
        files = {"one.csv": one or rows(), "two.csv": two or rows()}
        return make_project(files, **{"sources": SOURCES, "linkage": LINKAGE, **parts})

    return make


def test_waves_are_linked_within_the_company_and_codes_are_dropped(project):
    made = project(two=changed(rows(), 2, k1="bp"))
    tables = ingest(made)
    assert len(tables.people) == len(NAMES)
    assert set(tables.people["organisation"]) == {f"F{place}" for place in range(5)}
    steps = tables.links[tables.links["source"] == "two"].set_index("person")["step"]
    assert steps["one:3"] == "edited"
    assert (steps == "exact").sum() == len(NAMES) - 1
    assert not {"k1", "k2", "k3"} & {name for names in tables.manifest.unused.values() for name in names}
    assert tables.manifest.linkage.rule == "default"


def test_without_a_code_nobody_is_lost(project):
    tables = ingest(project(two=changed(rows(), 4, k1="", k2="", k3="")))
    assert len(tables.people) == len(NAMES) + 1
    assert not tables.links.set_index(["source", "person"]).loc[("two", "two:5"), "coded"]
    accounts = {row.source: (row.read, row.kept) for row in tables.manifest.accounting}
    assert accounts == {"one": (10, 10), "two": (10, 10)}


def twins():
    """Return rows where the first and the sixth, of the same company, have the same code."""
    return changed(rows(), 6, k1="an", k2="0", k3="na")


def test_what_cannot_be_told_apart_is_listed_and_decided(project, raw):
    made = project(one=twins(), two=twins())
    tables = ingest_and_store(made)
    file = made.processed_folder / REVIEW
    assert len(tables.people) == len(NAMES) + 2
    assert any("processed/small/linkage_review.csv" in str(note) for note in tables.manifest.notes)
    assert len(read_review(file)) == tables.manifest.linkage.undecided == 4
    assert is_current(made)
    (raw / "linkage.csv").write_text(_accepted(file, {"2": "2", "7": "7"}), encoding="utf-8")
    assert not is_current(made)
    again = ingest_and_store(made)
    assert len(again.people) == len(NAMES)
    assert (again.links["step"] == "accepted").sum() == 2
    assert (again.manifest.linkage.decided, again.manifest.linkage.undecided) == (2, 0)
    assert is_current(made)
    assert sum(bool(entry.decision) for entry in read_review(file)) == 2


def _accepted(file, wanted):
    """Return the file with accept written at pairs of rows."""
    header, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    pairs = {(f"one:{one}", f"two:{two}") for one, two in wanted.items()}
    named = [tuple(cell.strip("'") for cell in line.split(";")[1:3]) for line in lines]
    done = [line + "accept" * (pair in pairs) for line, pair in zip(lines, named, strict=True)]
    return "\n".join([header, *done])


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("F0;one:99;two:2;an | 0 | na;an | 0 | na;0;x;accept", "no longer exists"),
        ("F0;one:2;two:2;an | 0 | na;an | 0 | na;0;x;perhaps", "The decision is “perhaps”."),
        (
            "F0;one:2;two:2;an | 0 | na;an | 0 | na;0;x;accept\nF0;one:2;two:2;an | 0 | na;an | 0 | na;0;x;reject",
            "contradicts an earlier one",
        ),
    ],
)
def test_decisions_that_cannot_be_kept_are_told_with_their_row(project, raw, cells, said):
    header = "block;before;after;code_before;code_after;cost;reason;decision"
    (raw / "linkage.csv").write_text(f"{header}\n{cells}\n", encoding="utf-8")
    with pytest.raises(LinkageError, match=said) as caught:
        ingest(project())
    assert f"linkage.csv:{2 + cells.count(chr(10))}" in problems(caught)


def test_three_linkings_are_kept(project):
    tables = ingest(project(one=twins(), two=changed(twins(), 2, k1="bp")))
    people = {rule: tables.links[rule].nunique() for rule in ("strict", "default", "loose")}
    assert people == {"strict": 13, "default": 12, "loose": 10}
    assert (tables.links["person"] == tables.links["default"]).all()


def test_links_survive_the_disk(project):
    made = project()
    written = ingest_and_store(made)
    read = read_processed(made.processed_folder)
    assert read.links.equals(written.links)
    assert read.manifest == written.manifest


def weak(people, values):
    return [(str(place % values), "1", str(place // values % values)) for place in range(people)]


def test_a_weak_code_is_linked_strictly_and_that_is_told(project):
    codes = [(f"{place}", f"{place % 7}", f"{place % 3}") for place in range(60)]
    table = rows(codes=codes)
    one_company = [["F", *row[1:]] if place else row for place, row in enumerate(table)]
    tables = ingest(project(one=one_company, two=one_company))
    assert (tables.manifest.linkage.asked, tables.manifest.linkage.rule) == ("default", "strict")
    assert any("The code is weak for so many people" in str(note) for note in tables.manifest.notes)


def test_a_code_that_many_share_is_refused(project):
    table = rows(codes=weak(40, 3))
    with pytest.raises(LinkageError, match="The code does not tell people apart"):
        ingest(project(one=table, two=table))


def test_what_people_say_differently_of_themselves_is_told_and_the_earliest_counts(project):
    one = [[*row, sex] for row, sex in zip(rows(), ["sex", *["Kvinna"] * 10], strict=True)]
    two = [[*row, sex] for row, sex in zip(rows(), ["sex", "Man", *["Kvinna"] * 9], strict=True)]
    columns = {"organisation": "firm", "sex": "sex"}
    sources = {key: {**source, "columns": columns} for key, source in SOURCES.items()}
    tables = ingest(project(one=one, two=two, groups={"sex": SEX}, sources=sources))
    assert set(tables.people["sex"]) == {"women"}
    assert any(str(note).startswith("1 statement about a linked person") for note in tables.manifest.notes)


def test_background_that_must_not_be_linked_is_not_linked(project):
    with pytest.raises(LinkageError, match="linkage needs each person's answers together"):
        ingest(project(background_linkable=False))


def test_an_absent_file_is_told_and_nothing_else(project, raw):
    made = project()
    (raw / "two.csv").unlink()
    with pytest.raises(MissingFileError) as caught:
        ingest(made)
    assert len(caught.value.problems) == 1


def test_an_absent_element_of_the_code_is_told(project):
    table = [["firm", "k1", "k2", "other", "A", "B", "C"], *rows()[1:]]
    with pytest.raises(Exception, match="There is no column “k3” for person"):
        ingest(project(two=table))


ADDRESSES = [["firm", "mail", "A", "B", "C"], *(["F", f"{name}@x.se", "1", "2", "3"] for name in NAMES)]


@pytest.fixture
def hashed(make_project, tmp_path):
    def make(key_file):
        linkage = {"by": "hash", "columns": {"one": "mail", "two": "mail"}, "key_file": key_file}
        files = {"one.csv": ADDRESSES, "two.csv": [ADDRESSES[0], *ADDRESSES[:4:-1]]}
        return make_project(files, sources=SOURCES, linkage=linkage, waves=WAVES)

    return make


def test_identifiers_become_hashes_that_link(hashed, tmp_path):
    create_key(tmp_path / "key")
    tables = ingest(hashed("../../key"))
    assert len(tables.people) == len(NAMES)
    assert not tables.people["person"].str.contains("@").any()
    assert (tables.links["step"] == "exact").sum() == 6
    assert tables.manifest.linkage.by == "hash"


def test_the_key_lies_outside_the_project(hashed):
    with pytest.raises(ProjectError, match="The key file lies in the project's folder"):
        ingest(hashed("key"))


def test_a_key_that_others_may_read_is_refused(hashed, tmp_path):
    create_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(LinkageError, match="Others than its owner"):
        ingest(hashed("../../key"))
