"""The second look before anything is published: all exhibits of a report are protected together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
from nbformat import NotebookNode

from evaluation.disclosure import (
    Earlier,
    Pattern,
    earlier_rows,
    row_key,
    withheld_after,
    withheld_pattern,
    withhold,
)
from evaluation.project.measure import ItemMeasure
from evaluation.project.model import Project
from evaluation.report.audience import workshop_policy, workshop_table
from evaluation.report.exhibit import MIME, Exhibit, bundle
from evaluation.report.history import published_records
from evaluation.result import Meta, Result
from evaluation.study import Study
from evaluation.vocabulary.verdicts import VERDICTS

RULES = ("threshold", "small_part", "group_disclosure", "dominance", "sibling", "complementary")


@dataclass(frozen=True, slots=True)
class Release:
    """What was withheld when the exhibits of a report were protected together.

    Attributes
    ----------
    rows
        Rows of all exhibits about people or organisations.
    cells
        Counts that these rows hold.
    primary
        Rows withheld for their own number, or beside one in the same table.
    complementary
        Rows withheld because other tables would give a withheld number away.
    unprotected
        Counts that can be told although no further row would hide them.
    """

    rows: int
    cells: int
    primary: int
    complementary: int
    unprotected: int = 0


def protect_together(notebooks: Sequence[Path], study: Study) -> Release:
    """Withhold in executed notebooks what all of them together would give away.

    Every chapter runs in a process of its own and protects each exhibit alone. Here all their exhibits
    are linked, the cheapest further rows are withheld, and the notebooks are written again with the
    protected exhibits only: figures, sentences, tables and data.

    Parameters
    ----------
    notebooks
        The executed notebooks of a report; they are written again.
    study
        The programme, for its thresholds and the answers that count as yes.

    Returns
    -------
    Release
        How much was withheld.

    Notes
    -----
    Doing it again changes nothing. The result depends on the exhibits and the thresholds only.
    """
    nodes = [nbformat.read(path, as_version=4) for path in notebooks]
    before = [node.metadata.get("evaluation", {}).get("withheld") for node in nodes]
    outputs = [output for node in nodes for output in _outputs(node)]
    exhibits = [[Exhibit.from_dict(one) for one in output["data"][MIME]] for output in outputs]
    flat = [exhibit for found in exhibits for exhibit in found]
    tables = [named(exhibit.result.table, exhibit.key, study.project) for exhibit in flat]
    positives = positive_answers(study.project)
    pattern = withheld_after(tables, study.policy, published_before(study), positives=positives)
    final = _protected(flat, tables, pattern.withheld, study)
    protected = iter(_strict(final, study, positives))
    for output, found in zip(outputs, exhibits, strict=True):
        output["data"] = bundle([next(protected) for _ in found])
    primary, complementary = _told(pattern, before)
    for node, path in zip(nodes, notebooks, strict=True):
        node.metadata["evaluation"] = {"withheld": [primary, complementary]}
        nbformat.write(node, path)
    return Release(len(pattern.primary), pattern.cells, primary, complementary, pattern.unprotected)


def published_before(study: Study) -> Earlier:
    """Return what the published reports that the definition names have told."""
    shown: list[Mapping[str, Any]] = []
    withheld: list[Mapping[str, Any]] = []
    for record in published_records(study.loaded):
        withheld = []
        for key, figure in record["figures"].items():
            parts = [pd.DataFrame(figure.get(part, [])) for part in ("rows", "counted", "withheld")]
            rows = [named(part, key, study.project).to_dict("records") for part in parts]
            shown += [*rows[0], *rows[1]]
            withheld += rows[2]
    return earlier_rows(shown, withheld)


def _strict(
    exhibits: Sequence[Exhibit], study: Study, positives: Mapping[str, Sequence[str]]
) -> list[Exhibit]:
    """Note in every exhibit which rows a workshop's edition withholds, behind its stricter threshold."""
    seen = {place: workshop_table(exhibit, study) for place, exhibit in enumerate(exhibits)}
    tables = {
        place: named(table, exhibits[place].key, study.project)
        for place, table in seen.items()
        if table is not None
    }
    pattern = withheld_pattern([*tables.values()], workshop_policy(study), positives=positives)
    ends = np.cumsum([len(table) for table in tables.values()])[:-1]
    hidden = dict(zip(tables, np.split(pattern.withheld, ends), strict=True)) if tables else {}
    return [
        replace(exhibit, strict=tuple(np.flatnonzero(hidden.get(place, [])).tolist()))
        for place, exhibit in enumerate(exhibits)
    ]


def named(table: pd.DataFrame, key: str, project: Project) -> pd.DataFrame:
    """Name the indicator in the rows of an exhibit that is about one, which its key ends with."""
    about = next((name for name in project.indicators if key.endswith(f"-{name}")), None)
    if about is None or "indicator" in table.columns:
        return table
    return table.assign(indicator=about)


def _told(pattern: Pattern, before: Sequence[Sequence[int] | None]) -> tuple[int, int]:
    """Count the withheld rows by cause; what an earlier look withheld keeps the cause that it had."""
    total = int(pattern.withheld.sum())
    if before and all(before) and sum(before[0] or ()) == total:
        return tuple(before[0])  # type: ignore[return-value]
    return int(pattern.primary.sum()), int(pattern.complementary.sum())


def positive_answers(project: Project) -> dict[str, list[str]]:
    """Return for every indicator that asks one question which answers count as yes."""
    return {
        key: [f"{value:g}" for value in indicator.measure.positive]
        for key, indicator in project.indicators.items()
        if isinstance(indicator.measure, ItemMeasure) and indicator.measure.positive
    }


def counted_verdicts(counted: Sequence[tuple[int, str, tuple[str | None, ...]]]) -> Result:
    """Count verdicts, remembering which rows they stand in.

    Parameters
    ----------
    counted
        Per verdict the number of its tally, the verdict and the key of its row.

    Returns
    -------
    Result
        Per tally one row for every verdict that occurs, in the order of `VERDICTS`.
    """
    tallies: dict[int, Counter[str]] = {}
    for number, verdict, _ in counted:
        tallies.setdefault(number, Counter())[verdict] += 1
    rows = [row for counts in tallies.values() for row in _tally(counts)]
    columns = ["estimand", "unit", "n", "n_total", "verdict", "estimate"]
    return Result(pd.DataFrame(rows, columns=columns), Meta(method="count", counted=tuple(counted)))


def _tally(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    total = sum(counts.values())
    fixed = {"estimand": "verdict_count", "unit": "statement", "n": total, "n_total": total}
    return [{**fixed, "verdict": key, "estimate": counts[key]} for key in VERDICTS if counts.get(key)]


def _outputs(node: NotebookNode) -> list[NotebookNode]:
    return [
        output for cell in node.cells for output in cell.get("outputs", []) if MIME in output.get("data", {})
    ]


def _protected(
    exhibits: Sequence[Exhibit], tables: Sequence[pd.DataFrame], withheld: np.ndarray, study: Study
) -> list[Exhibit]:
    parts = np.split(withheld, np.cumsum([len(table) for table in tables])[:-1]) if tables else []
    rows = [row for table in tables for row in table.to_dict("records")]
    keys = {row_key(row) for row, hidden in zip(rows, withheld, strict=True) if hidden}
    return [_final(exhibit, part, keys, study) for exhibit, part in zip(exhibits, parts, strict=True)]


def _final(
    exhibit: Exhibit, withheld: np.ndarray, keys: set[tuple[str | None, ...]], study: Study
) -> Exhibit:
    result = exhibit.result
    if result.meta.counted:
        shown = counted_verdicts([entry for entry in result.meta.counted if entry[2] not in keys])
        result = Result(shown.table, replace(result.meta, counted=shown.meta.counted))
        withheld = np.zeros(len(shown.table), dtype=bool)
    if len(result.table):
        result = withhold(result, pd.Series(withheld, dtype=bool), study.policy, RULES)
    return replace(exhibit, result=result, lang=study.lang)
