"""Evaluate many small projects in one process, in two, on a cluster, and on one that loses a worker.

`python -m benchmarks.programme 40` evaluates forty made-up projects each way and prints a table. The tables of the
projects are there before the clock starts; nothing that was kept is used again. The cluster is a scheduler and two
workers of this machine; in the last row one of them is killed when a quarter of the projects is done. Every outcome
is compared with that of one process.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# One process forks as the workers do only if algebra has one thread, as the command line sees to.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.programme.many import NOTEBOOKS, timeless, write_projects

from evaluation.programme.executor import DASK, LOKY, SERIAL, Place
from evaluation.programme.registry import Registry, read_registry
from evaluation.programme.report import evaluate_projects
from evaluation.programme.work import make_ready
from evaluation.project.load import load_project

CHAPTERS = ("targets",)
HERE = ("--host", "127.0.0.1")
WORKERS = 2
HEADER = """| where | processes | seconds | seconds a project | efficiency | same outcomes |
|---|---:|---:|---:|---:|---|
"""
STAMP = """
Measured on {date}: {count} projects with the chapter {chapters}, load {before:.1f} before and {after:.1f} after on
{cores} cores.
"""

Runs = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Measured:
    """How long all projects took, and what was found."""

    seconds: float
    runs: Runs


def measured(registry: Registry, place: Place, done: Callable[[str], None] = lambda key: None) -> Measured:
    """Evaluate every project and take the time."""
    begun = time.perf_counter()
    runs = evaluate_projects(registry, place, notebooks=NOTEBOOKS, only=CHAPTERS, force=True, done=done)
    return Measured(time.perf_counter() - begun, {key: timeless(run) for key, run in runs.items()})


def started(*words: str) -> subprocess.Popen[bytes]:
    """Start a scheduler or a worker."""
    command = [sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:], "--no-dashboard"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def cluster() -> Iterator[tuple[Place, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and its workers, and end those that are left."""
    import distributed

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    processes = [started("dask_scheduler", *HERE, "--port", port)]
    processes += [
        started("dask_worker", address, *HERE, "--nthreads", "1", "--no-nanny") for _ in range(WORKERS)
    ]
    try:
        with distributed.Client(address, timeout=120, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=120)
        yield Place(DASK, 0, address), processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def on_a_cluster(registry: Registry, *, kill: bool) -> Measured:
    """Evaluate on a cluster; it is killed in the middle of its work, or not at all."""
    done: list[str] = []
    with cluster() as (place, workers):

        def told(key: str) -> None:
            done.append(key)
            if kill and len(done) == max(len(registry.entries) // 4, 1):
                os.kill(workers[0].pid, signal.SIGKILL)

        return measured(registry, place, told)


def rows(registry: Registry) -> Iterator[str]:
    """Measure each way and yield its row of the table."""
    alone = measured(registry, Place(SERIAL))
    count = len(registry.entries)
    ways: dict[str, Callable[[], Measured]] = {
        "this machine": lambda: measured(registry, Place(LOKY, WORKERS)),
        "cluster": lambda: on_a_cluster(registry, kill=False),
        "cluster, one worker killed": lambda: on_a_cluster(registry, kill=True),
    }
    yield f"| this machine | 1 | {alone.seconds:.1f} | {alone.seconds / count:.2f} | | |\n"
    for name, way in ways.items():
        one = way()
        part = alone.seconds / (one.seconds * WORKERS)
        same = "yes" if one.runs == alone.runs else "NO"
        yield f"| {name} | {WORKERS} | {one.seconds:.1f} | {one.seconds / count:.2f} | {part:.2f} | {same} |\n"


def main() -> None:
    """Make the projects, measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as place:
        registry = read_registry(write_projects(Path(place) / "projects", count))
        for entry in registry.entries:
            make_ready(load_project(entry.file))
        before = os.getloadavg()[0]
        print(HEADER, end="", flush=True)
        for row in rows(registry):
            print(row, end="", flush=True)
        about = {"date": time.strftime("%Y-%m-%d"), "count": count, "chapters": ", ".join(CHAPTERS)}
        print(STAMP.format(**about, before=before, after=os.getloadavg()[0], cores=os.cpu_count()))


if __name__ == "__main__":
    main()
