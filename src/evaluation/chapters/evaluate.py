"""What several chapters do: evaluate indicators of one kind and tally their verdicts."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from operator import itemgetter

import pandas as pd

from evaluation.disclosure import row_key
from evaluation.project.measure import AbsentMeasure
from evaluation.report.exhibit import Exhibit, absent, exhibit
from evaluation.report.release import counted_verdicts
from evaluation.result import Result
from evaluation.rules import evaluate
from evaluation.stats.multiplicity import holm
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

NOTHING = msg("The programme's definition has no statement of this kind.")


def results_of(study: Study, *, kind: str, chapter: str = "") -> list[Result]:
    """Evaluate every indicator of a rule kind whose data are collected, in the order of the definition."""
    return [
        evaluate(key, study)
        for key, indicator in study.indicators(chapter=chapter, kind=kind).items()
        if not isinstance(indicator.measure, AbsentMeasure)
    ]


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
    judged = [(_kind(row), row) for result in results for row in _judged_rows(result)]
    kinds = sorted(dict.fromkeys(kind for kind, _ in judged), key=DESCRIBED.__eq__)
    counted = [(kinds.index(kind), str(row["verdict"]), row_key(row)) for kind, row in judged]
    return counted_verdicts(sorted(counted, key=itemgetter(0))) if counted else None


def _kind(row: Mapping[str, object]) -> str:
    """Return what a verdict is counted among; those that are only described, whatever they count, are together."""
    if row["verdict"] == "described":
        return DESCRIBED
    return COUNTED_AS.get(str(row["estimand"]), str(row["estimand"]))


def _judged_rows(result: Result) -> list[dict[str, object]]:
    if result.table["estimand"].iloc[0] in SEVERAL_PER_INDICATOR:
        return result.table[result.table["verdict"].notna()].to_dict("records")
    return main_rows(result).table.to_dict("records")


DESCRIBED = "described_share"
COUNTED_AS = {
    "share_change": "mean_change",
    "network_share_change": "mean_change",
    "network_mean_change": "mean_change",
    "covered_count": "covered_share",
    "time_share": "covered_share",
    "limited_share": "covered_share",
    "eligible_share": "covered_share",
    "share_gap": "mean_gap",
    "described_mean": "described_share",
    "network_share": "described_share",
    "network_mean": "described_share",
    "association": "effect",
}
"""Quantities whose verdicts are counted together with those of another: both are measures, requirements,
comparisons or statements, so that "all requirements" means all of them."""

SEVERAL_PER_INDICATOR = ("group_share", "mean_gap", "share_gap", "reliability")
"""Quantities with one judged row per group."""
