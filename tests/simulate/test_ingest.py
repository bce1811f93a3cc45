"""What is simulated can be read by the data path, and says there what the truth says."""

from pathlib import Path

import numpy as np
import pytest

from evaluation.data.ingest import ingest
from evaluation.simulate import simulate, write_simulated
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, HALLAND, assuming, complete, write_project


def written(project, folder: Path, seed=3):
    """Simulate a project that was written to a folder of its own."""
    simulated = simulate(project, np.random.default_rng(seed))
    write_simulated(simulated, project.raw_folder)
    assert project.raw_folder == folder / "data" / "raw" / project.key
    return simulated, ingest(project)


@pytest.fixture
def copied(tmp_path):
    texts = [(HALLAND / name).read_text(encoding="utf-8") for name in ("project.yaml", "codebook.csv")]
    return write_project(tmp_path / "projects" / "halland", *texts)


def test_halland_is_read_without_complaint(copied, tmp_path):
    simulated, tables = written(copied, tmp_path)
    assert tables.manifest.simulated == "all"
    kept = {(part.source, part.wave): part for part in tables.manifest.accounting}
    for key, survey in simulated.truth["surveys"].items():
        part = kept[key, copied.definition.sources[key].waves[0]]
        assert survey["rows"] == part.read == part.kept + sum(part.dropped.values())
    assert set(tables.answers["missing"]) == {"none", "dont_know", "skipped", "not_reached"}


def test_complete_answers_give_the_true_means(copied, tmp_path):
    simulated, tables = written(assuming(copied, **complete()), tmp_path)
    means = tables.answers.groupby(["item", "wave"], observed=True)["value"].mean()
    for item, truth in simulated.truth["items"].items():
        assert {wave: means[item, wave] for wave in truth["mean"]} == pytest.approx(truth["mean"])
    scores = tables.scores.groupby(["scale", "wave"], observed=True)["score"].mean()
    for scale, truth in simulated.truth["scales"].items():
        assert {wave: scores[scale, wave] for wave in truth["mean"]} == pytest.approx(truth["mean"])


def test_a_project_of_another_kind_is_read_too(tmp_path):
    project = write_project(tmp_path / "projects" / "course", COURSE, COURSE_CODEBOOK)
    simulated, tables = written(assuming(project, **complete()), tmp_path)
    means = tables.answers.groupby(["item", "wave"], observed=True)["value"].mean()
    assert means["study", "end"] == pytest.approx(simulated.truth["items"]["study"]["mean"]["end"])
    scores = tables.scores.groupby("wave", observed=True)["score"].mean()
    assert scores["end"] == pytest.approx(simulated.truth["scales"]["sure"]["mean"]["end"])
    assert tables.log["person"].isin(tables.people["person"]).all()
