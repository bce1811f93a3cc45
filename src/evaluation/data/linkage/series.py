"""Any number of waves linked in turn: each to everybody who answered before it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from evaluation.data.linkage.match import Linkage, Rule, linked_waves
from evaluation.data.linkage.review import GONE, GONE_DO, Entry, decisions, existing, review_table
from evaluation.data.linkage.wave import WaveCodes
from evaluation.vocabulary.errors import LinkageError, Problem

BETWEEN = ":"
Lost = Literal["error", "leave_out"]


@dataclass(frozen=True, slots=True, eq=False)
class LinkedSeries:
    """Waves in order, and who of them is the same person.

    Attributes
    ----------
    persons
        By wave, the person of every respondent: the name of the first wave they answered at, a colon and
        the respondent there.
    linkages
        By wave from the second on, how it was linked to everybody who answered before.
    """

    persons: Mapping[str, pd.Series]
    linkages: Mapping[str, Linkage]


def linked_series(
    waves: Mapping[str, WaveCodes],
    *,
    rule: Rule = "default",
    entries: tuple[Entry, ...] = (),
    file: str = "",
    lost: Lost = "error",
) -> LinkedSeries:
    """Who is the same person in a series of waves.

    Parameters
    ----------
    waves
        Those who answered, by wave, in the order of time.
    rule
        `strict`, `default` or `loose`; see `linked_waves`.
    entries
        The decisions file; its respondents are named with their wave, as in `after:17`.
    file
        The name of the decisions file, for messages.
    lost
        What to do with decisions about pairs that do not exist: `error`, or `leave_out`, for comparing a
        rule with the one under which they were made.

    Returns
    -------
    LinkedSeries
        Everybody is in it; whoever is not linked is a person of their own.

    Raises
    ------
    LinkageError
        If a decision is about a pair that no longer exists or contradicts another.

    Notes
    -----
    A person keeps the code of the first wave. Whoever misses a wave is looked for at the later ones.

    Examples
    --------
    >>> texts = np.array([["an", "7", "st"]], dtype=object)
    >>> one = WaveCodes(np.array(["1"]), np.array(["x"]), texts, texts, texts)
    >>> found = linked_series({"before": one, "during": one, "after": one})
    >>> found.persons["after"].to_dict()
    {'1': 'before:1'}
    """
    if lost == "error":
        _refuse_lost(entries, waves, file)
    known: WaveCodes | None = None
    persons, linkages = {}, {}
    for key, wave in waves.items():
        here = replace(wave, respondent=_named(key, wave))
        names = here.respondent.copy()
        if known is not None:
            own = tuple(entry for entry in entries if entry.after.startswith(key + BETWEEN))
            own = existing(own, known, here) if lost == "leave_out" else own
            decided = decisions(own, known, here, file=file)
            linkages[key] = linked_waves(known, here, rule=rule, decided=decided)
            links = linkages[key].links
            names[links[:, 1]] = known.respondent[links[:, 0]]
        known = _with_newcomers(known, here, names == here.respondent)
        persons[key] = pd.Series(names, index=pd.Index(wave.respondent, dtype="str"), dtype="str")
    return LinkedSeries(persons, linkages)


def _named(key: str, wave: WaveCodes) -> np.ndarray:
    return np.array([f"{key}{BETWEEN}{name}" for name in wave.respondent], dtype=object)


def _refuse_lost(entries: tuple[Entry, ...], waves: Mapping[str, WaveCodes], file: str) -> None:
    """Refuse decisions about a wave that is not there or has no earlier one."""
    later = tuple(key + BETWEEN for key in list(waves)[1:])
    lost = [entry for entry in entries if entry.decision and not entry.after.startswith(later)]
    if lost:
        raise LinkageError([Problem(GONE, f"{file}:{entry.line}", GONE_DO) for entry in lost])


def _with_newcomers(known: WaveCodes | None, wave: WaveCodes, new: np.ndarray) -> WaveCodes:
    if known is None:
        return wave
    parts = {
        name: np.concatenate([getattr(known, name), getattr(wave, name)[new]]) for name in WaveCodes.__slots__
    }
    order = np.lexsort((parts["respondent"], parts["block"]))
    return WaveCodes(**{name: part[order] for name, part in parts.items()})


def series_review(series: LinkedSeries, entries: tuple[Entry, ...] = (), *, lang: str = "en") -> pd.DataFrame:
    """Return the pairs of all waves to decide about, with what has been decided already.

    Parameters
    ----------
    series
        The linked waves.
    entries
        The decisions file as it was.
    lang
        The language of the reasons.

    Returns
    -------
    pandas.DataFrame
        As `review_table`, the waves in order.
    """
    tables = [
        review_table(
            linkage,
            tuple(entry for entry in entries if entry.decision and entry.after.startswith(key + BETWEEN)),
            lang=lang,
        )
        for key, linkage in series.linkages.items()
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()
