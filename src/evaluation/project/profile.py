"""The common indicators of a fund: which there are, and which columns of the registers fill them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from evaluation.project.codebook import Codebook
from evaluation.project.raw import LEVELS, Raw, Where, levels, listed, mapping, unknown
from evaluation.project.words import Key, Model, Words
from evaluation.vocabulary.errors import Problem, one_of
from evaluation.vocabulary.message import msg, pmsg

FOLDER = Path(__file__).with_name("profiles")
INDICATORS = pmsg("among", "the common indicators of the profile")
EVERYBODY = "participants"
"""The indicator that counts all who take part, and needs no column."""


class CommonIndicator(Model):
    """One common indicator.

    Attributes
    ----------
    label
        What it counts, in the words of the regulation or near them.
    unit
        Whether people or organisations are counted.
    when
        When it holds: at the start, within four weeks after leaving, six months after leaving.
    age
        The lowest and the highest age in whole years, for indicators of age.
    check
        Whether its wording must be compared with the regulation before it is reported.
    narrow
        Whether the definition is narrower than its words: only people employed at the start who moved to
        a more secure, fuller or higher employment.
    """

    label: Words
    unit: Literal["person", "organisation"] = "person"
    when: Literal["start", "four_weeks", "six_months"]
    age: tuple[int, int | None] | None = None
    check: bool = False
    narrow: bool = False


class Profile(Model):
    """The common indicators of one period of a fund."""

    name: Words
    source: str
    by_sex: Words
    indicators: dict[Key, CommonIndicator]


@cache
def profiles() -> tuple[str, ...]:
    """Return the keys of all profiles."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def read_profile(key: str) -> Profile:
    """Read the profile with a key."""
    return Profile.model_validate(yaml.safe_load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8")))


def profile_problems(raw: Raw, codebook: Codebook | None, where: Where) -> Iterator[Problem]:
    """List what in `profile` and `profile_items` does not fit the fund's list or the registers."""
    key, items = raw.get("profile"), mapping(raw, "profile_items")
    if key is None:
        if items:
            what = msg("It is not said which fund the common indicators belong to.")
            yield Problem(what, where("profile_items"), msg("Add `profile: {known}`.", known=profiles()[-1]))
        return
    if key not in profiles():
        what = msg("There is no profile {profile}.", profile=str(key))
        yield Problem(what, where("profile"), one_of(str(key), profiles()))
        return
    known = read_profile(key).indicators
    for name in items:
        at = ("profile_items", name)
        yield from unknown(name, known, where(*at), INDICATORS)
        if name in known:
            yield from _column(raw, name, known[name], where)


def _column(raw: Raw, name: str, indicator: CommonIndicator, where: Where) -> Iterator[Problem]:
    measure, at = mapping(mapping(raw, "profile_items"), name), ("profile_items", name)
    column = measure.get("column")
    kind = "people" if indicator.unit == "person" else "organisations"
    sources = mapping(raw, "sources").values()
    columns = {
        header
        for source in sources
        if isinstance(source, dict) and source.get("kind") == kind
        for header in mapping(source, "columns")
    }
    groups = mapping(raw, "groups")
    of_unit = {group for group in groups if mapping(groups, group).get("of", "person") == indicator.unit}
    if column not in columns | of_unit:
        what = msg("No register of the right kind has the column {column}.", column=str(column))
        yield Problem(what, where(*at, "column"), one_of(str(column), columns | of_unit))
    elif column in of_unit:
        for level in listed(measure, "one_of"):
            yield from unknown(level, levels(raw, column), where(*at, "one_of"), LEVELS)
    yield from _ages(measure, indicator, where(*at))


def _ages(measure: Raw, indicator: CommonIndicator, place: str) -> Iterator[Problem]:
    """Refuse a band of ages that is not the fund's."""
    if indicator.age is None or "one_of" in measure:
        return
    if (measure.get("at_least", 0), measure.get("at_most")) != indicator.age:
        low, high = indicator.age
        stated = f"at_least: {low}" if high is None else f"at_least: {low}, at_most: {high}"
        what = msg("The limits are not the ages of the common indicator.")
        yield Problem(what, place, msg("Write `{stated}`.", stated=stated))
