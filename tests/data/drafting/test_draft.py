"""A codebook drafted from exports: items, scales, waves, doubts; and the file that comes of it."""

import csv

import numpy as np
import pytest

from evaluation.data.drafting import draft_codebook, write_draft
from evaluation.data.drafting.headers import slug, take_apart
from evaluation.data.drafting.scales import clearly_negative, item_rest, worded_negatively
from evaluation.data.read import read_export
from evaluation.project.codebook import read_codebook
from evaluation.project.source import Source
from tests.data.build import write_table

LEVELS = [
    "Instämmer inte alls",
    "Instämmer i liten grad",
    "Instämmer delvis",
    "Instämmer i hög grad",
    "Instämmer helt",
]


def survey(tmp_path, name, columns):
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    write_table(tmp_path / name, rows, delimiter=";")
    return read_export(tmp_path / name, Source(kind="answers", file=name))


def answers(seed, rows=40, turned=False):
    rng = np.random.default_rng(seed)
    trait = np.linspace(0, 4, rows) + np.random.default_rng(seed).normal(0, 0.5, rows) + 0 * rng.random(rows)
    values = np.clip(np.round(trait), 0, 4).astype(int)
    return [LEVELS[4 - value if turned else value] for value in values]


@pytest.fixture
def waves(tmp_path):
    ids = [f"p{number}" for number in range(40)]
    before = {
        "Kod": ids,
        "SE1 Jag provar nya arbetssätt": answers(1),
        "SE2 Jag lär mig av andra": answers(2),
        "SE3 Jag får stöd": answers(3),
        "SE4 Jag orkar inte lära nytt": answers(4, turned=True),
        "Bästa sättet?": ["kurs;mentor", "mentor;"] * 20,
        "Fritext": [f"Det var en lång och bra dag nummer {number}" for number in range(40)],
        "Datum": ["2024-03-01", "2024-03-02"] * 20,
        "Ort": ["Laholm", "Hylte", "Halmstad", "Varberg"] * 10,
    }
    after = {
        "Kod": ids,
        "SE2 Jag lär mig av andra.": answers(5),
        "SE1 Jag provar nya arbetssätt": answers(6),
        "Jag får det stöd jag behöver": answers(7),
        "SE4 Jag orkar inte lära nytt": answers(8, turned=True),
        "Bästa sättet?": ["kurs;mentor", "mentor;"] * 20,
    }
    return [survey(tmp_path, "före.csv", before), survey(tmp_path, "efter.csv", after)]


def rows_by_column(draft):
    return {(row.column, row.option): row for row in draft.rows}


def test_items_scales_and_waves(waves):
    draft = draft_codebook(waves)
    rows = rows_by_column(draft)
    assert {row.response for row in draft.rows if not row.option} == {"AG5"}
    assert rows["SE1 Jag provar nya arbetssätt", ""].source == "fore efter"
    assert rows["SE2 Jag lär mig av andra", ""].source == "fore efter"
    assert rows["SE3 Jag får stöd", ""].item != rows["Jag får det stöd jag behöver", ""].item
    assert {rows[column, ""].scale for column, option in rows if column.startswith("SE")} == {"se"}
    assert rows["Bästa sättet?", "kurs"].response == "YN"
    assert {row.option for row in draft.rows} == {"", "kurs", "mentor"}
    assert draft.language == "sv"


def test_reversed_items_are_named_and_never_applied(waves, tmp_path):
    draft = draft_codebook(waves)
    row = rows_by_column(draft)["SE4 Jag orkar inte lära nytt", ""]
    assert [str(reason) for reason in row.reversed_by] == ["wording", "answers"]
    assert "The wording may be reversed: “inte”." in map(str, row.notes)
    assert any("run against the other items" in str(note) and "n = 40" in str(note) for note in row.notes)
    others = [other for other in draft.rows if other.item != row.item]
    assert not any(other.reversed_by for other in others)
    write_draft(draft, tmp_path / "codebook.csv", "sv")
    assert not any(entry.reverse for entry in read_codebook(tmp_path / "codebook.csv"))


def test_what_is_left_out_and_why(waves):
    left = {(file, name): str(why) for file, name, why in draft_codebook(waves).left_out}
    assert left["före.csv", "Kod"] == "Every row has another text: an identifier?"
    assert left["före.csv", "Datum"] == "It holds dates."
    assert left["före.csv", "Fritext"].startswith("It holds open answers.")
    assert left["före.csv", "Ort"].startswith("It holds a few texts that are no known response scale")


@pytest.mark.parametrize(("lang", "delimiter"), [("sv", ";"), ("en", ",")])
def test_the_file_is_read_by_a_project_as_it_is(waves, tmp_path, lang, delimiter):
    draft, path = draft_codebook(waves), tmp_path / "codebook.csv"
    assert write_draft(draft, path, lang) is None
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.decode("utf-8-sig").startswith(f"item{delimiter}source")
    entries = list(read_codebook(path))
    assert {(entry.item, entry.column, entry.option) for entry in entries} == {
        (row.item, row.column, row.option) for row in draft.rows
    }


def test_no_cell_is_taken_for_a_formula(tmp_path):
    export = survey(tmp_path, "x.csv", {"=1+1 Hur ofta?": ["Aldrig", "Ofta"], "-nöjd?": ["Ja", "Nej"]})
    path = tmp_path / "codebook.csv"
    write_draft(draft_codebook([export]), path, "en")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    cells = [cell for row in csv.reader(lines) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert [entry.column for entry in read_codebook(path)] == ["=1+1 Hur ofta?", "-nöjd?"]


def test_scales_of_its_own_are_written_beside(tmp_path):
    own = ["Blå", "Grön", "Röd"] * 4
    export = survey(tmp_path, "x.csv", {"Q1_1": own, "Q1_2": own, "Ort": ["A", "B", "C"] * 4})
    draft = draft_codebook([export])
    beside = write_draft(draft, tmp_path / "codebook.csv", "en")
    assert [row.response for row in draft.rows] == ["own_1", "own_1"]
    assert beside.name == "codebook.responses.yaml"
    assert "label:" in beside.read_text(encoding="utf-8")


def test_waves_in_codes_and_codes_that_change_their_meaning(tmp_path):
    agree, often = ["Agree", "Disagree", "Neutral"] * 4, ["Never", "Rarely", "Often"] * 4
    columns = {"Q1_pre": agree, "Q1_post": agree, "Q2_pre": agree, "Q2_post": often}
    rows = {row.column: row for row in draft_codebook([survey(tmp_path, "x.csv", columns)]).rows}
    assert rows["Q1_pre"].item == rows["Q1_post"].item
    assert {rows[name].wave for name in ("Q1_pre", "Q2_pre")} == {"before"}
    assert rows["Q2_pre"].item != rows["Q2_post"].item
    assert any("other answers" in str(note) for note in rows["Q2_post"].notes)
    assert any("by its code alone" in str(note) for note in rows["Q1_post"].notes)


def test_codes_most_of_which_changed_their_meaning_pair_nothing(tmp_path):
    agree, often = ["Agree", "Disagree", "Neutral"] * 4, ["Never", "Rarely", "Often"] * 4
    columns = {"Q1_pre": agree, "Q2_pre": agree, "Q3_pre": agree}
    columns |= {"Q1_post": agree, "Q2_post": often, "Q3_post": often}
    rows = {row.column: row for row in draft_codebook([survey(tmp_path, "x.csv", columns)]).rows}
    assert len({row.item for row in rows.values()}) == 6
    assert any("Perhaps the item of “Q1_pre”" in str(note) for note in rows["Q1_post"].notes)
    wordings = {name.casefold(): f"Question {name[1]}: is it so?" for name in columns}
    rows = {row.column: row for row in draft_codebook([survey(tmp_path, "x.csv", columns)], wordings).rows}
    assert rows["Q1_pre"].item == rows["Q1_post"].item
    assert not any("by hand" in str(note) for row in rows.values() for note in row.notes)


def test_a_wording_is_paired_only_if_it_is_clearly_the_closest(tmp_path):
    agree = ["Agree", "Disagree", "Neutral"] * 4
    first = {name: agree for name in ("I plan my work in week 1", "I plan my work in week 2")}

    def draft(header):
        exports = [
            survey(tmp_path, "a.csv", first),
            survey(tmp_path, "b.csv", {header: agree, "I am asked once": agree}),
        ]
        rows = {row.column: row for row in draft_codebook(exports).rows}
        return [rows[name].item for name in first], rows[header]

    items, row = draft("I plan my work in week 3")
    assert row.item not in items
    assert str(row.notes[0]) == (
        "Its wording is as close to “I plan my work in week 1” as to “I plan my work in week 2” "
        "at the other wave: pair them by hand if it is one of them."
    )
    first["I have the tools that I need"] = first.pop("I plan my work in week 2")
    items, row = draft("I plan my work in week 3")
    assert row.item == items[0]


def test_numbers_at_the_end_of_codes_as_waves(tmp_path):
    agree = ["Agree", "Disagree", "Neutral"] * 4
    three = {f"{name}_{number}": agree for name in ("drive", "calm", "trust") for number in (1, 2)}
    rows = {row.column: row for row in draft_codebook([survey(tmp_path, "x.csv", three)]).rows}
    assert rows["drive_1"].item == rows["drive_2"].item == "drive"
    assert (rows["drive_1"].wave, rows["drive_2"].wave) == ("t1", "t2")
    battery = {f"drive_{number}": agree for number in (1, 2, 3)}
    rows = draft_codebook([survey(tmp_path, "y.csv", battery)]).rows
    assert [row.wave for row in rows] == ["", "", ""]


def test_a_list_of_questions_gives_the_wording(tmp_path):
    agree = ["Agree", "Disagree", "Neutral"] * 4
    export = survey(tmp_path, "x.csv", {"Q3_pre": agree, "Q7_post": agree})
    wordings = {"q3_pre": "I can do this well", "q7_post": "I can do this well"}
    rows = draft_codebook([export], wordings).rows
    assert [row.text for row in rows] == ["I can do this well"] * 2
    assert rows[0].item == rows[1].item == "q3"


@pytest.mark.parametrize(
    ("header", "code", "wave", "stem", "question"),
    [
        ("Q9Pre: How well do you know it?", "Q9", "before", "", "How well do you know it?"),
        ("Pre.E1", "E1", "before", "", "E1"),
        ("Q10_1_post", "Q10_1", "after", "", "Q10_1"),
        ("How much do you know? [Excel]", "", "", "How much do you know", "Excel"),
        ("Jag trivs (efter)", "", "after", "", "Jag trivs"),
        ("Efter: Jag trivs", "", "after", "", "Jag trivs"),
        ("post", "post", "", "", "post"),
        ("SE4 Rate: - Work in groups", "SE4", "", "Rate", "Work in groups"),
    ],
)
def test_headers_are_taken_apart(header, code, wave, stem, question):
    found = take_apart(header)
    assert (found.code, found.wave, found.stem, found.question) == (code, wave, stem, question)


def test_names():
    assert [slug("Åsa & Örjan?"), slug("1 a"), slug("ø"), slug("?")] == ["asa_orjan", "q_1_a", "o", ""]


def test_negative_words():
    assert worded_negatively("Jag är INTE osäker.") == ("inte", "osäker")
    assert worded_negatively("I don’t know, note it") == ("don't",)


def test_item_rest_correlations():
    values = np.array([[1, 1, 5.0], [2, 2, 4], [3, 3, 3], [4, 4, np.nan], [5, 5, 1]])
    correlations, rows = item_rest(values)
    others = values[[0, 1, 2, 4]]
    assert correlations[2] == pytest.approx(np.corrcoef(others[:, 2], others[:, :2].mean(axis=1))[0, 1])
    assert rows.tolist() == [5, 5, 4]
    assert not clearly_negative(-0.9, 19) and clearly_negative(-0.9, 20) and not clearly_negative(-0.3, 30)
    assert not clearly_negative(float("nan"), 100)
