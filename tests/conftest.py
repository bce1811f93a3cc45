"""What tests of several folders share: repeatable examples, and one simulated study of Skills Halland."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from evaluation.data.ingest import ingest
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject, Paths
from evaluation.simulate import simulate, write_simulated
from evaluation.study import Study, study_of

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

HALLAND = Path(__file__).parents[1] / "projects" / "halland"
CODED = Path(__file__).parent / "linked"
COMPARED = Path(__file__).parent / "compared"
YEARLY = Path(__file__).parent / "yearly"


def elsewhere(project: LoadedProject, folder: Path) -> LoadedProject:
    """Return a project with its data in a folder of the test."""
    paths = Paths(raw=str(folder / "raw"), processed=str(folder / "processed"))
    definition = project.definition.model_copy(update={"paths": paths})
    return project.model_copy(update={"definition": definition})


def rehearsed(file: Path, folder: Path) -> Study:
    """Return a programme with simulated answers, read from the files that were written."""
    project = elsewhere(load_project(file), folder)
    rng = np.random.default_rng(project.definition.simulation.seed)
    write_simulated(simulate(project, rng), project.raw_folder)
    tables = ingest(project)
    return study_of(project, tables)


@pytest.fixture(scope="session")
def halland_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return Skills Halland with simulated answers."""
    return rehearsed(HALLAND, tmp_path_factory.mktemp("halland-study"))


@pytest.fixture(scope="session")
def coded_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a small programme whose waves are linked by simulated codes."""
    return rehearsed(CODED, tmp_path_factory.mktemp("coded-study"))


@pytest.fixture(scope="session")
def compared_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a small programme with a simulated comparison group."""
    return rehearsed(COMPARED, tmp_path_factory.mktemp("compared-study"))


@pytest.fixture(scope="session")
def yearly_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a small programme with simulated yearly accounts, in a long and a wide file."""
    return rehearsed(YEARLY, tmp_path_factory.mktemp("yearly-study"))
