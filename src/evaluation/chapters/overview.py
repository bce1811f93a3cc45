"""The first page: which targets are reached, the verdict on every statement, and what the fund asks for."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from evaluation.chapters.equality_terms import not_all
from evaluation.chapters.evaluate import main_rows, results_of, shown, stacked, tally
from evaluation.project.measure import AbsentMeasure
from evaluation.project.profile import read_profile
from evaluation.report.exhibit import Exhibit, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.rules.fund_indicator import common_indicators
from evaluation.rules.impact import design_terms
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

UNFORESEEN = ("unforeseen_good", "unforeseen_bad", "said_in_own_words", "changed_plans")
"""What no rule can find, and people have to write."""


def lead(study: Study) -> Exhibit:
    """Say how many targets are reached."""
    results = results_of(study, kind="target") or results_of(study, kind="change")
    return shown("overview-lead", tally(results), study, title=msg("In short"), layout="lead")


def design(study: Study) -> Exhibit:
    """Say what the design allows to conclude: change, difference or effect."""
    rows = [
        {"estimand": "design", "unit": "statement", "term": term, "n": 0, "estimate": float("nan")}
        for term in design_terms(study)
    ]
    result = Result(pd.DataFrame(rows), Meta(method="none"))
    return exhibit("design", result, study, title=msg("What can be concluded?"), layout="lead")


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


def deviations(study: Study) -> Exhibit:
    """Show for every number that was planned what came out, and leave room for the reason."""
    results = [*results_of(study, kind="target"), *results_of(study, kind="coverage")]
    rows = [row for result in results for row in main_rows(result).table.to_dict("records")]
    rows.sort(key=lambda row: _in_order(study.indicator(str(row["indicator"])).id))
    planned = Result(pd.DataFrame(rows), Meta(method="several")) if rows else None
    return shown(
        "deviations",
        planned,
        study,
        title=msg("Planned and actual"),
        layout="table",
        columns=("planned", "actual", "deviation", "explanation"),
        notes=(
            msg("Deviations of shares are in percentage points, and go by those with information."),
            msg("The reasons are for the programme to write; no number tells them."),
        ),
    )


def statements(study: Study) -> Exhibit:
    """Show the finding and the verdict for every statement that the programme makes, by its number."""
    keys = sorted(study.indicators(), key=lambda key: _in_order(study.indicator(key).id))
    rows = [row for key in keys for row in _rows(evaluate(key, study))]
    return shown(
        "statements",
        Result(pd.DataFrame(rows), Meta(method="several")),
        study,
        title=msg("Every statement and its verdict"),
        layout="table",
        columns=("finding", "verdict"),
        notes=(*_not_collected(study), *not_all(_shares(rows))),
    )


def _shares(rows: Sequence[Mapping[str, object]]) -> Result | None:
    found = [row for row in rows if row["estimand"] == "group_share"]
    return Result(pd.DataFrame(found), Meta(method="several")) if found else None


def unforeseen(study: Study) -> Exhibit:
    """Leave room for results that nobody planned, which only people can tell of."""
    rows = [{"estimand": "workshop_field", "unit": "statement", "term": term, "n": 1} for term in UNFORESEEN]
    return exhibit(
        "unforeseen",
        Result(pd.DataFrame(rows).assign(estimate=float("nan")), Meta(method="count")),
        study,
        title=msg("Unforeseen results"),
        layout="table",
        columns=("human",),
        notes=(msg("Filled in by people, from open answers, interviews and workshops."),),
    )


def common(study: Study) -> Exhibit:
    """Show which common indicators of the fund the registers fill, and why the others are empty."""
    title, found = msg("Common indicators of the fund"), common_indicators(study)
    if found is None:
        why = msg("The definition names no list of common indicators.")
        return absent("common-indicators", study, title=title, why=why)
    profile = read_profile(study.project.profile)
    return exhibit(
        "common-indicators",
        found,
        study,
        title=title,
        layout="folded",
        notes=(
            msg("The list is that of {name}: {source}.", name=profile.name, source=profile.source),
            msg("The fund wants every number for {levels}.", levels=profile.by_sex),
            msg(
                "A number is filled in only from a column that the definition names for the indicator, never from "
                "a question with similar words."
            ),
        ),
    )


def _in_order(statement: str) -> list[tuple[int, int | str]]:
    """Return a key by which H2 comes before H10."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", statement)]


def _not_collected(study: Study) -> tuple[Message, ...]:
    absent_ones = [one for one in study.indicators().values() if isinstance(one.measure, AbsentMeasure)]
    if not absent_ones:
        return ()
    return (msg("For statements without data, the finding says why there are none."),)


def _rows(result: Result) -> list[dict[str, object]]:
    table = result.table[result.table["verdict"].notna()]
    table = result.table.head(1) if table.empty else table
    by_level = "level" in table.columns and table["level"].notna().any()
    return (table if by_level else table.head(1)).to_dict("records")
