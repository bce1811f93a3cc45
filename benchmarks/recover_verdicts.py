"""How often verdicts are right about programmes whose truth is known.

python -m benchmarks.recover_verdicts [PROGRAMMES [FILE]] simulates Skills Halland anew that many times (100),
reads the made-up exports, and holds every verdict against what is true of all registered people and
companies. This is done twice: with the changes that the definition assumes, and with no change and no
difference between groups at all, where the truth is that of the model: nothing changes.

A verdict is right if what it claims is true, wrong if it is not, and open if it claims nothing. Of
changes and differences the claim is the direction; that nothing that matters differs is a claim too.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject, Paths
from evaluation.rules import evaluate
from evaluation.simulate import simulate, write_simulated
from evaluation.study import Study

PROJECT = Path(__file__).resolve().parents[1] / "projects" / "halland"
SCENARIOS: dict[str, dict[str, Any]] = {
    "as assumed": {},
    "nothing changes": {"default_change": 0.0, "change": {}, "group_change": {}},
}
SEED = 7_300
WORKERS = 2
ALLOWED = {
    "reached": 0.0,
    "not_reached": 0.0,
    "covered": 0.0,
    "not_covered": 0.0,
    "increased": 0.025,
    "decreased": 0.025,
    "increased_unwanted": 0.025,
    "decreased_unwanted": 0.025,
    "small_change": 0.05,
    "gap": 0.05,
    "small_gap": 0.05,
    "negligible_gap": 0.05,
}
"""The error that each verdict allows, as a share of all times it could be given; others count registers."""

Truth = Mapping[str, Any]
Claim = Callable[[Mapping[str, Any], Truth, bool], bool | None]


def _is_reached(wanted: bool) -> Claim:
    return lambda row, truth, null: None if truth.get("reached") is None else truth["reached"] is wanted


def _moves(sign: int) -> Claim:
    def claim(row: Mapping[str, Any], truth: Truth, null: bool) -> bool | None:
        between = truth.get("network")
        if null and between is None:
            return False
        change = truth.get("change", {}).get("all", {}).get("change")
        change = between["after"] - between["before"] if between else change
        return None if change is None else bool(np.sign(change) == (sign or np.sign(row["estimate"])))

    return claim


def _differs(row: Mapping[str, Any], truth: Truth, null: bool) -> bool | None:
    gap = _true_gap(row, truth)
    return None if gap is None else (not null and bool(np.sign(gap) == np.sign(row["estimate"])))


def _differs_little(row: Mapping[str, Any], truth: Truth, null: bool) -> bool | None:
    gap = _true_gap(row, truth)
    return None if gap is None else null or abs(gap) < row["smallest_important"]


def _differs_but_little(row: Mapping[str, Any], truth: Truth, null: bool) -> bool | None:
    parts = (_differs(row, truth, null), _differs_little(row, truth, null))
    return None if None in parts else all(parts)


def _true_gap(row: Mapping[str, Any], truth: Truth) -> float | None:
    kind = "share" if row["estimand"] == "share_gap" else "mean"
    return truth.get(kind, {}).get("gap", {}).get(row["level"])


def _meets(wanted: bool) -> Claim:
    return lambda row, truth, null: (truth["violations"] == 0) is wanted if truth.get("n") else None


CLAIMS: dict[str, Claim] = {
    "reached": _is_reached(True),
    "not_reached": _is_reached(False),
    "covered": _is_reached(True),
    "not_covered": _is_reached(False),
    "increased": _moves(1),
    "increased_unwanted": _moves(1),
    "decreased": _moves(-1),
    "decreased_unwanted": _moves(-1),
    "small_change": _moves(0),
    "gap": _differs,
    "small_gap": _differs_but_little,
    "negligible_gap": _differs_little,
    "all_eligible": _meets(True),
    "exceptions": _meets(False),
}
"""What each verdict claims; verdicts that are not listed claim nothing."""

Found = Counter[tuple[str, str, str, str]]
"""How often each rule kind gave each verdict, whether it was right, and to which statement."""


def programme(scenario: str, number: int) -> Found:
    """Simulate one programme, and count rule kind, verdict and whether it is right."""
    null = scenario != "as assumed"
    with tempfile.TemporaryDirectory() as folder:
        project = _changed(load_project(PROJECT), SCENARIOS[scenario], Path(folder))
        made = simulate(project, np.random.default_rng([SEED, number]))
        write_simulated(made, project.raw_folder)
        tables = ingest(project)
    study = Study(project, **tables.frames(), manifest=tables.manifest)
    found: Found = Counter()
    for key, indicator in project.definition.indicators.items():
        row = _judged(evaluate(key, study).table)
        if row is not None:
            right = _right(row, made.truth["indicators"][key], null)
            found[indicator.rule.kind, str(row["verdict"]), right, f"{indicator.id} {key}"] += 1
    return found


def _changed(project: LoadedProject, assumed: Mapping[str, Any], folder: Path) -> LoadedProject:
    simulation = project.definition.simulation.model_copy(update=dict(assumed))
    paths = Paths(raw=str(folder / "raw"), processed=str(folder / "processed"))
    definition = project.definition.model_copy(update={"simulation": simulation, "paths": paths})
    return project.model_copy(update={"definition": definition})


def _judged(table: pd.DataFrame) -> dict[str, Any] | None:
    judged = table[table["verdict"].notna()]
    return None if judged.empty else judged.iloc[0].to_dict()


def _right(row: Mapping[str, Any], truth: Truth, null: bool) -> str:
    claim = CLAIMS.get(str(row["verdict"]))
    held = None if claim is None else claim(row, truth, null)
    return "open" if held is None else "right" if held else "wrong"


def counts(scenario: str, programmes: int) -> Found:
    """Count over many programmes, in processes."""
    with ProcessPoolExecutor(WORKERS) as pool:
        return sum(pool.map(partial(programme, scenario), range(programmes)), Counter())


def lines(programmes: int) -> Iterator[str]:
    """Yield a table for each scenario, as Markdown."""
    for scenario in SCENARIOS:
        found = counts(scenario, programmes)
        yield f"{programmes} programmes, {scenario}:"
        yield ""
        yield "| rule | verdict | given | right | wrong | open | wrong, of all that could get it | allowed |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from _table(found)
        yield ""
        yield _wrong(found)
        yield ""


def _table(found: Found) -> Iterator[str]:
    tried, given = Counter[str](), Counter[tuple[str, str, str]]()
    for (kind, verdict, how, _), count in found.items():
        tried[kind] += count
        given[kind, verdict, how] += count
    for kind, verdict in sorted({(kind, verdict) for kind, verdict, _ in given}):
        right, wrong, undecided = (given[kind, verdict, how] for how in ("right", "wrong", "open"))
        allowed = ALLOWED.get(verdict)
        stated = "–" if allowed is None else f"{allowed:.3f}"
        yield (
            f"| {kind} | {verdict} | {right + wrong + undecided} | {right} | {wrong} | {undecided} "
            f"| {wrong / tried[kind]:.4f} | {stated} |"
        )


def _wrong(found: Found) -> str:
    """List the statements with wrong verdicts, the most frequent first."""
    wrong = Counter({key: count for key, count in found.items() if key[2] == "wrong"})
    listed = (f"{key[3]}: {key[1]} ({count})" for key, count in wrong.most_common())
    return "Wrong: " + ("; ".join(listed) or "none") + "."


def main(words: list[str]) -> None:
    """Print the tables, or write them to a file."""
    text = "\n".join(lines(int(words[0]) if words else 100))
    if len(words) > 1:
        Path(words[1]).write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
