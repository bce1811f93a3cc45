"""The parts that small projects are put together from."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

WAVES = {
    "before": {"label": {"sv": "Före", "en": "Before"}, "kind": "baseline"},
    "after": {"label": {"sv": "Efter", "en": "After"}, "kind": "follow_up"},
}
SURVEY = {
    "one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}},
    "two": {"kind": "answers", "file": "two.csv", "waves": ["after"], "columns": {"person": "id"}},
}
SEX = {
    "label": {"sv": "Kön", "en": "Sex"},
    "levels": {
        "women": {"label": {"sv": "kvinnor", "en": "women"}, "values": ["Kvinna", "2"]},
        "men": {"label": {"sv": "män", "en": "men"}, "values": ["Man", "1"]},
    },
}
SIZE = {
    "label": {"sv": "Storlek", "en": "Size"},
    "of": "organisation",
    "levels": {
        "small": {"label": {"sv": "små", "en": "small"}},
        "large": {"label": {"sv": "stora", "en": "large"}},
    },
}
PHASE = {
    "label": {"sv": "Fas", "en": "Phase"},
    "of": "log",
    "levels": {
        "before": {"label": {"sv": "före", "en": "before"}},
        "during": {"label": {"sv": "under", "en": "during"}},
    },
}
QUESTIONS = [("a", "one two", "A"), ("b", "one two", "B"), ("c", "one two", "C")]


def indicator(item: str = "a", rule: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return an indicator about one question."""
    words = {"sv": "x", "en": "x"}
    fixed = {"id": "H1", "chapter": "change", "unit": "person", "label": words, "statement": words}
    measured = {"respondents": words, "measure": {"item": item}}
    return {**fixed, **measured, "rule": rule or {"kind": "describe", "wave": "before"}, **more}


def change(before: str = "before", after: str = "after", **more: Any) -> dict[str, Any]:
    """Return a change rule."""
    return {"kind": "change", "from": before, "to": after, "smallest_important": 0.5, **more}


def write_table(
    path: Path, rows: Sequence[Sequence[Any]], *, encoding: str = "utf-8", delimiter: str = ","
) -> None:
    """Write rows as a text file or a workbook, by the ending of the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(path)
        return
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def problems(caught: pytest.ExceptionInfo) -> str:
    """Return everything an error says, a line per problem."""
    return str(caught.value)
