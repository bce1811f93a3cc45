"""A very large programme from its exports to protected tables; `python -m benchmarks.scale [PEOPLE ...]`.

Three waves of 40 questions, a register of all participants and one of the companies, ten participants in each.
Every size runs in a process of its own, which is asked for its time and its highest memory at the end.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from benchmarks.ingest import ITEMS, PANDAS, ROOT, SCALES, SHARES, TEXTS, measured

SIZES = (10_000, 100_000, 1_000_000)
WAVES = ("before", "after", "later")
PER_COMPANY = 10
ANSWERING = 0.8
BLOCK = 100_000
LIMIT = 4.0
"""Gigabytes that the largest size may take."""
STEEPEST = 1.05
"""The highest exponent of time in the number of people that counts as linear."""
COUNTIES = ("Halland", "Örebro", "Västmanland")


def write_programme(folder: Path, people: int, seed: int = 1) -> Path:
    """Write the definition and the exports of a programme with so many participants."""
    rng = np.random.default_rng(seed)
    project, raw = folder / "projects" / "large", folder / "data" / "raw" / "large"
    project.mkdir(parents=True)
    raw.mkdir(parents=True)
    (project / "project.yaml").write_text("\n".join(_definition()) + "\n", encoding="utf-8")
    (project / "codebook.csv").write_text("\n".join(_codebook()) + "\n", encoding="utf-8")
    firms = max(people // PER_COMPANY, 20)
    staff = {
        "firm": _names("F", np.arange(firms)),
        "staff": pa.array(rng.integers(5, 400, firms)).cast(pa.string()),
    }
    staff["county"] = pa.array(rng.choice(COUNTIES, firms))
    _write(raw / "companies.csv", [pa.table(staff)])
    whose = rng.integers(0, firms, people)
    sexes = rng.choice(["Kvinna", "Man"], people, p=[0.45, 0.55])
    born = rng.choice(["Sverige", "Annat land"], people, p=[0.8, 0.2])
    register = {"id": _names("P", np.arange(people)), "firm": _names("F", whose)}
    _write(raw / "people.csv", [pa.table({**register, "sex": sexes, "born": born})])
    shift = 0.15 * rng.standard_normal(people) + 0.1 * rng.standard_normal(firms)[whose]
    for place, wave in enumerate(WAVES):
        _write(raw / f"{wave}.csv", _answers(rng, shift + 0.25 * place))
    return project


def _names(letter: str, numbers: np.ndarray) -> pa.Array:
    return pa.array(np.char.add(letter, np.char.zfill(numbers.astype(str), 7)))


def _answers(rng: np.random.Generator, shift: np.ndarray) -> Iterator[pa.Table]:
    """Yield the answers of those who answer; whoever feels better leans to the upper options."""
    limits = np.cumsum(SHARES[:5]) / sum(SHARES[:5])
    texts = pa.array(TEXTS)
    for start in range(0, len(shift), BLOCK):
        who = start + np.flatnonzero(rng.random(min(BLOCK, len(shift) - start)) < ANSWERING)
        lean = np.clip(rng.random((len(who), ITEMS)) + shift[who, None] * 0.3, 0, 1 - 1e-9)
        places = np.searchsorted(limits, lean)
        places = np.where(rng.random(places.shape) < 0.06, rng.integers(5, 7, places.shape), places)
        cells = {f"Fråga {item}": texts.take(pa.array(places[:, item])) for item in range(ITEMS)}
        yield pa.table({"id": _names("P", who), **cells})


def _write(path: Path, tables: Sequence[pa.Table] | Iterator[pa.Table]) -> None:
    options, writer = csv.WriteOptions(delimiter=";", quoting_style="none"), None
    for table in tables:
        writer = writer or csv.CSVWriter(path, table.schema, write_options=options)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _definition() -> Iterator[str]:
    both = "{sv: x, en: x}"
    yield from ("name: {sv: Stor, en: Large}", "languages: [sv, en]", "waves:")
    for wave, kind in zip(WAVES, ("baseline", "follow_up", "follow_up"), strict=True):
        yield f"  {wave}: {{label: {both}, kind: {kind}}}"
    yield from ("sources:", "  people: {kind: people, file: people.csv,")
    yield "    columns: {person: id, organisation: firm, sex: sex, born: born}}"
    yield "  companies: {kind: organisations, file: companies.csv,"
    yield "    columns: {organisation: firm, staff: staff, county: county}}"
    for wave in WAVES:
        yield f"  {wave}: {{kind: answers, file: {wave}.csv, waves: [{wave}], columns: {{person: id}}}}"
    yield "groups:"
    yield from _group("sex", {"women": "Kvinna", "men": "Man"})
    yield from _group("born", {"here": "Sverige", "elsewhere": "Annat land"})
    yield from _group("county", dict(zip(("h", "o", "v"), COUNTIES, strict=True)), "organisation")
    yield "scales:"
    size = ITEMS // SCALES
    for scale in range(SCALES):
        items = ", ".join(f"q{scale * size + item}" for item in range(size))
        yield f"  s{scale}: {{label: {both}, items: [{items}], min_items: 3}}"
    yield "indicators:"
    for key, (chapter, unit, measure, rule) in INDICATORS.items():
        mean = ", answered_by: mean" if unit == "organisation" and "scale" in measure else ""
        yield f"  {key}: {{id: {key.upper()}, chapter: {chapter}, unit: {unit}{mean}, label: {both},"
        yield f"    statement: {both}, respondents: {both}, measure: {{{measure}}}, rule: {{{rule}}}}}"


INDICATORS = {
    "target": ("targets", "person", "scale: s0, at_least: 3", "kind: target, wave: after, share: 0.5"),
    "firms": ("targets", "organisation", "scale: s0, at_least: 3", "kind: target, wave: after, share: 0.5"),
    "change": (
        "change",
        "person",
        "scale: s0",
        "kind: change, from: before, to: after, smallest_important: 0.2",
    ),
    "ofirms": (
        "change",
        "organisation",
        "scale: s1",
        "kind: change, from: before, to: later, smallest_important: 0.2",
    ),
    "gap": ("equality", "person", "scale: s0", "kind: gap, wave: after, group: sex, important: 0.2"),
    "county": ("equality", "person", "scale: s1", "kind: gap, wave: after, group: county, important: 0.2"),
    "sexes": ("equality", "person", "column: sex", "kind: representation, group: sex, even: [0.40, 0.60]"),
    "mean": ("targets", "person", "item: q3", "kind: describe, wave: later"),
    "covered": ("targets", "person", "column: born", "kind: coverage, share: 0.9"),
    "small": ("targets", "organisation", "column: staff", "kind: eligibility, at_most: 249"),
}
"""One statement or more for every kind of rule: chapter, unit, measure and rule."""


def _group(key: str, levels: Mapping[str, str], of: str = "person") -> Iterator[str]:
    names = list(levels)
    yield f"  {key}: {{label: {{sv: {key}, en: {key}}}, of: {of}, reference: {names[-1]},"
    yield f"    show_always: [{', '.join(names)}],"
    inside = ", ".join(
        f"{name}: {{label: {{sv: {name}, en: {name}}}, values: [{text}]}}" for name, text in levels.items()
    )
    yield f"    levels: {{{inside}}}}}"


def _codebook() -> Iterator[str]:
    yield "item,source,wave,column,response,reverse,text_sv,text_en"
    for item in range(ITEMS):
        reverse = "x" * (item % 10 == 9)
        yield f"q{item},{' '.join(WAVES)},,Fråga {item},AG5,{reverse},Fråga {item},Item {item}"


class Clock:
    """Times steps of the process it is in: seconds of the processor, and the highest memory so far."""

    def __init__(self) -> None:
        self.steps: dict[str, tuple[float, float]] = {}

    def __call__(self, name: str, step: Callable[..., object], *given: object) -> object:
        """Run one step."""
        started = time.process_time()
        found = step(*given)
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
        self.steps[name] = (time.process_time() - started, peak)
        return found


def run(project: Path) -> dict[str, tuple[float, float]]:
    """Take a programme from its exports to protected tables, and time the steps."""
    from evaluation.data.ingest import ingest_and_store
    from evaluation.disclosure import protect, withheld_pattern, withhold
    from evaluation.project.load import load_project
    from evaluation.rules import evaluate
    from evaluation.rules.response import answered, leavers, overall_attrition, patterns
    from evaluation.study import open_study

    clock, started = Clock(), time.perf_counter()
    loaded = load_project(project)
    clock("exports to tables", lambda: ingest_and_store(loaded) and None)
    study = clock("open the tables", lambda: open_study(project))
    results = [
        clock(f"rule: {study.indicator(key).rule.kind} ({key})", evaluate, key, study) for key in INDICATORS
    ]
    for name, method in (("patterns", patterns), ("attrition", overall_attrition), ("leavers", leavers)):
        results.append(clock(f"response: {name}", method, study))
    results += [clock(f"equality: {name}", method, study) for name, method in _equality(answered).items()]
    shown = clock("protect each table", lambda: [protect(result, study.policy) for result in results])
    tables = [result.table for result in shown]
    pattern = clock("withhold over all tables", lambda: withheld_pattern(tables, study.policy))
    clock(
        "write withheld tables",
        lambda: [withhold(part, part.table["suppressed"], study.policy, ()) for part in shown],
    )
    clock.steps["rows of tables"] = (float(len(pattern.withheld)), 0.0)
    clock.steps["wall"] = (time.perf_counter() - started, clock.steps["write withheld tables"][1])
    return clock.steps


def _equality(answered: Callable) -> dict[str, Callable]:
    from evaluation.equality.adjusted import adjusted_gap
    from evaluation.equality.decomposition import gap_parts
    from evaluation.equality.funnel import stage_gap, stage_rates
    from evaluation.equality.gap import group_mean
    from evaluation.equality.intersection import strata_map, strata_means
    from evaluation.rules.measure import scores

    levels = {"sex": ["women", "men"], "born": ["here", "elsewhere"]}
    stages = ["before", "after"]

    def scored(study):
        table = scores(study.indicator("gap"), study, ["after"])
        return table.merge(study.people[["person", "sex", "born"]].astype({"person": "str"}), on="person")

    def stages_of(study):
        return study.people.assign(**{wave: answered(study)[wave].to_numpy() for wave in stages})

    return {
        "means": lambda study: group_mean(scored(study), group="sex", levels=levels["sex"]),
        "adjusted gap": lambda study: adjusted_gap(
            scored(study), group="sex", level="women", reference="men", covariates=["born"]
        ),
        "decomposition": lambda study: gap_parts(
            scored(study), group="sex", level="women", reference="men", covariates=["born"]
        ),
        "strata": lambda study: strata_map(study.people, groups=levels),
        "strata means": lambda study: strata_means(scored(study), groups=levels),
        "funnel": lambda study: stage_rates(
            stages_of(study), stages=stages, group="sex", levels=levels["sex"]
        ),
        "stages of the gap": lambda study: stage_gap(
            stages_of(study), stages=stages, group="sex", level="women", reference="men"
        ),
    }


def exponent(people: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the exponent of time in the number of people, fitted over all sizes."""
    return float(np.polyfit(np.log(people), np.log(seconds), 1)[0])


def _timed(people: int) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        project = write_programme(Path(folder), people)
        raw = Path(folder) / "data" / "raw" / "large"
        command = [sys.executable, "-m", "benchmarks.scale", "--one", str(project)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        steps = {name: tuple(numbers) for name, numbers in json.loads(done.stdout.splitlines()[-1]).items()}
        others = [measured(PANDAS, raw / f"{wave}.csv") for wave in WAVES]
        steps["read_csv"] = (sum(seconds for seconds, _ in others), max(memory for _, memory in others))
        return steps


def main(sizes: Sequence[int]) -> None:
    """Print time and memory by size and by step."""
    found = {people: _timed(people) for people in sizes}
    print(
        "| participants | companies | wall, s | processor, s | per million participants, s | peak, GB | `read_csv`, s |"
    )
    print("|---|---|---|---|---|---|---|")
    totals = {}
    for people, steps in found.items():
        totals[people] = sum(seconds for name, (seconds, _) in steps.items() if name not in NO_STEPS)
        wall, peak = steps["wall"]
        print(
            f"| {people:,} | {max(people // PER_COMPANY, 20):,} | {wall:.1f} | {totals[people]:.1f} "
            f"| {totals[people] / people * 1e6:.0f} | {peak:.2f} | {steps['read_csv'][0]:.1f} |"
        )
    print()
    print("| step | " + " | ".join(f"{people:,}, s" for people in sizes) + " | exponent | peak, GB |")
    print("|---|" + "---|" * (len(sizes) + 2))
    for name in (step for step in found[sizes[-1]] if step not in NO_STEPS):
        seconds = [max(found[people][name][0], 1e-3) for people in sizes]
        told = f"{exponent(sizes, seconds):.2f}" if len(sizes) > 1 else ""
        row = " | ".join(f"{second:.2f}" for second in seconds)
        print(f"| {name} | {row} | {told} | {found[sizes[-1]][name][1]:.2f} |")
    if len(sizes) > 1:
        slope, peak = exponent(sizes, list(totals.values())), found[sizes[-1]]["wall"][1]
        print(
            f"\nAll steps: exponent {slope:.2f} (at most {STEEPEST}), "
            f"highest memory {peak:.2f} GB (at most {LIMIT:.0f})."
        )


NO_STEPS = ("wall", "rows of tables", "read_csv")

if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(run(Path(sys.argv[2]))))
    else:
        main([int(float(word)) for word in sys.argv[1:]] or SIZES)
