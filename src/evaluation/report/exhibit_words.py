"""The words of a project that an exhibit needs: it carries them, so that it can be rendered without the project."""

from collections.abc import Iterable, Mapping
from typing import Any

from evaluation.project.model import Project
from evaluation.result import Result
from evaluation.study import Study
from evaluation.text.lexicon import Lexicon

KEY_KINDS = {
    "indicator": ("id", "label", "statement", "respondents", "why", "steps", "percent"),
    "wave": ("wave",),
    "scale": ("scale",),
    "item": ("item", "question"),
    "group": ("group",),
    "term": ("item", "source", "group", "term"),
}


def words_of(key: str, result: Result, study: Study) -> dict[str, Mapping[str, str]]:
    """Return the words that the rows of an exhibit need, in every language.

    Parameters
    ----------
    key
        The exhibit's key.
    result
        What it shows.
    study
        The programme with its words.
    """
    return _unit_of(key, study) | _used(study.words, result)


def statement_of(key: str, project: Project) -> str | None:
    """Return the indicator that an exhibit is about, which its key ends with; None if it is about several."""
    return next((name for name in project.indicators if key.endswith(f"-{name}")), None)


def _unit_of(key: str, study: Study) -> dict[str, Mapping[str, str]]:
    """Return what one is of in an exhibit about one statement, whose rows do not name it again."""
    about = statement_of(key, study.project)
    names = {kind: f"{kind}.{about}" for kind in ("steps", "percent")}
    return {kind: study.words[name] for kind, name in names.items() if name in study.words}


def _used(words: Lexicon, result: Result) -> dict[str, Mapping[str, str]]:
    wanted: set[str] = set()
    for row in result.records():
        for column, kinds in KEY_KINDS.items():
            wanted |= {f"{kind}.{row[column]}" for kind in kinds if row.get(column)}
        wanted |= {f"level.{row.get('group')}.{level}" for level in _levels(row)}
        wanted |= {f"level.{group}.{level}" for group, level in _combined(row)}
        wanted |= {f"wave.{wave}" for wave in _levels(row)}
        wanted.add(f"option.{row.get('item')}.{row.get('term')}")
        wanted |= {f"wave.{wave}" for wave in str(row.get("term") or "").split()}
    return {key: words[key] for key in sorted(wanted) if key in words}


def _levels(row: Mapping[str, Any]) -> list[str]:
    compared = str(row.get("contrast") or "").split(" - ")
    return [str(row.get("level")), *compared]


def _combined(row: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Return classification and level of each part of an intersection."""
    groups, levels = str(row.get("group")).split("+"), str(row.get("level")).split("+")
    return zip(groups, levels, strict=True) if len(groups) == len(levels) > 1 else ()
