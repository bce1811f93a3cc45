"""The part of a definition on impact: everything wrong is told at once, with line and remedy."""

from copy import deepcopy

import pytest
import yaml

from evaluation.project.load import load_project
from evaluation.project.schema import names_at
from evaluation.text.catalogue import languages, say
from evaluation.vocabulary.errors import ProjectError
from tests.conftest import COMPARED


def told(folder, change, lang="en"):
    raw = yaml.safe_load((COMPARED / "project.yaml").read_text(encoding="utf-8"))
    raw = deepcopy(raw)
    change(raw)
    text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False)
    (folder / "project.yaml").write_text(text, encoding="utf-8")
    (folder / "codebook.csv").write_bytes((COMPARED / "codebook.csv").read_bytes())
    with pytest.raises(ProjectError) as caught:
        load_project(folder)
    problems = caught.value.problems
    return "\n".join(
        f"{one.where}: {say(one.what, lang)} {say(one.do, lang) if one.do else ''}" for one in problems
    )


WRONG = {
    "group": (lambda raw: raw["impact"]["comparison"].update(group="arms"), "arm"),
    "level": (lambda raw: raw["impact"]["comparison"].update(levels=["control"]), "comparison"),
    "everybody": (
        lambda raw: raw["impact"]["comparison"].update(levels=["programme", "comparison"]),
        "nobody takes part",
    ),
    "own group": (lambda raw: raw["impact"]["comparison"].update(adjust_for=["arm"]), "Take arm away"),
    "assignment": (lambda raw: raw["impact"]["comparison"].update(assignment="lottery"), "random"),
    "placebo": (lambda raw: _without_change(raw), "kind: change"),
    "selected": (
        lambda raw: raw["impact"]["selected_on"].update(other={"mean": 1, "reliability": 0.5, "source": "x"}),
        "“other”",
    ),
    "cells": (lambda raw: raw["impact"]["accounts"].update(cells=["sex"]), "industry"),
    "years": (lambda raw: raw["impact"]["accounts"].update({"from": 2025}), "before 2024"),
    "deflator": (lambda raw: raw["impact"]["accounts"].pop("deflator"), "deflator:"),
    "column": (
        lambda raw: raw["impact"]["accounts"]["outcomes"]["turnover"].update(before="turnover_2021"),
        "turnover_2022",
    ),
    "language": (lambda raw: raw["impact"]["comparison"]["found"].pop("en"), "en"),
}


def _without_change(raw):
    raw["indicators"]["skill"]["rule"] = {"kind": "describe", "wave": "after"}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_line_and_remedy(name, tmp_path):
    change, remedy = WRONG[name]
    text = told(tmp_path, change)
    assert "project.yaml:" in text
    assert remedy in text


@pytest.mark.parametrize("lang", languages())
def test_everything_is_told_at_once(lang, tmp_path):
    def change(raw):
        for name in ("group", "cells", "years"):
            WRONG[name][0](raw)

    text = told(tmp_path, change, lang)
    assert text.count("project.yaml:") >= 3


def test_editors_know_the_keys():
    assert {"comparison", "selected_on", "accounts"} <= set(names_at(["impact"]))
    assert "assignment" in names_at(["impact", "comparison"])


def test_the_programme_of_the_tests_is_right():
    assert load_project(COMPARED).definition.impact.comparison.levels == ("comparison",)
