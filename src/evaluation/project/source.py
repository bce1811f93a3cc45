"""Where the data come from and how answers are written."""

from typing import Literal

from pydantic import Field

from evaluation.project.words import Key, Model, Words

Tool = Literal[
    "auto",
    "plain",
    "limesurvey",
    "qualtrics",
    "surveymonkey",
    "google_forms",
    "microsoft_forms",
    "redcap",
    "jisc",
    "spss",
    "stata",
]


class Source(Model):
    """One file as it was delivered.

    Attributes
    ----------
    kind
        `answers` (a survey export), `people`, `organisations` (registers) or `log` (a time log).
    file
        Name of the file in the folder of raw data: `.csv`, `.tsv`, `.txt`, `.xlsx`, `.sav`, `.zsav` or `.dta`.
    columns
        Our name of a column and its header in the file: `person`, `organisation`, a group of the
        project, or a name of your own. A list of headers is joined to one identifier.
    waves
        The waves that the file holds answers from (only `answers`).
    sheet
        The sheet of a workbook; the first one if absent.
    duplicates
        What to do when a person occurs twice: stop with an error, or keep the first or last row.
    tool
        The survey tool that wrote the file; found out from the file if `auto`.
    unfinished
        Whether answers that the survey tool marks as unfinished are left out or kept.
    dictionary
        The data dictionary that belongs to the file, in the same folder (REDCap).
    """

    kind: Literal["answers", "people", "organisations", "log"]
    file: str
    columns: dict[Key, str | tuple[str, ...]] = {}
    waves: tuple[Key, ...] = ()
    label: Words = {}
    sheet: str | None = None
    delimiter: Literal[",", ";", "\t"] | None = None
    duplicates: Literal["error", "keep_first", "keep_last"] = "error"
    tool: Tool = "auto"
    unfinished: Literal["leave_out", "keep"] = "leave_out"
    dictionary: str | None = None


class Option(Model):
    """One answer that can be chosen: its value and how it is written."""

    value: float
    label: Words
    also: tuple[str, ...] = ()


class Response(Model):
    """A response scale: either the options to choose from or the range of a number.

    `dont_know` and `not_applicable` list how such answers are written; they are never values.
    """

    options: tuple[Option, ...] = ()
    range: tuple[float, float] | None = None
    whole: bool = False
    dont_know: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    @property
    def limits(self) -> tuple[float, float]:
        """Return the lowest and the highest value an answer can have."""
        if self.range is not None:
            return self.range
        values = [option.value for option in self.options]
        return min(values), max(values)


class Level(Model):
    """One level of a classification: its label and how it is written in the files."""

    label: Words
    values: tuple[str, ...] = ()


class Group(Model):
    """A classification of people, organisations or log entries, such as sex, role or phase.

    `special` marks special categories of personal data, which get the stricter threshold.
    `show_always` names the levels that are shown together in every breakdown.
    `reference` is the level that others are compared with; a rule of the kind gap needs it.
    """

    label: Words
    levels: dict[Key, Level] = Field(min_length=1)
    of: Literal["person", "organisation", "log"] = "person"
    reference: Key | None = None
    show_always: tuple[Key, ...] = ()
    special: bool = False


class Scale(Model):
    """Several questions that are averaged; a score needs at least `min_items` answers."""

    label: Words
    items: tuple[Key, ...] = Field(min_length=2)
    min_items: int = Field(ge=1)
