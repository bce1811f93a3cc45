"""The page of each programme lists every statement and every indicator, as the definition has them."""

import csv
import re
from pathlib import Path

import pytest

from evaluation.project.load import load_project

PROJECTS = Path(__file__).resolve().parents[2] / "projects"
NAMES = ("halland", "almi")


def table(name: str) -> list[list[str]]:
    """Return the rows of the page's first table."""
    text = (PROJECTS / name / "README.md").read_text(encoding="utf-8")
    lines = text.partition("| statement |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_of_the_register_is_listed(name):
    with (PROJECTS / name / "register.csv").open(encoding="utf-8", newline="") as file:
        registered = {row["id"] for row in csv.DictReader(file)}
    assert {row[0] for row in table(name)} == registered


@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_is_listed_with_its_unit_and_rule(name):
    listed = {
        (row[0], row[2].strip("`"), row[3], re.match(r"`(\w+)`", row[4])[1]) for row in table(name) if row[3]
    }
    indicators = load_project(PROJECTS / name).definition.indicators
    assert listed == {(one.id, key, one.unit, one.rule.kind) for key, one in indicators.items()}
