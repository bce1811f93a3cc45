"""A figure as a workshop sees it, and the fingerprint by which remarks find it again."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from evaluation.report.audience import AUDIENCES
from evaluation.report.exhibit import DRAWN, Exhibit
from evaluation.report.kept import kept_text
from evaluation.study import Study

SIGNIFICANT = 10
"""Digits of a number that count when two versions of a figure are compared."""


def at_workshop(exhibit: Exhibit, study: Study) -> Exhibit | None:
    """Return a figure as it is shown at a workshop, or None where it is not.

    Parameters
    ----------
    exhibit
        What a notebook stored.
    study
        The programme, for its stricter threshold.
    """
    if exhibit.layout not in DRAWN:
        return None
    shown = AUDIENCES["workshop"].exhibit(replace(exhibit, layout="card"), study)
    return shown if shown is not None and len(shown.result.table) else None


def sha256_at_workshop(exhibit: Exhibit, study: Study) -> str:
    """Return the fingerprint of a figure as it is shown at a workshop; "" where it is not."""

    def found() -> str:
        seen = at_workshop(exhibit, study)
        return figure_sha256(seen) if seen is not None else ""

    content = [study.definition_fingerprint, exhibit.to_dict()]
    return kept_text("workshop figure", content, found, templates=False, lang="")


def figure_sha256(exhibit: Exhibit) -> str:
    """Return the fingerprint of a figure's data: the same in every language and on every machine."""
    rows = [{name: _told(value) for name, value in row.items()} for row in exhibit.result.records()]
    kept = [{name: value for name, value in row.items() if value is not None} for row in rows]
    text = json.dumps([exhibit.key, kept], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _told(value: Any) -> Any:
    return f"{value:.{SIGNIFICANT}g}" if isinstance(value, float) else value
