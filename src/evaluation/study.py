"""A programme ready to be evaluated: its definition together with its data."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evaluation.data.comparison import separated
from evaluation.data.manifest import Manifest, identity, is_current
from evaluation.data.places import Rows, coded, question_places, rows_of
from evaluation.data.store import Tables, read_processed
from evaluation.data.tables import empty_table, no_accounts, no_links, no_ties
from evaluation.disclosure import Policy, read_exceptions
from evaluation.project.codebook import Entry
from evaluation.project.labels import project_words
from evaluation.project.load import load_project
from evaluation.project.model import Indicator, LoadedProject, Project
from evaluation.project.source import Response
from evaluation.vocabulary.environment import environment
from evaluation.vocabulary.errors import ProjectError, one_of
from evaluation.vocabulary.fingerprint import file_fingerprint, fingerprint
from evaluation.vocabulary.message import msg

Shared = TypeVar("Shared")
BEFORE_ANSWERS = "EVALUATION_BEFORE_ANSWERS"
"""The environment variable with the definition that is evaluated before anybody has answered; kernels inherit it."""
EMPLOYERS = ("organisation", "workshop")
"""Classifications whose levels are single organisations or workshops, which know their people."""


@dataclass(frozen=True)
class Study:
    """A programme's definition and its tables.

    Attributes
    ----------
    loaded
        The checked definition and codebook.
    people, organisations, answers, scores, log, links, ties, accounts
        The processed tables (see docs/data.md).
    manifest
        What the tables were made from.
    lang
        The language in which a notebook shows results while it runs.
    comparison
        The comparison group as a study of its own; None without one.
    """

    loaded: LoadedProject
    people: pd.DataFrame
    organisations: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    log: pd.DataFrame
    manifest: Manifest
    lang: str = "en"
    links: pd.DataFrame = field(default_factory=no_links)
    ties: pd.DataFrame = field(default_factory=no_ties)
    accounts: pd.DataFrame = field(default_factory=no_accounts)
    comparison: "Study | None" = None

    @property
    def project(self) -> Project:
        """Return the programme's definition."""
        return self.loaded.definition

    def shown_in(self, lang: str) -> "Study":
        """Return the same study, whose results are shown in a language."""
        return replace(self, lang=lang)

    @property
    def simulated(self) -> bool:
        """Tell whether any of the data are made up."""
        return self.manifest.simulated != "none"

    @property
    def survey_waves(self) -> list[str]:
        """Return the waves at which people were asked about that time: those of a survey, without then-tests."""
        asked = {wave for source in self.project.sources.values() for wave in source.waves}
        return [key for key, wave in self.project.waves.items() if key in asked and wave.kind != "then_test"]

    @property
    def registered(self) -> pd.DataFrame:
        """Return the people of the register; without a register, everybody."""
        registered = self.people["registered"].to_numpy(dtype=bool)
        return self.people[registered] if registered.any() and not registered.all() else self.people

    @property
    def apart(self) -> pd.DataFrame:
        """Return those who answered a survey that is not linkable to the register."""
        registered = self.people["registered"].to_numpy(dtype=bool)
        return self.people[~registered] if registered.any() else self.people.iloc[:0]

    @property
    def participants(self) -> pd.DataFrame:
        """Return the people who take part: those with one of `participant_roles`, or everybody."""
        roles, people = self.project.participant_roles, self.registered
        return people[people["role"].isin(roles)] if roles else people

    @property
    def followed(self) -> pd.DataFrame:
        """Return the people whose answers can be told apart by wave: the participants, or those who are apart."""
        waves = [source for source in self.project.sources.values() if source.kind == "answers"]
        return self.participants if any(source.linkable for source in waves) else self.apart

    def indicators(self, *, chapter: str = "", kind: str = "") -> dict[str, Indicator]:
        """Return the indicators of a chapter, of a rule kind, or of both.

        Those about actors are in no list by rule kind: a network is no sample of independent answers.
        """
        return {
            key: indicator
            for key, indicator in self.project.indicators.items()
            if chapter in ("", indicator.chapter)
            and (not kind or (kind == indicator.rule.kind and indicator.unit != "actor"))
        }

    def indicator(self, key: str) -> Indicator:
        """Return one indicator by its key."""
        if key not in self.project.indicators:
            raise ProjectError(
                msg("The project has no indicator {key}.", key=key), do=one_of(key, self.project.indicators)
            )
        return self.project.indicators[key]

    def entry(self, item: str) -> Entry:
        """Return the codebook's first entry of a question."""
        return self.loaded.codebook.of_item(item)

    def response(self, item: str) -> Response:
        """Return the response scale of a question."""
        return self.project.responses[self.entry(item).response]

    @cached_property
    def places(self) -> dict[tuple[str, str], Rows]:
        """Return where in the answers each question of each wave stands."""
        return question_places(self.answers)

    def answers_to(self, items: Iterable[str], waves: Iterable[str] | None = None) -> pd.DataFrame:
        """Return the answers to some questions, at some waves or all of them, in the order of the table."""
        rows = rows_of(self.places, items, self.project.waves if waves is None else waves)
        together = len(rows) and rows[-1] - rows[0] == len(rows) - 1
        return self.answers.iloc[slice(rows[0], rows[-1] + 1) if together else rows]

    def scores_of(self, scale: str) -> pd.DataFrame:
        """Return the scores of one scale at all waves, in the order of the table."""
        return self.scores[self.scores["scale"] == scale]

    @property
    def given(self) -> pd.DataFrame:
        """Return who gave at least one answer with a value, at which wave: a row for each pair."""
        return self.answers.loc[self.answers["value"].notna(), ["person", "wave"]].drop_duplicates()

    def present(self, wave: str) -> pd.Index:
        """Return who answered at least one question at a wave."""
        person, missing = (coded(self.answers[name]) for name in ("person", "missing"))
        answered = missing.categories.get_indexer(["none"])[0]
        seen = np.zeros(len(person.categories), dtype=bool)
        for (when, _), rows in self.places.items():
            if when == wave:
                seen[person.codes[rows][missing.codes[rows] == answered]] = True
        return person.categories[seen]

    @property
    def policy(self) -> Policy:
        """Return the thresholds for what may be shown."""
        return policy_of(self.loaded)

    @cached_property
    def kept(self) -> dict[tuple[str, ...], Any]:
        """Return what several exhibits share, by key."""
        return {}

    def once(self, key: tuple[str, ...], compute: Callable[[], Shared]) -> Shared:
        """Return what several exhibits share; whoever asks first computes it."""
        if key not in self.kept:
            self.kept[key] = compute()
        return self.kept[key]

    @cached_property
    def definition_fingerprint(self) -> str:
        """Return the fingerprint of what the definition states."""
        return definition_fingerprint(self.loaded)

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Return every text of the project by dotted key."""
        return project_words(self.project) | _question_words(self) | _unit_words(self)


def definition_fingerprint(loaded: LoadedProject) -> str:
    """Return the fingerprint of a checked definition, its codebook and what is signed off for it.

    Comments and the order of lines in the files do not count.
    """
    exceptions = loaded.definition.privacy.exceptions
    signed = file_fingerprint(loaded.file.parent / exceptions) if exceptions else ""
    return fingerprint([loaded.model_dump(mode="json", exclude={"file"}), signed])


def policy_of(loaded: LoadedProject) -> Policy:
    """Return the thresholds that a programme's definition states, and what is signed off.

    Raises
    ------
    MissingFileError, ProjectError
        If the file of exceptions is not there or is incomplete.
    """
    privacy, groups = loaded.definition.privacy, loaded.definition.groups
    strict = max(privacy.min_cell, privacy.min_cell_special)
    special = {key: strict for key, group in groups.items() if group.special}
    employers = dict.fromkeys(EMPLOYERS, max(privacy.min_cell, privacy.min_cell_employer))
    signed_off = read_exceptions(loaded.file.parent / privacy.exceptions) if privacy.exceptions else ()
    together = {key: group.show_always for key, group in groups.items() if group.show_always}
    public = frozenset(key for key, one in loaded.definition.indicators.items() if one.public)
    return Policy(
        privacy.min_cell,
        employers | special,
        privacy.dominance,
        signed_off,
        together=together,
        public=public,
        rounds=privacy.complementary == "round",
    )


def open_study(project_file: str | Path, lang: str | None = None) -> Study:
    """Open a programme: read its definition, and its data, processing exports that have changed.

    Parameters
    ----------
    project_file
        The project's ``project.yaml`` or its folder.
    lang
        The language of results shown while one works; the first language of the project if None.

    Returns
    -------
    Study
        The definition and the processed tables; empty ones while a plan is made.

    Raises
    ------
    ProjectError, MissingFileError, ExportError, AnswerError, LinkageError
        If the definition or the exports cannot be used; the text says where and what to do.
    """
    if (found := _HANDED_DOWN.get(str(project_file))) is None:
        if os.environ.get(BEFORE_ANSWERS) != str(project_file):
            return read_study(load_project(project_file), lang)
        found = without_answers(load_project(project_file))
    return found.shown_in(lang or found.lang)


def read_study(loaded: LoadedProject, lang: str | None = None) -> Study:
    """Open the tables of a programme whose definition has been read.

    Parameters
    ----------
    loaded
        The definition.
    lang
        As in `open_study`.
    """
    READ_HERE.append(loaded.file)
    if not is_current(loaded):
        import_module("evaluation.data.ingest").ingest_and_store(loaded)
    tables = read_processed(loaded.processed_folder)
    return study_of(
        loaded, tables, lang or os.environ.get("EVALUATION_LANG") or loaded.definition.languages[0]
    )


def study_of(loaded: LoadedProject, tables: Tables, lang: str = "en") -> Study:
    """Return a programme with its tables, those of a comparison group apart.

    Parameters
    ----------
    loaded
        The checked definition.
    tables
        The processed tables.
    lang
        The language of results shown while one works.
    """
    own, others = separated(tables.frames(), loaded.definition)
    compared = Study(loaded, **others, manifest=tables.manifest, lang=lang) if others else None
    return Study(loaded, **own, manifest=tables.manifest, lang=lang, comparison=compared)


def without_answers(loaded: LoadedProject) -> Study:
    """Return a programme before anybody has answered: its definition, with empty tables.

    Parameters
    ----------
    loaded
        The checked definition and codebook.
    """
    empty = {name: empty_table(name) for name in ("people", "organisations", "answers", "scores", "log")}
    people = empty.pop("people").assign(role=pd.Series(dtype="str"))
    return Study(
        loaded, people, **empty, manifest=Manifest(*identity(loaded)), lang=loaded.definition.languages[0]
    )


READ_HERE: list[Path] = []
"""The definitions whose tables this process has read, in order."""
_HANDED_DOWN: dict[str, Study] = {}


@contextmanager
def handed_down(study: Study) -> Iterator[Study]:
    """Let `open_study` return a study that is open, here and in forks of this process, instead of reading it.

    Parameters
    ----------
    study
        An open study; nobody may change its tables.
    """
    before = dict(_HANDED_DOWN)
    _HANDED_DOWN[str(study.loaded.file)] = study
    try:
        yield study
    finally:
        _HANDED_DOWN.clear()
        _HANDED_DOWN.update(before)


@contextmanager
def before_answers(study: Study) -> Iterator[Study]:
    """Let `open_study` return a study without answers: here, in forks and in the kernels that are started.

    Parameters
    ----------
    study
        From `without_answers`.
    """
    with environment({BEFORE_ANSWERS: str(study.loaded.file)}), handed_down(study):
        yield study


def studies_handed_down() -> list[Study]:
    """Return the studies that `open_study` returns without reading them."""
    return [*_HANDED_DOWN.values()]


def _unit_words(study: Study) -> dict[str, dict[str, str]]:
    """Return what one is of in each indicator's numbers, where that is not a step of a response scale.

    Where one is a percentage point the language has the word for it, and only a mark says so.
    """
    words = {}
    for key, indicator in study.project.indicators.items():
        measure = indicator.measure
        stated = study.project.scales[measure.scale].unit if hasattr(measure, "scale") else {}
        if indicator.in_percent:
            stated, words[f"percent.{key}"] = {}, dict.fromkeys(study.project.languages, "%")
        elif hasattr(measure, "item"):
            stated = study.response(measure.item).unit
        if stated:
            words[f"steps.{key}"] = stated
    return words


def _question_words(study: Study) -> dict[str, dict[str, str]]:
    """Return the wording of every question; where a language has none, it is the header in the file."""
    words: dict[str, dict[str, str]] = {}
    for item in study.loaded.codebook.items:
        entry = study.entry(item)
        header = dict.fromkeys(study.project.languages, entry.column)
        words[f"item.{item}"] = header | entry.label
        words[f"question.{item}"] = header | entry.text
        for option in study.response(item).options:
            words[f"option.{item}.{option.value:g}"] = option.label
    return words
