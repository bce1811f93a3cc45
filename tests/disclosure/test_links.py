"""Every quantity says what its counts are, to disclosure control and, apart from it, to the attacker."""

import pytest

from evaluation.audit.reading import READINGS
from evaluation.disclosure.links import IN_WAVES, LINKS, PARTICIPATION, WIDER
from evaluation.vocabulary.columns import COUNTS
from evaluation.vocabulary.estimands import ESTIMANDS

KINDS = {
    "asked",
    "answered",
    "yes",
    "no",
    "all_yes",
    "members",
    "others",
    "level",
    "reference",
    "pooled",
    "part",
}
MEANINGS = {"asked", "answered", "yes", "no", "whole yes", "belongs", "belongs elsewhere", "here", "there"}


@pytest.mark.parametrize("estimand", ESTIMANDS)
def test_every_quantity_is_declared_in_both(estimand):
    assert estimand in LINKS
    assert estimand in READINGS


def test_nothing_else_is_declared():
    assert set(LINKS) == set(READINGS) == set(ESTIMANDS)


@pytest.mark.parametrize("estimand", [key for key, link in LINKS.items() if link])
def test_counts_are_known_columns_of_known_kinds(estimand):
    link, reading = LINKS[estimand], READINGS[estimand]
    assert set(link.counts) <= {*COUNTS, "estimate"}
    assert set(link.counts.values()) <= KINDS
    assert reading is not None
    assert set(reading.counts.values()) <= {*MEANINGS, "either", "option"}


def test_quantities_without_people_are_the_same_in_both():
    assert {key for key, link in LINKS.items() if not link} == {
        key for key, one in READINGS.items() if not one
    }


def test_special_populations_exist():
    populations = {link.population for link in LINKS.values() if link} | {"stages"}
    assert {*PARTICIPATION, *IN_WAVES, *WIDER} <= populations
