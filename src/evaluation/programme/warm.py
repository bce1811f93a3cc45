"""A process that has imported everything once and evaluates one project after the other.

A worker of a cluster has threads of its own, beside which notebooks cannot be run in forks; this process has
none. It ends when the worker does, because nothing can be read any more.
"""

import os
import pickle
import subprocess
import sys
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any, BinaryIO

from evaluation.programme.work import ProjectTask, Run, evaluate_project

LOCK = Lock()


def evaluate_warm(task: ProjectTask) -> Run:
    """Evaluate one project in the warm process of this worker.

    Parameters
    ----------
    task
        The project; see `evaluate_project`.
    """
    with LOCK:
        process = _process(os.getpid())
        pickle.dump(task, process.stdin)
        process.stdin.flush()
        return pickle.load(process.stdout)


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


def main() -> None:
    """Serve the process that started this one; what is printed goes to the error stream."""
    outcomes = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, outcomes)


if __name__ == "__main__":
    main()
