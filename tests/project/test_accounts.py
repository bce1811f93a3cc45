"""The part of a definition on yearly accounts: everything wrong is told at once, with line and remedy."""

import pytest
import yaml

from evaluation.project.load import load_project
from evaluation.project.source import Source
from evaluation.text.catalogue import languages, say
from evaluation.vocabulary.errors import ProjectError
from tests.conftest import YEARLY


def told(folder, change, lang):
    raw = yaml.safe_load((YEARLY / "project.yaml").read_text(encoding="utf-8"))
    change(raw)
    text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False)
    (folder / "project.yaml").write_text(text, encoding="utf-8")
    (folder / "codebook.csv").write_bytes((YEARLY / "codebook.csv").read_bytes())
    with pytest.raises(ProjectError) as caught:
        load_project(folder)
    return "\n".join(
        f"{one.where}: {say(one.what, lang)} {say(one.do, lang) if one.do else ''}"
        for one in caught.value.problems
    )


def _panel(**changed):
    return lambda raw: raw["impact"]["panel"].update(changed)


def _turnover(**changed):
    return lambda raw: raw["impact"]["panel"]["outcomes"]["turnover"].update(changed)


def _without_comparison(raw):
    raw["impact"].pop("comparison")


WRONG = {
    "amount": (_turnover(amount="profit"), "turnover"),
    "zero has no logarithm": (_turnover(ended="zero"), "growth: symmetric"),
    "growth": (_turnover(growth="compound"), "percentage"),
    "deflator": (lambda raw: raw["impact"]["panel"].pop("deflator"), "deflator:"),
    "years": (_panel(years=[2023, 2014]), "years: [2016, 2023]"),
    "start before": (_panel(start=2014), "2015"),
    "start column": (_panel(start="begun"), "started"),
    "cells": (_panel(cells=["sex"]), "industry"),
    "unknown cells": (_panel(cells=["region"]), "region"),
    "comparison": (_without_comparison, "of: organisation"),
    "no year": (lambda raw: raw["sources"]["turnover"]["columns"].pop("year"), "{year}"),
    "no years": (lambda raw: raw["sources"]["staff_by_year"].pop("years"), "years:"),
    "organisation": (lambda raw: raw["sources"]["turnover"]["columns"].pop("organisation"), "organisation"),
    "language": (lambda raw: raw["impact"]["panel"]["outcomes"]["turnover"]["label"].pop("en"), "en"),
}


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_line_and_remedy(name, lang, tmp_path):
    change, word = WRONG[name]
    found = told(tmp_path, change, lang)
    assert "project.yaml" in found
    assert word in found


def test_headers_with_a_year_become_a_column_per_year():
    columns = {"organisation": "Org", "staff": "Staff {year}", "note": "Note"}
    made = Source(kind="accounts", file="a.csv", columns=columns, years=[2020, 2022])
    assert made.columns == {
        "organisation": "Org", "staff_2020": "Staff 2020", "staff_2021": "Staff 2021", "staff_2022": "Staff 2022",
        "note": "Note",
    }  # fmt: skip
    assert columns["staff"] == "Staff {year}"


def test_other_sources_keep_a_header_with_braces():
    made = Source(kind="organisations", file="a.csv", columns={"organisation": "Org {year}"})
    assert made.columns == {"organisation": "Org {year}"}
