"""The definition of a programme as frozen models."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from evaluation.project.codebook import Codebook
from evaluation.project.measure import Measure
from evaluation.project.rule import Rule
from evaluation.project.simulation import Simulation
from evaluation.project.source import Group, Response, Scale, Source
from evaluation.project.words import Key, Model, Words


class Wave(Model):
    """A measuring occasion. A then-test asks about "before" in retrospect."""

    label: Words
    kind: Literal["registration", "baseline", "during", "follow_up", "then_test"]
    when: date | None = None


class Privacy(Model):
    """Thresholds for what may be shown, in number of units."""

    min_cell: int = Field(default=5, ge=3)
    min_cell_special: int = Field(default=10, ge=3)


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
        Only people with these levels of the group `role`; all if empty.
    """

    id: str
    chapter: Literal["data_quality", "change", "targets", "equality"]
    statement: Words
    label: Words
    unit: Literal["person", "organisation", "effort"]
    respondents: Words
    measure: Measure
    rule: Rule
    answered_by: Literal["named_contact", "mean"] = "mean"
    roles: tuple[Key, ...] = ()


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
    indicators: dict[Key, Indicator] = Field(min_length=1)
    privacy: Privacy = Privacy()
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
