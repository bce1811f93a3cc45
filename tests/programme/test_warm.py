"""The process beside a worker: one that dies is told, and it does not outlive its worker."""

import subprocess
import sys
import time
from functools import cache

import pytest

from evaluation.programme import warm
from evaluation.programme.work import ProjectTask

CHILD = (
    "import os, time; from evaluation.programme.warm import end_with; end_with({parent}); time.sleep({sleep})"
)
SLEEP = 60
PARENT = f"""
import os, subprocess, sys, time
code = {CHILD!r}.format(parent=os.getpid(), sleep={SLEEP})
child = subprocess.Popen([sys.executable, "-c", code])
print("begun", flush=True)
time.sleep({SLEEP})
"""


def test_a_project_whose_process_dies_each_time_is_told(monkeypatch):
    began = []

    @cache
    def dying(owner):
        began.append(owner)
        return subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.buffer.read(1)"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    monkeypatch.setattr(warm, "_process", dying)
    task = ProjectTask("p1", "projects/p1/project.yaml", "notebooks")
    assert warm.evaluate_warm(task) == {"key": "p1", "status": "failed", "problems": []}
    assert len(began) == warm.TRIES


@pytest.mark.slow
def test_it_ends_with_the_process_that_started_it():
    # The child has the same end of the pipe: it can be read to its end only when both are gone.
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout.readline() == b"begun\n"
        parent.kill()
        begun = time.monotonic()
        assert parent.stdout.read() == b""
        assert time.monotonic() - begun < SLEEP / 2
