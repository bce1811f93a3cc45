"""What two versions of a report tell together that neither tells alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evaluation.audit.attack import BETWEEN, attack
from evaluation.audit.found import Recovered
from evaluation.audit.published import UNITS, Published
from evaluation.audit.reading import reading_of
from evaluation.audit.rounded import possible

KEYS = ("unit", "indicator", "estimand", "item", "scale", "term", "wave", "contrast", "group", "level")
COUNTS = ("n", "k", "n_total", "n_level", "n_reference")
STANDING = ("asked", "belongs", "belongs elsewhere")
"""Readings of counts of those who were there before, whether they answered or not."""

Row = Mapping[str, Any]


def differences(
    published: Published,
    earlier: Published,
    *,
    threshold: Callable[[str | None], int],
    allowed: Callable[[Row], bool] = lambda row: False,
) -> tuple[str, ...]:
    """List the rows whose change from one version to the next is about too few.

    Parameters
    ----------
    published, earlier
        The two versions.
    threshold
        The smallest number that may be known, by classification (None: about everybody).
    allowed
        Tells whether a row is signed off.

    Returns
    -------
    tuple of str
        What the row is about, with the count of both versions. A row that is withheld now is listed if the
        earlier version shows that too few are behind it.

    Notes
    -----
    If a number of people changes by fewer than the threshold, subtracting one version from the other gives
    the answers of those few. So does a number who say no.
    """
    before = _shown(earlier)
    found: dict[str, None] = {}
    for row in published.rows:
        old = before.get(_key(row))
        if old is not None and _about_units(row) and not (allowed(row) or row.get("rounded")):
            limit = threshold(row.get("group") if "level" in row else None)
            found.update(dict.fromkeys(_told(row, old, limit)))
    return tuple(found)


def recovered_together(published: Published, earlier: Published, **options: Any) -> tuple[Recovered, ...]:
    """Work out withheld counts from two versions of a report.

    Parameters
    ----------
    published, earlier
        The two versions.
    **options
        As of `attack`.

    Returns
    -------
    tuple of Recovered
        Counts of those who have come since, and withheld counts of the later version.

    Notes
    -----
    The counts of the later version less those of the earlier are counts of those who have come, and add up
    like them; a row that one of them tells rounded is taken as withheld there. And a row is at least what the
    earlier version shows of it, or what rounding leaves possible of that, since people only come; only what the
    later version adds to that counts as recovered.
    """
    groups = (since(published, earlier), _filled_in(published, earlier))
    return tuple(one for rows in groups for one in attack(rows, **options).recovered)


def since(published: Published, earlier: Published) -> Published:
    """Return the counts of those who have come since an earlier version, as if they were published."""
    before = _shown(earlier)
    rows = []
    for row in published.rows:
        old = before.get(_key(row))
        if not _about_units(row):
            continue
        about = {name: value for name, value in row.items() if name in (*KEYS, "exhibit")}
        hidden = old is None or row.get("suppressed") or row.get("rounded")
        rows.append(about | ({"suppressed": True} if hidden else _counts_since(row, old)))
    return replace(published, rows=tuple(rows), mentions=(), notebooks=0)


def _counts_since(row: Row, old: Row) -> dict[str, float]:
    reading = reading_of(row)
    meanings = reading.counts if reading else {}
    names = [name for name in COUNTS if name in row and name in old and meanings.get(name) not in STANDING]
    return {name: abs(row[name] - old[name]) for name in names}


def _filled_in(published: Published, earlier: Published) -> Published:
    """Let rows be at least what they were, and at most that and everybody who has come."""
    before = _limits(earlier)
    exact = _shown(earlier)
    came = [
        abs(row[name] - exact[_key(row)][name])
        for row in published.rows
        if not (row.get("suppressed") or row.get("rounded")) and _key(row) in exact
        for name in COUNTS
        if name in row and name in exact[_key(row)]
    ]
    rows = [_between(row, before.get(_key(row), {}), max(came, default=0.0)) for row in published.rows]
    return replace(published, rows=tuple(rows), mentions=(), notebooks=0)


def _between(row: Row, old: Mapping[str, tuple[float, float]], came: float) -> Row:
    limits = {name: (low, high + came) for name, (low, high) in old.items()}
    return {**row, BETWEEN: limits} if limits else row


def _shown(published: Published) -> dict[tuple[Any, ...], Row]:
    """Return the rows that are shown as they are."""
    return {key: row for key, row in _open(published).items() if not row.get("rounded")}


def _open(published: Published) -> dict[tuple[Any, ...], Row]:
    return {_key(row): row for row in published.rows if _about_units(row) and not row.get("suppressed")}


def _limits(published: Published) -> dict[tuple[Any, ...], dict[str, tuple[float, float]]]:
    """Return between which values every count of a shown row is, rounded ones too."""
    return {
        key: {name: possible(row[name], int(row.get("rounded", 1))) for name in COUNTS if name in row}
        for key, row in _open(published).items()
    }


def _told(row: Row, old: Row, limit: int) -> list[str]:
    about = ", ".join(str(row[name]) for name in KEYS if name in row)
    before = dict(_parts(old))
    if row.get("suppressed"):
        return [f"{about}: {name} = {value:g}" for name, value in before.items() if 0 < value < limit]
    return [
        f"{about}: {name} {before[name]:g} → {value:g}"
        for name, value in _parts(row)
        if name in before and 0 < abs(value - before[name]) < limit
    ]


def _parts(row: Row) -> Iterator[tuple[str, float]]:
    """Yield what a row tells of people's answers, and of who takes part in a breakdown."""
    reading = reading_of(row)
    meanings = reading.counts if reading else {}
    if reading is None or (reading.attends and "level" not in row):
        return
    names = [name for name in COUNTS if name in row and meanings.get(name) not in STANDING]
    yield from ((name, float(row[name])) for name in names)
    if {"k", "n"} <= set(names):
        yield "n - k", float(row["n"]) - float(row["k"])


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in KEYS)


def _about_units(row: Row) -> bool:
    return row.get("unit", "person") in UNITS
