"""How many edits two codes are apart, for many pairs at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def differing_elements(first: NDArray[np.object_], second: NDArray[np.object_]) -> NDArray[np.int64]:
    """Count the elements in which two codes differ, pair by pair.

    Parameters
    ----------
    first, second
        Shape (n, k), the elements. An empty element agrees with nothing.

    Returns
    -------
    numpy.ndarray
        Shape (n,).

    Notes
    -----
    sum over k of 1[first != second or first empty]: the Hamming distance on elements.

    References
    ----------
    hamming1950

    Examples
    --------
    >>> codes = np.array([["an", "7", "st"], ["bo", "3", ""]], dtype=object)
    >>> differing_elements(codes, np.array([["an", "8", "st"], ["bo", "3", ""]], dtype=object)).tolist()
    [1, 1]
    """
    return ((first != second) | (first == "")).sum(axis=1).astype(np.int64)


def edits(first: ArrayLike, second: ArrayLike) -> NDArray[np.int64]:
    """Count the edits between two texts, pair by pair.

    Parameters
    ----------
    first, second
        Shape (n,), texts.

    Returns
    -------
    numpy.ndarray
        Shape (n,): the least number of signs put in, taken out, replaced or exchanged with the next.

    Notes
    -----
    d(i, j) = min(d(i-1, j) + 1, d(i, j-1) + 1, d(i-1, j-1) + 1[a_i != b_j],
    d(i-2, j-2) + 1 if a_i = b_{j-1} and a_{i-1} = b_j). No text is edited twice in the same place
    (optimal string alignment), which is the Damerau-Levenshtein distance wherever that is at most 1.

    References
    ----------
    damerau1964, levenshtein1966

    Examples
    --------
    >>> edits(["abc", "abc", "abc"], ["abc", "acb", "xbcd"]).tolist()
    [0, 1, 2]
    """
    a, b = (_signs(np.asarray(texts, dtype=object)) for texts in (first, second))
    lengths = [np.array([len(text) for text in texts], dtype=np.int64) for texts in (first, second)]
    table = np.zeros((a.shape[1] + 1, b.shape[1] + 1, len(a)), dtype=np.int64)
    table[:, 0] = np.arange(a.shape[1] + 1)[:, None]
    table[0, :] = np.arange(b.shape[1] + 1)[:, None]
    for i in range(1, a.shape[1] + 1):
        for j in range(1, b.shape[1] + 1):
            other = a[:, i - 1] != b[:, j - 1]
            best = np.minimum(table[i - 1, j], table[i, j - 1]) + 1
            best = np.minimum(best, table[i - 1, j - 1] + other)
            if i > 1 and j > 1:
                crossed = (a[:, i - 1] == b[:, j - 2]) & (a[:, i - 2] == b[:, j - 1])
                best = np.where(crossed, np.minimum(best, table[i - 2, j - 2] + 1), best)
            table[i, j] = best
    return table[lengths[0], lengths[1], np.arange(len(a))]


def _signs(texts: NDArray[np.object_]) -> NDArray[np.int64]:
    """Return the signs of texts as numbers, shape (n, longest)."""
    longest = max(map(len, texts), default=0)
    signs = np.zeros((len(texts), longest), dtype=np.int64)
    for place, text in enumerate(texts):
        signs[place, : len(text)] = [ord(sign) for sign in text]
    return signs
