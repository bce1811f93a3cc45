"""Where the data come from and how answers are written."""

from typing import Any, Literal

from pydantic import Field, model_validator

from evaluation.project.layout import Dates, Layout
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
        `answers` (a survey export), `people`, `organisations` (registers), `log` (a time log), `ties`
        (who works with whom) or `accounts` (amounts of organisations by year).
    file
        Name of the file in the folder of raw data: `.csv`, `.tsv`, `.txt`, `.xlsx`, `.sav`, `.zsav` or `.dta`.
    columns
        Our name of a column and its header in the file: `person`, `organisation`, a group of the
        project, or a name of your own. A list of headers is joined to one identifier.
    waves
        The waves that the file holds answers from (`answers`; exactly one for `ties`).
    roles
        The levels of the group `role` that a survey is meant for or a register holds; all if empty.
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
    layout
        Where the table lies in a sheet that people keep by hand.
    replace
        By our name of a column, texts that are read as other texts; an empty text stands for no answer.
    dates
        By our name of a column that holds dates, how they are written.
    years
        Where a file of accounts has one column per year: its first and last year. The headers then hold
        `{year}`, and `columns` becomes one entry per amount and year: `turnover: "Turnover {year}"`
        becomes `turnover_2019: "Turnover 2019"` and so on.
    linkable
        Whether the answers can be linked to the register of people. If not, those who answer are a population
        of their own, and the register only says how many there are.
    """

    kind: Literal["answers", "people", "organisations", "log", "ties", "accounts"]
    file: str
    columns: dict[Key, str | tuple[str, ...]] = {}
    waves: tuple[Key, ...] = ()
    roles: tuple[Key, ...] = ()
    label: Words = {}
    sheet: str | None = None
    delimiter: Literal[",", ";", "\t"] | None = None
    duplicates: Literal["error", "keep_first", "keep_last"] = "error"
    tool: Tool = "auto"
    unfinished: Literal["leave_out", "keep"] = "leave_out"
    dictionary: str | None = None
    layout: Layout | None = None
    replace: dict[Key, dict[str, str]] = {}
    dates: dict[Key, Dates] = {}
    years: tuple[int, int] | None = None
    linkable: bool = True

    @model_validator(mode="before")
    @classmethod
    def _one_column_per_year(cls, stated: Any) -> Any:
        return {**stated, "columns": columns_by_year(stated)} if _by_year(stated) else stated


YEAR = "{year}"
"""What stands for the year in the header of a file with one column per year."""


def _by_year(stated: Any) -> bool:
    """Tell whether the raw mapping of a source states columns by year in a form that can be used."""
    if not (isinstance(stated, dict) and isinstance(stated.get("columns"), dict)):
        return False
    years = stated.get("years")
    whole = isinstance(years, list | tuple) and len(years) == 2 and all(type(year) is int for year in years)
    return stated.get("kind") == "accounts" and whole


def columns_by_year(stated: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a source with an entry per year for every header that holds `{year}`.

    Parameters
    ----------
    stated
        The source as it stands in the definition, with `columns` and `years`.
    """
    first, last = stated["years"]
    columns: dict[str, Any] = {}
    for name, header in stated["columns"].items():
        if isinstance(header, str) and YEAR in header:
            columns |= {f"{name}_{year}": header.replace(YEAR, str(year)) for year in range(first, last + 1)}
        else:
            columns[name] = header
    return columns


class Option(Model):
    """One answer that can be chosen: its value and how it is written."""

    value: float
    label: Words
    also: tuple[str, ...] = ()


class Response(Model):
    """A response scale: either the options to choose from or the range of a number.

    `dont_know` and `not_applicable` list how such answers are written; they are never values. `unit` is
    what one is of: "hours a month"; steps of the scale if empty.
    """

    options: tuple[Option, ...] = ()
    range: tuple[float, float] | None = None
    whole: bool = False
    unit: Words = {}
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
    """One level of a classification: its label, and how it is written in the files or which numbers it spans."""

    label: Words
    values: tuple[str, ...] = ()
    between: tuple[float, float] | None = None


class Group(Model):
    """A classification of people, organisations or log entries, such as sex, role or phase.

    `special` marks special categories of personal data, which get the stricter threshold.
    `show_always` names the levels that are shown together in every breakdown.
    `reference` is the level that others are compared with; a rule of the kind gap needs it.
    A classification that no file holds can be made from a number: of a register's `column`, or of the
    answers to `item` at `wave` (for organisations their mean). Every level then has `between`, both
    ends included.
    """

    label: Words
    levels: dict[Key, Level] = Field(min_length=1)
    of: Literal["person", "organisation", "log", "actor"] = "person"
    reference: Key | None = None
    show_always: tuple[Key, ...] = ()
    special: bool = False
    column: Key | None = None
    item: Key | None = None
    wave: Key | None = None

    @property
    def derived(self) -> bool:
        """Tell whether the levels are made from numbers instead of being read."""
        return self.column is not None or self.item is not None

    def level_of_number(self, value: float) -> str | None:
        """Return the first level that spans a number; None if none does."""
        spans = ((key, level.between) for key, level in self.levels.items() if level.between)
        return next((key for key, (low, high) in spans if low <= value <= high), None)


class Scale(Model):
    """Several questions that make one score; it needs at least `min_items` answers.

    `score` is the mean of the answered questions, or for a checklist their sum (the mean times the
    number of questions, so that a skipped question counts as the others do on average).
    """

    label: Words
    items: tuple[Key, ...] = Field(min_length=2)
    min_items: int = Field(ge=1)
    score: Literal["mean", "sum"] = "mean"
    unit: Words = {}
