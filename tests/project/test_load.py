"""A definition's mistakes: each found, all at once, with line and remedy."""

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml

from evaluation.project.load import load_project
from evaluation.project.schema import json_schema
from evaluation.vocabulary.errors import MissingFileError, ProjectError

ROOT = Path(__file__).resolve().parents[2]
HALLAND = ROOT / "projects" / "halland"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    shutil.copytree(HALLAND, tmp_path / "halland")
    return tmp_path / "halland"


def problems(programme: Path, *changes: tuple[str, str], file: str = "project.yaml") -> list[str]:
    path = programme / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        load_project(programme)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_definitions_are_in_order():
    indicators = load_project(HALLAND).definition.indicators.values()
    assert {one.id for one in indicators} == {f"H{number:02d}" for number in range(1, 44)}
    assert (
        load_project(ROOT / "src" / "evaluation" / "project" / "template").definition.simulation is not None
    )


MISTAKES = [
    (("share: 0.70}", "share: 70}"), "70 is not a share. Write 0.70."),
    (("share: 0.70}", "share: 170}"), "Write a number between 0 and 1."),
    (("kind: target", "kind: tarrget"), "Did you mean target?"),
    (("wave: after, share", "wave: aftre, share"), "Did you mean after?"),
    (("group: sex, important", "group: sx, important"), "Did you mean sex?"),
    (("measure: {item: goal_strategic", "measure: {item: goal_strategik"), "Did you mean goal_strategic?"),
    (("measure: {scale: strategic_work}", "measure: {scale: strategic}"), "not among the scales"),
    (("measure: {item: change_ability}", "measure: {}"), "does not say what is measured"),
    (("  intersections: [[", "  followed: {accessibility: [disabilty]}\n  intersections: [["), "disabilty"),
    (("special: true", "specal: true"), "Nothing is called specal here."),
    (("reference: men", "reference: man"), "Did you mean men?"),
    (("min_items: 4", "min_items: 9"), "Write at most 6."),
    (("smallest_important: 0.5", "smallest_important: 0"), "smallest_important"),
    (("label: {sv: Före, en: Before}", "label: {sv: Före}"), "lacks the language en"),
    (("even: [0.40, 0.60]", "ratio_low: 0.8"), "what the distribution is compared with"),
    (("waves: [before]", "waves: [befor]"), "Did you mean before?"),
    (("  strategic_goal:", "  Strategic-goal:"), "small letters"),
    (
        ("positive: [4, 5]}\n    rule: {kind: target", "}\n    rule: {kind: target"),
        "which answers count as yes",
    ),
    (("min_cell: 5", "min_cell: 1"), "min_cell"),
]


@pytest.mark.parametrize(("change", "said"), MISTAKES, ids=[said for _, said in MISTAKES])
def test_mistake_is_told_with_line_and_remedy(programme, change, said):
    found = [text for text in problems(programme, change) if said in text]
    assert found
    assert all(text.startswith(("project.yaml:", "codebook.csv:")) for text in found)


def test_the_line_is_the_right_one(programme):
    number = next(
        line
        for line, text in enumerate(
            (programme / "project.yaml").read_text(encoding="utf-8").splitlines(), start=1
        )
        if "share: 0.70" in text
    )
    found = problems(programme, ("share: 0.70", "share: 70"))
    assert found[0].startswith(f"project.yaml:{number} indicators.strategic_goal.rule.share:")


def test_all_mistakes_are_told_at_once(programme):
    several = [MISTAKES[0], MISTAKES[4], MISTAKES[6], MISTAKES[9], MISTAKES[10]]  # in different places
    found = problems(programme, *(change for change, _ in several))
    for _, said in several:
        assert any(said in text for text in found), said


def test_a_key_that_stands_twice_is_an_error(programme):
    found = problems(programme, ("privacy:", "languages: [sv]\nprivacy:"))
    assert "stands twice" in found[0]


def test_broken_yaml_is_told_with_its_line(programme):
    found = problems(programme, ("languages: [sv, en]", "languages: [sv, en"))
    assert found[0].startswith("project.yaml:")


CODEBOOK = [
    (("AG5", "AG55"), "Did you mean AG5?"),
    (("participants_before", "participant_before"), "not among the sources"),
    (("item,source", "itm,source"), "lacks the columns item"),
]


@pytest.mark.parametrize(("change", "said"), CODEBOOK, ids=[said for _, said in CODEBOOK])
def test_mistake_in_the_codebook_is_told_with_its_line(programme, change, said):
    found = [text for text in problems(programme, change, file="codebook.csv") if said in text]
    assert found
    assert found[0].startswith("codebook.csv:")


def test_codebook_with_semicolons_reads_alike(programme):
    before = load_project(programme).codebook.entries
    path = programme / "codebook.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)
    assert load_project(programme).codebook.entries == before


def test_missing_files_are_told(tmp_path, programme):
    with pytest.raises(MissingFileError, match="evaluation new"):
        load_project(tmp_path / "nowhere")
    (programme / "codebook.csv").unlink()
    with pytest.raises((ProjectError, MissingFileError), match="codebook"):
        load_project(programme)


def test_a_relative_path_is_looked_for_upwards(programme, monkeypatch):
    (programme.parent / "notebooks").mkdir()
    monkeypatch.chdir(programme.parent / "notebooks")
    assert load_project("halland/project.yaml").key == "halland"


def test_the_schema_accepts_what_the_loader_accepts():
    jsonschema = pytest.importorskip("jsonschema", reason="comes with nbformat")
    definition = yaml.safe_load((HALLAND / "project.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(definition, default=str)), json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"name": {}}, json_schema())


def test_what_stands_beside_withheld_rows_is_withheld_or_rounded(programme):
    found = problems(programme, ("privacy: {", "privacy: {complementary: blur, "))
    assert "privacy.complementary" in found[0]
    assert "withhold" in found[0]
