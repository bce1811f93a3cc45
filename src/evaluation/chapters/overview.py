"""The first page: which targets are reached, and the verdict on every statement."""

import pandas as pd

from evaluation.chapters.evaluate import main_rows, results_of, shown, stacked, tally
from evaluation.report.exhibit import Exhibit
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.study import Study
from evaluation.vocabulary.message import msg

CARRIED = ("indicator", "unit", "n", "n_total", "n_level", "n_reference", "k", "level", "group", "verdict", "reason")


def lead(study: Study) -> Exhibit:
    """Say how many targets are reached."""
    results = results_of(study, kind="target") or results_of(study, kind="change")
    return shown("overview-lead", tally(results), study, title=msg("In short"), layout="lead")


def objectives(study: Study) -> Exhibit:
    """Show every target: what was planned, what came out, and the verdict."""
    result = stacked([main_rows(result) for result in results_of(study, kind="target")])
    return shown(
        "objectives",
        result,
        study,
        title=msg("Targets, outcome and verdict"),
        layout="table",
        columns=("target", "answer", "interval", "bounds", "verdict"),
    )


def statements(study: Study) -> Exhibit:
    """Show the verdict on every statement that the programme makes."""
    rows = [row for key in study.indicators() for row in _rows(evaluate(key, study))]
    return shown(
        "statements",
        Result(pd.DataFrame(rows), Meta(method="count")),
        study,
        title=msg("Every statement and its verdict"),
        layout="table",
        columns=("n", "verdict"),
    )


def _rows(result: Result) -> list[dict[str, object]]:
    table = result.table[result.table["verdict"].notna()]
    names = [name for name in CARRIED if name in table.columns]
    firsts = table if "level" in names and table["level"].notna().any() else table.head(1)
    rows = firsts[names].to_dict("records")
    return [row | {"estimand": "statement_verdict", "estimate": row["n"]} for row in rows]
