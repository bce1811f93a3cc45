"""From files of ties to the table: what is kept, what is left out, and what cannot be understood."""

import pandas as pd
import pytest
import yaml

from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.vocabulary.errors import AnswerError, ProjectError
from tests.conftest import HALLAND

HEADER = ";".join(
    (
        "Aktör;Slag av aktör;Samarbetar med;Hur ofta samarbetar ni om utbildning",
        "Vi har förtroende för aktören;Samarbetet ger värde",
    )
)
BEFORE = [
    "A;Företag;B;Varje månad;Instämmer helt;4",
    "A;Företag;C;;;",
    "A;Företag;A;Aldrig;;",
    "B;Högskola;A;Aldrig;;",
    ";Företag;A;Aldrig;;",
    "C;Högskola;A;Vet ej;;",
]


@pytest.fixture
def programme(tmp_path, halland_study):
    """Return Skills Halland with its own folder, whose files of ties a test may write."""
    definition = yaml.safe_load((HALLAND / "project.yaml").read_text(encoding="utf-8"))
    raw = halland_study.loaded.raw_folder
    definition["paths"] = {"raw": str(tmp_path / "raw"), "processed": str(tmp_path / "processed")}
    (tmp_path / "raw").mkdir()
    for path in raw.iterdir():
        (tmp_path / "raw" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "codebook.csv").write_bytes((HALLAND / "codebook.csv").read_bytes())
    return tmp_path, definition


def read(programme, before=BEFORE):
    folder, definition = programme
    (folder / "raw" / "natverk_fore.csv").write_text("\n".join([HEADER, *before]) + "\n", encoding="utf-8")
    (folder / "project.yaml").write_text(yaml.safe_dump(definition, allow_unicode=True), encoding="utf-8")
    return ingest(load_project(folder))


def test_what_is_kept_and_what_is_left_out(programme):
    tables = read(programme)
    ties = tables.ties[tables.ties["wave"] == "before"].reset_index(drop=True)
    assert ties[["actor", "to"]].to_numpy().tolist() == [["A", "B"], ["A", "C"], ["B", "A"], ["C", "A"]]
    assert ties["frequency"].tolist()[::2] == [4, 1]
    assert ties["frequency"].isna().tolist() == [False, True, False, True]
    assert (ties["trust"][0], ties["value"][0]) == (5, 4)
    assert ties["actor_kind"].tolist() == ["company", "company", "university", "university"]
    (row,) = [row for row in tables.manifest.accounting if row.source == "ties_before"]
    assert row.dropped == {"no_actor": 1, "itself": 1}
    assert row.read == row.kept + sum(row.dropped.values())


@pytest.mark.parametrize("line", ["B;Högskola;A;Ganska ofta;;", "A;Företag;B;Aldrig;;"])
def test_unknown_answers_and_repeated_pairs_are_told(programme, line):
    with pytest.raises(AnswerError):
        read(programme, [*BEFORE[:3], "B;Högskola;C;Aldrig;;", line])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["sources"]["ties_before"].update(waves=["before", "after"]), "one wave"),
        (lambda d: d["sources"]["ties_before"]["columns"].pop("frequency"), "frequency"),
        (lambda d: d["indicators"]["collaboration_trust"].update(unit="person"), "actors"),
        (lambda d: d["indicators"]["collaboration_trust"]["rule"].update(to="follow_up"), "follow_up"),
        (
            lambda d: d["indicators"]["collaboration_trust"]["measure"].update(network="closeness"),
            "closeness",
        ),
    ],
)
def test_a_definition_that_cannot_be_used_is_refused(programme, change, said):
    change(programme[1])
    with pytest.raises(ProjectError, match=said):
        read(programme)


def test_a_programme_without_ties_has_an_empty_table(coded_study):
    assert coded_study.ties.empty
    assert pd.api.types.is_float_dtype(coded_study.ties["frequency"])
