"""What has changed from one report to the next: numbers before and after, and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluation.disclosure.policy import KEY, PROTECTED_UNITS, Policy, by_level, row_key
from evaluation.project.model import LoadedProject
from evaluation.report.exhibit import Exhibit
from evaluation.report.workshop.figure import sha256_at_workshop
from evaluation.study import Study
from evaluation.vocabulary.errors import MissingFileError
from evaluation.vocabulary.message import Message, msg, nmsg

Record = Mapping[str, Any]
"""One report's numbers as they were shown, and what they were made from."""

COUNTED = ("n", "k", "n_level", "n_reference")
SIGNIFICANT = 10
REASONS: dict[str, Message] = {
    "inputs": msg("New data."),
    "definition": msg("New definition."),
    "version": msg("New version of the program."),
}
UNEXPLAINED = msg("Data, definition and version are the same.")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an exhibit whose number is another than in the earlier report.

    Attributes
    ----------
    figure
        The exhibit's key.
    before, after
        The row as it was and as it is.
    hidden
        Whether so few answers differ that the two numbers together would tell what they are.
    """

    figure: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    hidden: bool


def history_folder(loaded: LoadedProject) -> Path:
    """Return the folder of what earlier reports showed, beside the project's tables."""
    return loaded.processed_folder.with_name(f"{loaded.processed_folder.name}-reports")


def record_of(exhibits: Sequence[Exhibit], study: Study) -> Record:
    """Return what is kept of a report: its rows as they are shown, without those that are withheld.

    Parameters
    ----------
    exhibits
        What the whole report shows; disclosure control has seen all of it together.
    study
        The programme, for its manifest.
    """
    manifest = study.manifest
    return {
        "inputs": [[entry.file, entry.sha256] for entry in manifest.inputs],
        "definition": [manifest.project_sha256, manifest.codebook_sha256, manifest.decisions_sha256],
        "version": manifest.version,
        "figures": {one.key: _figure(one, study) for one in exhibits if len(one.result.table)},
    }


def _figure(exhibit: Exhibit, study: Study) -> Record:
    return {
        "workshop": sha256_at_workshop(exhibit, study),
        "conf_level": exhibit.result.meta.conf_level,
        "rows": [
            {name: value for name, value in row.items() if value is not None}
            for row in exhibit.result.records()
            if not row.get("suppressed") and row.get("estimate") is not None
        ],
        "counted": [
            {name: value for name, value in row.items() if value is not None}
            for row in exhibit.result.records()
            if not row.get("suppressed") and row.get("estimate") is None
        ],
        "withheld": [_key(row) for row in exhibit.result.records() if row.get("suppressed")],
    }


def _key(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(row[name]) for name in KEY if row.get(name) is not None}


def published_records(loaded: LoadedProject) -> list[Record]:
    """Return the records of the reports that have been published, the oldest first.

    Raises
    ------
    MissingFileError
        If there is no report with a number that the definition names.
    """
    records, found = stored_records(loaded), []
    for number in sorted(loaded.definition.privacy.published):
        if number > len(records):
            raise MissingFileError(
                msg("There is no record of report number {number}.", number=number),
                where=str(history_folder(loaded)),
                do=nmsg(
                    "Correct `privacy.published`: one report is recorded.",
                    "Correct `privacy.published`: {count} reports are recorded.",
                    count=len(records),
                ),
            )
        found.append(records[number - 1])
    return found


def stored_records(loaded: LoadedProject) -> list[Record]:
    """Return the records of all earlier reports, the oldest first.

    Parameters
    ----------
    loaded
        The project.
    """
    paths = sorted(history_folder(loaded).glob("*.json"), key=lambda path: path.name)
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def keep_record(record: Record, loaded: LoadedProject) -> None:
    """Keep a report's record, unless it is equal to the last one.

    Parameters
    ----------
    record
        From `record_of`.
    loaded
        The project.
    """
    earlier = stored_records(loaded)
    if earlier and earlier[-1] == json.loads(json.dumps(record)):
        return
    folder = history_folder(loaded)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    (folder / f"{len(earlier) + 1:05d}.json").write_text(text, encoding="utf-8", newline="\n")


def previous(record: Record, records: Sequence[Record]) -> tuple[int, Record | None]:
    """Return a report's number and the record of the report before it.

    Parameters
    ----------
    record
        The report.
    records
        The records that are kept; the report's own may be the last of them.
    """
    same = bool(records) and records[-1] == json.loads(json.dumps(record))
    earlier = records[:-1] if same else records
    return len(earlier) + 1, earlier[-1] if earlier else None


def reasons(before: Record, after: Record) -> list[Message]:
    """Say why numbers can differ between two reports."""
    plain = json.loads(json.dumps(after))
    found = [text for name, text in REASONS.items() if before[name] != plain[name]]
    return found or [UNEXPLAINED]


def changes(before: Record, after: Record, policy: Policy) -> list[Change]:
    """List the rows whose number is another, in exhibits that both reports show.

    Parameters
    ----------
    before, after
        Records of two reports.
    policy
        The thresholds.

    Notes
    -----
    Rows that either report withholds are no rows of its record. Where a count (how many answered, how many
    said yes, how many said no) differs by at least one but by fewer than the row's threshold, the numbers are hidden:
    side by side they would tell what the few answered who have come or gone. So are those of all other rows of
    the same indicator, scale or question, from which the hidden ones could be reckoned.
    """
    both = [key for key in after["figures"] if key in before["figures"]]
    found = [
        one for key in both for one in _changed(key, before["figures"][key], after["figures"][key], policy)
    ]
    hidden = {_subject(one.after) for one in found if one.hidden}
    return [replace(one, hidden=_subject(one.after) in hidden) for one in found]


def _changed(key: str, before: Record, after: Record, policy: Policy) -> Iterator[Change]:
    earlier = dict(_keyed(before["rows"]))
    for name, row in _keyed(after["rows"]):
        old = earlier.get(name)
        if old is not None and _outcome(old) != _outcome(row):
            yield Change(key, old, row, _tells_few(old, row, policy))


def _outcome(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return f"{row['estimate']:.{SIGNIFICANT}g}", row.get("verdict")


def _subject(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("indicator", "scale", "item"))


def _keyed(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[tuple[Any, ...], Mapping[str, Any]]]:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = row_key(row)
        seen[key] = seen.get(key, 0) + 1
        yield (*key, seen[key]), row


def _tells_few(before: Mapping[str, Any], after: Mapping[str, Any], policy: Policy) -> bool:
    """Tell whether the two rows differ by few units, or by a number that rounding leaves open."""
    if after.get("unit", "person") not in PROTECTED_UNITS:
        return False
    if "rounded" in before or "rounded" in after:
        return True
    moved = [_difference(before, after, name) for name in COUNTED]
    moved.append(moved[0] - moved[1] if "k" in before and "k" in after else 0.0)
    limit = policy.threshold(after.get("group") if by_level(after) else None)
    return any(0 < abs(one) < limit for one in moved)


def _difference(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> float:
    return float(after[name]) - float(before[name]) if name in before and name in after else 0.0
