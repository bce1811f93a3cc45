"""Who stops answering, and which single answers are missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.project.model import LoadedProject
from evaluation.simulate.answers import (
    Answers,
    Question,
    Received,
    direction,
    entry_of,
    questions_of,
    wanted_direction,
)
from evaluation.simulate.streams import Streams
from evaluation.simulate.timeline import START, baseline_waves, occasion_of, occasions

GIVEN, DONT_KNOW, SKIPPED, NOT_REACHED = range(4)

BREAK_OFF = 0.02
"""Share of those who start a survey and leave before its end, but never more than `missing_items`."""

STEEPEST = 50.0
"""A strength above this is not different in effect: the lowest are lost."""

Mask = NDArray[np.bool_]
Given = Mapping[Question, Mask]


@dataclass(frozen=True, slots=True)
class Silence:
    """What is not in the files.

    Attributes
    ----------
    lost
        Who does not answer at a wave at all, by wave, shape (people,).
    gaps
        What became of every single question of a source (given, don't know, skipped, not reached),
        in the order of the codebook, shape (people, questions of the source).
    broke_off
        Who left a survey before its end, by source, shape (people,).
    """

    lost: Mapping[str, Mask]
    gaps: Mapping[str, NDArray[np.int8]]
    broke_off: Mapping[str, Mask]


def simulate_silence(
    project: LoadedProject, received: Received, answers: Answers, streams: Streams, people: int
) -> Silence:
    """Draw who is lost between waves and which answers are missing among those who are not.

    Notes
    -----
    Nobody is lost at the start. From each later wave to the next, those who are still there are lost
    with the probability

        P(lost) = 1 / (1 + exp(-(a - strength x)))

    where a is such that the mean of P is the `share` asked for. x is a person's mean standardised
    answer, turned so that high is wanted, and standardised again: 0 for everybody if the mechanism is
    `completely_at_random`; over the answers that the person gave at the baseline if it is
    `by_baseline`; over those that the person would give at the wave itself if it is `by_outcome`. With
    a positive strength those with low values are lost. A then-test is lost with the wave it comes with.

    Every question is skipped with the probability `missing_items`; of the others, those with such an
    answer get "don't know" with the probability `dont_know`. One in fifty breaks off a survey of
    several questions at a random place after the first one; fewer if `missing_items` is smaller.
    """
    gaps, broke_off = {}, {}
    for key, source in project.definition.sources.items():
        if source.kind == "answers":
            gaps[key], broke_off[key] = _gaps(project, key, streams.of(f"gaps.{key}"), people)
    given = _given(project, received, gaps)
    lost: dict[str, Mask] = {}
    gone = np.zeros(people, dtype=bool)
    for wave in occasions(project.definition):
        if project.definition.waves[wave].kind not in START:
            gone = gone | _leavers(project, answers, given, wave, ~gone, streams)
        lost[wave] = gone
    together = {wave: occasion_of(project.definition, wave) for wave in project.definition.waves}
    return Silence({wave: lost.get(occasion, gone) for wave, occasion in together.items()}, gaps, broke_off)


def leaving_probability(low: NDArray[np.float64], share: float, strength: float) -> NDArray[np.float64]:
    """Return each person's probability to leave, with the wanted mean.

    Parameters
    ----------
    low
        Standardised values; those with low values leave more often, shape (n,).
    share
        The mean of the probabilities, between 0 and 1.
    strength
        Change of the log odds for a value that is one standard deviation lower.

    Returns
    -------
    numpy.ndarray
        Probabilities, shape (n,).
    """
    if share in (0.0, 1.0) or not low.size:
        return np.full(low.shape, share)
    slope = min(strength, STEEPEST) * low
    bottom, top = slope.min() - 50, slope.max() + 50
    for _ in range(60):
        middle = (bottom + top) / 2
        bottom, top = (middle, top) if _logistic(middle - slope).mean() < share else (bottom, middle)
    return _logistic((bottom + top) / 2 - slope)


def _logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return 0.5 * (1 + np.tanh(values / 2))


def _given(project: LoadedProject, received: Received, gaps: Mapping[str, NDArray[np.int8]]) -> Given:
    """Return who gives an answer to each question, if they are there at its wave."""
    given: dict[Question, Mask] = {}
    for source, mask in received.items():
        for place, question in enumerate(questions_of(project, source)):
            given[question] = given.get(question, False) | (mask & (gaps[source][:, place] == GIVEN))
    return given


def _leavers(
    project: LoadedProject, answers: Answers, given: Given, wave: str, present: Mask, streams: Streams
) -> Mask:
    wanted = project.definition.simulation.attrition
    values = MECHANISMS[wanted.mechanism](project, answers, given, wave)
    standing = _standardised(values[present]) if len(values) else np.zeros(int(present.sum()))
    leaving = np.zeros(len(present), dtype=bool)
    probability = leaving_probability(standing, wanted.share, wanted.strength)
    leaving[present] = streams.of(f"attrition.{wave}").random(len(present))[present] < probability
    return leaving


def _at_random(project: LoadedProject, answers: Answers, given: Given, wave: str) -> NDArray[np.float64]:
    return np.empty(0)


def _before(project: LoadedProject, answers: Answers, given: Given, wave: str) -> NDArray[np.float64]:
    start = baseline_waves(project.definition)
    observed = {key: np.where(mask, answers[key], np.nan) for key, mask in given.items() if key[1] in start}
    return _mean_standing(project, observed)


def _at_the_wave(project: LoadedProject, answers: Answers, given: Given, wave: str) -> NDArray[np.float64]:
    return _mean_standing(project, {key: values for key, values in answers.items() if key[1] == wave})


MECHANISMS: dict[str, Callable[[LoadedProject, Answers, Given, str], NDArray[np.float64]]] = {
    "completely_at_random": _at_random,
    "by_baseline": _before,
    "by_outcome": _at_the_wave,
}
"""What the loss depends on: a value per person, the lower the more often lost; empty if on nothing."""


def _mean_standing(project: LoadedProject, answers: Answers) -> NDArray[np.float64]:
    """Return everybody's mean standardised answer, turned so that high is wanted, shape (people,)."""
    total, count = np.float64(0), np.float64(0)
    for (item, wave), values in answers.items():
        known = ~np.isnan(values)
        sign = direction(entry_of(project, item, wave)) * wanted_direction(project.definition, item)
        standing = np.zeros(len(values))
        standing[known] = sign * _standardised(values[known])
        total, count = total + standing, count + known
    return np.atleast_1d(total / np.maximum(count, 1)) if len(answers) else np.empty(0)


def _standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = values.std() if values.size else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros(values.shape)


def _gaps(
    project: LoadedProject, source: str, rng: np.random.Generator, people: int
) -> tuple[NDArray[np.int8], Mask]:
    wanted, responses = project.definition.simulation, project.definition.responses
    entries = project.codebook.of_source(source)
    can_say = np.array([bool(responses[entry.response].dont_know) for entry in entries], dtype=bool)
    shape = (people, len(entries))
    gaps = np.where((rng.random(shape) < wanted.dont_know) & can_say, DONT_KNOW, GIVEN).astype(np.int8)
    gaps[rng.random(shape) < wanted.missing_items] = SKIPPED
    broke_off = np.zeros(people, dtype=bool)
    for places in _places_by_occasion(project, source):
        leaves = (rng.random(people) < min(BREAK_OFF, wanted.missing_items)) & (len(places) > 1)
        reached = np.where(leaves, rng.integers(1, max(2, len(places)), people), len(places))
        unseen = np.arange(len(places)) >= reached[:, None]
        gaps[:, places] = np.where(unseen, NOT_REACHED, gaps[:, places])
        broke_off |= leaves
    return gaps, broke_off


def _places_by_occasion(project: LoadedProject, source: str) -> list[list[int]]:
    """Return the columns that are answered on the same occasion, in the order of the codebook."""
    together: dict[str, list[int]] = {}
    for place, (_, wave) in enumerate(questions_of(project, source)):
        together.setdefault(occasion_of(project.definition, wave), []).append(place)
    return list(together.values())
