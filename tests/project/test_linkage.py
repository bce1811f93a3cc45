"""What a definition says of linking: every contradiction is told, with its line."""

from pathlib import Path

import pytest

from evaluation.project.load import load_project
from evaluation.vocabulary.errors import ProjectError

CODED = Path(__file__).parents[1] / "linked"
REGISTER = """  people:
    kind: people
    file: people.csv
    columns: {person: Kod}
linkage:
"""
HASH = ("by: code", "by: hash")
NAMES = "[Mammas förnamn, Födelsedag, Födelseort, Husnummer]"


def told(folder: Path, *changes: tuple[str, str]) -> list[str]:
    text = (CODED / "project.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "project.yaml").write_text(text, encoding="utf-8")
    (folder / "codebook.csv").write_bytes((CODED / "codebook.csv").read_bytes())
    with pytest.raises(ProjectError) as caught:
        load_project(folder)
    return [str(problem) for problem in caught.value.problems]


def test_people_of_linked_sources_need_no_column():
    linkage = load_project(CODED).definition.linkage
    assert (linkage.by, linkage.rule, linkage.decisions) == ("code", "default", "linkage.csv")
    assert linkage.headers("survey_before") == ("Mammas förnamn", "Födelsedag", "Födelseort", "Husnummer")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [("linkage:\n", REGISTER)],
            "A register of people cannot be joined with people who are linked by code.",
        ),
        ([("    survey_after: [", "    survey_aftr: [")], "“survey_aftr” is not among the sources."),
        (
            [(f"    survey_after: {NAMES}", "    survey_after: [Husnummer]")],
            "The code must have the same elements",
        ),
        ([("{organisation: Företag", "{person: Id, organisation: Företag")], "its people are linked as well"),
        ([("waves: [after]", "waves: [before, after]")], "The wave before stands in survey_before already."),
        (
            [("    columns: {organisation: Företag, sex", "    columns: {sex")],
            "known in survey_after but not in",
        ),
        (
            [("rule: {kind: change", "answered_by: named_contact\n    rule: {kind: change")],
            "A named contact cannot",
        ),
        ([HASH], "An identifier that is hashed must stand in one column."),
        ([HASH], "Hashes need the file with the secret key."),
        ([HASH, ("linkage:\n", REGISTER)], "The people of the source people are not hashed"),
        (
            [("kind: answers", "kind: organisations")],
            "Rows of the source survey_before are not about one person",
        ),
        ([("  by: code", "  by: cod")], "cod is not allowed here."),
        ([("  by: code", "  by: code\n  rle: loose")], "Nothing is called rle here. Did you mean rule?"),
    ],
)
def test_contradictions_are_told_with_their_line(tmp_path, changes, said):
    found = [problem for problem in told(tmp_path, *changes) if said in problem]
    assert found
    assert found[0].startswith("project.yaml:")


def test_all_are_told_at_once(tmp_path):
    found = told(tmp_path, HASH, ("linkage:\n", REGISTER))
    assert len(found) == 4
