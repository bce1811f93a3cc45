import pytest

from evaluation.data.linkage.permission import Request, refuse_individual
from evaluation.vocabulary.errors import LinkageError

ASKED = [Request("gap_sex", "project.yaml indicators.gap_sex"), Request("change_skills")]


def test_everything_that_is_asked_for_is_refused_at_once():
    with pytest.raises(LinkageError) as raised:
        refuse_individual(ASKED, linkable=False)
    first, second = raised.value.problems
    assert str(first).startswith("project.yaml indicators.gap_sex: gap_sex needs")
    assert "not linkable" in str(second)
    assert first.do is not None


def test_nothing_to_refuse():
    refuse_individual(ASKED, linkable=True)
    refuse_individual([], linkable=False)
