"""The same programme made up many times at once, without files: people, answers and who is silent."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.model import LoadedProject
from evaluation.simulate.answers import questions_of, recipients, simulate_answers
from evaluation.simulate.dropout import GIVEN, simulate_silence
from evaluation.simulate.population import OUTSIDE, Population, simulate_people
from evaluation.simulate.streams import named_streams


@dataclass(frozen=True, slots=True)
class Replicated:
    """Many programmes with the same register, one after the other.

    Attributes
    ----------
    population
        The people and organisations of one of them.
    times
        How many there are.
    people
        One row per person and programme: `person` and `organisation` as numbers through all of them.
    answers
        One row per answer: person, organisation, source, wave, item, value as written in the files.
    unlinked
        Whose answers of different waves cannot be brought together, shape (people x times,).
    """

    population: Population
    times: int
    people: pd.DataFrame
    answers: pd.DataFrame
    unlinked: NDArray[np.bool_]


def replicate(project: LoadedProject, times: int, rng: np.random.Generator) -> Replicated:
    """Make up the answers of a programme many times, for the same people and organisations.

    Parameters
    ----------
    project
        A checked definition with a section `simulation`.
    times
        How many programmes.
    rng
        The source of randomness.

    Notes
    -----
    Answers, changes and who is lost are drawn as in `simulate`; where waves are linked by code, whoever
    writes no code at one of two waves is unlinked, but no code is written wrongly.
    """
    streams = named_streams(rng)
    population = simulate_people(project.definition, streams)
    many = _stacked(population, times)
    received = recipients(project, many)
    drawn = simulate_answers(project, many, received, streams)
    silence = simulate_silence(project, received, drawn, streams, len(many.people))
    people = many.people.assign(person=np.arange(len(many.people)))
    people["organisation"] = many.people["organisation"]
    parts = []
    for source, mask in received.items():
        for place, question in enumerate(questions_of(project, source)):
            there = mask & ~silence.lost[question[1]] & (silence.gaps[source][:, place] == GIVEN)
            parts.append(_rows(source, question, drawn[question], there, people))
    loss = project.definition.simulation.code_missing if project.definition.linkage else 0.0
    unlinked = streams.of("unlinked").random(len(people)) < 1 - (1 - loss) ** 2
    return Replicated(population, times, people, pd.concat(parts, ignore_index=True), unlinked)


def _stacked(population: Population, times: int) -> Population:
    """Return the population many times over, with people and organisations numbered through."""
    size, firms = len(population.people), len(population.organisations)
    people = pd.concat([population.people] * times, ignore_index=True)
    organisations = pd.concat([population.organisations] * times, ignore_index=True)
    number = people["organisation"].to_numpy()
    shifted = number + np.repeat(np.arange(times), size) * firms
    people["organisation"] = np.where(number == OUTSIDE, OUTSIDE, shifted)
    contact = organisations["contact_person"].to_numpy()
    organisations["contact_person"] = contact + np.repeat(np.arange(times), firms) * size
    compared = np.tile(population.compared, times)
    return Population(people, organisations, population.visible, compared)


def _rows(
    source: str,
    question: tuple[str, str],
    values: NDArray[np.float64],
    there: NDArray[np.bool_],
    people: pd.DataFrame,
) -> pd.DataFrame:
    item, wave = question
    who = np.flatnonzero(there & ~np.isnan(values))
    return pd.DataFrame(
        {
            "person": who,
            "organisation": people["organisation"].to_numpy()[who],
            "source": source,
            "wave": wave,
            "item": item,
            "value": values[who],
        }
    )


def chunks(times: int, size: int) -> Iterator[int]:
    """Yield how many programmes to make at a time, so that memory does not grow with `times`."""
    for start in range(0, times, size):
        yield min(size, times - start)
