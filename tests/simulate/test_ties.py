"""Made-up networks have the density and the change that they are said to have."""

import numpy as np
import pytest

from evaluation.project.load import load_project
from evaluation.simulate.streams import named_streams
from evaluation.simulate.ties import network_truth, simulate_ties, tie_files
from tests.conftest import HALLAND

PROJECT = load_project(HALLAND).definition


@pytest.fixture(scope="module")
def ties():
    return simulate_ties(PROJECT, named_streams(np.random.default_rng(3)))


def test_the_share_of_ties_is_the_stated_one(ties):
    assumed = PROJECT.simulation.ties
    found = network_truth(ties, "density", 2.0, False)
    assert found["before"] == pytest.approx(assumed.density, abs=0.002)
    assert found["after"] == pytest.approx(assumed.density + assumed.change, abs=0.002)


def test_ties_last_and_only_ties_are_rated(ties):
    tied = {wave: table["frequency"] > 1 for wave, table in ties.items()}
    assert (tied["before"] & tied["after"]).sum() > 0.6 * tied["before"].sum()
    for wave, table in ties.items():
        assert (table["trust"].notna() == tied[wave]).all()


def test_the_same_seed_gives_the_same_files(ties):
    streams = named_streams(np.random.default_rng(3))
    again = simulate_ties(PROJECT, streams)
    assert tie_files(PROJECT, again, streams) == tie_files(PROJECT, ties, streams)
    assert len(tie_files(PROJECT, ties, streams)) == 2
