"""A project with several sheets and logs, organisations in parts, and columns known from elsewhere."""

import numpy as np
import pytest

from evaluation.data.ingest import ingest
from evaluation.simulate import simulate, write_simulated
from tests.simulate.projects import NETWORK, NETWORK_CODEBOOK, read_sheet, read_text, write_project


@pytest.fixture(scope="module")
def found(network):
    return simulate(network, np.random.default_rng(1))


def test_a_sheet_without_a_name_is_the_first_one(found):
    first, _ = read_sheet(found.files["start.xlsx"])
    owners, _ = read_sheet(found.files["start.xlsx"], "Ägare")
    assert first[-2:] == ["Besök", "Tillit"]
    assert owners[-3:] == ["Roll", "Bransch", "Besök"]


def test_owners_answer_their_own_survey_only(found):
    _, owners = read_sheet(found.files["start.xlsx"], "Ägare")
    _, others = read_sheet(found.files["start.xlsx"])
    assert {row["Roll"] for row in owners} == {"ägare"}
    assert {row["Roll"] for row in others} == {"anställda", "styrelse"}
    assert len(owners) + len(others) == 80


def test_a_column_that_the_project_claims_is_not_the_tools(found):
    headers, rows = read_text(found.files["slut.csv"], ";")
    assert headers[:3] == ["Startad", "Slutförd", "Språk"]
    assert rows[0]["Svars-ID"].startswith("Svars-ID ")


def test_organisations_agree_between_files(found):
    _, firms = read_text(found.files["firmor.tsv"], "\t")
    _, rows = read_text(found.files["slut.csv"], ";")
    sector = {firm["Firma"]: firm["Bransch"] for firm in firms}
    people = {row["Id"]: row for row in rows}
    _, others = read_sheet(found.files["start.xlsx"])
    assert {sector[f"{row['Ort']}-{row['Firma']}"] == row["Bransch"] for row in others} == {True}
    known = [firm for firm in firms if firm["Kontakt"] in people]
    assert {people[firm["Kontakt"]]["Roll"] for firm in known} == {"ägare"}
    assert all(firm["Firma"].endswith("-" + people[firm["Kontakt"]]["Firma"]) for firm in known)


def test_efforts_are_numbered_through_all_logs(found):
    _, diary = read_text(found.files["dagbok.csv"], ";")
    _, meetings = read_text(found.files["moten.csv"], ";")
    _, answers = read_text(found.files["slut.csv"], ";")
    first, second = ({row["Insats"] for row in rows} for rows in (diary, meetings))
    assert not first & second
    assert {row["Insats"] for row in answers} <= first
    assert {row["Fas"] for row in meetings} == {"före"}
    assert {row["Tema"] for row in diary} == {"plan", "försäljning"}


def test_rules_without_a_model_for_the_column(found):
    _, firms = read_text(found.files["firmor.tsv"], "\t")
    truth = found.truth["indicators"]
    assert sum(int(firm["Omsättning"]) < 500 for firm in firms) == truth["turnover"]["violations"]
    assert sum(int(firm["Personal"]) > 9 for firm in firms) == truth["small"]["violations"]
    assert [firm["Betyg"] for firm in firms].count("Annat") == truth["rated"]["violations"] == 1


def test_truth_of_groups_of_organisations(found):
    truth = found.truth["indicators"]
    assert set(truth["sector"]["mean"]["gap"]) == {"trade"}
    assert set(truth["visits"]["change"]["sector"]) == {"industry", "trade"}
    assert sum(truth["owners"]["distribution"].values()) == pytest.approx(1)
    assert truth["owners"]["n_total"] == found.truth["surveys"]["owners_entry"]["sent"]
    assert 0 <= truth["themes"]["share"] <= 1


def test_it_is_read_without_complaint(tmp_path):
    project = write_project(tmp_path / "projects" / "network", NETWORK, NETWORK_CODEBOOK)
    write_simulated(simulate(project, np.random.default_rng(2)), project.raw_folder)
    tables = ingest(project)
    assert len(tables.people) == 80
    assert len(tables.organisations) == 12
    assert tables.people["organisation"].isin(tables.organisations["organisation"]).all()
