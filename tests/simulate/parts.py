"""The parts of a simulation, for tests that look behind the files."""

from dataclasses import dataclass

import numpy as np

from evaluation.project.model import LoadedProject
from evaluation.simulate.answers import Answers, Received, recipients, simulate_answers
from evaluation.simulate.dropout import Silence, simulate_silence
from evaluation.simulate.population import Population, simulate_people
from evaluation.simulate.streams import named_streams


@dataclass(frozen=True)
class Parts:
    """Who there is, what they would answer, and what is missing."""

    population: Population
    received: Received
    answers: Answers
    silence: Silence


def parts_of(project: LoadedProject, seed: int) -> Parts:
    """Simulate everything but the files."""
    streams = named_streams(np.random.default_rng(seed))
    population = simulate_people(project.definition, streams)
    received = recipients(project, population)
    answers = simulate_answers(project, population, received, streams)
    silence = simulate_silence(project, received, answers, streams, len(population.people))
    return Parts(population, received, answers, silence)
