"""Where tasks are done: here, in processes of this machine, or on a cluster. The outcomes are the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np

from evaluation.vocabulary.errors import ReportError, one_of
from evaluation.vocabulary.fingerprint import program_fingerprint
from evaluation.vocabulary.message import msg

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")
SERIAL, LOKY, DASK = "serial", "loky", "dask"
PATIENCE = 20
"""Seconds to wait for a cluster."""


@dataclass(frozen=True, slots=True)
class Crashed:
    """What stands for the outcome of a task whose process died, each time that it was tried."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where tasks are done.

    Attributes
    ----------
    executor
        One of `EXECUTORS`.
    jobs
        How many processes of this machine at most; as many as it has processors if 0.
    scheduler
        The address of the cluster's scheduler.
    """

    executor: str = LOKY
    jobs: int = 0
    scheduler: str = ""


def outcomes(
    function: Callable[[Task], Outcome], tasks: Mapping[str, Task], place: Place
) -> Iterator[tuple[str, Outcome | Crashed]]:
    """Do tasks, and yield the key and outcome of each when it is done.

    Parameters
    ----------
    function
        A function of a module; tasks and outcomes must be picklable. It is called again if its process dies.
    tasks
        By a key that tells them apart by their content.
    place
        Where they are done.

    Raises
    ------
    ReportError
        If the executor is not there, or the cluster runs another version of the program.
    """
    if place.executor not in EXECUTORS:
        raise ReportError(
            msg("There is no executor {name}.", name=place.executor), do=one_of(place.executor, EXECUTORS)
        )
    yield from EXECUTORS[place.executor](function, tasks, place)


def replicates(
    function: Callable[[np.random.Generator], Outcome], count: int, seed: int, place: Place
) -> list[Outcome]:
    """Repeat a simulation, each time with random numbers of its own.

    Parameters
    ----------
    function
        Called with the generator of one replicate.
    count
        How many replicates.
    seed
        Of all of them.
    place
        Where they are done; the numbers do not depend on it.

    Returns
    -------
    list
        One outcome per replicate, in order.

    Examples
    --------
    >>> [round(one, 3) for one in replicates(float_of, 3, 1, Place("serial"))]
    [0.699, 0.476, 0.233]
    """
    children = np.random.SeedSequence(seed).spawn(count)
    tasks = {f"replicate-{seed}-{number}": child for number, child in enumerate(children)}
    found = dict(outcomes(partial(_replicate, function), tasks, place))
    return [found[key] for key in tasks]


def _replicate(function: Callable[[np.random.Generator], Outcome], child: np.random.SeedSequence) -> Outcome:
    return function(np.random.default_rng(child))


def float_of(rng: np.random.Generator) -> float:
    """Return one random number: the smallest replicate."""
    return float(rng.random())


def _serial(function: Callable[..., Any], tasks: Mapping[str, Any], place: Place) -> Iterator[Any]:
    for key, task in tasks.items():
        yield key, function(task)


def _keyed(function: Callable[..., Any], key: str, task: Any) -> tuple[str, Any]:
    return key, function(task)


def _in_processes(function: Callable[..., Any], tasks: Mapping[str, Any], place: Place) -> Iterator[Any]:
    """Do tasks in processes that stay: what they import, they import once.

    If a process dies, what was not finished is done again, one task at a time; one that kills its process
    then too is left.
    """
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = dict(tasks)
    try:
        for key, outcome in _parallel(function, dict(left), place.jobs or -1):
            del left[key]
            yield key, outcome
    except TerminatedWorkerError:
        for key, task in dict(left).items():
            try:
                yield from _parallel(function, {key: task}, 2)
            except TerminatedWorkerError:
                yield key, Crashed()


def _parallel(function: Callable[..., Any], tasks: Mapping[str, Any], jobs: int) -> Iterator[Any]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="loky", inner_max_num_threads=1):
        run = Parallel(n_jobs=jobs, return_as="generator_unordered", batch_size=1, pre_dispatch="2*n_jobs")
        yield from run(delayed(_keyed)(function, key, task) for key, task in tasks.items())


def _on_cluster(function: Callable[..., Any], tasks: Mapping[str, Any], place: Place) -> Iterator[Any]:
    """Do tasks on a cluster; what a lost worker had not finished, another one does."""
    distributed = _distributed()
    try:
        client = distributed.Client(place.scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise ReportError(
            msg("The scheduler does not answer."),
            where=place.scheduler,
            do=msg("Start it with `dask scheduler`, or leave `--scheduler` out."),
        ) from None
    with client:
        refuse_other_versions(client.run(program_fingerprint))
        futures = [client.submit(function, task, key=key, pure=True) for key, task in tasks.items()]
        for future in distributed.as_completed(futures, loop=client.loop):
            died = isinstance(future.exception(), distributed.scheduler.KilledWorker)
            yield future.key, Crashed() if died else future.result()
            future.release()


def refuse_other_versions(found: Mapping[str, str]) -> None:
    """Refuse a cluster that would compute with something else.

    Parameters
    ----------
    found
        The fingerprint of the program by the address of each worker.

    Raises
    ------
    ReportError
        If a worker has another version of this package, its dependencies or Python, or there is no worker.
    """
    if not found:
        raise ReportError(
            msg("The cluster has no workers."), do=msg("Start them with `dask worker ADDRESS --nthreads 1`.")
        )
    others = [address for address, program in found.items() if program != program_fingerprint()]
    if others:
        raise ReportError(
            msg("Workers run another version of the program or of its packages than this computer."),
            where=", ".join(sorted(others)),
            do=msg("Install the same lock file there, then start them again."),
        )


def _distributed() -> Any:
    try:
        import distributed
    except ModuleNotFoundError:
        raise ReportError(
            msg("The package for clusters is not installed."),
            do=msg("Install it: `pip install skills-evaluation[cluster]`."),
        ) from None
    return distributed


EXECUTORS: dict[str, Callable[..., Iterator[Any]]] = {
    SERIAL: _serial,
    LOKY: _in_processes,
    DASK: _on_cluster,
}
"""Where tasks can be done."""


def chosen_place(jobs: int, scheduler: str, tasks: Sequence[Any]) -> Place:
    """Return where tasks are done if nobody says more than this.

    Parameters
    ----------
    jobs
        How many processes at most; 0 for as many as there are processors.
    scheduler
        The address of a cluster; none if empty.
    tasks
        What is to be done: one task is done here.
    """
    if scheduler:
        return Place(DASK, 0, scheduler)
    return Place(SERIAL if jobs == 1 or len(tasks) < 2 else LOKY, jobs)
