"""The second look before anything is published: all exhibits of a report are protected together."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evaluation import disclosure
from evaluation.disclosure import rounded, row_key, withhold
from evaluation.disclosure.rounding import keeps_verdict
from evaluation.project.measure import ItemMeasure
from evaluation.project.model import Project
from evaluation.report.audience import workshop_policy, workshop_table
from evaluation.report.executed import KeptChapters, Notebook, read, write
from evaluation.report.exhibit import DRAWN, MIME, UNSEEN, Exhibit, bundle
from evaluation.report.exhibit_words import statement_of
from evaluation.report.forks import meanwhile, side_by_side
from evaluation.report.history import published_records
from evaluation.report.kept import kept_text
from evaluation.result import Meta, Result
from evaluation.study import Study
from evaluation.text.lexicon import Lexicon
from evaluation.text.numbers import in_percent
from evaluation.vocabulary.message import Message, nmsg
from evaluation.vocabulary.verdicts import VERDICTS

Counted = tuple[tuple[int, str, tuple[str | None, ...]], ...]
WITHHELD = ""
"""What stands in a tally for a verdict that is withheld."""
NOT_TOLD = nmsg(
    "One verdict is not shown, to protect those it is about.",
    "{count} verdicts are not shown, to protect those they are about.",
)

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
    rounded
        Rows told in rounded numbers that would give a withheld number away as they are.
    """

    rows: int
    cells: int
    primary: int
    complementary: int
    unprotected: int = 0
    rounded: int = 0


def protected_together(folder: Path, study: Study, *, find: bool, keep: bool) -> Release:
    """Protect all notebooks in a folder together, unless notebooks that show the same were protected before.

    Parameters
    ----------
    folder
        The executed notebooks of a report; they are written again.
    study
        As in `protect_together`.
    find, keep
        Whether to look for what was kept, and to keep what is protected.

    Returns
    -------
    Release
        How much was withheld.
    """
    kept = KeptChapters(study.loaded)
    if find and (noted := kept.find_together(folder)) is not None:
        return Release(**noted)
    place = kept.together(folder)
    release = protect_together(sorted(folder.glob("*.ipynb")), study)
    if keep:
        kept.keep_together(place, folder, asdict(release))
    return release


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
    nodes = [read(path) for path in notebooks]
    before = [node["metadata"].get("evaluation", {}).get("withheld") for node in nodes]
    outputs = [output for node in nodes for output in _outputs(node)]
    exhibits = [[Exhibit.from_dict(one) for one in output["data"][MIME]] for output in outputs]
    flat = [exhibit for found in exhibits for exhibit in found]
    tables = [named(exhibit.result.table, exhibit.key, study.project) for exhibit in flat]
    with meanwhile(_drawings(flat, study.project.languages)):
        pattern = _pattern(tables, study)
    final = _protected(flat, tables, pattern, study)
    protected = iter(_strict(final, study))
    grouped = [[next(protected) for _ in found] for found in exhibits]
    for output, data in zip(outputs, _bundles(grouped), strict=True):
        output["data"] = data
    primary, complementary = _told(pattern, before)
    for node, path in zip(nodes, notebooks, strict=True):
        node["metadata"]["evaluation"] = {"withheld": [primary, complementary]}
        write(node, path)
    return Release(
        rows=len(pattern.primary),
        cells=pattern.cells,
        primary=primary,
        complementary=complementary,
        unprotected=pattern.unprotected,
        rounded=int(pattern.rounded.sum()),
    )


@dataclass(frozen=True, slots=True)
class _Withheld:
    """What is used of a `Pattern`, as it is kept."""

    primary: np.ndarray
    complementary: np.ndarray
    rounded: np.ndarray
    cells: int
    unprotected: int

    @property
    def withheld(self) -> np.ndarray:
        return self.primary | self.complementary


def _pattern(tables: Sequence[pd.DataFrame], study: Study, *, strict: bool = False) -> _Withheld:
    """Return what is withheld, for workshops if strict; the same tables are not looked at twice."""

    def found() -> str:
        policy = workshop_policy(study) if strict else study.policy
        earlier = disclosure.earlier_rows([], []) if strict else published_before(study)
        positives = positive_answers(study.project)
        pattern = disclosure.withheld_after(tables, policy, earlier, positives=positives)
        marked = [rows.tolist() for rows in (pattern.primary, pattern.complementary, pattern.rounded)]
        return json.dumps([*marked, pattern.cells, pattern.unprotected])

    rows = [json.loads(table.to_json(orient="split", double_precision=15)) for table in tables]
    published = [] if strict else published_records(study.loaded)
    content = [study.definition_fingerprint, strict, rows, published]
    *marked, cells, unprotected = json.loads(kept_text("pattern", content, found, templates=False, lang=""))
    return _Withheld(*(np.array(rows, dtype=bool) for rows in marked), cells, unprotected)


def _drawings(exhibits: Sequence[Exhibit], languages: Sequence[str]) -> Iterator[Callable[[], str]]:
    """Draw figures as they are, most of which do not change, for those who draw what is protected to find."""
    if os.environ.get(UNSEEN):
        return
    for lang in languages:
        for exhibit in exhibits:
            if exhibit.layout in DRAWN:
                yield partial(exhibit.svg, lang)


def _bundles(exhibits: Sequence[Sequence[Exhibit]]) -> list[dict[str, Any]]:
    """Return what notebooks store of exhibits, drawn on all cores; every other one is drawn by the same."""
    cores = os.cpu_count() or 1
    parts = [exhibits[place::cores] for place in range(cores)]
    made = side_by_side([partial(lambda part: [bundle(found) for found in part], part) for part in parts])
    return [made[place % cores][place // cores] for place in range(len(exhibits))]


def published_before(study: Study) -> "disclosure.Earlier":
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
    return disclosure.earlier_rows(shown, withheld)


def _strict(exhibits: Sequence[Exhibit], study: Study) -> list[Exhibit]:
    """Note in every exhibit which rows a workshop's edition withholds, behind its stricter threshold."""
    seen = {place: workshop_table(exhibit, study) for place, exhibit in enumerate(exhibits)}
    tables = {
        place: named(table, exhibits[place].key, study.project)
        for place, table in seen.items()
        if table is not None
    }
    pattern = _pattern([*tables.values()], study, strict=True)
    ends = np.cumsum([len(table) for table in tables.values()])[:-1]
    hidden = dict(zip(tables, np.split(pattern.withheld, ends), strict=True)) if tables else {}
    return [
        replace(exhibit, strict=tuple(np.flatnonzero(hidden.get(place, [])).tolist()))
        for place, exhibit in enumerate(exhibits)
    ]


def named(table: pd.DataFrame, key: str, project: Project) -> pd.DataFrame:
    """Name the indicator in the rows of an exhibit that is about one, which its key ends with."""
    about = statement_of(key, project)
    if about is None or "indicator" in table.columns:
        return table
    return table.assign(indicator=about)


def _told(pattern: _Withheld, before: Sequence[Sequence[int] | None]) -> tuple[int, int]:
    """Count the withheld rows by cause; what an earlier look withheld keeps the cause that it had."""
    total = int((pattern.primary | pattern.complementary).sum())
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
        Per verdict the number of its tally, the verdict and the key of its row. A verdict that is
        withheld is empty: it is one of the total, and nothing else.

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
    shown = total - counts.get(WITHHELD, 0)
    fixed = {"estimand": "verdict_count", "unit": "statement", "n": shown, "n_total": total}
    return [{**fixed, "verdict": key, "estimate": counts[key]} for key in VERDICTS if counts.get(key)]


def _without(counted: Counted, keys: set[tuple[str | None, ...]]) -> Counted:
    return tuple(
        (number, WITHHELD, ()) if key in keys else (number, verdict, key) for number, verdict, key in counted
    )


def _told_withheld(counted: Counted) -> tuple[Message, ...]:
    """Say how many verdicts are not told, so that nobody takes the rest for all."""
    count = sum(verdict == WITHHELD for _, verdict, _ in counted)
    return (NOT_TOLD.with_fields(count=count),) if count else ()


def _outputs(node: Notebook) -> list[Notebook]:
    return [
        output
        for cell in node["cells"]
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    ]


def _protected(
    exhibits: Sequence[Exhibit], tables: Sequence[pd.DataFrame], pattern: _Withheld, study: Study
) -> list[Exhibit]:
    ends = np.cumsum([len(table) for table in tables])[:-1]
    marks = [np.split(rows, ends) for rows in (pattern.withheld, pattern.rounded)] if tables else [[], []]
    rows = [row for table in tables for row in table.to_dict("records")]
    judged = np.array([keeps_verdict(row, _unit(row, study.words)) for row in rows], dtype=bool)
    untold = pattern.withheld | (pattern.rounded & ~judged)
    keys = {row_key(row) for row, hidden in zip(rows, untold, strict=True) if hidden}
    return [_final(exhibit, *part, keys, study) for exhibit, *part in zip(exhibits, *marks, strict=True)]


def _unit(row: Mapping[str, Any], words: Lexicon) -> float:
    """Return what single answers differ by: 100 where a statement counts yes as 100 per cent."""
    return 100.0 if in_percent(row, words) else 1.0


def _final(
    exhibit: Exhibit,
    withheld: np.ndarray,
    near: np.ndarray,
    keys: set[tuple[str | None, ...]],
    study: Study,
) -> Exhibit:
    result = exhibit.result
    if result.meta.counted:
        shown = counted_verdicts(_without(result.meta.counted, keys))
        result = Result(shown.table, replace(result.meta, counted=shown.meta.counted))
        withheld = np.zeros(len(shown.table), dtype=bool)
        exhibit = replace(exhibit, notes=_told_withheld(result.meta.counted))
    if len(result.table):
        result = withhold(result, pd.Series(withheld, dtype=bool), study.policy, RULES)
        if near.any():
            unit = partial(_unit, words=exhibit.words)
            result = rounded(result, pd.Series(near, dtype=bool), study.policy, unit)
    shown = replace(exhibit, result=result, lang=study.lang)
    return replace(shown, layout="withheld") if _nothing_left(shown) else shown


def _nothing_left(exhibit: Exhibit) -> bool:
    """Whether a figure or table would hold nothing but that every row is withheld."""
    table = exhibit.result.table
    hidden = "suppressed" in table.columns and len(table) > 0 and table["suppressed"].astype(bool).all()
    return bool(hidden) and exhibit.layout in ("card", "table", "folded")
