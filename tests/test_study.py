"""A programme ready to be evaluated: definition, tables, thresholds and words."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation import open_study
from evaluation.project.load import load_project
from evaluation.simulate import simulate, write_simulated
from evaluation.study import BEFORE_ANSWERS, before_answers, without_answers
from evaluation.vocabulary.errors import MissingFileError, ProjectError
from tests.conftest import HALLAND


def test_indicators_are_found_by_chapter_and_kind(halland_study):
    assert set(halland_study.indicators(kind="target")) == {"strategic_goal", "up_to_date_goal"}
    both = halland_study.indicators(chapter="equality", kind="gap")
    assert set(both) == {"influence_content", "influence_form", "value_individual"}
    assert halland_study.indicators() == halland_study.project.indicators
    assert halland_study.indicators(chapter="unheard_of") == {}


def test_an_unknown_indicator_is_refused_with_the_nearest(halland_study):
    assert halland_study.indicator("novelty").id == "H04"
    with pytest.raises(ProjectError, match="Did you mean novelty"):
        halland_study.indicator("noveltie")


def test_sensitive_groups_have_the_stricter_threshold(halland_study):
    policy = halland_study.policy
    assert [policy.threshold(group) for group in ("sex", "background", None)] == [5, 10, 5]


def test_the_stricter_threshold_is_never_the_milder(halland_study):
    privacy = halland_study.project.privacy.model_copy(update={"min_cell": 20})
    definition = halland_study.project.model_copy(update={"privacy": privacy})
    loaded = halland_study.loaded.model_copy(update={"definition": definition})
    assert replace(halland_study, loaded=loaded).policy.threshold("background") == 20


def test_every_word_is_there_in_every_language(halland_study):
    words, languages = halland_study.words, halland_study.project.languages
    for lang in languages:
        assert all(texts.get(lang) for key, texts in words.items() if not key.startswith("project.about")), (
            lang
        )
    assert words["level.sex.women"] == {"sv": "kvinnor", "en": "women"}
    assert words["id.strategic_goal"]["sv"] == "H19"
    assert words["option.goal_strategic.4"]["en"] == "Agree to a great extent"
    assert words["source.time_log"]["en"] == "Time log"


def test_a_question_without_a_wording_has_its_header(halland_study):
    codebook = halland_study.loaded.codebook
    entries = tuple(replace(entry, text={}, label={}) for entry in codebook)
    loaded = halland_study.loaded.model_copy(update={"codebook": replace(codebook, entries=entries)})
    bare = replace(halland_study, loaded=loaded)
    header = bare.entry("novelty").column
    assert bare.words["question.novelty"] == bare.words["item.novelty"] == {"sv": header, "en": header}


def test_it_knows_that_its_answers_are_made_up(halland_study):
    assert halland_study.simulated
    assert halland_study.response("novelty").limits == (1, 5)


def test_it_cannot_be_changed(halland_study):
    with pytest.raises(AttributeError):
        halland_study.lang = "sv"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    folder = tmp_path / "projects" / "halland"
    shutil.copytree(HALLAND, folder)
    return folder


def test_opening_processes_exports_that_have_changed(programme, monkeypatch):
    project = load_project(programme)
    write_simulated(simulate(project, np.random.default_rng(1)), project.raw_folder)
    monkeypatch.delenv("EVALUATION_LANG", raising=False)
    first = open_study(programme)
    assert first.lang == "sv"
    assert (project.processed_folder / "answers.parquet").is_file()
    before = (project.processed_folder / "answers.parquet").stat().st_mtime_ns
    again = open_study(programme / "project.yaml", lang="en")
    assert again.lang == "en"
    assert (project.processed_folder / "answers.parquet").stat().st_mtime_ns == before
    pd.testing.assert_frame_equal(again.answers, first.answers)
    path = project.raw_folder / project.definition.sources["time_log"].file
    path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]), encoding="utf-8")
    monkeypatch.setenv("EVALUATION_LANG", "en")
    changed = open_study(programme)
    assert len(changed.log) == len(first.log) - 1
    assert changed.lang == "en"


def test_opening_without_exports_says_which_file_is_missing(programme):
    with pytest.raises(MissingFileError, match="deltagare"):
        open_study(programme)


def test_a_kernel_opens_a_study_without_answers_while_a_plan_is_made(tmp_path, monkeypatch):
    """A kernel has nothing but the environment: what is handed down in this process is taken away."""
    folder = shutil.copytree(HALLAND, tmp_path / "halland")
    with before_answers(without_answers(load_project(folder))) as study:
        monkeypatch.setattr("evaluation.study._HANDED_DOWN", {})
        found = open_study(str(study.loaded.file))
        assert found.people.empty and found.answers.empty
    assert BEFORE_ANSWERS not in os.environ
    with pytest.raises(MissingFileError):
        open_study(str(study.loaded.file))
