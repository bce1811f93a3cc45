"""How many could be linked, by company, wave and group, and under which rule."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.data.linkage.candidates import linkable
from evaluation.data.linkage.match import RULES, UNDECIDED, Decided, Linkage, linked_waves
from evaluation.data.linkage.wave import WaveCodes

COMPANY = "organisation"


def linkings(before: WaveCodes, after: WaveCodes, *, decided: Decided = UNDECIDED) -> dict[str, Linkage]:
    """Two waves linked in three ways, so that a result can be estimated under each.

    Parameters
    ----------
    before, after
        Those who answered at the two waves.
    decided
        What the evaluator has decided; it holds under every rule.

    Returns
    -------
    dict
        `strict` (equal codes), `default` (also one edit apart) and `loose` (also what cannot be told
        apart). If a result differs between them, it depends on the linking.

    Examples
    --------
    >>> texts = np.array([["an", "7", "st"], ["an", "7", "st"]], dtype=object)
    >>> wave = WaveCodes(np.array(["1", "2"]), np.array(["x", "x"]), texts, texts, texts)
    >>> {rule: len(found.links) for rule, found in linkings(wave, wave).items()}
    {'strict': 0, 'default': 0, 'loose': 2}
    """
    return {rule: linked_waves(before, after, rule=rule, decided=decided) for rule in RULES}


def linked_persons(linkage: Linkage, waves: tuple[str, str]) -> tuple[pd.Series, pd.Series]:
    """One name per person for the respondents of two waves.

    Parameters
    ----------
    linkage
        Two linked waves.
    waves
        The keys of the waves.

    Returns
    -------
    tuple of pandas.Series
        For each wave the person by respondent. Linked respondents have the same person: the earlier
        wave's. Everybody else is a person of their own, so that nobody is lost.

    Examples
    --------
    >>> texts = np.array([["an", "7", "st"], ["bo", "3", "gö"]], dtype=object)
    >>> one = WaveCodes(np.array(["1", "2"]), np.array(["x", "x"]), texts, texts, texts)
    >>> two = WaveCodes(np.array(["8"]), np.array(["x"]), texts[:1], texts[:1], texts[:1])
    >>> [list(side) for side in linked_persons(linked_waves(one, two), ("before", "after"))]
    [['before:1', 'before:2'], ['before:1']]
    """
    names = [
        np.array([f"{key}:{name}" for name in wave.respondent], dtype=object)
        for key, wave in zip(waves, (linkage.before, linkage.after), strict=True)
    ]
    names[1][linkage.links[:, 1]] = names[0][linkage.links[:, 0]]
    sides = zip(names, (linkage.before, linkage.after), strict=True)
    first, second = (pd.Series(name, index=pd.Index(wave.respondent), dtype="str") for name, wave in sides)
    return first, second


def link_rates(
    linkage: Linkage,
    waves: tuple[str, str],
    *,
    groups: Mapping[str, tuple[pd.Series, pd.Series]] | None = None,
) -> pd.DataFrame:
    """Share of those who answered that were linked, in all, by company and by group.

    Parameters
    ----------
    linkage
        Two linked waves.
    waves
        The keys of the waves.
    groups
        For each classification the level by respondent at the two waves.

    Returns
    -------
    pandas.DataFrame
        Columns of the glossary: estimand (`coded_share`: with a code to link by, `link_rate`), wave,
        group and level ("" for all), estimate = k / n, k, n. Nobody is left out of n: those without a
        code count as not linked. Counts of companies are small: to be shown only after the threshold.

    Examples
    --------
    >>> texts = np.array([["an", "7", "st"], ["bo", "3", "gö"]], dtype=object)
    >>> one = WaveCodes(np.array(["1", "2"]), np.array(["x", "y"]), texts, texts, texts)
    >>> table = link_rates(linked_waves(one, one), ("before", "after"))
    >>> table[table["wave"] == "after"][["estimand", "group", "level", "k", "n"]].values.tolist()[:2]
    [['coded_share', '', '', 2, 2], ['link_rate', '', '', 2, 2]]
    """
    parts = []
    for side, (key, wave) in enumerate(zip(waves, (linkage.before, linkage.after), strict=True)):
        linked = np.zeros(len(wave.respondent), dtype=bool)
        linked[linkage.links[:, side]] = True
        given = {
            name: pair[side].reindex(wave.respondent).to_numpy() for name, pair in (groups or {}).items()
        }
        levels = {"": np.full(len(linked), ""), COMPANY: wave.block, **given}
        for group, level in levels.items():
            parts += [_rates(name, rows, key, group, level) for name, rows in _parts(wave, linked)]
    return pd.concat(parts, ignore_index=True)[list(COLUMNS)]


COLUMNS = ("estimand", "wave", "group", "level", "estimate", "k", "n")


def _parts(wave: WaveCodes, linked: NDArray[np.bool_]) -> tuple[tuple[str, NDArray[np.bool_]], ...]:
    return ("coded_share", linkable(wave)), ("link_rate", linked)


def _rates(name: str, rows: NDArray[np.bool_], wave: str, group: str, level: NDArray) -> pd.DataFrame:
    levels = pd.Series(level, dtype="object").fillna("").astype("str")
    counted = pd.Series(rows).groupby(levels.to_numpy()).agg(["sum", "size"])
    return pd.DataFrame(
        {
            "estimand": name,
            "wave": wave,
            "group": group,
            "level": counted.index.astype("str"),
            "estimate": counted["sum"].to_numpy() / counted["size"].to_numpy(),
            "k": counted["sum"].to_numpy(),
            "n": counted["size"].to_numpy(),
        }
    )
