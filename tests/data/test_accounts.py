"""From files of accounts to the table: long and wide files, dates for years, and what cannot be read."""

import pandas as pd
import pytest

from evaluation.data.accounts import accounts_table
from evaluation.data.amounts import amount_of, year_of
from evaluation.data.intake import take_in
from evaluation.data.read import read_export
from evaluation.data.tables import ACCOUNTS, check_table
from evaluation.project.load import load_project
from evaluation.project.source import Source
from evaluation.text.catalogue import languages, say
from tests.conftest import YEARLY

FIRMS = pd.DataFrame({"organisation": ["F1", "F2"]})
LONG = {"kind": "accounts", "file": "long.csv"}
LONG["columns"] = {"organisation": "Företag", "year": "År", "turnover": "Omsättning"}
WIDE = {"kind": "accounts", "file": "wide.csv", "years": [2020, 2022]}
WIDE["columns"] = {"organisation": "Företag", "turnover": "Omsättning {year}"}


def taken(folder, texts, sources=None):
    """Return what is read from files with these texts, by the sources of the same place."""
    project = load_project(YEARLY)
    stated = sources or [LONG]
    made = {f"accounts_{place}": Source(**one) for place, one in enumerate(stated)}
    definition = project.definition.model_copy(update={"sources": project.definition.sources | made})
    project = project.model_copy(update={"definition": definition})
    intakes = {}
    for (key, source), text in zip(made.items(), texts, strict=True):
        path = folder / f"{key}.csv"
        path.write_text(text, encoding="utf-8")
        intakes[key] = take_in(read_export(path, source), key, project)
    return intakes, accounts_table(intakes, FIRMS, definition)


def test_a_row_per_year_is_read_with_spaces_commas_and_dates(tmp_path):
    text = "Företag;År;Omsättning\nF1;2020-12-31;1 250,5\nF1;202112;−3\nF2;2020;\nF2;2021;0\n"
    intakes, (table, notes, problems) = taken(tmp_path, [text])
    assert table[["organisation", "year", "value"]].to_numpy().tolist() == [
        ["F1", 2020, 1250.5], ["F1", 2021, -3.0], ["F2", 2021, 0.0],
    ]  # fmt: skip
    assert set(table["amount"]) == {"turnover"}
    assert not notes
    assert not problems
    assert not intakes["accounts_0"].problems
    check_table(table, ACCOUNTS)


def test_a_column_per_year_gives_the_same_table(tmp_path):
    long = "Företag;År;Omsättning\nF1;2020;5\nF1;2022;7\nF2;2021;6\n"
    wide = "Företag;Omsättning 2020;Omsättning 2021;Omsättning 2022\nF1;5;;7\nF2;;6;\n"
    tables = [taken(tmp_path, [text], [source])[1][0] for text, source in ((long, LONG), (wide, WIDE))]
    pd.testing.assert_frame_equal(*tables)


def test_rows_without_organisation_or_year_are_left_out_and_counted(tmp_path):
    text = "Företag;År;Omsättning\n;2020;5\nF1;;5\nF1;2020;5\n"
    intakes, (table, _, _) = taken(tmp_path, [text])
    assert intakes["accounts_0"].kept.dropped == {"no_organisation": 1, "no_year": 1}
    assert len(table) == 1


@pytest.mark.parametrize("lang", languages())
def test_what_cannot_be_read_is_told_with_its_cell(tmp_path, lang):
    text = "Företag;År;Omsättning\nF1;i fjol;5\nF1;2021;okänd\n"
    problems = taken(tmp_path, [text])[0]["accounts_0"].problems
    said = [f"{one.where} {say(one.what, lang)}" for one in problems]
    assert len(said) == 2
    assert any("i fjol" in one and ":2" in one for one in said)
    assert any("okänd" in one and ":3" in one for one in said)


def test_a_repeated_year_is_refused_unless_the_source_says_which_counts(tmp_path):
    text = "Företag;År;Omsättning\nF1;2020;5\nF1;2020;6\n"
    assert len(taken(tmp_path, [text])[0]["accounts_0"].problems) == 1
    _, (table, _, _) = taken(tmp_path, [text], [LONG | {"duplicates": "keep_last"}])
    assert table["value"].tolist() == [6]


def test_files_may_tell_the_same_but_not_differ(tmp_path):
    first, same, other = (f"Företag;År;Omsättning\nF1;2020;{amount}\n" for amount in (5, 5, 6))
    _, (table, _, problems) = taken(tmp_path, [first, same], [LONG, LONG])
    assert len(table) == 1
    assert not problems
    _, (_, _, problems) = taken(tmp_path, [first, other], [LONG, LONG])
    assert len(problems) == 1


def test_accounts_of_others_are_left_out_and_told(tmp_path):
    text = "Företag;År;Omsättning\nF1;2020;5\nX1;2020;5\nX1;2021;5\n"
    _, (table, notes, _) = taken(tmp_path, [text])
    assert table["organisation"].tolist() == ["F1"]
    assert "1 organisation" in str(notes[0])


@pytest.mark.parametrize(
    ("text", "year"), [("2020", 2020), ("2020/21", 2020), ("20201231", 2020), ("20", None)]
)
def test_a_year_begins_the_text(text, year):
    assert year_of(text) == year


@pytest.mark.parametrize(
    ("text", "amount"), [("1\u00a0000", 1000), ("-5,5", -5.5), ("−5", -5), ("5 tkr", None)]
)
def test_an_amount_is_a_number(text, amount):
    assert amount_of(text) == amount


def test_a_programme_without_accounts_has_an_empty_table(compared_study):
    assert compared_study.accounts.empty
    check_table(compared_study.accounts, ACCOUNTS)


def test_both_sides_keep_their_own_accounts(yearly_study):
    for side in (yearly_study, yearly_study.comparison):
        assert set(side.accounts["organisation"]) <= set(side.organisations["organisation"])
        assert set(side.accounts["amount"]) == {"turnover", "employees"}
