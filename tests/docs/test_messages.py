"""The messages in docs/project.md are those that the program says."""

import shutil

import numpy as np
import pytest

from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.simulate import simulate, write_simulated
from evaluation.vocabulary.errors import EvaluationError

from .pages import ROOT, text

TEMPLATE = ROOT / "src" / "evaluation" / "project" / "template"
WAVE = "  after: {label: {sv: Efter, en: After}, kind: follow_up}"
PEOPLE = "{person: Deltagare, organisation: Företag, sex: Kön}"

DEFINITION = [
    ("project.yaml", "share: 0.70", "share: 70"),
    ("project.yaml", "wave: after, share", "wave: efter, share"),
    ("project.yaml", "kind: target", "kind: targett"),
    ("project.yaml", "kind: follow_up", "kind: followup"),
    ("project.yaml", WAVE, WAVE.replace(", kind: follow_up", "")),
    ("project.yaml", "label: {sv: Före, en: Before}", "label: {sv: Före}"),
    ("project.yaml", "waves:\n", "wavse: {}\nwaves:\n"),
    ("project.yaml", "item: useful_skills", "item: usefull_skills"),
    ("project.yaml", "scale: learning", "scale: lerning"),
    ("project.yaml", "item: useful_skills, positive: [4, 5]", "item: useful_skills"),
    ("project.yaml", "positive: [4, 5]", "positive: [4, 6]"),
    ("project.yaml", "measure: {scale: learning}", "measure: {column: sex}"),
    ("project.yaml", "wave: after, share", "wave: before, share"),
    ("project.yaml", "measure: {column: sex}", "measure: {column: staff}"),
    ("project.yaml", "even: [0.40, 0.60]", "even: [0.60, 0.40]"),
    ("project.yaml", "measure: {scale: learning}", "measure: {}"),
    ("project.yaml", "min_items: 2", "min_items: 3"),
    ("project.yaml", "min_cell: 5", "min_cell: 2"),
    ("project.yaml", "min_cell: 5", "min_cell: 5, complementary: blur"),
    ("project.yaml", "even: [0.40, 0.60]", "even: [0.40, 0.60], against: participants"),
    ("project.yaml", "reference: men", "reference: man"),
    ("project.yaml", "    waves: [before]\n", ""),
    ("project.yaml", PEOPLE, PEOPLE.replace("person: Deltagare, ", "")),
    ("project.yaml", "  learning:\n    label", "  Learning-1:\n    label"),
    ("project.yaml", "  women_and_men:", "  learning:"),
    ("codebook.csv", "survey_after,,Jag", "survey_aftr,,Jag"),
    ("codebook.csv", "arbete.,AG5", "arbete.,AGG5"),
    ("codebook.csv", ",Vi provar nya arbetssätt.,AG5", ",,AG5"),
    ("codebook.csv", "AG5,,Vi provar", "AG5,maybe,Vi provar"),
]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(TEMPLATE, tmp_path / "projects" / "mine")


def _replace(path, old, new):
    content = path.read_text(encoding="utf-8-sig")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"), DEFINITION, ids=[new.strip() or old for _, old, new in DEFINITION]
)
def test_mistakes_in_the_definition(folder, file, old, new):
    _replace(folder / file, old, new)
    with pytest.raises(EvaluationError) as raised:
        load_project(folder)
    said = text("docs/project.md")
    assert any(str(problem) in said for problem in raised.value.problems), raised.value


HELT, HEADER = "Instämmer helt", "Vi provar nya arbetssätt."
EXPORTS = [
    ("enkat_fore.csv", HELT, "Instämmer heltt"),
    ("enkat_fore.csv", HELT, "7"),
    ("enkat_fore.csv", HELT, "3,5"),
    ("enkat_fore.csv", HEADER, "Vi provar nya sätt"),
    ("deltagare.csv", "Kvinna", "Qvinna"),
]


@pytest.fixture
def simulated(folder):
    project = load_project(folder)
    write_simulated(simulate(project, np.random.default_rng(1)), project.raw_folder)
    return project


def _said(project):
    """Return what is wrong, without the folder or the number of the row."""
    with pytest.raises(EvaluationError) as raised:
        ingest(project)
    problem = raised.value.problems[0]
    return f"{problem.what} {problem.do}"


@pytest.mark.parametrize(("file", "old", "new"), EXPORTS, ids=[new for _, _, new in EXPORTS])
def test_mistakes_in_the_exports(simulated, file, old, new):
    _replace(simulated.raw_folder / file, old, new)
    assert _said(simulated) in text("docs/project.md")


def test_absent_empty_and_repeated(simulated):
    path = simulated.raw_folder / "enkat_fore.csv"
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*rows, rows[1]]), encoding="utf-8")
    assert _said(simulated) in text("docs/project.md")
    path.write_bytes(b"")
    assert _said(simulated) in text("docs/project.md")
    path.unlink()
    assert _said(simulated) in text("docs/project.md")


def test_wrong_delimiter(simulated, folder):
    _replace(folder / "project.yaml", "file: enkat_fore.csv", 'file: enkat_fore.csv\n    delimiter: ","')
    assert _said(load_project(folder)) in text("docs/project.md")


def test_waves_without_overlap(simulated):
    for file, early in (("enkat_fore.csv", True), ("enkat_efter.csv", False)):
        path = simulated.raw_folder / file
        header, *rows = path.read_text(encoding="utf-8-sig").splitlines()
        half = [row for row in rows if (row.split(";")[4] <= "D060") is early]
        path.write_text("\n".join([header, *half]), encoding="utf-8")
    assert _said(simulated) in text("docs/project.md")
