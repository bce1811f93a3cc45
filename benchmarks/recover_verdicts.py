"""How often verdicts are right about programmes whose truth is known.

python -m benchmarks.recover_verdicts [PROGRAMMES [FILE]] simulates Skills Halland anew that many times (200)
in each scenario, reads the made-up exports, and holds every verdict against what is true of all
registered people and companies. FILE is docs/recovery.md.
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
from evaluation.project.simulation import Attrition
from evaluation.rules import evaluate
from evaluation.simulate import simulate, write_simulated
from evaluation.study import Study

PROJECT = Path(__file__).resolve().parents[1] / "projects" / "halland"
UP_TO_DATE = ("uptodate_digitalisation", "uptodate_green", "uptodate_automation")


def _levels(strategic: float, up_to_date: float) -> dict[str, float]:
    """Say where the answers to the questions behind the two targets lie."""
    return {"goal_strategic": strategic, **dict.fromkeys(UP_TO_DATE, up_to_date)}


NO_CHANGE = "nothing changes"
SCENARIOS: dict[str, dict[str, Any]] = {
    "as assumed": {},
    NO_CHANGE: {"default_change": 0.0, "change": {}, "group_change": {}},
    "at the target": {
        "level": _levels(0.45, 0.42),
        "missing_items": 0.01,
        "dont_know": 0.0,
        "attrition": Attrition(mechanism="by_baseline", share=0.02),
    },
    "above the target": {"level": _levels(1.0, 1.2)},
    "the discontented leave": {
        "level": _levels(0.6, 0.5),
        "attrition": Attrition(mechanism="by_outcome", share=0.15, strength=1.5),
    },
}
"""What each scenario changes in the section `simulation` of the definition."""

WORDS = {
    "as assumed": "with the changes that the definition assumes",
    NO_CHANGE: "no change and no difference between groups; the truth is that of the model",
    "at the target": "true shares lie around the 70 % of both targets, and nearly everybody answers",
    "above the target": "true shares lie clearly above the targets, and answers are missing as assumed",
    "the discontented leave": "true shares lie around the targets, and those who would answer low are lost: 15 % "
    "before each wave, with 4.5 times the odds for a standard deviation lower",
}
SEED = 7_300
WORKERS = 2
ROUNDING = 1e-9
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
"""How often each rule kind gave each verdict, whether it was right, and to which statement.

Of targets also how often the interval and the bounds hold the true share, with the kind `HELD`.
"""

HELD = "target holds"


def programme(scenario: str, number: int) -> Found:
    """Simulate one programme, and count rule kind, verdict and whether it is right."""
    null = scenario == NO_CHANGE
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
            truth, name = made.truth["indicators"][key], f"{indicator.id} {key}"
            found[indicator.rule.kind, str(row["verdict"]), _right(row, truth, null), name] += 1
            if indicator.rule.kind == "target":
                found += _held(row, truth, name)
    return found


def _held(row: Mapping[str, Any], truth: Truth, name: str) -> Found:
    """Say whether a target's interval and its bounds hold the true share of all who are registered."""
    share = truth["share"][truth["wave"]][truth["main"]]
    pairs = {"interval": ("conf_low", "conf_high"), "bounds": ("bound_low", "bound_high")}
    return Counter(
        (HELD, limits, "right" if row[low] - ROUNDING <= share <= row[high] + ROUNDING else "wrong", name)
        for limits, (low, high) in pairs.items()
    )


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


HEAD = """# Are the verdicts right?

`python -m benchmarks.recover_verdicts {programmes} docs/recovery.md` writes this page. It makes up Skills Halland
anew {programmes} times in each scenario, reads the made-up exports as a report does, and holds every verdict
against what is true of all registered people and companies.

A verdict is **right** if what it claims is true, **wrong** if it is not, and **open** if it claims nothing. Of
changes and differences the claim is the direction; that nothing that matters differs is a claim too. Where nothing
changes, every found change or difference is wrong, even if the people drawn happen to differ. The last column is
the error that the verdict allows, as a share of all times it could be given. For the rate of wrong verdicts the
Monte Carlo standard error stands beside it; it treats the statements of one programme as independent.
"""


def lines(programmes: int) -> Iterator[str]:
    """Yield the page: a table for each scenario, as Markdown."""
    yield HEAD.format(programmes=programmes)
    for scenario, assumed in WORDS.items():
        found = counts(scenario, programmes)
        held = Counter({key: count for key, count in found.items() if key[0] == HELD})
        yield f"## {scenario[0].upper()}{scenario[1:]}"
        yield ""
        yield f"{assumed[0].upper()}{assumed[1:]}."
        yield ""
        yield "| rule | verdict | given | right | wrong | open | wrong, of all that could get it | allowed |"
        yield "|---|---|---|---|---|---|---|---|"
        yield from _table(found - held)
        yield ""
        yield _wrong(found - held)
        yield ""
        yield "| a target's limits | statement | programmes | hold the true share |"
        yield "|---|---|---|---|"
        yield from _limits(held)
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
            f"| {_share(wrong, tried[kind])} | {stated} |"
        )


def _limits(held: Found) -> Iterator[str]:
    for limits, name in sorted({(limits, name) for _, limits, _, name in held}):
        right, wrong = (held[HELD, limits, how, name] for how in ("right", "wrong"))
        yield f"| {limits} | {name} | {right + wrong} | {_share(right, right + wrong)} |"


def _share(k: int, n: int) -> str:
    share = k / n
    return f"{share:.4f} ± {(share * (1 - share) / n) ** 0.5:.4f}"


def _wrong(found: Found) -> str:
    """List the statements with wrong verdicts, the most frequent first."""
    wrong = Counter({key: count for key, count in found.items() if key[2] == "wrong"})
    listed = (f"{key[3]}: {key[1]} ({count})" for key, count in wrong.most_common())
    return "Wrong: " + ("; ".join(listed) or "none") + "."


def main(words: list[str]) -> None:
    """Print the page, or write it to a file."""
    text = "\n".join(lines(int(words[0]) if words else 200))
    if len(words) > 1:
        Path(words[1]).write_text(text.rstrip() + "\n", encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
