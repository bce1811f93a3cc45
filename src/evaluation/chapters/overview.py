"""The first page: which targets are reached, and the verdict on every statement."""

import pandas as pd

from evaluation.chapters.evaluate import main_rows, results_of, shown, stacked, tally
from evaluation.report.exhibit import Exhibit
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.study import Study
from evaluation.vocabulary.message import msg


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
    """Show the finding and the verdict for every statement that the programme makes."""
    rows = [row for key in study.indicators() for row in _rows(evaluate(key, study))]
    return shown(
        "statements",
        Result(pd.DataFrame(rows), Meta(method="several")),
        study,
        title=msg("Every statement and its verdict"),
        layout="table",
        columns=("finding", "verdict"),
    )


def _rows(result: Result) -> list[dict[str, object]]:
    table = result.table[result.table["verdict"].notna()]
    by_level = "level" in table.columns and table["level"].notna().any()
    return (table if by_level else table.head(1)).to_dict("records")
