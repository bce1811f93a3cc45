"""Who is the same person at two waves, by the codes they wrote: one to one, and never by guessing."""

from dataclasses import dataclass, replace
from importlib import import_module
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.data.linkage.candidates import Candidates, Places, candidate_pairs
from evaluation.data.linkage.wave import WaveCodes
from evaluation.vocabulary.errors import LinkageError
from evaluation.vocabulary.message import Message, msg, pmsg

Rule = Literal["strict", "default", "loose"]
RULES: tuple[Rule, ...] = ("strict", "default", "loose")
REASONS: dict[str, Message] = {
    "several_after": pmsg("linkage", "Several people of the later wave fit as well."),
    "several_before": pmsg("linkage", "Several people of the earlier wave fit as well."),
    "several_both": pmsg("linkage", "Several people of both waves fit as well."),
    "better_open": pmsg("linkage", "One of them fits somebody else better, which is not decided."),
}
"""Why a pair is not linked but listed for review."""


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """Pairs that the evaluator has decided about.

    Attributes
    ----------
    accepted, rejected
        Shape (m, 2), places in the two waves.
    """

    accepted: NDArray[np.int64]
    rejected: NDArray[np.int64]


UNDECIDED = Decided(np.empty((0, 2), dtype=np.int64), np.empty((0, 2), dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Linkage:
    """Two waves and who of them is the same person.

    Attributes
    ----------
    before, after
        Those who answered at the two waves.
    links
        Shape (m, 2), places of the linked pairs in the two waves, sorted; nobody is in two.
    step
        Shape (m,), how: `exact`, `folded`, `edited`, `accepted` (by the evaluator) or `guessed` (only by
        the loose rule).
    review
        Shape (r, 2), pairs that fit but are not linked.
    reason
        Shape (r,), why not; a key of `REASONS`.
    rule
        `strict`, `default` or `loose`.
    """

    before: WaveCodes
    after: WaveCodes
    links: NDArray[np.int64]
    step: NDArray[np.object_]
    review: NDArray[np.int64]
    reason: NDArray[np.object_]
    rule: Rule = "default"


def linked_waves(
    before: WaveCodes, after: WaveCodes, *, rule: Rule = "default", decided: Decided = UNDECIDED
) -> Linkage:
    """Who of one wave is who at a later one.

    Parameters
    ----------
    before, after
        Those who answered at the two waves.
    rule
        `strict` links equal codes only, `default` also codes one edit apart, `loose` also pairs that
        cannot be told apart: by lowest cost, then in the order of the respondents.
    decided
        What the evaluator has decided; it wins over the rule.

    Returns
    -------
    Linkage
        One to one.

    Raises
    ------
    LinkageError
        If the codes have different numbers of elements, or the rule is none of the three.

    Notes
    -----
    In turn: equal codes, codes equal without marks, codes one edit apart, each among those that are
    not yet linked. A pair is linked if neither of the two has another candidate that fits as well or
    better. Such pairs have nobody in common, so they are their own assignment; the loose rule solves
    the assignment problem among the rest (Kuhn 1955). Not for codes that many share, such as initials
    alone: see `expected_chance`.

    References
    ----------
    kuhn1955, schnell2010, yurek2008

    Examples
    --------
    >>> import pandas as pd
    >>> from evaluation.data.linkage.wave import wave_codes
    >>> one = pd.DataFrame({"r": ["1", "2"], "c1": ["an", "bo"], "c2": ["7", "3"], "c3": ["st", "gö"]})
    >>> two = pd.DataFrame({"r": ["8", "9"], "c1": ["bo", "an"], "c2": ["3", "7"], "c3": ["go", "sk"]})
    >>> waves = [wave_codes(wave, ["c1", "c2", "c3"], respondent="r") for wave in (one, two)]
    >>> found = linked_waves(*waves)
    >>> found.links.tolist(), found.step.tolist()
    ([[0, 1], [1, 0]], ['edited', 'folded'])
    """
    _check(before, after, rule)
    pairs = candidate_pairs(before, after, one_edit=rule != "strict")
    sizes = len(before.respondent), len(after.respondent)
    pairs = pairs.only(~_among(pairs, decided.rejected, sizes))
    links, steps = [decided.accepted], [np.full(len(decided.accepted), "accepted", dtype=object)]
    taken = _Taken(np.zeros(sizes[0], dtype=bool), np.zeros(sizes[1], dtype=bool))
    taken.add(decided.accepted)
    for step, name in enumerate(("exact", "folded", "edited")):
        pairs = pairs.only(taken.free(pairs))
        clear = (pairs.step == step) & (_reasons(pairs, sizes) == "")
        found = np.column_stack([pairs.before[clear], pairs.after[clear]])
        taken.add(found)
        links.append(found)
        steps.append(np.full(len(found), name, dtype=object))
    pairs = pairs.only(taken.free(pairs))
    reasons = _reasons(pairs, sizes)
    review = np.column_stack([pairs.before, pairs.after])
    linkage = Linkage(before, after, *_sorted(links, steps), review, reasons, rule)
    return _guessed(linkage, pairs) if rule == "loose" else linkage


def _check(before: WaveCodes, after: WaveCodes, rule: Rule) -> None:
    if before.kept.shape[1] != after.kept.shape[1]:
        raise LinkageError(
            msg(
                "The code has {first} elements at the earlier wave and {second} at the later one.",
                first=before.kept.shape[1],
                second=after.kept.shape[1],
            ),
            do=msg("Name the same elements, in the same order, for both waves."),
        )
    if rule not in RULES:
        raise LinkageError(msg("There is no rule of linking {rule}.", rule=rule))


@dataclass(frozen=True, slots=True, eq=False)
class _Taken:
    """Who is linked already, at either wave; filled while links are found."""

    before: NDArray[np.bool_]
    after: NDArray[np.bool_]

    def add(self, links: NDArray[np.int64]) -> None:
        self.before[links[:, 0]] = True
        self.after[links[:, 1]] = True

    def free(self, pairs: Candidates) -> NDArray[np.bool_]:
        return ~self.before[pairs.before] & ~self.after[pairs.after]


def _among(pairs: Candidates, listed: NDArray[np.int64], sizes: tuple[int, int]) -> NDArray[np.bool_]:
    return np.isin(pairs.before * sizes[1] + pairs.after, listed[:, 0] * sizes[1] + listed[:, 1])


def _reasons(pairs: Candidates, sizes: tuple[int, int]) -> NDArray[np.object_]:
    """Say why each pair is not clear, "" if it is: nobody fits either of the two as well or better."""
    several, better = [], np.zeros(len(pairs.step), dtype=bool)
    for side, size in zip((pairs.before, pairs.after), sizes, strict=True):
        best = np.full(size, len(REASONS), dtype=np.int64)
        np.minimum.at(best, side, pairs.step)
        at_best = pairs.step == best[side]
        better |= ~at_best
        several.append(np.bincount(side[at_best], minlength=size)[side] > 1)
    kinds = np.array(["", "several_after", "several_before", "several_both"], dtype=object)
    return np.where(better, "better_open", kinds[several[0] + 2 * several[1]]).astype(object)


def _sorted(links: list[NDArray[np.int64]], steps: list[NDArray[np.object_]]) -> tuple:
    pairs, names = np.concatenate(links), np.concatenate(steps)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], names[order]


def _guessed(linkage: Linkage, pairs: Candidates) -> Linkage:
    """Link what cannot be told apart, the best fitting first."""
    sizes = len(linkage.before.respondent), len(linkage.after.respondent)
    taken = _Taken(np.zeros(sizes[0], dtype=bool), np.zeros(sizes[1], dtype=bool))
    links, steps = [linkage.links], [linkage.step]
    for step in range(3):
        level = pairs.only((pairs.step == step) & taken.free(pairs))
        found = assigned(level, sizes)
        taken.add(found)
        links.append(found)
        steps.append(np.full(len(found), "guessed", dtype=object))
    merged, names = _sorted(links, steps)
    left = taken.free(pairs)
    return replace(
        linkage, links=merged, step=names, review=linkage.review[left], reason=linkage.reason[left]
    )


def assigned(pairs: Candidates, sizes: tuple[int, int]) -> NDArray[np.int64]:
    """Most pairs of equal cost that have nobody in common, first with first where they are alike.

    Parameters
    ----------
    pairs
        Pairs that can be the same person.
    sizes
        How many answered at the two waves.

    Returns
    -------
    numpy.ndarray
        Shape (m, 2), places in the two waves.

    Notes
    -----
    min sum (r_i - r_j)^2 over one-to-one assignments with as many pairs as possible, r the ranks within
    a group of people connected by candidates (Kuhn 1955).

    References
    ----------
    kuhn1955

    Examples
    --------
    >>> four = Candidates(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.zeros(4, dtype=int))
    >>> assigned(four, (2, 2)).tolist()
    [[0, 0], [1, 1]]
    """
    if not len(pairs.before):
        return np.empty((0, 2), dtype=np.int64)
    total = sum(sizes)
    sparse = import_module("scipy.sparse")
    graph = sparse.coo_array(
        (np.ones(len(pairs.before)), (pairs.before, pairs.after + sizes[0])), (total, total)
    )
    _, group = sparse.csgraph.connected_components(graph, directed=False)
    order = np.argsort(group[pairs.before], kind="stable")
    cuts = np.flatnonzero(np.diff(group[pairs.before][order])) + 1
    return np.concatenate([_solved(pairs.before[rows], pairs.after[rows]) for rows in np.split(order, cuts)])


def _solved(before: Places, after: Places) -> NDArray[np.int64]:
    ours, i = np.unique(before, return_inverse=True)
    theirs, j = np.unique(after, return_inverse=True)
    longest = max(len(ours), len(theirs))
    cost = np.full((len(ours), len(theirs)), float(longest**3 + 1))
    cost[i, j] = (i - j) ** 2
    rows, columns = import_module("scipy.optimize").linear_sum_assignment(cost)
    found = cost[rows, columns] <= longest**2
    return np.column_stack([ours[rows[found]], theirs[columns[found]]]).astype(np.int64)
