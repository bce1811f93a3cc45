"""Lists and logs as an office keeps them are read by a definition alone; every known figure comes out."""

import json
import re
from pathlib import Path

import pytest

from evaluation.chapters.data_quality import _response
from evaluation.data.ingest import ingest
from evaluation.data.linkage.hashed import create_key
from evaluation.project.load import load_project
from evaluation.rules import evaluate
from evaluation.rules.response import answered
from evaluation.study import Study

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
def truth():
    return json.loads((load_project(HERE).raw_folder / "truth.json").read_text(encoding="utf-8"))


def account(tables, source):
    return next(row for row in tables.manifest.accounting if row.source == source)


def apart(tables):
    return tables.people[~tables.people["registered"]]


def test_the_participant_list(office, truth):
    people, row = office.people[office.people["registered"]], account(office, "participants")
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
def test_the_surveys(office, truth, wave, file):
    answers = office.answers[office.answers["wave"] == wave]
    assert answers["person"].nunique() == truth[file]["answers"]
    for item, count in truth[file]["answered"].items():
        values = answers.loc[answers["item"] == item, "value"].dropna()
        assert len(values) == count
        assert (values >= 4).sum() == truth[file]["positive_4_5"][item]


def test_several_answers_in_one_cell(office):
    wants = office.answers[office.answers["item"].astype(str).str.startswith("wants_")]
    assert set(wants["value"]) == {0.0, 1.0}
    assert (wants.groupby(["person", "wave"], observed=True)["value"].sum() >= 1).all()


def test_dates_of_answers(office):
    assert apart(office)["answered_before"].dropna().str.startswith("2023-03").all()
    assert apart(office)["answered_after"].dropna().str.startswith("2024-03").all()


def test_nothing_that_identifies_anybody_is_left(office):
    for name, frame in office.frames().items():
        for column in frame.columns:
            texts = frame[column].dropna().astype(str)
            if column != "organisation":
                assert not texts.str.contains(NUMBER).any(), (name, column)
            assert not texts.str.contains(MARKUP).any(), (name, column)
            assert not texts.str.contains("Kovačević|Ängström").any(), (name, column)


@pytest.fixture(scope="module")
def study(office):
    return Study(
        load_project(HERE),
        office.people,
        office.organisations,
        office.answers,
        office.scores,
        office.log,
        office.manifest,
    )


def test_shares_of_the_programme_are_of_everybody_in_the_register(study, truth):
    row = evaluate("dig", study).table.iloc[0]
    found = truth["forms_efter.xlsx"]
    assert (row["k"], row["n"]) == (found["positive_4_5"]["dig"], found["answered"]["dig"])
    assert row["n_total"] == truth["people"]
    women = evaluate("women_and_men", study).table.set_index("level").loc["women"]
    assert (women["k"], women["n"]) == (truth["women"], truth["people"])


def test_a_change_follows_the_codes_that_both_surveys_have(study):
    row = evaluate("dig_change", study).table.iloc[0]
    assert 0 < row["n"] < len(study.apart)
    assert set(answered(study).columns) == {"before", "after"}
    assert len(answered(study)) == len(study.apart)


def test_the_response_is_counted_against_the_register(study, truth):
    rows = _response(study, [None, "sex"]).table
    assert list(rows["wave"]) == ["before", "after"]
    assert list(rows["k"]) == [truth[f"forms_{name}.xlsx"]["answers"] for name in ("fore", "efter")]
    assert set(rows["n"]) == {truth["people"]}
