"""A drafted codebook as files that Excel opens and a project reads."""

import csv
import io
from pathlib import Path
from typing import Any

import yaml

from evaluation.data.drafting.draft import Draft, Row
from evaluation.project.codebook import FORMULA
from evaluation.text.catalogue import say

FIXED = ("item", "source", "wave", "column", "response", "reverse", "option")
ADVICE = ("scale", "reverse_candidate", "note")
"""Columns for the evaluator, which a project does not read."""
DELIMITERS = {"sv": ";", "en": ","}
"""What Excel expects between the columns, by the language of its user."""


def write_draft(draft: Draft, path: Path, lang: str) -> Path | None:
    """Write a drafted codebook, and beside it the response scales that are no standard ones.

    Parameters
    ----------
    draft
        The draft.
    path
        The CSV file. It is written in UTF-8 with a mark at its start, so that Excel opens it with a double
        click. A text that a spreadsheet could take for a formula gets an apostrophe in front, which reading
        takes away again.
    lang
        The language of the notes.

    Returns
    -------
    pathlib.Path or None
        The YAML file with the project's own response scales; None if there are none.
    """
    header = [*FIXED, f"text_{draft.language}", *ADVICE]
    cells = io.StringIO(newline="")
    writer = csv.writer(cells, delimiter=DELIMITERS[lang])
    writer.writerow(header)
    writer.writerows([_guarded(cell) for cell in _cells(row, lang)] for row in draft.rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(cells.getvalue(), encoding="utf-8-sig", newline="")
    if not draft.own:
        return None
    own = path.with_suffix(".responses.yaml")
    own.write_text(_responses(draft), encoding="utf-8")
    return own


def _cells(row: Row, lang: str) -> list[str]:
    fixed = [row.item, row.source, row.wave, row.column, row.response, "", row.option, row.text]
    reversed_by = ", ".join(say(reason, lang) for reason in row.reversed_by)
    return [*fixed, row.scale, reversed_by, " ".join(say(note, lang) for note in row.notes)]


def _guarded(cell: str) -> str:
    cell = " ".join(cell.split())
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _responses(draft: Draft) -> str:
    """Return the section `responses:` of a project file; the order of the options is to be set by hand."""
    languages = {"sv", "en"}
    scales: dict[str, Any] = {
        name: {
            "options": [
                {"value": value, "label": dict.fromkeys(sorted(languages), text)}
                for value, text in enumerate(texts, start=1)
            ]
        }
        for name, texts in draft.own.items()
    }
    return yaml.safe_dump({"responses": scales}, allow_unicode=True, sort_keys=False)
