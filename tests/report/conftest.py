"""A small report made of two chapters, without running a notebook."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from evaluation.report.edition import Edition, make_edition
from evaluation.report.exhibit import Exhibit, bundle, exhibit
from evaluation.result import Meta, Result
from evaluation.study import Study
from evaluation.targets.attainment import attained_share
from evaluation.vocabulary.message import Message, msg, pmsg

NAMES = {"overview": pmsg("chapter", "Overview"), "targets": pmsg("chapter", "Targets")}
COLUMNS = ("target", "answer", "interval", "bounds", "verdict")


QUESTION = msg("{question}", question={"sv": "Hur stor andel?", "en": "How large a share?"})


def attained(yes: int, no: int, n_total: int, **columns: object) -> Result:
    answers = pd.DataFrame({"positive": [True] * yes + [False] * no})
    result = attained_share(answers, n_total=n_total, target=0.7)
    judged = {"verdict": "reached", "reason": "reached_whatever_silent"}
    table = result.table.assign(indicator="strategic_goal", unit="organisation", **{**judged, **columns})
    return Result(table, result.meta)


def tally() -> Result:
    row = {"estimand": "verdict_count", "unit": "statement", "n": 2, "n_total": 2, "estimate": 1}
    return Result(pd.DataFrame([{**row, "verdict": "reached"}]), Meta(method="count"))


def notebook(path: Path, cells: list[tuple[str, str, list[Exhibit]]]) -> Path:
    """Write a notebook as if it had been executed: prose in both languages, and exhibits."""
    node = nbformat.v4.new_notebook()
    for swedish, english, shown in cells:
        for lang, text in (("sv", swedish), ("en", english)):
            if text:
                cell = nbformat.v4.new_markdown_cell(text)
                cell.metadata["tags"] = [f"lang-{lang}"]
                node.cells.append(cell)
        cell = nbformat.v4.new_code_cell("shown(study)")
        cell.outputs = [nbformat.v4.new_output("display_data", bundle(shown))] if shown else []
        node.cells.append(cell)
    nbformat.write(node, path)
    return path


@pytest.fixture(scope="session")
def notebooks(halland_study: Study, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    study, folder = halland_study, tmp_path_factory.mktemp("notebooks")
    plain = attained(40, 20, 80)
    card = exhibit(
        "attainment",
        plain,
        study,
        title=QUESTION,
        notes=(msg("The first row is the reading that was fixed before the data were seen."),),
    )
    title = msg("Targets, outcome and verdict")
    objectives = exhibit("objectives", plain, study, title=title, layout="table", columns=COLUMNS)
    few = exhibit("few", attained(7, 6, 30), study, title=QUESTION)
    described = attained(30, 20, 80, verdict=None, reason=None)
    return {
        "overview": notebook(
            folder / "00_overview.ipynb",
            [
                ("# Vad blev resultatet?", "# What came out of it?", []),
                ("", "", [exhibit("lead", tally(), study, title=QUESTION, layout="lead")]),
                ("", "", [objectives]),
                ("## Alla", "## All", [exhibit("described", described, study, title=QUESTION, layout="table")]),
            ],
        ),
        "targets": notebook(
            folder / "04_targets.ipynb",
            [
                ("# Nådde projektet sina mål?", "# Did it reach its targets?", []),
                ("", "", [exhibit("targets-lead", tally(), study, title=QUESTION, layout="lead")]),
                ("## Målen\n\nOrd om målen.", "## The targets\n\nWords on them.", [card, few]),
                ("## Annat", "## Other", [exhibit("other", described, study, title=QUESTION, layout="list")]),
            ],
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def edition(halland_study: Study, notebooks: dict[str, Path]) -> Callable[..., Edition]:
    made: dict[tuple[object, ...], Edition] = {}

    def get(lang: str = "sv", audience: str = "evaluator", level: str = "") -> Edition:
        key = (lang, audience, level)
        if key not in made:
            made[key] = make_edition(halland_study, notebooks, NAMES, lang, audience=audience, level=level)
        return made[key]

    return get


@pytest.fixture(scope="session")
def names() -> dict[str, Message]:
    return NAMES
