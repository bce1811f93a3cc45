"""The definition of a programme as frozen models."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from evaluation.project.codebook import Codebook
from evaluation.project.equality import Equality
from evaluation.project.impact import Impact
from evaluation.project.linkage import Linkage
from evaluation.project.measure import ColumnMeasure, Measure
from evaluation.project.rule import ChangeRule, Rule
from evaluation.project.simulation import Simulation
from evaluation.project.source import Group, Response, Scale, Source
from evaluation.project.words import Key, Model, Words


class Wave(Model):
    """A measuring occasion. A then-test asks about "before" in retrospect."""

    label: Words
    kind: Literal["registration", "baseline", "during", "follow_up", "then_test"]
    when: date | None = None


class Privacy(Model):
    """Thresholds for what may be shown, in number of units, and what becomes of personal data.

    Attributes
    ----------
    min_cell, min_cell_special, min_cell_employer, min_cell_workshop
        The smallest number of people or organisations behind a number; in special classifications; in
        breakdowns by single organisations or workshops; in what is shown at a workshop.
    dominance
        The largest share of a sum that may come from one person or organisation.
    complementary
        What becomes of rows that would give away another's number: they are withheld (`withhold`), or told in
        rounded numbers where that protects as well (`round`).
    exceptions
        The file of rows that are signed off, relative to the project file.
    published
        The numbers of earlier reports that have been published: no later one tells with them what few answered.
    identity_numbers
        Whether a file with Swedish identity numbers is refused, or they are replaced by keyed hashes.
    key_file
        The secret key of the hashes, relative to the project file; outside every repository.
    keep_until
        The last day on which exports and tables may be kept.
    """

    min_cell: int = Field(default=5, ge=3)
    min_cell_special: int = Field(default=10, ge=3)
    min_cell_employer: int = Field(default=10, ge=3)
    min_cell_workshop: int = Field(default=10, ge=3)
    dominance: float = Field(default=0.70, gt=0.0, le=1.0)
    complementary: Literal["withhold", "round"] = "withhold"
    exceptions: str | None = None
    published: tuple[int, ...] = ()
    identity_numbers: Literal["refuse", "hash"] = "refuse"
    key_file: str | None = None
    keep_until: date | None = None


class Indicator(Model):
    """One statement of the programme and how it is measured and judged.

    Attributes
    ----------
    id
        The statement's number in the programme's register, printed in the report.
    statement
        The finding as the end of a sentence: "state that they work more strategically …".
    label
        The indicator's short name in tables and figures.
    unit
        Whom the result is about.
    respondents
        The plural noun for those who answer: "companies", "professionals".
    answered_by
        For organisations: the named contact's answer, or the mean of all answers.
    roles
        Only people with these levels of the group `role`; all who take part if empty.
    among
        Only units whose register row meets this condition, for example those who need an adjustment.
    primary
        Whether it was named, before the answers came, as one of the statements that matter most.
    public
        Whether the answer is what anybody may know of organisations, such as their size, so that no row of it
        is withheld.
    placebo
        Whether the programme does not aim at it: a clear change in it is a warning, and no success.
    """

    id: str
    chapter: Literal[
        "data_quality", "change", "targets", "equality", "organisation", "needs", "collaboration", "process"
    ]
    statement: Words
    label: Words
    unit: Literal["person", "organisation", "effort", "actor", "cell"]
    respondents: Words
    measure: Measure
    rule: Rule
    answered_by: Literal["named_contact", "mean"] = "mean"
    roles: tuple[Key, ...] = ()
    among: ColumnMeasure | None = None
    primary: bool = False
    public: bool = False
    placebo: bool = False

    @property
    def says_yes(self) -> bool:
        """Tell whether the measure says which answers count as yes."""
        positive = getattr(self.measure, "positive", ())
        return bool(positive) or getattr(self.measure, "at_least", None) is not None

    @property
    def in_percent(self) -> bool:
        """Tell whether the indicator is about a change in how many say yes."""
        return isinstance(self.rule, ChangeRule) and self.says_yes


class Paths(Model):
    """Folders, relative to the project file; the default is the repository's layout."""

    raw: str = ""
    processed: str = ""


class Project(Model):
    """A programme's definition: waves, sources, scales, groups, indicators and privacy."""

    name: Words
    about: Words = {}
    languages: tuple[str, ...] = Field(min_length=1)
    waves: dict[Key, Wave] = Field(min_length=1)
    sources: dict[Key, Source] = Field(min_length=1)
    codebook: str = "codebook.csv"
    responses: dict[str, Response] = {}
    scales: dict[Key, Scale] = {}
    groups: dict[Key, Group] = {}
    participant_roles: tuple[Key, ...] = ()
    indicators: dict[Key, Indicator] = Field(min_length=1)
    privacy: Privacy = Privacy()
    linkage: Linkage | None = None
    equality: Equality = Equality()
    impact: Impact = Impact()
    profile: str | None = None
    profile_items: dict[Key, ColumnMeasure] = {}
    background_linkable: bool = True
    planned: int | None = Field(default=None, ge=1)
    show_plan: bool = False
    simulation: Simulation | None = None
    paths: Paths = Paths()


class LoadedProject(Model):
    """A checked project together with the files it was read from."""

    definition: Project
    codebook: Codebook
    file: Path

    @property
    def key(self) -> str:
        """Return the project's short name: the folder of its file."""
        return self.file.parent.name

    @property
    def raw_folder(self) -> Path:
        """Return the folder with the exports as they were delivered."""
        return self._folder(self.definition.paths.raw, "raw")

    @property
    def processed_folder(self) -> Path:
        """Return the folder with the tables made from the exports."""
        return self._folder(self.definition.paths.processed, "processed")

    def _folder(self, stated: str, kind: str) -> Path:
        here = self.file.parent
        return (here / stated).resolve() if stated else here.parent.parent / "data" / kind / self.key
