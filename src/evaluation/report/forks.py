"""Work in forks of this process, which have its imports and its study without reading them again."""

import os
import pickle
import select
import selectors
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import BinaryIO, TypeVar

from evaluation.vocabulary.errors import EvaluationError, Problem, file_error

Outcome = TypeVar("Outcome")


def can_fork() -> bool:
    """Tell whether this process can be forked safely: on Linux, without other threads, one thread for algebra.

    macOS has `fork`, but its system libraries may stop in a forked process.
    """
    return (
        sys.platform.startswith("linux")
        and threading.active_count() == 1
        and os.environ.get("OPENBLAS_NUM_THREADS") == "1"
    )


def start(work: Callable[[BinaryIO], None]) -> tuple[int, BinaryIO]:
    """Do something in a fork.

    Parameters
    ----------
    work
        Called in the fork with the file to write to; what it does otherwise is lost.

    Returns
    -------
    pid : int
        The fork, to be waited for.
    read : file
        What it writes.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write)
        return pid, os.fdopen(read, "rb")
    code = 1
    try:
        os.close(read)
        with os.fdopen(write, "wb") as file:
            work(file)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def in_forks(tasks: Iterable[Callable[[], Outcome]], at_once: int) -> Iterator[tuple[int, Outcome]]:
    """Do tasks in forks, several at a time, and yield the place and outcome of each when it is done.

    Parameters
    ----------
    tasks
        What to do; outcomes must be picklable. Each is asked for when there is room for it, while those before
        it are being done.
    at_once
        How many forks at most work at the same time.

    Raises
    ------
    EvaluationError
        As in the fork, if it is one that a user can mend; the other forks are waited for.
    RuntimeError
        If a fork dies of anything else.
    """
    waiting = enumerate(tasks)
    with selectors.DefaultSelector() as watched:
        try:
            while True:
                for place, task in islice(waiting, at_once - len(watched.get_map())):
                    pid, file = start(lambda file, task=task: pickle.dump(_caught(task), file))
                    watched.register(file, selectors.EVENT_READ, (place, pid))
                if not watched.get_map():
                    return
                for key, _ in watched.select():
                    place, pid = key.data
                    watched.unregister(key.fileobj)
                    outcome, error = _outcome(pid, key.fileobj)
                    if error:
                        raise error[0](error[1])
                    yield place, outcome
        finally:
            for key in list(watched.get_map().values()):
                with key.fileobj as file:
                    file.read()
                os.waitpid(key.data[1], 0)


@contextmanager
def meanwhile(tasks: Iterable[Callable[[], object]]) -> Iterator[None]:
    """Do tasks in a fork while something else is done here; what is not begun when that is done is left.

    Parameters
    ----------
    tasks
        What to do ahead, for what it keeps on the disk. What goes wrong there goes wrong again where it is
        needed, and is told there.
    """
    if not can_fork() or (os.cpu_count() or 1) < 2:
        yield
        return
    ended, end = os.pipe()

    def work(file: BinaryIO) -> None:
        os.close(end)
        with suppress(Exception):
            for task in tasks:
                if select.select([ended], [], [], 0)[0]:
                    return
                task()

    pid, file = start(work)
    os.close(ended)
    try:
        yield
    finally:
        os.close(end)
        file.close()
        os.waitpid(pid, 0)


def side_by_side(tasks: Sequence[Callable[[], Outcome]]) -> list[Outcome]:
    """Do tasks in forks where that can be done, else one after the other, and return their outcomes in order.

    An error that a user can mend is raised here as it was there.

    Raises
    ------
    ReportError
        If a file cannot be read or written: the disk is full, or something is missing or may not be touched.
    """
    if len(tasks) < 2 or not can_fork():
        return [_with_files(task) for task in tasks]
    ended = dict(in_forks(tasks, os.cpu_count() or 1))
    return [ended[place] for place in range(len(tasks))]


def _with_files(task: Callable[[], Outcome]) -> Outcome:
    """Do a task; what the system says of a file becomes an error that a user can mend."""
    try:
        return task()
    except OSError as error:
        raise file_error(error) from error


def _caught(task: Callable[[], Outcome]) -> tuple[Outcome | None, tuple[type, Sequence[Problem]] | None]:
    try:
        return _with_files(task), None
    except EvaluationError as error:
        return None, (type(error), error.problems)


def _outcome(pid: int, file: BinaryIO) -> Outcome:
    with file:
        written = file.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise RuntimeError(f"a forked process ended with status {status}")
    return pickle.loads(written)
