"""Questionnaires as files: complete in both languages, accepted by what reads them, safe in a spreadsheet."""

import csv
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from evaluation.project.load import load_project
from evaluation.project.questionnaire import questionnaire, surveys_of
from evaluation.report.questionnaire import answers, write_questionnaires
from evaluation.vocabulary.errors import FormatError, ProjectError, ReportError
from tests.conftest import HALLAND

SOURCE = "participants_after"


@pytest.fixture(scope="module")
def project():
    return load_project(HALLAND)


@pytest.fixture(scope="module")
def survey(project):
    return questionnaire(project, SOURCE)


def test_limesurvey_has_the_same_rows_in_every_language(project, survey, tmp_path):
    (path,) = write_questionnaires([survey], project.definition, tmp_path, ("limesurvey",))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert rows[0]["text"] == "sv"
    assert rows[1]["text"] == "en"
    structure = {
        lang: [
            (row["id"], row["class"], row["type/scale"], row["name"] if row["class"] != "G" else "")
            for row in rows
            if row["language"] == lang and row["class"] in "GQSQA"
        ]
        for lang in ("sv", "en")
    }
    assert structure["sv"] == structure["en"]
    asked = [row for row in rows if row["class"] == "Q" and row["language"] == "en"]
    assert [row["name"] for row in asked] == [question.code for question in survey.questions]
    assert all(len(row["name"]) <= 5 for row in rows if row["class"] == "A")
    assert all(row["text"].strip() for row in rows if row["class"] in ("Q", "A"))


def test_the_workbook_has_a_sheet_per_survey_and_no_formula(project, survey, tmp_path):
    first = survey.parts[0].questions[0]
    guarded = replace(first, text={"sv": "=1+1", "en": "=1+1"})
    changed = replace(survey, parts=(replace(survey.parts[0], questions=(guarded,)),))
    paths = write_questionnaires([changed], project.definition, tmp_path, ("excel",))
    assert [path.name for path in paths] == ["questionnaires.sv.xlsx", "questionnaires.en.xlsx"]
    sheet = load_workbook(paths[0])[SOURCE]
    assert sheet.cell(3, 1).value == guarded.code
    assert sheet.cell(3, 4).value == "=1+1"
    assert sheet.cell(3, 4).data_type == "s"


class Form(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_form_names_every_field(project, survey, tmp_path, lang):
    paths = write_questionnaires([survey], project.definition, tmp_path, ("print",))
    text = next(path for path in paths if f".{lang}." in path.name).read_text(encoding="utf-8")
    form = Form(text)
    assert form.of("html") == [{"lang": lang}]
    assert len(form.of("fieldset")) == len(form.of("legend")) == len(survey.questions)
    boxes = [one for one in form.of("input") if one["type"] in ("radio", "checkbox")]
    assert len(boxes) == len(form.of("label"))
    assert all(one.get("aria-label") for one in form.of("input") if one["type"] == "text")
    for part in survey.parts:
        for question in part.questions:
            assert all(word in text for _, word in answers(question, lang) if "'" not in word)


def test_what_is_no_survey_is_refused(project):
    assert "time_log" not in surveys_of(project)
    with pytest.raises(ProjectError):
        surveys_of(project, "time_log")


def test_an_unknown_format_is_refused(project, survey, tmp_path):
    with pytest.raises(ReportError):
        write_questionnaires([survey], project.definition, tmp_path, ("word",))


def test_several_answers_in_one_column_cannot_go_to_limesurvey(project, survey, tmp_path):
    question = survey.parts[0].questions[0]
    joined = replace(
        question,
        kind="several",
        choices=tuple(replace(choice, read_as="one column") for choice in question.choices),
    )
    changed = replace(survey, parts=(replace(survey.parts[0], questions=(joined,)),))
    with pytest.raises(FormatError):
        write_questionnaires([changed], project.definition, tmp_path, ("limesurvey",))
