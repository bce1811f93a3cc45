"""A programme ready to be evaluated: its definition together with its data."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from evaluation.data.ingest import ingest_and_store
from evaluation.data.manifest import Manifest, is_current
from evaluation.data.store import read_processed
from evaluation.disclosure import Policy
from evaluation.project.codebook import Entry
from evaluation.project.load import load_project
from evaluation.project.model import Indicator, LoadedProject, Project
from evaluation.project.source import Response
from evaluation.vocabulary.errors import ProjectError, one_of
from evaluation.vocabulary.message import msg


@dataclass(frozen=True)
class Study:
    """A programme's definition and its tables.

    Attributes
    ----------
    loaded
        The checked definition and codebook.
    people, organisations, answers, scores, log
        The processed tables (see docs/data.md).
    manifest
        What the tables were made from.
    lang
        The language in which a notebook shows results while it runs.
    """

    loaded: LoadedProject
    people: pd.DataFrame
    organisations: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    log: pd.DataFrame
    manifest: Manifest
    lang: str = "en"

    @property
    def project(self) -> Project:
        """Return the programme's definition."""
        return self.loaded.definition

    @property
    def simulated(self) -> bool:
        """Tell whether any of the data are made up."""
        return self.manifest.simulated != "none"

    def indicators(self, *, chapter: str = "", kind: str = "") -> dict[str, Indicator]:
        """Return the indicators of a chapter, of a rule kind, or of both."""
        return {
            key: indicator
            for key, indicator in self.project.indicators.items()
            if chapter in ("", indicator.chapter) and kind in ("", indicator.rule.kind)
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

    @property
    def policy(self) -> Policy:
        """Return the thresholds for what may be shown."""
        privacy = self.project.privacy
        strict = max(privacy.min_cell, privacy.min_cell_special)
        special = {key: strict for key, group in self.project.groups.items() if group.special}
        return Policy(privacy.min_cell, special)

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """Return every text of the project by dotted key."""
        return _words(self.project) | _question_words(self)


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
        The definition and the processed tables.

    Raises
    ------
    ProjectError, MissingFileError, ExportError, AnswerError, LinkageError
        If the definition or the exports cannot be used; the text says where and what to do.
    """
    loaded = load_project(project_file)
    if not is_current(loaded):
        ingest_and_store(loaded)
    tables = read_processed(loaded.processed_folder)
    chosen = lang or os.environ.get("EVALUATION_LANG") or loaded.definition.languages[0]
    return Study(
        loaded,
        tables.people,
        tables.organisations,
        tables.answers,
        tables.scores,
        tables.log,
        tables.manifest,
        chosen,
    )


def _words(project: Project) -> dict[str, dict[str, str]]:
    words = {"project.name": project.name, "project.about": project.about}
    words |= {f"wave.{key}": wave.label for key, wave in project.waves.items()}
    words |= {f"scale.{key}": scale.label for key, scale in project.scales.items()}
    words |= {f"source.{key}": source.label for key, source in project.sources.items() if source.label}
    for key, group in project.groups.items():
        words[f"group.{key}"] = group.label
        words |= {f"level.{key}.{level}": entry.label for level, entry in group.levels.items()}
    for key, indicator in project.indicators.items():
        words[f"label.{key}"] = indicator.label
        words[f"statement.{key}"] = indicator.statement
        words[f"respondents.{key}"] = indicator.respondents
        words[f"id.{key}"] = dict.fromkeys(project.languages, indicator.id)
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
