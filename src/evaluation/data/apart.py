"""Surveys whose answers cannot be linked to the register: their respondents are a population of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from evaluation.data.export import Export
from evaluation.data.linkage.permission import Request, refuse_individual
from evaluation.data.respondents import identifier
from evaluation.project.codebook import Entry
from evaluation.project.measure import ItemMeasure, ItemsMeasure, ScaleMeasure, ShortfallMeasure
from evaluation.project.model import Indicator, LoadedProject
from evaluation.project.rule import ChangeRule, GapRule
from evaluation.vocabulary.errors import AnswerError
from evaluation.vocabulary.message import msg

RESPONDENT = "(respondent)"
"""The header of the column that is added."""
OWN = "own:"
"""What stands before an identifier of people's own, so that it is never taken for one of the register."""


def set_apart(
    exports: Mapping[str, Export], project: LoadedProject
) -> tuple[dict[str, Export], LoadedProject]:
    """Name the respondents of surveys that are not linkable so that they are nobody in the register.

    Parameters
    ----------
    exports
        The files by source.
    project
        The project.

    Returns
    -------
    tuple
        The files, and the project that names the column with respondents. Who has the same identifier in two such
        surveys is the same respondent; without a column for the person every row is a respondent of its own.
    """
    linked = project.definition.linkage.columns if project.definition.linkage else {}
    sources = dict(project.definition.sources)
    named = dict(exports)
    for key, source in sources.items():
        if source.linkable or key in linked or key not in exports:
            continue
        named[key] = _named(exports[key], key, source.columns.get("person"))
        columns = {**source.columns, "person": RESPONDENT}
        sources[key] = source.model_copy(update={"columns": columns})
    definition = project.definition.model_copy(update={"sources": sources})
    return named, project.model_copy(update={"definition": definition})


def _named(export: Export, key: str, header: str | tuple[str, ...] | None) -> Export:
    if header is None:
        texts = pd.Series(
            [f"{key}:{row}" for row in export.frame.index], index=export.frame.index, dtype="str"
        )
        return replace(export, frame=export.frame.assign(**{RESPONDENT: texts.astype("category")}))
    own = identifier(export, header)
    names = (OWN + own).where(own != "", "").astype("category")
    doomed = [export.find(part) for part in ((header,) if isinstance(header, str) else header)]
    return replace(export, frame=export.frame.drop(columns=doomed).assign(**{RESPONDENT: names}))


def refuse_linking(project: LoadedProject) -> None:
    """Refuse statements that need answers which are not linkable together with the register.

    Raises
    ------
    LinkageError
        With every such statement.
    """
    apart = {key for key, source in project.definition.sources.items() if not source.linkable}
    if not apart or not any(source.kind == "people" for source in project.definition.sources.values()):
        return
    requests = [
        Request(key, f"{project.file.name} indicators.{key}")
        for key, indicator in project.definition.indicators.items()
        if _needs_register(indicator, project, apart)
    ]
    refuse_individual(requests, linkable=False)


def _needs_register(indicator: Indicator, project: LoadedProject, apart: set[str]) -> bool:
    definition, rule = project.definition, indicator.rule
    asked = {entry.source for entry in _entries(indicator, project)}
    if not asked & apart:
        return False
    by_role = bool(indicator.roles or definition.participant_roles) or indicator.among is not None
    by_area = isinstance(indicator.measure, ItemsMeasure) and bool(indicator.measure.areas)
    across = isinstance(rule, ChangeRule) and not asked <= apart
    return by_role or by_area or across or any(_absent(indicator, key, project) for key in asked & apart)


def _absent(indicator: Indicator, key: str, project: LoadedProject) -> bool:
    """Tell whether a survey lacks the company, or the group, that a statement needs of its respondents."""
    columns, rule = project.definition.sources[key].columns, indicator.rule
    if indicator.unit == "organisation" and "organisation" not in columns:
        return True
    if not isinstance(rule, GapRule):
        return False
    group = project.definition.groups[rule.group]
    stated = "organisation" if group.of == "organisation" else rule.group
    return stated not in columns and group.item is None


def _entries(indicator: Indicator, project: LoadedProject) -> Iterator[Entry]:
    measure, rule = indicator.measure, indicator.rule
    items: tuple[str, ...] = ()
    if isinstance(measure, ItemMeasure):
        items = (measure.item,)
    elif isinstance(measure, ItemsMeasure):
        items = measure.items
    elif isinstance(measure, ScaleMeasure):
        items = project.definition.scales[measure.scale].items
    elif isinstance(measure, ShortfallMeasure):
        items = (*measure.needed, *measure.current)
    waves = {getattr(rule, name, None) for name in ("wave", "before", "after", "then")} - {None}
    for entry in project.codebook:
        at = (entry.wave,) if entry.wave else project.definition.sources[entry.source].waves
        if entry.item in items and (not waves or waves & set(at)):
            yield entry


def refuse_more_than_registered(answers: pd.DataFrame, people: pd.DataFrame, project: LoadedProject) -> None:
    """Refuse more answers at a wave than there are people in the register that they are shares of.

    Raises
    ------
    AnswerError
        With the numbers of the first such wave.
    """
    registered = int(people["registered"].sum())
    waves = {
        wave for source in project.definition.sources.values() if not source.linkable for wave in source.waves
    }
    for wave in (wave for wave in project.definition.waves if wave in waves and registered):
        answering = answers.loc[(answers["wave"] == wave).to_numpy(), "person"].nunique()
        if answering > registered:
            what = msg(
                "At {wave} {count} people answered, but the register holds {total}.",
                wave=wave,
                count=answering,
                total=registered,
            )
            do = msg("Delete answers that were given twice, or complete the register.")
            raise AnswerError(what, where=f"{project.file.name} waves.{wave}", do=do)
