"""What many projects' exhibits say, put side by side: protected rows only, and sums that are safe to show."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.disclosure import Policy
from evaluation.programme.registry import Registry
from evaluation.programme.sums import REST, TOTAL, Part, safe_sums
from evaluation.project.model import Privacy
from evaluation.vocabulary.fingerprint import fingerprint
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.version import VERSION

Run = Mapping[str, Any]
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Input:
    """One project, as the page on where the numbers come from lists it."""

    file: str
    source: str
    rows: int
    simulated: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a programme's report was made from."""

    inputs: tuple[Input, ...]
    version: str = VERSION

    def to_dict(self) -> dict[str, Any]:
        """Return what `dataclasses.asdict` does."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a report needs to know of a programme."""

    name: Mapping[str, str]
    languages: tuple[str, ...]
    about: Mapping[str, str]
    privacy: Privacy
    indicators: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Programme:
    """Several projects that were evaluated, ready to be compared; it takes a study's place in a report.

    Attributes
    ----------
    key
        Its short name.
    projects
        The evaluated projects: `key`, `name`, `county`, `start`, `simulated`, `inputs`, `identity`.
    left_out
        The others: `name` and `problems`.
    rows
        Rows of the projects' exhibits, each with its `project`.
    sums
        Rows of sums over projects.
    texts
        Texts by dotted key and language.
    languages
        In which languages it is reported.
    min_cell
        The strictest threshold of its projects.
    lang
        The language in which a notebook shows results.
    """

    key: str
    projects: tuple[Run, ...]
    left_out: tuple[Run, ...]
    rows: tuple[Run, ...]
    sums: tuple[Run, ...]
    texts: Mapping[str, Mapping[str, str]]
    languages: tuple[str, ...]
    min_cell: int
    lang: str = "en"

    @property
    def simulated(self) -> bool:
        """Tell whether any of the projects has made-up data."""
        return any(project["simulated"] for project in self.projects)

    @property
    def comparison(self) -> None:
        """Return no comparison group: projects are compared with each other, and that says nothing of effects."""
        return None

    @property
    def definition_fingerprint(self) -> str:
        """Return what tells this programme from one with other projects or another list."""
        return fingerprint([self.key, self.projects, self.left_out])

    @property
    def policy(self) -> Policy:
        """Return the thresholds for sums."""
        return Policy(self.min_cell)

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """Return every text by dotted key."""
        return self.texts

    @property
    def project(self) -> Definition:
        """Return what a report needs to know of the programme."""
        name = dict.fromkeys(self.languages, self.key)
        privacy = Privacy(min_cell=self.min_cell, min_cell_special=max(self.min_cell, 10))
        return Definition(name, self.languages, {}, privacy)

    @property
    def manifest(self) -> Manifest:
        """Return which projects were read."""
        return Manifest(
            tuple(
                Input(one["key"], one["key"], one["rows"], one["simulated"], one["identity"])
                for one in self.projects
            )
        )

    @cached_property
    def table(self) -> pd.DataFrame:
        """Return the projects' rows as a table."""
        return pd.DataFrame(list(self.rows))

    @property
    def shared(self) -> list[str]:
        """List the statements that two or more projects have."""
        found = Counter(key for key, _ in {(row["indicator"], row["project"]) for row in self.rows})
        order = dict.fromkeys(row["indicator"] for row in self.rows)
        return [key for key in order if found[key] > 1]


def gather(registry: Registry, runs: Mapping[str, Run], *, lang: str = "") -> Programme:
    """Put the outcomes of many projects side by side.

    Parameters
    ----------
    registry
        The projects of the programme.
    runs
        The outcome of each by its key; see `work.evaluate_project`.
    lang
        The language of results shown in the notebook; the first of the programme if empty.

    Returns
    -------
    Programme
        A project whose files are the same as an earlier one's is left out, so that nobody is counted twice.
    """
    evaluated: list[dict[str, Any]] = []
    left_out = [{"name": one.name, "problems": [_told(p) for p in one.problems]} for one in registry.refused]
    seen: dict[str, str] = {}
    for entry in registry.entries:
        run = runs[entry.key]
        name = entry.name or str(next(iter(run.get("name", {}).values()), entry.key))
        if run["status"] != "evaluated":
            left_out.append({"name": entry.name or entry.key, "problems": run.get("problems", [])})
        elif run["inputs"] in seen:
            twice = msg("Its files are the same as those of {project}.", project=seen[run["inputs"]])
            left_out.append({"name": name, "problems": [{"problem": twice.to_dict()}]})
        else:
            seen[run["inputs"]] = name
            about = {
                "county": entry.county,
                "start": entry.start,
                "same": dict(entry.same),
                "listed": entry.name,
            }
            evaluated.append({**run, **about, "key": entry.key, "title": name})
    return _programme(registry.key, evaluated, left_out, lang)


def _told(problem: Any) -> dict[str, Any]:
    do = problem.do.to_dict() if problem.do else None
    return {"problem": problem.what.to_dict(), "where": problem.where, "do": do}


def _programme(key: str, runs: Sequence[Run], left_out: Sequence[Run], lang: str) -> Programme:
    languages = tuple(dict.fromkeys(one for run in runs for one in run["languages"])) or ("en",)
    texts: dict[str, Mapping[str, str]] = {}
    for run in runs:
        same = run["same"]
        own = {_renamed(name, same): text for name, text in run["words"].items()}
        texts = {**own, **texts}
    for run in runs:
        named = {lang: run["listed"] or run["name"].get(lang, run["title"]) for lang in languages}
        texts[f"term.{run['key']}"] = texts[f"source.{run['key']}"] = named
    rows = [
        {**row, "indicator": run["same"].get(row["indicator"], row["indicator"]), "project": run["key"]}
        for run in runs
        for row in run["rows"]
    ]
    kept = ("key", "title", "county", "start", "simulated", "inputs", "identity")
    projects = [{**{name: run[name] for name in kept}, "rows": len(run["rows"])} for run in runs]
    least = max([run["min_cell"] for run in runs], default=5)
    sums = tuple(sums_of(runs))
    return Programme(
        key,
        tuple(projects),
        tuple(left_out),
        tuple(rows),
        sums,
        texts,
        languages,
        least,
        lang or languages[0],
    )


def _renamed(name: str, same: Mapping[str, str]) -> str:
    kind, _, key = name.partition(".")
    return f"{kind}.{same.get(key, key)}" if kind in ("label", "id") else name


def sums_of(runs: Sequence[Run], *, protect: bool = True) -> Iterator[dict[str, Any]]:
    """Sum counts over projects; see `safe_sums` for which sums are shown.

    Parameters
    ----------
    runs
        Outcomes with `counts`, `key` and `same`.
    protect
        Whether sums that give a withheld count away are withheld.
    """
    tables: dict[tuple[Any, ...], dict[str, list[Run]]] = {}
    for run in runs:
        for count in run["counts"]:
            indicator = run["same"].get(count["indicator"], count["indicator"])
            table = (indicator, *(count[name] for name in ("estimand", "unit", "group", "part")))
            tables.setdefault(table, {}).setdefault(run["key"], []).append(count)
    for table, by_project in tables.items():
        parts = [part for key, own in by_project.items() if (part := _part(key, own)) is not None]
        if len(parts) > 1:
            yield from _summed(table, parts, safe_sums(parts, protect=protect))


def _part(key: str, counts: Sequence[Run]) -> Part | None:
    """Return a project's part in a sum; None if its counts do not make one whole, or one is told rounded.

    With an exact sum over projects, a rounded count could be told more closely than its own report does.
    """
    if any(count.get("rounded") for count in counts):
        return None
    total, limit = counts[0]["n"], max(count["threshold"] for count in counts)
    if counts[0]["level"] is None:
        yes = counts[0]["k"]
        shown = frozenset((YES, NO)) if counts[0]["shown"] else frozenset()
        return Part(key, total, {YES: yes, NO: total - yes}, shown, limit)
    own = {count["level"]: count["k"] for count in counts}
    whole = (
        len({count["n"] for count in counts}) == 1 and len(own) == len(counts) and sum(own.values()) <= total
    )
    shown = frozenset(count["level"] for count in counts if count["shown"])
    return Part(key, total, {**own, REST: total - sum(own.values())}, shown, limit) if whole else None


def _summed(
    table: tuple[Any, ...], parts: Sequence[Part], sums: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    indicator, _, unit, group, part = table
    about = {"indicator": indicator, "estimand": "project_total", "unit": unit, "n_groups": len(parts)}
    levels = dict.fromkeys(level for one in parts for level in one.counts if level not in (REST, NO))
    for level in levels:
        named = {"group": group, "level": level} if level != YES else {}
        named |= {"term": part} if part else {}
        if level in sums and TOTAL in sums:
            share = sums[level] / sums[TOTAL] if sums[TOTAL] else None
            yield {**about, **named, "k": sums[level], "n": sums[TOTAL], "estimate": share}
        else:
            yield {**about, **named, "suppressed": True}


def write_programme(programme: Programme, path: Path) -> None:
    """Write what a notebook reads: nothing in it is withheld from anybody."""
    names = ("key", "projects", "left_out", "rows", "sums", "texts", "languages", "min_cell", "lang")
    plain = {name: getattr(programme, name) for name in names}
    path.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8", newline="\n")


def open_programme(file: str | Path) -> Programme:
    """Read what `evaluation programme` has gathered.

    Parameters
    ----------
    file
        The file that the notebook is given.
    """
    stored = json.loads(Path(file).read_text(encoding="utf-8"))
    lists = {name: tuple(stored.pop(name)) for name in ("projects", "left_out", "rows", "sums", "languages")}
    return Programme(**stored, **lists)
