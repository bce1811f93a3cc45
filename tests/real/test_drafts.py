"""Codebooks drafted from public exports are right in what was counted by hand."""

import csv
import re
from pathlib import Path

import pytest

from evaluation.data.drafting import draft_codebook
from evaluation.data.matching import plain
from evaluation.data.read import read_export
from evaluation.project.load import load_project
from evaluation.project.source import Source

FOLDER = load_project(Path(__file__).parent / "biodiversity").raw_folder.parent


def draft(*files, questions=None, delimiter="\t"):
    paths = [FOLDER / file for file in files]
    if not all(path.is_file() for path in paths):
        pytest.skip(f"the public data of {paths[0].parent.name} are not on this machine")
    wordings = {}
    if questions:
        with (FOLDER / questions).open(encoding="utf-8") as file:
            wordings = {plain(row[0]): row[1] for row in csv.reader(file, delimiter=delimiter)}
    return draft_codebook(
        [read_export(path, Source(kind="answers", file=path.name)) for path in paths], wordings
    )


def test_attitudes_to_statistics():
    rows = {row.column: row for row in draft("sats_prepost/sats_student_course.csv").rows}
    items = [column for column in rows if re.fullmatch(r"(Pre|Post)\.[ACDEIV]\d+", column)]
    assert len(items) == 72
    assert {rows[column].response for column in items} == {"N1_7"}
    for column in items:
        wave, code = column.split(".")
        assert rows[column].scale == code[0].lower()
        assert (rows[column].item, rows[column].wave) == (
            code.lower(),
            {"Pre": "before", "Post": "after"}[wave],
        )
        assert rows[column].reversed_by == ()  # the stored answers are turned round already


def test_teachers_of_data_science():
    proposed = draft(
        "biodiversity_faculty_pd/survey-data-raw-pd1.csv", "biodiversity_faculty_pd/survey-data-raw-pd2.csv"
    )
    waves = {}
    for row in proposed.rows:
        assert row.response == "N1_5"
        waves.setdefault(row.item, []).append(row.wave)
    assert len(waves) == 26
    assert all(found == ["before", "after"] for found in waves.values())


BATTERIES = {
    ("Q9", "pre"): "IM3",
    ("Q10", "pre"): "AM5",
    ("Q11", "pre"): "AGN5",
    ("Q9", "post"): "AM5",
    ("Q10", "post"): "GA5",
    ("Q11", "post"): "AGN5",
    ("Q13", "post"): "AGN5",
}


RESEARCH = [f"bucknell_cure/Year{year}.NoInstructor.tsv" for year in (1, 2, 3)]


def test_codes_that_change_their_meaning_pair_nothing_without_wordings():
    rows = draft(*RESEARCH).rows
    assert len({row.item for row in rows}) == len(rows)
    told = {
        row.column for row in rows if any("codes changed their meaning" in str(note) for note in row.notes)
    }
    assert told == {"Q5_post", *(f"Q11_{number}_post" for number in range(1, 5))}


def test_a_survey_whose_codes_change_their_meaning():
    rows = {
        row.column: row for row in draft(*RESEARCH, questions="bucknell_cure/Questions.NoInstructor.tsv").rows
    }
    for column, row in rows.items():
        code = column.split("_")
        assert row.response == BATTERIES.get((code[0], code[-1]), row.response), column
    items = {column: row.item for column, row in rows.items()}
    same = [(f"Q11_{number}_pre", f"Q13_{number}_post") for number in range(1, 23)] + [("Q5_pre", "Q5_post")]
    assert all(items[before] == items[after] for before, after in same)
    gains = [(f"Q10_{number}_pre", f"Q9_{number}_post") for number in range(1, 26)]
    assert all(rows[after].notes for before, after in gains if items[before] == items[after])
    paired = {column for pair in (*same, *gains) for column in pair}
    others = [item for column, item in items.items() if column not in paired]
    assert len(others) == len(set(others))
