"""Work in forks gives the outcomes of the same work without them."""

import errno
import os
import sys
import time
from functools import partial

import pytest
from jinja2 import TemplateNotFound

from evaluation.report.forks import can_fork, in_forks, meanwhile, side_by_side
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import msg

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks are used on Linux"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def test_every_outcome_comes_with_its_place():
    tasks = [partial(pow, number, 2) for number in range(7)]
    assert dict(in_forks(tasks, 2)) == {number: number**2 for number in range(7)}


def test_long_outcomes_are_not_cut():
    ((_, text),) = in_forks([lambda: "x" * 1_000_000], 1)
    assert len(text) == 1_000_000


def test_no_more_forks_than_asked_for_and_none_is_left():
    pids = [pid for _, pid in in_forks([os.getpid] * 3, 1)]
    assert len(set(pids)) == 3
    for pid in pids:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_a_fork_that_dies_is_told(capfd):
    with pytest.raises(RuntimeError, match="ended with status"):
        list(in_forks([lambda: 1 / 0], 1))
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.parametrize("threads", ["1", "2"])
def test_errors_of_users_are_raised_here(monkeypatch, threads):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", threads)

    def refuse():
        raise ReportError(msg("The notebooks are not found."), where="there")

    with pytest.raises(ReportError) as caught:
        side_by_side([refuse, lambda: 1])
    assert caught.value.problems[0].where == "there"
    assert side_by_side([lambda: 1, lambda: 2]) == [1, 2]


@pytest.mark.parametrize("threads", ["1", "2"])
@pytest.mark.parametrize(
    ("error", "where"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "templates"), "templates"),
        (OSError(errno.ENOSPC, "No space left"), ""),
        (TemplateNotFound("page.html.j2"), ""),
    ],
)
def test_what_the_system_says_of_files_is_one_clear_error(monkeypatch, capfd, threads, error, where):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", threads)

    def refuse():
        raise error

    for tasks in ([refuse, lambda: 1], [refuse]):
        with pytest.raises(ReportError, match=r"cannot be read or written: (No s|page\.html)") as caught:
            side_by_side(tasks)
        assert [problem.where for problem in caught.value.problems] == [where]
    with pytest.raises(ReportError):
        list(in_forks([refuse], 1))
    assert capfd.readouterr().err == ""


def test_no_forks_where_algebra_has_threads(monkeypatch):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert not can_fork()


def written(folder, count, after=None):
    """Return tasks that each write a file, the last of which may fail."""

    def one(number):
        (folder / f"{number}").write_text("done", encoding="utf-8")
        if number == after:
            raise ValueError("this one fails")

    return [partial(one, number) for number in range(count)]


@pytest.fixture
def forks(monkeypatch):
    """Fork beside the threads of the tests, which do nothing meanwhile."""
    monkeypatch.setattr("evaluation.report.forks.can_fork", lambda: True)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def wait_for(path):
    ended = time.monotonic() + 20
    while not path.exists() and time.monotonic() < ended:
        time.sleep(0.01)
    return path.exists()


@pytest.mark.usefixtures("forks")
def test_tasks_are_done_meanwhile(tmp_path):
    with meanwhile(written(tmp_path, 3)):
        assert wait_for(tmp_path / "2")


@pytest.mark.usefixtures("forks")
def test_what_is_not_begun_when_it_is_over_is_left(tmp_path):
    slow = [lambda: time.sleep(0.05)] * 1000
    begun = time.monotonic()
    with meanwhile([*written(tmp_path, 1), *slow, partial((tmp_path / "last").write_text, "")]):
        assert wait_for(tmp_path / "0")
    assert time.monotonic() - begun < 30
    assert not (tmp_path / "last").exists()


@pytest.mark.usefixtures("forks")
def test_what_fails_meanwhile_is_left_to_those_who_need_it(tmp_path, capfd):
    with meanwhile([*written(tmp_path, 2, after=1), partial((tmp_path / "last").write_text, "")]):
        assert wait_for(tmp_path / "1")
    assert not (tmp_path / "last").exists()
    assert capfd.readouterr().err == ""


def test_nothing_is_done_ahead_where_processes_cannot_fork(tmp_path, monkeypatch):
    monkeypatch.setattr("evaluation.report.forks.can_fork", lambda: False)
    with meanwhile(written(tmp_path, 1)):
        pass
    assert not list(tmp_path.iterdir())
