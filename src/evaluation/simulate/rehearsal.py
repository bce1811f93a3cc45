"""A whole programme made up from its definition, so that the report can be rehearsed."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.project.model import LoadedProject
from evaluation.simulate.accounts import account_files, accounts_truth, simulate_accounts
from evaluation.simulate.answers import recipients, simulate_answers
from evaluation.simulate.dropout import simulate_silence
from evaluation.simulate.export import export_files
from evaluation.simulate.folder import Simulated
from evaluation.simulate.log import SOURCE, simulate_log
from evaluation.simulate.population import Population, simulate_people
from evaluation.simulate.streams import Streams, named_streams
from evaluation.simulate.ties import simulate_ties, tie_files
from evaluation.simulate.truth import known_truth
from evaluation.simulate.unit import Complete
from evaluation.vocabulary.errors import ProjectError
from evaluation.vocabulary.message import msg


def simulate(project: LoadedProject, rng: np.random.Generator) -> Simulated:
    """Make up the raw files of a programme and the truth behind them.

    Parameters
    ----------
    project
        A checked definition with a section `simulation`.
    rng
        The source of randomness. The same state gives the same bytes.

    Returns
    -------
    Simulated
        The content of every file that the sources name, and the known truth.

    Raises
    ------
    ProjectError
        If the definition does not allow simulated answers, or its assumptions cannot be met.

    Notes
    -----
    Who takes part is described in `population`, what they answer in `answers`, who is lost in
    `dropout`, the time log in `log` and the truth in `truth`.
    """
    definition = project.definition
    if definition.simulation is None:
        raise ProjectError(
            msg("The project does not allow simulated answers."),
            where=project.file.name,
            do=msg("Add a section `simulation:`, or put the real files in the folder of raw data."),
        )
    seed = _seed(rng)
    streams = named_streams(rng)
    population = simulate_people(definition, streams)
    received = recipients(project, population)
    answers = simulate_answers(project, population, received, streams)
    silence = simulate_silence(project, received, answers, streams, len(population.people))
    ties = simulate_ties(definition, streams)
    log = _without_compared(_log(project, population, streams), population)
    complete = Complete(project, population, received, answers, log, ties)
    accounts = simulate_accounts(definition, population, streams)
    files = export_files(complete, silence, streams) | tie_files(definition, ties, streams)
    files |= account_files(definition, accounts, len(population.organisations))
    truth: dict[str, Any] = {"project": project.key, "seed": seed, **known_truth(complete, silence)}
    if accounts is not None:
        truth["accounts"] = accounts_truth(definition, accounts)
    return Simulated(project.key, seed, files, truth)


def _seed(rng: np.random.Generator) -> int | None:
    entropy = getattr(getattr(rng.bit_generator, "seed_seq", None), "entropy", None)
    return int(entropy) if isinstance(entropy, int | np.integer) else None


def _without_compared(log: pd.DataFrame, population: Population) -> pd.DataFrame:
    """Return the log without those who take no part."""
    if not population.compared.any() or log.empty:
        return log
    people = population.people.index[population.compared]
    firms = population.organisations.index[population.compared_organisations()]
    return log[~(log["person"].isin(people) | log["organisation"].isin(firms))].reset_index(drop=True)


def _log(project: LoadedProject, population: Population, streams: Streams) -> pd.DataFrame:
    """Return the records of all logs; efforts are numbered through, but for logs of certain roles."""
    tables: list[pd.DataFrame] = []
    for key, source in project.definition.sources.items():
        if source.kind == "log":
            earlier = pd.concat(tables, ignore_index=True) if tables else None
            table = simulate_log(project.definition, key, population, streams, earlier)
            if earlier is not None and not source.roles:
                table = table.assign(effort=table["effort"] + int(earlier["effort"].max()) + 1)
            tables.append(table)
    empty = pd.DataFrame(columns=["effort", "person", "organisation", SOURCE])
    return pd.concat(tables, ignore_index=True) if tables else empty
