"""The same programme made up many times at once, without files: people, answers and who is silent."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.model import LoadedProject
from evaluation.simulate.answers import Question, questions_of, recipients, simulate_answers
from evaluation.simulate.dropout import GIVEN, simulate_silence
from evaluation.simulate.population import OUTSIDE, Population, simulate_people
from evaluation.simulate.streams import Streams, named_streams
from evaluation.simulate.timeline import baseline_waves


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
        One row per answer: person, organisation, source, wave and item as categories, value as written in the
        files.
    unlinked
        Whose answers of different waves cannot be brought together, shape (people x times,).
    """

    population: Population
    times: int
    people: pd.DataFrame
    answers: pd.DataFrame
    unlinked: NDArray[np.bool_]


def replicate(
    project: LoadedProject,
    times: int,
    rng: np.random.Generator | Streams,
    *,
    only: Collection[Question] | None = None,
) -> Replicated:
    """Make up the answers of a programme many times, for the same people and organisations.

    Parameters
    ----------
    project
        A checked definition with a section `simulation`.
    times
        How many programmes.
    rng
        The source of randomness, or streams that were drawn from it before.
    only
        The questions whose answers are wanted; None for all. Nothing of the others changes by leaving some out.

    Notes
    -----
    Answers, changes and who is lost are drawn as in `simulate`; where waves are linked by code, whoever
    writes no code at one of two waves is unlinked, but no code is written wrongly.
    """
    streams = rng if isinstance(rng, Streams) else named_streams(rng)
    population = simulate_people(project.definition, streams)
    many = _stacked(population, times)
    received = recipients(project, many)
    drawn = simulate_answers(project, many, received, streams, _drawn(project, only))
    silence = simulate_silence(project, received, drawn, streams, len(many.people))
    people = many.people.assign(person=np.arange(len(many.people)))
    people["organisation"] = many.people["organisation"]
    parts = []
    for source, mask in received.items():
        for place, question in enumerate(questions_of(project, source)):
            if only is not None and question not in only:
                continue
            there = mask & ~silence.lost[question[1]] & (silence.gaps[source][:, place] == GIVEN)
            who = np.flatnonzero(there & ~np.isnan(drawn[question]))
            parts.append(_Part(source, question, who, drawn[question][who]))
    loss = project.definition.simulation.code_missing if project.definition.linkage else 0.0
    unlinked = streams.of("unlinked").random(len(people)) < 1 - (1 - loss) ** 2
    answers = _table(parts, people["organisation"].to_numpy(), list(project.definition.waves))
    return Replicated(population, times, people, answers, unlinked)


def _drawn(project: LoadedProject, only: Collection[Question] | None) -> Collection[Question] | None:
    """Return the questions that must be drawn: those that are wanted, and those that decide who is lost."""
    mechanism = project.definition.simulation.attrition.mechanism
    if only is None or mechanism == "by_outcome":
        return None
    start = baseline_waves(project.definition) if mechanism == "by_baseline" else ()
    asked = (
        question
        for key, source in project.definition.sources.items()
        if source.kind == "answers"
        for question in questions_of(project, key)
    )
    return {*only, *(question for question in asked if question[1] in start)}


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
    return Population(people, organisations, population.visible, np.tile(population.compared, times))


@dataclass(frozen=True, slots=True)
class _Part:
    """The answers to one question of one source."""

    source: str
    question: tuple[str, str]
    who: NDArray[np.intp]
    given: NDArray[np.float64]


def _table(parts: Sequence[_Part], organisation: NDArray[np.int64], waves: Sequence[str]) -> pd.DataFrame:
    """Return all answers under each other; texts and numbers of units are categories from the start."""
    who = np.concatenate([part.who for part in parts])
    there = np.zeros(len(organisation), dtype=bool)
    there[who] = True
    person = np.cumsum(there) - 1
    firms, firm = np.unique(organisation[there], return_inverse=True)
    place = np.zeros(len(organisation), dtype=np.intp)
    place[there] = firm
    sizes = [len(part.who) for part in parts]
    named = {
        "source": [part.source for part in parts],
        "wave": [part.question[1] for part in parts],
        "item": [part.question[0] for part in parts],
    }
    known = {name: pd.Index(sorted({*texts}), dtype="str") for name, texts in named.items()}
    known["wave"] = pd.Index(list(waves))
    columns = {
        "person": pd.Categorical.from_codes(person[who], np.flatnonzero(there)),
        "organisation": pd.Categorical.from_codes(place[who], firms),
    }
    for name, texts in named.items():
        codes = np.repeat(known[name].get_indexer(texts).astype(np.int16), sizes)
        columns[name] = pd.Categorical.from_codes(codes, known[name])
    return pd.DataFrame(columns | {"value": np.concatenate([part.given for part in parts])})


def chunks(times: int, size: int) -> Iterator[int]:
    """Yield how many programmes to make at a time, so that memory does not grow with `times`."""
    for start in range(0, times, size):
        yield min(size, times - start)
