"""Projects to simulate: Halland, and one of another kind."""

import numpy as np
import pytest

from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.simulate import Simulated, simulate
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, HALLAND, NETWORK, NETWORK_CODEBOOK, write_project


@pytest.fixture(scope="session")
def halland() -> LoadedProject:
    return load_project(HALLAND)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> LoadedProject:
    return write_project(tmp_path_factory.mktemp("projects") / "course", COURSE, COURSE_CODEBOOK)


@pytest.fixture(scope="session")
def simulated(halland: LoadedProject) -> Simulated:
    return simulate(halland, np.random.default_rng(2023))


@pytest.fixture(scope="session")
def simulated_course(course: LoadedProject) -> Simulated:
    return simulate(course, np.random.default_rng(5))


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> LoadedProject:
    return write_project(tmp_path_factory.mktemp("projects") / "network", NETWORK, NETWORK_CODEBOOK)
