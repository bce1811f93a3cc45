"""What the first page says of each chapter: by name where few have a verdict, and only what is shown."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.disclosure import row_key
from evaluation.report.exhibit import Exhibit, exhibit
from evaluation.report.in_short import FEW, answer, shown_keys
from evaluation.report.release import counted_verdicts
from evaluation.result import Meta, Result
from evaluation.vocabulary.message import msg

CHANGED = {
    "change_ability": "increased",
    "strategic_work": "increased",
    "organisational_learning": "no_certain_change",
}


def rows(verdicts: dict[str, str], **more: object) -> pd.DataFrame:
    fixed = {"estimand": "mean_change", "unit": "person", "n": 20, "estimate": 0.6, **more}
    return pd.DataFrame([{**fixed, "indicator": key, "verdict": found} for key, found in verdicts.items()])


def lead_and_table(study, table: pd.DataFrame) -> tuple[Exhibit, Exhibit]:
    counted = [(0, row["verdict"], row_key(row)) for row in table.to_dict("records")]
    title = msg("In short")
    lead = exhibit("change-lead", counted_verdicts(counted), study, title=title, layout="lead")
    return lead, exhibit("change-table", Result(table, Meta(method="count")), study, title=title)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "Increased (2 of 3): “Ability to meet change” and “Strategic work with skills”. "
               "No certain change (1 of 3): “Organisational learning”."),
        ("sv", "Ökat (2 av 3): ”Förmåga att möta förändringar” och ”Strategiskt arbete med kompetens”. "
               "Ingen säker förändring (1 av 3): ”Organisatoriskt lärande”."),
    ],
)  # fmt: skip
def test_few_are_named(halland_study, lang, expected):
    lead, table = lead_and_table(halland_study, rows(CHANGED))
    said = answer([lead], shown_keys([lead, table], halland_study), halland_study, lang)
    assert " ".join(said) == expected


def test_a_verdict_that_is_not_shown_is_only_counted(halland_study):
    lead, table = lead_and_table(halland_study, rows(CHANGED))
    hidden = table.result.table.assign(suppressed=table.result.table["indicator"] == "strategic_work")
    shown = shown_keys([lead, replace(table, result=Result(hidden, table.result.meta))], halland_study)
    said = " ".join(answer([lead], shown, halland_study, "en"))
    assert said.startswith("Two of three measures have increased.")
    assert "Strategic work" not in said and "“Organisational learning”" in said


def test_many_are_counted(halland_study):
    keys = [key for key, one in halland_study.indicators(kind="change").items()][: FEW + 1]
    assert len(keys) == FEW + 1
    lead, table = lead_and_table(halland_study, rows(dict.fromkeys(keys, "increased")))
    said = answer([lead], shown_keys([table], halland_study), halland_study, "en")
    assert said == ["All six measures have increased."]


def test_labels_that_are_the_same_carry_their_numbers(halland_study):
    labels = pd.Series({key: one.label["en"] for key, one in halland_study.indicators().items()})
    same = list(labels[labels.duplicated(keep=False)].index[:2])
    lead, table = lead_and_table(halland_study, rows(dict.fromkeys(same, "increased")))
    [said] = answer([lead], shown_keys([table], halland_study), halland_study, "en")
    assert all(f"“{halland_study.indicator(key).id} {labels[key]}”" in said for key in same)
