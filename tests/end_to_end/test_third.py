"""A programme of another kind, set up as the guide says, goes from definition to results."""

from pathlib import Path

import pytest

from evaluation.chapters import overview
from evaluation.rules import evaluate
from tests.conftest import rehearsed

THIRD = Path(__file__).parents[1] / "third"


@pytest.mark.slow
def test_the_guides_programme_gives_a_verdict_on_every_statement(tmp_path):
    study = rehearsed(THIRD, tmp_path)
    assert len(study.links) > 0
    for key in study.indicators():
        assert evaluate(key, study).table["verdict"].notna().any(), key
    assert {row[0][:2] for row in overview.statements(study).table("sv").rows} == {"G1", "G2", "G3", "G4"}
