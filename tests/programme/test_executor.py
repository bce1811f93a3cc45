"""The same tasks have the same outcomes wherever they are done."""

import os
import sys

import pytest

from evaluation.programme import executor
from evaluation.programme.executor import Crashed, Place, chosen_place, float_of, outcomes, replicates
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.fingerprint import program_fingerprint


def half(number):
    return number / 2


def dies_at_three(number):
    if number == 3:
        os._exit(1)
    return number / 2


TASKS = {f"task-{number}": number for number in range(6)}


def test_replicates_have_the_same_numbers_in_processes():
    here = replicates(float_of, 20, 5, Place("serial"))
    assert len(set(here)) == 20
    assert replicates(float_of, 20, 5, Place("loky", 2)) == here


def test_more_replicates_begin_with_the_same():
    assert replicates(float_of, 9, 5, Place("serial"))[:4] == replicates(float_of, 4, 5, Place("serial"))


def test_a_task_that_kills_its_process_leaves_the_others_alone():
    found = dict(outcomes(dies_at_three, TASKS, Place("loky", 2)))
    assert found.pop("task-3") == Crashed()
    assert found == {key: number / 2 for key, number in TASKS.items() if number != 3}


def test_outcomes_belong_to_their_keys():
    assert dict(outcomes(half, TASKS, Place("serial"))) == {key: n / 2 for key, n in TASKS.items()}


def test_an_unknown_place_is_refused():
    with pytest.raises(ReportError, match="no executor ray"):
        list(outcomes(half, TASKS, Place("ray")))


def test_workers_with_another_program_are_refused():
    executor.refuse_other_versions({"tcp://a": program_fingerprint()})
    with pytest.raises(ReportError, match="another version") as error:
        executor.refuse_other_versions({"tcp://a": program_fingerprint(), "tcp://b": "other"})
    assert error.value.problems[0].where == "tcp://b"
    with pytest.raises(ReportError, match="no workers"):
        executor.refuse_other_versions({})


def test_a_cluster_without_its_package_is_one_clear_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ReportError, match="not installed") as error:
        list(outcomes(half, TASKS, Place("dask", 0, "tcp://127.0.0.1:1")))
    assert "[cluster]" in str(error.value.problems[0].do)


def test_where_it_is_done_by_default():
    assert chosen_place(0, "", [1, 2]) == Place("loky", 0)
    assert chosen_place(1, "", [1, 2]) == Place("serial", 1)
    assert chosen_place(0, "", [1]) == Place("serial", 0)
    assert chosen_place(0, "tcp://x:1", [1]) == Place("dask", 0, "tcp://x:1")
