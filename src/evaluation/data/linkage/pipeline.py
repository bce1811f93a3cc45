"""The section `linkage` of a definition, carried out on the files as they were read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from evaluation.data.export import Export
from evaluation.data.linkage.apply import PERSON, CodeColumns, hashed_exports, source_codes, with_persons
from evaluation.data.linkage.candidates import linkable
from evaluation.data.linkage.guard import Chance, safe_rule, series_chance
from evaluation.data.linkage.hashed import read_key
from evaluation.data.linkage.match import RULES, Rule
from evaluation.data.linkage.review import Entry, read_review
from evaluation.data.linkage.series import LinkedSeries, linked_series, series_review
from evaluation.data.linkage.wave import WaveCodes
from evaluation.data.manifest import Linked
from evaluation.project.linkage import Linkage
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import LinkageError
from evaluation.vocabulary.message import Message, msg, nmsg

REVIEW = "linkage_review.csv"
"""The file in the folder of processed data that lists pairs to decide about."""
COMPANY = "linked_company"
LINKS = ("source", "row", "person", *RULES, "step", "coded")


@dataclass(frozen=True, slots=True, eq=False)
class Linking:
    """Files whose people have been linked.

    Attributes
    ----------
    exports
        The files by source, those that are linked with the column `PERSON`.
    links
        One row per respondent of a linked source: source, row, person (under the rule that was used), the
        person under each rule, step (how the respondent was linked to an earlier one, "" if not) and coded
        (whether there is something to link by).
    review
        Pairs for the evaluator to decide about.
    summary
        What the manifest says of the linking.
    notes
        What the reader should know.
    """

    exports: Mapping[str, Export]
    links: pd.DataFrame
    review: pd.DataFrame
    summary: Linked
    notes: tuple[Message, ...] = ()


def as_delivered(project: LoadedProject) -> LoadedProject:
    """Return the project with the columns to link by named as identifiers, as files are read with it.

    Parameters
    ----------
    project
        The project as it is defined.
    """
    return _with_columns(project, _delivered_columns)


def as_linked(project: LoadedProject) -> LoadedProject:
    """Return the project whose linked sources have the column that linking adds.

    Parameters
    ----------
    project
        The project as it is defined.
    """
    return _with_columns(project, lambda linkage, key: {"person": PERSON})


def _delivered_columns(linkage: Linkage, key: str) -> dict[str, str | tuple[str, ...]]:
    company = {COMPANY: linkage.company[key]} if key in linkage.company else {}
    return {"person": linkage.headers(key), **company}


def _with_columns(
    project: LoadedProject, columns: Callable[[Linkage, str], Mapping[str, str | tuple[str, ...]]]
) -> LoadedProject:
    linkage = project.definition.linkage
    if linkage is None:
        return project
    sources = {
        key: source.model_copy(update={"columns": {**columns(linkage, key), **source.columns}})
        if key in linkage.columns
        else source
        for key, source in project.definition.sources.items()
    }
    definition = project.definition.model_copy(update={"sources": sources})
    return project.model_copy(update={"definition": definition})


def link_exports(exports: Mapping[str, Export], project: LoadedProject) -> Linking:
    """Link the files of a project whose definition asks for it.

    Parameters
    ----------
    exports
        All files by source, those that are linked among them.
    project
        The project with a section `linkage`.

    Returns
    -------
    Linking
        The files with persons, who is who under each rule, and what is open.

    Raises
    ------
    LinkageError, MissingFileError
        If a decision cannot be kept, the key cannot be used, or the code is too weak to link by.
    """
    return BY[project.definition.linkage.by](exports, project)


def _by_hash(exports: Mapping[str, Export], project: LoadedProject) -> Linking:
    linkage = project.definition.linkage
    key = read_key(key_path(project))
    linked = hashed_exports(exports, {source: linkage.headers(source)[0] for source in linkage.columns}, key)
    parts = [_hashed_links(linked[source], source) for source in _in_time(project)]
    links = pd.concat(parts, ignore_index=True)
    later = links["coded"] & links["person"].duplicated()
    links["step"] = np.where(later, "exact", "")
    return Linking(linked, links, pd.DataFrame(), Linked("hash", linkage.rule, linkage.rule))


def _hashed_links(export: Export, source: str) -> pd.DataFrame:
    person = export.frame[PERSON].astype("str")
    frame = pd.DataFrame({"source": source, "row": person.index.astype("str"), "person": person.to_numpy()})
    return frame.assign(**{rule: frame["person"] for rule in RULES}, step="", coded=frame["person"] != "")


def key_path(project: LoadedProject) -> Path:
    """Return the place of the key file.

    Parameters
    ----------
    project
        The project; a relative path starts at its folder.
    """
    stated = Path(project.definition.linkage.key_file).expanduser()
    return (project.file.parent / stated).resolve()


def _by_code(exports: Mapping[str, Export], project: LoadedProject) -> Linking:
    linkage, languages = project.definition.linkage, project.definition.languages
    columns = {key: _code_columns(project, key) for key in _in_time(project)}
    codes = source_codes(exports, columns)
    entries = _entries(project)
    tried = {rule: _series(codes, rule, entries, project, strict=False) for rule in RULES}
    chance = series_chance(tried["default"])
    rule = _chosen_rule(chance, project)
    series = _series(codes, rule, entries, project, strict=True)
    review = series_review(series, entries, lang=languages[0])
    undecided = int((review["decision"] == "").sum()) if len(review) else 0
    summary = Linked(
        "code", linkage.rule, rule, chance.exact, chance.one_edit, chance.links, undecided, _decided(entries)
    )
    links = _links(codes, series, tried)
    notes = (*_rule_notes(summary), *_review_notes(summary, project))
    return Linking(with_persons(exports, columns, series), links, review, summary, notes)


BY: Mapping[str, Callable[[Mapping[str, Export], LoadedProject], Linking]] = {
    "code": _by_code,
    "hash": _by_hash,
}
"""How files are linked."""


def _in_time(project: LoadedProject) -> list[str]:
    waves, sources = list(project.definition.waves), project.definition.sources
    first = {
        key: min((waves.index(wave) for wave in sources[key].waves), default=-1)
        for key in project.definition.linkage.columns
    }
    return sorted(first, key=first.__getitem__)


def _code_columns(project: LoadedProject, key: str) -> CodeColumns:
    linkage = project.definition.linkage
    stated = project.definition.sources[key].columns.get("organisation")
    company = linkage.company.get(key) or (stated if isinstance(stated, str) else None)
    return CodeColumns(linkage.headers(key), company)


def _entries(project: LoadedProject) -> tuple[Entry, ...]:
    path = project.raw_folder / project.definition.linkage.decisions
    return read_review(path) if path.is_file() else ()


def _decided(entries: tuple[Entry, ...]) -> int:
    return sum(bool(entry.decision) for entry in entries)


def _series(
    codes: Mapping[str, WaveCodes],
    rule: Rule,
    entries: tuple[Entry, ...],
    project: LoadedProject,
    *,
    strict: bool,
) -> LinkedSeries:
    file = project.definition.linkage.decisions
    lost = "error" if strict else "leave_out"
    return linked_series(codes, rule=rule, entries=entries, file=file, lost=lost)


def _chosen_rule(chance: Chance, project: LoadedProject) -> Rule:
    rule = safe_rule(chance, project.definition.linkage.rule)
    if rule is None:
        raise LinkageError(
            msg(
                "The code does not tell people apart: about {expected} pairs of different people are expected to have "
                "the same code, and {links} pairs could be linked.",
                expected=_about(chance.exact),
                links=chance.links,
            ),
            where=f"{project.file.name} linkage.columns",
            do=msg("Add elements with many possible answers, or name the company under `company`."),
        )
    return rule


def _about(expected: float) -> int:
    return max(1, round(expected))


def _links(
    codes: Mapping[str, WaveCodes], series: LinkedSeries, tried: Mapping[Rule, LinkedSeries]
) -> pd.DataFrame:
    parts = []
    for source, wave in codes.items():
        step = np.full(len(wave.respondent), "", dtype=object)
        if source in series.linkages:
            linkage = series.linkages[source]
            here = pd.Series(
                linkage.step, index=linkage.after.respondent[linkage.links[:, 1]], dtype="object"
            )
            named = pd.Index([f"{source}:{name}" for name in wave.respondent])
            step = here.reindex(named).fillna("").to_numpy(dtype=object)
        persons = {rule: tried[rule].persons[source].to_numpy() for rule in RULES}
        own = {"source": source, "row": wave.respondent, "person": series.persons[source].to_numpy()}
        parts.append(pd.DataFrame({**own, **persons, "step": step, "coded": linkable(wave)}))
    return pd.concat(parts, ignore_index=True)[list(LINKS)]


def _rule_notes(summary: Linked) -> tuple[Message, ...]:
    if summary.rule == summary.asked:
        return ()
    return (
        msg(
            "The code is weak for so many people: about {expected} pairs of different people are expected to have "
            "codes at most one edit apart. Only equal codes were therefore linked.",
            expected=_about(summary.expected_one_edit),
        ),
    )


def _review_notes(summary: Linked, project: LoadedProject) -> tuple[Message, ...]:
    if not summary.undecided:
        return ()
    folder = project.processed_folder
    return (
        nmsg(
            "{count} pair of answers may belong to the same person; it stands in {file}. Write accept or reject "
            "there, and save the file as {decisions} in the folder of raw data.",
            "{count} pairs of answers may belong to the same person; they stand in {file}. Write accept or reject "
            "there, and save the file as {decisions} in the folder of raw data.",
            count=summary.undecided,
            file="/".join((*folder.parts[-2:], REVIEW)),
            decisions=project.definition.linkage.decisions,
        ),
    )
