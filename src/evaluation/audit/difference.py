"""What two versions of a report tell together that neither tells alone."""

from collections.abc import Callable, Mapping
from typing import Any

from evaluation.audit.published import UNITS, Published

KEYS = ("unit", "indicator", "estimand", "item", "scale", "term", "wave", "contrast", "group", "level")
COUNTS = ("n", "k", "n_level", "n_reference")


def differences(
    published: Published,
    earlier: Published,
    *,
    threshold: Callable[[str | None], int],
    allowed: Callable[[Mapping[str, Any]], bool] = lambda row: False,
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
        What the row is about, with the count of both versions. A row that is withheld now and was shown
        before is listed too, because it can be read in the earlier version.

    Notes
    -----
    If a number of people grows from a to b with 0 < b - a < t, subtracting one version from the other
    gives the answers of b - a people.
    """
    before = {_key(row): row for row in earlier.rows if _about_units(row) and not row.get("suppressed")}
    found: dict[str, None] = {}
    for row in published.rows:
        old = before.get(_key(row))
        if old is not None and _about_units(row) and not allowed(row):
            limit = threshold(row.get("group") if "level" in row else None)
            found.update(dict.fromkeys(_told(row, old, limit)))
    return tuple(found)


def _told(row: Mapping[str, Any], old: Mapping[str, Any], limit: int) -> list[str]:
    about = ", ".join(str(row[name]) for name in KEYS if name in row)
    if row.get("suppressed"):
        return [f"{about}: {name} = {old[name]:g}" for name in COUNTS if name in old]
    return [
        f"{about}: {name} {old[name]:g} → {row[name]:g}"
        for name in COUNTS
        if name in row and name in old and 0 < abs(row[name] - old[name]) < limit
    ]


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in KEYS)


def _about_units(row: Mapping[str, Any]) -> bool:
    return row.get("unit", "person") in UNITS
