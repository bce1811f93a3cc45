"""Counts that a text mentions and no shown row explains."""

from collections.abc import Iterator, Mapping
from typing import Any

from evaluation.audit.published import Published

NUMBERS = ("n", "k", "n_total", "n_level", "n_reference")


def unexplained(published: Published, earlier: Published | None = None) -> tuple[str, ...]:
    """List the parts of wholes that a text mentions and no shown row holds.

    Parameters
    ----------
    published
        What the report shows; nothing is listed without notebooks, whose rows are needed.
    earlier
        What the report before it shows, whose numbers stand beside the new ones where they differ.

    Returns
    -------
    tuple of str
        Page, part and whole.
    """
    if not published.notebooks:
        return ()
    rows = (*published.rows, *(earlier.rows if earlier else ()))
    exact = [row for row in rows if not (row.get("suppressed") or row.get("rounded"))]
    known = {pair for row in exact for pair in _pairs(row)}
    return tuple(
        f"{one.page}: {one.part} / {one.whole}"
        for one in dict.fromkeys(published.mentions)
        if (one.part, one.whole) not in known
    )


def _pairs(row: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    numbers = {name: row[name] for name in (*NUMBERS, "estimate", "n_needed") if name in row}
    wholes = [numbers[name] for name in ("n", "n_total") if name in numbers]
    if {"n", "n_total"} <= numbers.keys():
        numbers["silent"] = numbers["n_total"] - numbers["n"]
        wholes.append(numbers["silent"])
    for part in numbers.values():
        yield from ((round(part), round(whole)) for whole in wholes)
