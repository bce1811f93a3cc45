"""How many people would be linked by chance, if nobody at the later wave were the same person."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.data.linkage.candidates import linkable
from evaluation.data.linkage.match import Linkage
from evaluation.data.linkage.wave import WaveCodes


@dataclass(frozen=True, slots=True, eq=False)
class ChanceMatches:
    """Pairs of different people that agree by chance.

    Attributes
    ----------
    blocks
        One row per company with people at both waves: block, pairs, expected_exact, expected_one_edit.
    agreement
        Shape (k,), the probability that two different people have the same element.
    exact, one_edit
        The probability that two different people have equal codes, and codes equal or one edit apart.
    """

    blocks: pd.DataFrame
    agreement: NDArray[np.float64]
    exact: float
    one_edit: float

    @property
    def expected_exact(self) -> float:
        """Return the expected number of pairs of different people with equal codes."""
        return float(self.blocks["expected_exact"].sum())

    @property
    def expected_one_edit(self) -> float:
        """Return the expected number of pairs of different people with codes at most one edit apart."""
        return float(self.blocks["expected_one_edit"].sum())


def expected_chance(before: WaveCodes, after: WaveCodes, linkage: Linkage | None = None) -> ChanceMatches:
    """Return the expected number of pairs of different people whose codes agree by chance.

    Parameters
    ----------
    before, after
        Those who answered at the two waves.
    linkage
        Who is the same person; their pairs are then not counted among those of different people. Without
        it, everybody counts as different people, and the number is too high where many answered twice.

    Returns
    -------
    ChanceMatches
        By company and in all.

    Notes
    -----
    With p_k = (sum over values v of n_k(v) m_k(v) - a_k) / (n m - l), the share of pairs of different
    people that have element k in common (n, m people and n_k(v), m_k(v) with the value v at the two waves,
    l links, a_k of them with the same value), P(equal) = prod p_k, P(one element differs) = sum_k (1 - p_k) prod over
    l != k of p_l, and the expected number is the sum over companies of pairs times P. Elements are taken
    as independent of each other and of the company; where people of a company come from the same town the
    true number is higher. The signs of a code in one piece count as its elements. A pair that agrees
    by chance is rarely linked by it: mostly one of the two has a better partner. Not a share of the
    links that are wrong.

    References
    ----------
    fellegi1969

    Examples
    --------
    >>> texts = np.array([["a", "1"], ["b", "1"]], dtype=object)
    >>> wave = WaveCodes(np.array(["1", "2"]), np.array(["x", "x"]), texts, texts, texts)
    >>> found = expected_chance(wave, wave)
    >>> found.agreement.tolist(), found.expected_exact, found.expected_one_edit
    ([0.5, 1.0], 2.0, 4.0)
    """
    ours, theirs = _side_by_side(before, after)
    same = _linkable_links(before, after, linkage)
    agreement = np.array([_agreement(one, two, same) for one, two in zip(ours.T, theirs.T, strict=True)])
    width = len(agreement)
    exact = float(np.prod(agreement))
    rest = [float(np.prod(np.delete(agreement, k))) for k in range(width)]
    one_edit = exact + float(np.sum((1 - agreement) * rest))
    blocks = _pairs(before, after, same)
    blocks["expected_exact"] = blocks["pairs"] * exact
    blocks["expected_one_edit"] = blocks["pairs"] * one_edit
    return ChanceMatches(blocks, agreement, exact, one_edit)


def _side_by_side(before: WaveCodes, after: WaveCodes) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the elements of both waves, "" for those who are not linkable; codes in one piece by sign."""
    waves = before.folded, after.folded
    if before.folded.shape[1] == 1:
        longest = max((len(text) for wave in waves for text in wave[:, 0]), default=0)
        shapes = [(len(wave), longest) for wave in waves]
        signs = [[list(text.ljust(longest)) for text in wave[:, 0]] for wave in waves]
        waves = tuple(
            np.array(sign, dtype=object).reshape(shape) for sign, shape in zip(signs, shapes, strict=True)
        )
    ours, theirs = (
        np.where(linkable(wave)[:, None], elements, "")
        for wave, elements in zip((before, after), waves, strict=True)
    )
    return ours, theirs


def _linkable_links(before: WaveCodes, after: WaveCodes, linkage: Linkage | None) -> NDArray[np.int64]:
    if linkage is None:
        return np.empty((0, 2), dtype=np.int64)
    links = linkage.links
    return links[linkable(before)[links[:, 0]] & linkable(after)[links[:, 1]]]


def _agreement(ours: NDArray[np.object_], theirs: NDArray[np.object_], same: NDArray[np.int64]) -> float:
    """Return the share of pairs of different people that have the same value."""
    counts = [pd.Series(side[side != ""], dtype="object").value_counts() for side in (ours, theirs)]
    first, second = ours[same[:, 0]], theirs[same[:, 1]]
    stated = (first != "") & (second != "")
    pairs = counts[0].sum() * counts[1].sum() - stated.sum()
    equal = counts[0].mul(counts[1], fill_value=0).sum() - (stated & (first == second)).sum()
    return float(equal / pairs) if pairs > 0 else 0.0


def _pairs(before: WaveCodes, after: WaveCodes, same: NDArray[np.int64]) -> pd.DataFrame:
    counts = [
        pd.Series(wave.block[linkable(wave)], dtype="object").value_counts() for wave in (before, after)
    ]
    pairs = counts[0].mul(counts[1], fill_value=0)
    pairs = pairs.sub(pd.Series(before.block[same[:, 0]], dtype="object").value_counts(), fill_value=0)
    pairs = pairs[pairs > 0].sort_index()
    return pd.DataFrame({"block": pairs.index.to_numpy(dtype=object), "pairs": pairs.to_numpy(dtype=float)})
