"""Exports from Microsoft Forms and Google Forms."""

import json

import pytest

from evaluation.data.matching import plain
from evaluation.data.read import read_export
from evaluation.vocabulary.errors import ExportError

from .conftest import source

FORMS = {
    "sv": ["ID", "Starttid", "Slutförandetid", "E-postadress", "Namn", "Senast ändrad tid", "Trivs\u00a0du?"],
    "en": ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "Trivs\u00a0du?"],
}
ANSWER = ["1", "2024-03-01 10:00", "2024-03-01 10:05", "anonymous", "", "", "Ja;Nej;"]


@pytest.mark.parametrize("lang", FORMS)
@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_microsoft_forms_loses_its_personal_columns(reading, lang, name):
    export = reading([FORMS[lang], ANSWER], name=name)
    assert export.tool == "microsoft_forms"
    assert export.frame.columns.tolist() == [*FORMS[lang][:3], *FORMS[lang][5:]]
    assert export.find("trivs du?") == "Trivs\u00a0du?"
    assert str(export.notes[1]).endswith(f"were not read: {FORMS[lang][3]}, {FORMS[lang][4]}.")


def test_a_personal_column_that_is_asked_for_stays(reading):
    export = reading([FORMS["sv"], ANSWER], columns={"person": "e-postadress"})
    assert "E-postadress" in export.frame.columns
    assert "Namn" not in export.frame.columns


def test_a_file_without_the_columns_of_microsoft_forms_is_one_error(reading):
    with pytest.raises(ExportError, match=r"x\.csv:1: The file does not begin with the columns ID"):
        reading([["id", "a"], ["1", "2"]], tool="microsoft_forms")


@pytest.mark.parametrize("wave", ["fore", "efter"])
def test_public_microsoft_forms(public, wave):
    truth = json.loads(public("swedish_office/truth.json").read_text("utf-8"))[f"forms_{wave}.xlsx"]
    export = read_export(public(f"swedish_office/forms_{wave}.xlsx"), source())
    assert (export.tool, len(export.frame)) == ("microsoft_forms", truth["answers"])
    assert not {"namn", "e-postadress"} & {plain(name) for name in export.frame.columns}
    subjects = {"dig": "digitalisering", "gron": "grön hållbarhet", "auto": "automatisering"}
    for key, subject in subjects.items():
        column = export.find(f"Jag har aktuell kompetens inom {subject} för det arbete jag gör.")
        given = ~export.frame[column].isin([""]) & ~export.frame[column].str.contains("vet", case=False)
        assert given.sum() == truth["answered"][key]


GRID = ["Timestamp", "Email Address", "Class", "Skill [at start]", "Skill [at end]"]
GIVEN = ["2018/12/12 8:36:23 PM EST", "a@b.se", "x", "Poor", "Good"]


@pytest.mark.parametrize(
    "stamp", ["2018/12/12 8:36:23 PM EST", "12/31/2024 9:05:00", "2024-03-01 10.22.33", "2024-03-01T10:22:33"]
)
def test_google_forms_has_a_time_stamp(reading, stamp):
    export = reading([GRID, [stamp, *GIVEN[1:]]])
    assert export.tool == "google_forms"
    assert export.frame.columns.tolist() == [GRID[0], *GRID[2:]]
    assert export.wording["Skill [at end]"] == "Skill [at end]"


def test_a_column_called_timestamp_is_not_enough(reading):
    assert reading([GRID, ["1709288553", *GIVEN[1:]]]).tool == "plain"
    assert reading([["id", "Timestamp"], ["1", GIVEN[0]]]).tool == "plain"


def test_a_file_without_time_stamps_is_one_error(reading):
    with pytest.raises(ExportError, match=r"x\.csv:1: The first column is not the time stamp"):
        reading([["id", "a"], ["1", "2"]], tool="google_forms")


def test_public_google_forms(public):
    path = public("export_google_forms/jrg94_course_evaluation_retrospective.csv")
    export = read_export(path, source())
    assert (export.tool, export.frame.shape) == ("google_forms", (96, 18))
