"""What an indicator looks at: one question, several questions, a scale, a register column or records."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from evaluation.project.words import Key, Model

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


class ColumnMeasure(Model):
    """A column of the participant or organisation register."""

    column: Key


class RecordsMeasure(Model):
    """Whether a unit's records hold every one of the listed levels of a classification."""

    records: Literal["log", "people"]
    column: Key
    has: tuple[Key, ...] = Field(min_length=1)


KINDS: dict[str, type[Model]] = {
    "item": ItemMeasure,
    "items": ItemsMeasure,
    "scale": ScaleMeasure,
    "records": RecordsMeasure,
    "column": ColumnMeasure,
}


def _kind(value: Any) -> str | None:
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    return next((kind for kind in KINDS if kind in keys), None)


Measure = Annotated[
    Annotated[ItemMeasure, Tag("item")]
    | Annotated[ItemsMeasure, Tag("items")]
    | Annotated[ScaleMeasure, Tag("scale")]
    | Annotated[RecordsMeasure, Tag("records")]
    | Annotated[ColumnMeasure, Tag("column")],
    Discriminator(_kind, custom_error_type="measure", custom_error_message="no measure"),
]
