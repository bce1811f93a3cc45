"""What several chapters do: evaluate indicators of one kind and tally their verdicts."""

from collections import Counter
from dataclasses import replace
from functools import reduce

import pandas as pd

from evaluation.report.exhibit import Exhibit, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.stats.multiplicity import holm
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg
from evaluation.vocabulary.verdicts import VERDICTS

NOTHING = msg("The programme's definition has no statement of this kind.")


def results_of(study: Study, *, kind: str, chapter: str = "") -> list[Result]:
    """Evaluate every indicator of a rule kind, in the order of the definition."""
    return [evaluate(key, study) for key in study.indicators(chapter=chapter, kind=kind)]


def stacked(results: list[Result]) -> Result | None:
    """Put results under each other; None where there are none."""
    return reduce(lambda first, other: first.stack(other), results) if results else None


def rows_where(result: Result, keep: pd.Series) -> Result | None:
    """Return only some rows of a result; None where none is left."""
    table = result.table[keep].reset_index(drop=True)
    return Result(table, result.meta) if len(table) else None


def main_rows(result: Result) -> Result:
    """Return the row that each indicator is judged by: the main reading, without then-tests."""
    table = result.table
    judged = table[table["verdict"].notna()]
    return Result(judged.drop_duplicates("indicator").reset_index(drop=True), result.meta)


def shown(key: str, result: Result | None, study: Study, *, title: Message, **options: object) -> Exhibit:
    """Show a result, or say that the definition has nothing of the kind."""
    if result is None:
        return absent(key, study, title=title, why=NOTHING)
    return exhibit(key, result, study, title=title, **options)


def adjusted(result: Result | None) -> Result | None:
    """Add p values adjusted after Holm for all rows that are judged together."""
    if result is None:
        return None
    values = holm(result.table["p_value"].astype(float).to_numpy())
    references = tuple(dict.fromkeys((*result.meta.references, "holm1979")))
    return Result(result.table.assign(p_adjusted=values), replace(result.meta, references=references))


def tally(results: list[Result]) -> Result | None:
    """Count the verdicts of indicators, by quantity and in the order of `VERDICTS`."""
    found: dict[str, list[str]] = {}
    for result in results:
        found.setdefault(result.table["estimand"].iloc[0], []).extend(_verdicts(result))
    rows = [row for verdicts in found.values() for row in _counted(verdicts)]
    return Result(pd.DataFrame(rows), Meta(method="count")) if rows else None


def _counted(verdicts: list[str]) -> list[dict[str, object]]:
    counts, total = Counter(verdicts), len(verdicts)
    fixed = {"estimand": "verdict_count", "unit": "statement", "n": total, "n_total": total}
    return [{**fixed, "verdict": key, "estimate": counts[key]} for key in VERDICTS if counts[key]]


def _verdicts(result: Result) -> list[str]:
    if result.table["estimand"].iloc[0] in SEVERAL_PER_INDICATOR:
        return result.table["verdict"].dropna().tolist()
    return main_rows(result).table["verdict"].tolist()


SEVERAL_PER_INDICATOR = ("group_share", "mean_gap")
"""Quantities with one judged row per group."""
