"""A process that has imported everything once and evaluates one project after the other.

A worker of a cluster has threads of its own, beside which notebooks cannot be run in forks; this process has
none. It ends soon after the worker does, and takes its temporary files with it.
"""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any, BinaryIO

from evaluation.programme.work import ProjectTask, Run, evaluate_project

LOCK = Lock()
TRIES = 2
"""How often a project is begun whose process dies."""
LOOK = 0.5
"""After how many seconds the process looks again whether its worker is there."""


def evaluate_warm(task: ProjectTask) -> Run:
    """Evaluate one project in the warm process of this worker.

    Parameters
    ----------
    task
        The project; see `evaluate_project`.
    """
    with LOCK:
        for _ in range(TRIES):
            process = _process(os.getpid())
            try:
                return _asked(process, task)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                _ended(process)
                _process.cache_clear()
    return {"key": task.key, "status": "failed", "problems": []}


def _asked(process: Any, task: ProjectTask) -> Run:
    pickle.dump(task, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)


def _ended(process: Any) -> None:
    """Close what is left of a process that died."""
    process.kill()
    process.wait()
    process.stdout.close()
    with suppress(BrokenPipeError):
        process.stdin.close()


@cache
def _process(owner: int) -> Any:
    """Start the warm process of a worker; `owner` is the worker's own process."""
    command = [sys.executable, "-m", "evaluation.programme.warm"]
    environment = {**os.environ, **import_module("evaluation.report.execute").SETTINGS}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def serve(tasks: BinaryIO, outcomes: BinaryIO) -> None:
    """Evaluate every project that is asked for, until nobody asks any more."""
    while True:
        try:
            task = pickle.load(tasks)
        except EOFError:
            return
        pickle.dump(evaluate_project(task), outcomes)
        outcomes.flush()


def end_with(parent: int) -> None:
    """End this process when the one that started it is gone, also in the middle of a project.

    Another worker has the project then; two at work in its folder would be in each other's way. A timer looks,
    since a thread could not be there while notebooks are run in forks. Where there are no such timers, the
    project is finished first.

    Parameters
    ----------
    parent
        The process that started this one.
    """
    if not hasattr(signal, "setitimer"):
        return

    def look(number: int, frame: Any) -> None:
        if os.getppid() != parent:
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, LOOK, LOOK)


def main() -> None:
    """Serve the process that started this one; what is printed goes to the error stream."""
    outcomes = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    end_with(os.getppid())
    serve(sys.stdin.buffer, outcomes)


if __name__ == "__main__":
    main()
