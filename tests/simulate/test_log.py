import numpy as np
import pytest

from evaluation.simulate.log import simulate_log
from evaluation.simulate.population import simulate_people
from evaluation.simulate.streams import named_streams
from tests.simulate.projects import assuming


@pytest.fixture(scope="module")
def records(halland):
    project = assuming(halland, people=1910, organisations=300).definition
    streams = named_streams(np.random.default_rng(4))
    return simulate_log(project, "time_log", simulate_people(project, streams), streams)


def test_there_are_more_efforts_than_organisations(records):
    assert 1.1 * 300 < records["effort"].nunique() <= round(1.3 * 300)
    assert records["effort"].max() == records["effort"].nunique() - 1


def test_everybody_takes_part_in_an_effort_of_their_organisation(records):
    assert records["person"].nunique() == 1910
    assert (records.groupby("effort")["organisation"].nunique() == 1).all()


def test_some_efforts_lack_a_phase(records):
    complete = records.groupby("effort")["phase"].nunique() == 3
    assert np.isclose((~complete).mean(), 0.12, atol=0.5 / len(complete))


def test_areas_belong_to_efforts_and_means_change(records):
    assert (records.groupby("effort")["area"].nunique() == 1).all()
    met = records.groupby("person")["means"].nunique()
    assert 0.5 < (met == 3).mean() < 0.95


def test_phases_follow_each_other(records):
    days = records.groupby(["effort", "phase"])["date"].mean().unstack()
    both = days.dropna()
    assert (both["before"] < both["during"]).all()
    assert (both["during"] < both["after"]).all()
    assert records["date"].between("2023-03-01", "2024-11-01").all()


def test_some_people_have_a_role_in_the_design(records):
    designing = records[records["design_role"].notna()]
    share = designing["person"].nunique() / 1910
    assert abs(share - 0.2) < 4 * np.sqrt(0.2 * 0.8 / 1910)  # four Monte Carlo standard errors
    assert designing["design_role"].value_counts().idxmax() == "participant"


def test_hours_are_halves(records):
    assert (records["hours"] > 0).all()
    assert (records["hours"] * 2 % 1 == 0).all()
