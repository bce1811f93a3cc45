"""A plan is printed from the definition alone, in both languages."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.cli import app
from evaluation.vocabulary.errors import ReportError

HALLAND = Path(__file__).parents[2] / "projects" / "halland"


def said(*words: object, lang: str = "en") -> str:
    done = CliRunner().invoke(app, ["--lang", lang, "plan", str(HALLAND), *map(str, words)])
    if done.exception is not None:
        raise done.exception
    return done.output


def test_every_change_and_target_of_the_programme_is_planned():
    text = said()
    assert "Planned for 30 organisations and 191 people, of whom 90% are expected" in text
    assert "is found with a chance of 80%" in text
    assert "(target 70%)" in text
    assert "effect" not in text.lower()


def test_more_alike_colleagues_need_a_larger_change():
    def changes(icc):
        return [
            float(line.split("a true change of ")[1].split(" steps")[0])
            for line in said("--icc", icc).splitlines()
            if "organisations who answer both times, a true change of" in line
        ]

    low, high = changes(0.0), changes(0.3)
    assert all(more >= less for less, more in zip(low, high, strict=True))
    assert sum(high) > sum(low)


def test_it_is_said_in_swedish_too():
    assert "Planerat för 3 organisationer och 16 personer" in said("--sizes", "3,5,8", lang="sv")


def test_sizes_that_are_none_are_refused():
    with pytest.raises(ReportError, match="whole numbers"):
        said("--sizes", "3,x")
