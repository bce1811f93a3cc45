"""Lists and logs as an office keeps them are read by a definition alone; every known figure comes out."""

import json
import re
from pathlib import Path

import pytest

from evaluation.data.ingest import ingest
from evaluation.data.linkage.hashed import create_key
from evaluation.project.load import load_project

HERE = Path(__file__).parent / "swedish_office"
PHASES = {"före": "before", "under": "during", "efter": "after"}
NUMBER = re.compile(r"(?<![0-9a-f])(?:\d{2})?\d{6}[-+ ]?\d{4}(?![0-9a-f])|(?<![0-9a-f])07\d[- ]?\d{3}")
MARKUP = re.compile(r"<[a-z/]|=HYPERLINK|=1\+1", re.IGNORECASE)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    project = load_project(HERE)
    if not project.raw_folder.is_dir():
        pytest.skip("the invented office files are not on this machine")
    return ingest(keyed(project, tmp_path_factory.mktemp("key")))


def keyed(project, folder):
    key = folder / "hash.key"
    create_key(key)
    privacy = project.definition.privacy.model_copy(update={"key_file": str(key)})
    definition = project.definition.model_copy(update={"privacy": privacy})
    return project.model_copy(update={"definition": definition})


@pytest.fixture(scope="module")
def survey():
    project = load_project(HERE / "survey.yaml")
    if not project.raw_folder.is_dir():
        pytest.skip("the invented office files are not on this machine")
    return ingest(project)


@pytest.fixture(scope="module")
def truth():
    return json.loads((load_project(HERE).raw_folder / "truth.json").read_text(encoding="utf-8"))


def account(tables, source):
    return next(row for row in tables.manifest.accounting if row.source == source)


def test_the_participant_list(office, truth):
    people, row = office.people, account(office, "participants")
    sexes = people["sex"].value_counts()
    assert (row.read, row.dropped) == (truth["list_rows"], {"duplicate": truth["duplicate_rows"]})
    assert len(people) == truth["people"]
    assert people["organisation"].nunique() == truth["firms"]
    assert (sexes["women"], sexes["men"], sexes["other"]) == (truth["women"], truth["men"], truth["other"])
    assert people["started"].str.fullmatch(r"2023-0[2-5]-\d\d").all()
    assert people["ended"].notna().sum() == truth["quits"]
    assert (people["marked"].notna() == people["ended"].notna()).all()


def test_the_hours(office, truth):
    log = office.log
    hours = log.groupby("phase", observed=True)["hours"].sum()
    assert {key: hours[phase] for key, phase in PHASES.items()} == truth["hours"]
    assert log["hours"].isna().sum() == truth["hours_unreadable_cells"]
    share = (hours["before"] + hours["after"]) / hours.sum()
    assert share == pytest.approx(truth["hours_before_after_share"])
    assert log["date"].nunique() == 11
    assert log["date"].str.fullmatch(r"2023-0[4-8]-\d\d").all()


@pytest.mark.parametrize(("wave", "file"), [("before", "forms_fore.xlsx"), ("after", "forms_efter.xlsx")])
def test_the_surveys(survey, truth, wave, file):
    answers = survey.answers[survey.answers["wave"] == wave]
    assert answers["person"].nunique() == truth[file]["answers"]
    for item, answered in truth[file]["answered"].items():
        values = answers.loc[answers["item"] == item, "value"].dropna()
        assert len(values) == answered
        assert (values >= 4).sum() == truth[file]["positive_4_5"][item]


def test_several_answers_in_one_cell(survey):
    wants = survey.answers[survey.answers["item"].astype(str).str.startswith("wants_")]
    assert set(wants["value"]) == {0.0, 1.0}
    assert (wants.groupby(["person", "wave"], observed=True)["value"].sum() >= 1).all()


def test_dates_of_answers(survey):
    assert survey.people["answered_before"].dropna().str.startswith("2023-03").all()
    assert survey.people["answered_after"].dropna().str.startswith("2024-03").all()


def test_nothing_that_identifies_anybody_is_left(office, survey):
    for tables in (office, survey):
        for name, frame in tables.frames().items():
            for column in frame.columns:
                texts = frame[column].dropna().astype(str)
                if column != "organisation":
                    assert not texts.str.contains(NUMBER).any(), (name, column)
                assert not texts.str.contains(MARKUP).any(), (name, column)
                assert not texts.str.contains("Kovačević|Ängström").any(), (name, column)
