"""The largest part of a list that may be had, found by trying all of it first and then its halves."""

from collections.abc import Callable, Sequence

TRIALS = 200
"""How many parts are tried, so that a report of any size is done some time; what is not tried is left out."""


def largest_part(numbers: Sequence[int], fits: Callable[[list[int]], bool]) -> list[int]:
    """Return a part of some numbers that fits and cannot be added to, in their order.

    Parameters
    ----------
    numbers
        What to choose from; what is wanted most comes first.
    fits
        Tells whether a part may be had. A part of what fits must fit too.

    Returns
    -------
    list of int
        All numbers if all fit. Otherwise those of each half that fit beside what has been taken before, and so
        on down to single numbers. The same numbers always give the same part.

    Examples
    --------
    >>> largest_part([1, 2, 3, 4], lambda part: sum(part) < 7)
    [1, 2, 3]
    """
    found: list[int] = []
    waiting, tried = [list(numbers)] if numbers else [], 0
    while waiting and tried < TRIALS:
        part, tried = waiting.pop(), tried + 1
        if fits([*found, *part]):
            found += part
        elif len(part) > 1:
            middle = (len(part) + 1) // 2
            waiting += [part[middle:], part[:middle]]
    return found
