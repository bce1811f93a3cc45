"""A cluster on this machine: a worker that is killed changes nothing but the time that it takes."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from evaluation.programme.executor import Place
from evaluation.programme.registry import read_registry
from evaluation.programme.report import evaluate_projects

from .many import NOTEBOOKS, evaluated, timeless, write_projects

distributed = pytest.importorskip("distributed", reason="distributed is not installed (extra `cluster`)")
pytestmark = pytest.mark.slow
ONE = ("targets",)


def started(*words):
    command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster():
    """Start a scheduler and two workers, and end those that are left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    here = ("--host", "127.0.0.1")
    processes = [started("dask_scheduler", *here, "--port", port, "--no-dashboard")]
    processes += [
        started("dask_worker", address, *here, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        for _ in "ab"
    ]
    try:
        with distributed.Client(address, timeout=120, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_killed_worker_changes_nothing(cluster, tmp_path):
    address, processes = cluster
    folder = write_projects(tmp_path / "projects", 3)
    expected = evaluated(folder, Place("serial"), only=ONE, force=True)[1]
    done = []

    def kill_one(key):
        done.append(key)
        if len(done) == 1:
            os.kill(processes[1].pid, signal.SIGKILL)

    found = evaluate_projects(
        read_registry(folder),
        Place("dask", 0, address),
        notebooks=NOTEBOOKS,
        only=ONE,
        force=True,
        done=kill_one,
    )
    deadline = time.monotonic() + 10
    while processes[1].poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes[1].returncode == -signal.SIGKILL
    assert sorted(done) == sorted(expected)
    assert {key: timeless(run) for key, run in found.items()} == expected
    gone = time.monotonic() + 30
    while remains(folder) and time.monotonic() < gone:
        time.sleep(0.2)
    assert remains(folder) == []


def remains(folder):
    """List temporary folders; the process of the worker that was killed takes its own away."""
    return sorted(path.name for path in folder.glob("*/.processed.*-*"))
