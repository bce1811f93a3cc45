"""The journey of one answer of a small programme, from a manager's survey to the table of answers."""

import shutil
from pathlib import Path

import pytest

from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from tests.data.build import write_table

PROJECT = Path(__file__).parents[1] / "example"
PEOPLE = {"D1": "Alfa AB", "D2": "Alfa AB", "D3": "Åby Såg"}
ANSWER = {"AG5": "Instämmer i hög grad", "EX5": "I viss grad"}
REGISTERS = {
    "deltagare.xlsx": [
        ["Deltagare", "Företag", "Roll", "Kön", "Utländsk bakgrund", "Anställd", "Startdatum"],
        ["D1", "Alfa AB", "Chef", "Kvinna", "Nej", "Ja", "2023-02-01"],
        ["D2", "Alfa AB", "Medarbetare", "Man", "Ja", "Ja", "2023-02-01"],
        ["D3", "Åby Såg", "Chef", "Ickebinär/annat", "Vill inte ange", "Nej", "2023-02-01"],
    ],
    "foretag.csv": [
        ["Företag", "Kontaktperson", "Antal anställda", "Kommunkod", "SNI"],
        ["Alfa AB", "D1", "12", "1380", "25620"],
        ["Åby Såg", "D3", "7", "1382", "16101"],
    ],
    "tidlogg.csv": [
        ["Insats", "Deltagare", "Fas", "Område", "Medel", "Timmar", "Datum", "Roll i utformningen"],
        ["I1", "D2", "Före", "Grön hållbarhet", "Samproduktion", "3,5", "12.3.2023", "Deltagare"],
    ],
}


def survey(project: LoadedProject, key: str) -> list[list[str]]:
    """Return a survey that everyone in the register answered in the same way."""
    entries = project.codebook.of_source(key)
    header = ["Svars-ID", "Deltagare", *(entry.column for entry in entries)]
    return [header, *([f"{who}0", who, *(ANSWER[entry.response] for entry in entries)] for who in PEOPLE)]


@pytest.fixture
def halland(tmp_path):
    folder = tmp_path / "projects" / "halland"
    shutil.copytree(PROJECT, folder)
    project = load_project(folder)
    for name, rows in REGISTERS.items():
        write_table(project.raw_folder / name, rows, delimiter=";", encoding="utf-8-sig")
    for key, source in project.definition.sources.items():
        if source.kind == "answers":
            write_table(
                project.raw_folder / source.file, survey(project, key), delimiter=";", encoding="cp1252"
            )
    return project


def test_one_answer_reaches_the_table(halland):
    answers = ingest(halland).answers
    found = answers[(answers["person"] == "D3") & (answers["item"] == "goal_strategic")]
    assert found.drop(columns="value").astype("str").to_numpy().tolist() == [
        ["D3", "Åby Såg", "managers_after", "after", "goal_strategic", "none"]
    ]
    assert found["value"].tolist() == [4.0]


def test_every_question_of_the_codebook_is_answered_by_everyone(halland):
    tables = ingest(halland)
    assert len(tables.answers) == len(halland.codebook.entries) * len(PEOPLE)
    assert set(tables.answers["missing"]) == {"none"}
    assert set(tables.answers["item"]) == set(halland.codebook.items)
    assert set(tables.answers["wave"]) == {"before", "after", "then"}


def test_registers_and_log_have_levels(halland):
    tables = ingest(halland)
    assert tables.people["sex"].tolist() == ["women", "men", "other"]
    assert tables.people["background"].tolist() == ["swedish", "foreign", "not_stated"]
    assert tables.people["role"].tolist() == ["manager", "employee", "manager"]
    assert tables.organisations["contact_person"].tolist() == ["D1", "D3"]
    assert tables.organisations["municipality"].tolist() == ["1380", "1382"]
    assert tables.log.drop(columns="hours").astype("str").to_numpy().tolist() == [
        ["I1", "D2", "Alfa AB", "before", "green", "co_production", "participant", "2023-03-12"]
    ]
    assert tables.log["hours"].tolist() == [3.5]


def test_scales_are_scored_at_the_waves_they_were_asked(halland):
    scores = ingest(halland).scores
    found = scores.groupby(["scale", "wave"], observed=True)["score"].mean()
    assert found["strategic_work"].to_dict() == {"before": 4.0, "after": 4.0}
    assert found["need_to_update"].to_dict() == {"before": 3.0, "after": 3.0}
    assert "then" not in set(scores["wave"])


def test_everything_is_accounted_for(halland):
    manifest = ingest(halland).manifest
    assert {row.source for row in manifest.accounting} == set(halland.definition.sources)
    assert all(row.read == row.kept and not row.dropped for row in manifest.accounting)
    assert manifest.simulated == "none"
    assert manifest.unused["deltagarenkat_fore.csv"] == ("Svars-ID",)
