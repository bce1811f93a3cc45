"""What two versions of a report tell together that neither tells alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evaluation.audit.attack import BETWEEN, attack
from evaluation.audit.found import Recovered
from evaluation.audit.published import UNITS, Published
from evaluation.audit.reading import Asked, Row, asked_of, is_split, reading_of
from evaluation.audit.rounded import possible

KEYS = ("unit", "indicator", "estimand", "item", "scale", "term", "wave", "contrast", "group", "level")
COUNTS = ("n", "k", "n_total", "n_level", "n_reference")
STANDING = ("asked", "belongs", "belongs elsewhere")
"""Readings of counts of those who were there before, whether they answered or not."""
SHRINKING = ("attrition", "left", "compared attrition", "pattern", "links")
"""Subjects that count who is missing, or who did just this: they can lose people when more come."""


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
    like them; a row that one of them tells rounded is taken as withheld there. And since people only come, a row
    is at least what the earlier version shows of it and at most what the later one does; how far apart the two
    can be, rows about everybody tell that both show as they are. Only what one version adds to the other
    counts as recovered.
    """
    came = _arrived(published, earlier)
    groups = (
        since(published, earlier),
        _beside(published, earlier, came, later=True),
        _beside(earlier, published, came, later=False),
    )
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


def _arrived(published: Published, earlier: Published) -> Mapping[Asked, float]:
    """Return by what is asked how many more have answered, where a row about everybody tells it."""
    before, came = _shown(earlier), dict[Asked, float]()
    for key, row in _shown(published).items():
        old = before.get(key, {})
        for name in _everybody(row):
            if name in row and name in old:
                asked = asked_of(row)
                came[asked] = max(came.get(asked, 0.0), abs(row[name] - old[name]))
    return came


def _everybody(row: Row) -> list[str]:
    """Return the counts of a row that are of everybody who answered, or took part."""
    reading = reading_of(row)
    if reading is None:
        return []
    own = {"yes"} if reading.attends else {"answered"}
    tell = {"whole yes"} | (set() if is_split(row) else own)
    return [name for name, meaning in reading.counts.items() if meaning in tell]


def _beside(published: Published, other: Published, came: Mapping[Asked, float], *, later: bool) -> Published:
    """Let rows of a version lie where another one, from before or after it, leaves room for them."""
    told = _limits(other)
    rows = [_between(row, told.get(_key(row), {}), came, later=later) for row in published.rows]
    return replace(published, rows=tuple(rows), mentions=(), notebooks=0)


def _between(
    row: Row, told: Mapping[str, tuple[float, float]], came: Mapping[Asked, float], *, later: bool
) -> Row:
    reading = reading_of(row)
    if not told or reading is None or reading.subject in SHRINKING:
        return row
    limits = {}
    for name, (low, high) in told.items():
        stands = reading.counts.get(name) in STANDING
        most = float("inf") if stands else _most(row, came)
        limits[name] = (low, high + most) if later else (max(low - most, 0.0), high)
    return {**row, BETWEEN: limits}


def _most(row: Row, came: Mapping[Asked, float]) -> float:
    """Return how many can have come to a row: to its question, or to its waves if nothing tells of the question."""
    asked, reading = asked_of(row), reading_of(row)
    told = [came[asked]] if asked in came else []
    waves = str(asked[5] or asked[4] or "").split(" - ") if reading and reading.in_wave else []
    occasions = [(asked[0], "wave", None, None, wave, None) for wave in waves]
    if occasions and all(one in came for one in occasions):
        # Whoever answered one wave before can come to those of both by answering the other.
        told.append(sum(came[one] for one in occasions))
    return min(told, default=float("inf"))


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
    """Return what a row is about: the exhibit too, where nothing else says of what."""
    named = any(name in row for name in ("indicator", "item", "scale"))
    return (*(row.get(name) for name in KEYS), None if named else row.get("exhibit"))


def _about_units(row: Row) -> bool:
    return row.get("unit", "person") in UNITS
