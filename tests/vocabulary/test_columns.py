"""The only columns a result may have."""

import pytest

from evaluation.vocabulary.columns import (
    CONTROL,
    GLOSSARY,
    JUDGEMENT,
    KEYS,
    MANDATORY,
    STATISTICS,
    check_columns,
)
from evaluation.vocabulary.errors import EstimationError


def test_the_whole_glossary_is_accepted_in_any_order():
    check_columns(reversed(GLOSSARY))
    check_columns(MANDATORY)


def test_every_column_has_one_place():
    parts = (KEYS, STATISTICS, JUDGEMENT, CONTROL)
    assert sum(map(len, parts)) == len(GLOSSARY)
    assert set(MANDATORY) <= set(GLOSSARY)


def test_another_column_is_refused_with_the_nearest():
    with pytest.raises(EstimationError, match=r"std_err\..*Did you mean std_error"):
        check_columns([*MANDATORY, "std_err"])


@pytest.mark.parametrize("name", MANDATORY)
def test_a_missing_column_is_named(name):
    with pytest.raises(EstimationError, match=rf"needs the columns {name}\."):
        check_columns(column for column in MANDATORY if column != name)
