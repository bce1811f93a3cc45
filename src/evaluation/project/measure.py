"""What an indicator looks at: one question, several questions, a scale, a register column or records."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from evaluation.project.words import Key, Model, Words

READINGS = ("each", "any", "all", "trained")
"""The ways to read one statement about several questions."""


class ItemMeasure(Model):
    """One question; the positive values say which answers count as yes."""

    item: Key
    positive: tuple[float, ...] = ()


class ItemsMeasure(Model):
    """Several questions read together; the main reading is fixed before data are seen.

    `areas` names the level of the group `area` that each question belongs to; it is needed by
    the reading `trained` (yes in every area the person spent time on).
    """

    items: tuple[Key, ...] = Field(min_length=2)
    positive: tuple[float, ...] = Field(min_length=1)
    main: Literal["any", "all", "trained"]
    areas: tuple[Key, ...] = ()


class ScaleMeasure(Model):
    """A scale score; `at_least` says from which score a unit counts as yes."""

    scale: Key
    at_least: float | None = None


class ShortfallMeasure(Model):
    """How much more is needed than there is: the mean shortfall over areas.

    `needed` and `current` name questions on the same response scale, one pair for each area; an area
    with enough counts as 0. `at_least` says from which shortfall a unit counts as yes.
    """

    needed: tuple[Key, ...] = Field(min_length=1)
    current: tuple[Key, ...] = Field(min_length=1)
    at_least: float | None = None


class ColumnMeasure(Model):
    """A column of the participant or organisation register.

    For a rule that counts units, `one_of` (texts, or level keys of a classification), `at_least` and
    `at_most` say which values count as yes; without them every filled cell does.
    """

    column: Key
    one_of: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


class RecordsMeasure(Model):
    """Whether a unit has records, and whether they hold every one of the listed levels.

    Without `has`, one record with any value in the column is enough; without `column`, any record. With
    `and_one_of`, one of these levels must be there too.
    """

    records: Literal["log", "people"]
    column: Key | None = None
    has: tuple[Key, ...] = ()
    and_one_of: tuple[Key, ...] = ()


class HoursMeasure(Model):
    """The share of logged hours that has one of the listed levels of a classification of the log."""

    hours: tuple[Key, ...] = Field(min_length=1)
    column: Key


class NetworkMeasure(Model):
    """How actors work together: a quantity of the network of ties.

    There is a tie where the contact is at least as frequent as `at_least`. With `across`, only ties between
    actors of different kinds count.
    """

    network: Literal["density", "reciprocity", "frequency", "trust", "value"]
    at_least: float = 2.0
    across: bool = False


class MatrixMeasure(Model):
    """Whether the cells of a matrix on equality are filled.

    `permeation` is five places in the programme's documents by three principles, as the part `equality`
    says; `follow_up` is the principles by the waves with answers: a cell is filled if two levels of a
    classification that the principle is followed by have enough answers to be shown.
    """

    matrix: Literal["permeation", "follow_up"]


class AbsentMeasure(Model):
    """Nothing: the data that the statement would need are not collected, and this is why."""

    not_collected: Words


KINDS: dict[str, type[Model]] = {
    "item": ItemMeasure,
    "items": ItemsMeasure,
    "scale": ScaleMeasure,
    "needed": ShortfallMeasure,
    "records": RecordsMeasure,
    "hours": HoursMeasure,
    "column": ColumnMeasure,
    "network": NetworkMeasure,
    "matrix": MatrixMeasure,
    "not_collected": AbsentMeasure,
}


def _kind(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    return next((kind for kind in KINDS if kind in keys), None)


Measure = Annotated[
    Annotated[ItemMeasure, Tag("item")]
    | Annotated[ItemsMeasure, Tag("items")]
    | Annotated[ScaleMeasure, Tag("scale")]
    | Annotated[ShortfallMeasure, Tag("needed")]
    | Annotated[RecordsMeasure, Tag("records")]
    | Annotated[HoursMeasure, Tag("hours")]
    | Annotated[ColumnMeasure, Tag("column")]
    | Annotated[NetworkMeasure, Tag("network")]
    | Annotated[MatrixMeasure, Tag("matrix")]
    | Annotated[AbsentMeasure, Tag("not_collected")],
    Discriminator(_kind, custom_error_type="measure", custom_error_message="no measure"),
]
