"""Where an axis begins and ends, and where it is marked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite

from evaluation.figures.theme import SMALL
from evaluation.figures.writing import longest_word, text_width, wrap

Limits = tuple[float, float]
WIDEST = 84.0
CLOSEST = 44.0
MOST = 8
LONGEST_SCALE = 10
STEPS = tuple(base * 10.0**power for power in range(-4, 7) for base in (1, 2, 5))
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the axis: its value and what is written there."""

    value: float
    text: str


def share_limits(values: Iterable[float]) -> Limits:
    """Return an axis for shares: whole tens of per cent, at least 40 wide, within 0 and 1.

    Numbers that are not all shares get an axis that fits them instead.
    """
    found = [value for value in values if isfinite(value)]
    if not found:
        return (0.0, 1.0)
    if min(found) < 0 or max(found) > 1:
        return number_limits(found)
    low = max(floor(min(found) * 10 - 0.3 + TINY) / 10, 0.0)
    high = ceil(max(found) * 10 + 0.3 - TINY) / 10
    high = 1.0 if high > 0.85 else max(high, low + 0.4)
    low = min(low, high - 0.4)
    return (0.0 if low < 0.25 else round(low, 1), min(round(high, 1), 1.0))


def number_limits(values: Iterable[float]) -> Limits:
    """Return an axis that fits the numbers with a little air."""
    found = [value for value in values if isfinite(value)]
    if not found:
        return (0.0, 1.0)
    low, high = min(found), max(found)
    span = high - low or max(abs(low), 1.0)
    step = next(step for step in STEPS if step * 8 >= span)
    return (floor((low - span * 0.04) / step) * step, ceil((high + span * 0.04) / step) * step)


def scale_limits(values: Iterable[float]) -> Limits:
    """Return an axis for means on an answer scale: half steps, with two whole ones at least."""
    found = [value for value in values if isfinite(value)]
    if not found:
        return (0.0, 1.0)
    if max(found) - min(found) > LONGEST_SCALE:
        return number_limits(found)
    low, high = floor(min(found) * 2 - 0.2) / 2, ceil(max(found) * 2 + 0.2) / 2
    if floor(high) > ceil(low):
        return (low, high)
    first, last = floor(min(found)), ceil(max(found))
    return (float(min(first, last - 1)), float(last))


def extended(limits: Limits, values: Iterable[float]) -> Limits:
    """Widen an axis that was asked for, so that no estimate falls outside it."""
    found = [value for value in values if isfinite(value)]
    return (min([limits[0], *found]), max([limits[1], *found]))


def is_scale(limits: Limits | None) -> bool:
    """Say whether an axis that was asked for is an answer scale: from one whole number to another."""
    return limits is not None and all(float(end).is_integer() for end in limits) and limits[1] - limits[0] > 2


def end_room(limits: Limits, say: Callable[[float], str], whole: bool = False) -> tuple[float, float]:
    """Return how far the texts of the first and the last tick reach beyond the axis at most."""
    ends = (float(ceil(limits[0])), float(floor(limits[1]))) if whole else limits
    first, last = (min(text_width(say(end), SMALL), WIDEST) / 2 + 1 for end in ends)
    return first, last


def axis_ticks(
    limits: Limits, width: float, say: Callable[[float], str], whole: bool = False
) -> tuple[Tick, ...]:
    """Return the closest round ticks whose texts do not touch, in up to three lines each."""
    low, high = limits
    for step in (
        step for step in STEPS if step >= (1.0 if whole else 0.0) and (high - low) / step <= MOST + TINY
    ):
        numbers = range(ceil(low / step - TINY), floor(high / step + TINY) + 1)
        ticks = _ticks([round(number * step, 10) for number in numbers], step / (high - low) * width, say)
        if ticks:
            return ticks
    return tuple(Tick(value, wrap(say(value), min(WIDEST, width - 8), SMALL)) for value in limits)


def _ticks(values: list[float], apart: float, say: Callable[[float], str]) -> tuple[Tick, ...]:
    """Return the ticks, or none if they are too few, say the same, or would touch."""
    room = min(apart - 8, WIDEST)
    if len(values) < 2 or apart < CLOSEST:
        return ()
    texts = [say(value) for value in values]
    if len(set(texts)) < len(texts) or any(longest_word(text, SMALL) > room for text in texts):
        return ()
    wrapped = [wrap(text, room, SMALL) for text in texts]
    if any(text.count("\n") > 2 or text_width(text, SMALL) > room for text in wrapped):
        return ()
    return tuple(Tick(value, text) for value, text in zip(values, wrapped, strict=True))
