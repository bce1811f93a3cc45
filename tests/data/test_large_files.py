"""Large files of any content: an answer within bounded time and memory, measured in a process of its own."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from evaluation.project.model import LoadedProject

READ = """
import resource, sys
from pathlib import Path
from evaluation.data.ingest import ingest
from evaluation.vocabulary.errors import EvaluationError
from tests.unchecked import load_unchecked
project = load_unchecked(Path(sys.argv[1]))
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    rows = ingest(project).manifest.accounting[0]
    told = "tables" if rows.read == rows.kept + sum(rows.dropped.values()) else "rows lost"
except EvaluationError as error:
    told = type(error).__name__
print(told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start)
"""
MB = 1 << 20


def _junk(size: int) -> bytes:
    return np.random.default_rng(1).integers(0, 256, size, dtype=np.uint8).tobytes()


def _words(size: int) -> bytes:
    """Return a survey whose answers are all different texts."""
    line = "p{0},{0} is no answer since it is much too long to be one" + " or another" * 30 + ",2,5\n"
    rows, number = [b"id,A,B,C\n"], 0
    while size > 0:
        rows.append(line.format(number).encode())
        size -= len(rows[-1])
        number += 1
    return b"".join(rows)


def _one_line(size: int) -> bytes:
    return b"id,A,B,C\np1," + b"1," * (size // 2)


def _one_cell(size: int) -> bytes:
    return b'id,A,B,C\np1,1,2,"' + b"x" * size


def _late_nul(size: int) -> bytes:
    return b"id,A,B,C\n" + b"p1,1,2,3\n" * (size // 9) + b"\0"


KINDS = {make.__name__: make for make in (_junk, _words, _one_line, _one_cell, _late_nul)}


def _read(project: LoadedProject, raw: Path, content: bytes) -> tuple[str, float, float]:
    (raw / "one.csv").write_bytes(content)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", READ, str(project.file.parent)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told, kilobytes = done.stdout.rsplit(maxsplit=1)
    return told, time.perf_counter() - started, int(kilobytes) / 1024


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_twenty_megabytes(make_project, raw, kind):
    sources = {
        "one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}}
    }
    project = make_project({}, sources=sources, questions=[(x.lower(), "one", x) for x in "ABC"])
    told, seconds, megabytes = _read(project, raw, KINDS[kind](20 * MB))
    assert told in {"ExportError", "AnswerError"}
    assert seconds < 60
    assert megabytes < 1000


@pytest.mark.slow
def test_a_hundred_megabytes(make_project, raw):
    sources = {
        "one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}}
    }
    project = make_project({}, sources=sources, questions=[(x.lower(), "one", x) for x in "ABC"])
    told, seconds, megabytes = _read(project, raw, _junk(100 * MB))
    assert (told, megabytes < 1000, seconds < 60) == ("ExportError", True, True)
