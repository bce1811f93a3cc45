"""Chapters are run only if they are not valid any more, and what is told is what is run."""

import json
from contextlib import contextmanager
from dataclasses import replace

import pytest

from evaluation.project.load import load_project
from evaluation.report import execute
from evaluation.report.engines import NBCLIENT
from evaluation.report.executed import KeptChapters, read
from evaluation.report.run import run_chapters
from evaluation.study import handed_down
from tests.conftest import HALLAND, elsewhere

CELL = {"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": "project_file = ''"}
NODE = {"cells": [CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def run(halland_study, tmp_path, monkeypatch):
    """Return a function that runs two notebooks by doing nothing, one of them kept, and tells what is told."""
    loaded = elsewhere(load_project(HALLAND), tmp_path)
    study = replace(halland_study, loaded=loaded)
    monkeypatch.setitem(
        execute.RUNNERS, NBCLIENT, lambda tasks, at_once: ((task, execute.Outcome(1.0)) for task in tasks)
    )
    for name in ("00_kept", "01_changed"):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(NODE), encoding="utf-8")
    with handed_down(study):
        kept, source = KeptChapters(loaded), read(tmp_path / "00_kept.ipynb")
        kept.keep("00_kept", source, kept.key(source, {"project_file": str(loaded.file)}))

    def run(force=False):
        told = []

        @contextmanager
        def watch(names):
            told.append(list(names))
            yield told.append

        with handed_down(study):
            names, out = ["00_kept", "01_changed"], tmp_path / "out"
            ran = run_chapters(
                loaded, names, out, notebooks=tmp_path, failed=out, force=force, engine=NBCLIENT, watch=watch
            )
        assert [path.stem for path in ran.paths] == names
        return told

    return run


def test_only_what_is_run_is_told(run):
    assert run() == [["01_changed"], "01_changed"]
    assert run(force=True) == [["00_kept", "01_changed"], "00_kept", "01_changed"]
