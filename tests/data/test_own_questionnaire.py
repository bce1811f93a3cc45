"""A survey that was made from the definition comes back from LimeSurvey without hand work."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from evaluation.data.own_questionnaire import under_own_headers
from evaluation.data.read import read_export
from evaluation.project.load import load_project
from evaluation.project.questionnaire import Question, questionnaire
from tests.conftest import HALLAND

SOURCE = "participants_after"


@pytest.fixture(scope="module")
def project():
    return load_project(HALLAND)


@pytest.fixture(scope="module")
def asked(project):
    return questionnaire(project, SOURCE)


def answer(question: Question, row: int) -> tuple[str, str]:
    """Return the code and the Swedish text of some answer, now and then one that is no value."""
    if question.kind == "text":
        return f"d{row:03d}", f"d{row:03d}"
    if question.kind == "number":
        return "3", "3"
    if row == 7:
        return "DK", question.dont_know[0]
    if row == 8:
        return "NAP", question.not_applicable[0] if question.not_applicable else question.dont_know[0]
    choice = question.choices[(row + len(question.code)) % len(question.choices)]
    return choice.code, choice.text["sv"]


def export(asked, path: Path, headers: str, answers: str) -> Path:
    """Write an export as LimeSurvey does: its own columns, then those of the questions."""
    titles = {"code": lambda one: one.code, "both": lambda one: f"{one.code}. {one.text['sv']}"}[headers]
    place = {"code": 0, "text": 1}[answers]
    own = ["id", "submitdate", "lastpage", "startlanguage"]
    own = [f"{name}. {name}" if headers == "both" else name for name in own]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*own, *map(titles, asked.questions)])
        for row in range(1, 10):
            cells = [
                answer(one, row)[place] if row != 8 or one.not_applicable or one.kind != "choice" else ""
                for one in asked.questions
            ]
            writer.writerow([row, "2024-11-01 10:00:00", 3, "sv", *cells])
    return path


@pytest.mark.parametrize("answers", ["code", "text"])
@pytest.mark.parametrize("headers", ["code", "both"])
def test_an_export_under_question_codes_is_read_as_the_codebook_says(
    project, asked, tmp_path, headers, answers
):
    source = project.definition.sources[SOURCE]
    delivered = read_export(export(asked, tmp_path / "export.csv", headers, answers), source)
    assert delivered.tool == "limesurvey"
    read = under_own_headers(delivered, SOURCE, project)
    for entry in project.codebook.of_source(SOURCE):
        column = read.frame[entry.column]
        question = next(one for one in asked.questions if one.header == entry.column)
        for place, found in enumerate(column.astype("object"), 1):
            if place == 7 and question.dont_know:
                assert found == question.dont_know[0]
            elif question.kind == "choice" and place not in (7, 8):
                code, text = answer(question, place)
                assert found in (code, text)
    assert list(read.frame["Deltagare"].astype("object"))[:2] == ["d001", "d002"]


def test_every_question_has_a_code_of_its_own_that_limesurvey_takes(project):
    for key, source in project.definition.sources.items():
        if source.kind == "answers":
            codes = [one.code for one in questionnaire(project, key).questions]
            assert len(codes) == len(set(codes))
            assert all(code.isalnum() and code.isascii() and len(code) <= 20 for code in codes)
            assert all(code[0].isalpha() for code in codes)


def test_a_question_asked_of_now_and_of_then_has_two_codes(asked):
    parts = {part.wave: part for part in asked.parts}
    assert parts["then"].retrospect
    assert not parts["after"].retrospect
    now = {one.item: one.code for one in parts["after"].questions}
    then = {one.item: one.code for one in parts["then"].questions}
    assert set(then) <= set(now)
    assert all(then[item] != now[item] for item in then)


def test_a_file_under_the_codebooks_headers_is_left_alone(project, tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Deltagare;changeability\nd1;4\n", encoding="utf-8")
    delivered = read_export(path, project.definition.sources[SOURCE])
    assert under_own_headers(delivered, SOURCE, project) is delivered


def test_registers_and_logs_are_never_renamed(project, tmp_path):
    path = tmp_path / "export.csv"
    pd.DataFrame({"id": [1], "submitdate": ["x"], "lastpage": [1], "person": ["p"]}).to_csv(path, index=False)
    source = project.definition.sources["participants"].model_copy(update={"tool": "limesurvey"})
    delivered = read_export(path, source)
    assert under_own_headers(delivered, "participants", project) is delivered
