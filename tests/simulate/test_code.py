"""Simulated codes: the same person writes the same, apart from errors at the stated rate."""

import numpy as np
import pytest

from evaluation.project.load import load_project
from evaluation.simulate.code import code_columns, company_columns, true_codes
from evaluation.simulate.streams import named_streams
from tests.conftest import CODED

PEOPLE = 20_000


@pytest.fixture
def definition():
    return load_project(CODED).definition


def changed(definition, *, columns=None, company=None, **assumed):
    simulation = definition.simulation.model_copy(update=assumed)
    stated = {"columns": columns or definition.linkage.columns, "company": company or {}}
    linkage = definition.linkage.model_copy(update=stated)
    return definition.model_copy(update={"simulation": simulation, "linkage": linkage})


def written(definition, source, seed=1):
    streams = named_streams(np.random.default_rng(seed))
    columns = code_columns(definition, source, np.arange(PEOPLE), PEOPLE, streams)
    return np.column_stack(list(columns.values()))


def test_without_errors_everybody_writes_the_same_twice(definition):
    definition = changed(definition, code_errors=0.0, code_missing=0.0)
    before, after = (written(definition, source) for source in definition.linkage.columns)
    assert (before == after).all()
    assert (before == true_codes(4, PEOPLE, named_streams(np.random.default_rng(1)))).all()


def test_errors_come_at_the_stated_rate(definition):
    definition = changed(definition, code_errors=0.1, code_missing=0.05)
    one = written(definition, "survey_before")
    truth = true_codes(4, PEOPLE, named_streams(np.random.default_rng(1)))
    nothing = (one == "").all(axis=1)
    assert nothing.mean() == pytest.approx(0.05, abs=0.01)
    wrong = (one != truth)[~nothing].mean(axis=0)
    assert (wrong <= 0.11).all()
    assert wrong[3] == pytest.approx(0.1 * 0.99, abs=0.01)
    assert not ((one == "") & ~nothing[:, None]).any()


def test_a_code_in_one_piece_has_all_elements(definition):
    columns = dict.fromkeys(definition.linkage.columns, "Kod")
    whole = written(changed(definition, columns=columns, code_missing=0.0), "survey_before")
    assert whole.shape == (PEOPLE, 1)
    assert min(map(len, whole[:, 0])) >= 6


def test_a_company_is_written_where_it_is_named(definition):
    assert company_columns(definition, "survey_before", np.arange(3), 3) == {}
    named = changed(definition, company={"survey_before": "Bolag"})
    assert list(company_columns(named, "survey_before", np.arange(3), 3)) == ["Bolag"]


def test_hashed_programmes_write_the_identifier(definition):
    linkage = definition.linkage.model_copy(update={"by": "hash", "columns": {"survey_before": "E-post"}})
    hashed = definition.model_copy(update={"linkage": linkage})
    streams = named_streams(np.random.default_rng(1))
    columns = code_columns(hashed, "survey_before", np.arange(5), 5, streams)
    assert list(columns) == ["E-post"]
    assert len(set(columns["E-post"])) == 5
