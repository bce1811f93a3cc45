"""From the files of a project to its tables: the whole way, with every problem told at once."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from evaluation.data.account import describe_run
from evaluation.data.accounts import accounts_table
from evaluation.data.answers import join_answers
from evaluation.data.apart import refuse_linking, refuse_more_than_registered, set_apart
from evaluation.data.columns import absent_columns
from evaluation.data.definition import check_definition
from evaluation.data.derive import derive_groups
from evaluation.data.findings import Findings
from evaluation.data.intake import Intake, take_in
from evaluation.data.link import check_overlap
from evaluation.data.linkage.pipeline import Linking, as_delivered, as_linked, link_exports
from evaluation.data.own_questionnaire import under_own_headers
from evaluation.data.people import log_table, organisations_table, people_table, with_respondents
from evaluation.data.privacy.open_answers import open_answers
from evaluation.data.privacy.protect import protected_exports
from evaluation.data.privacy.retention import refuse_expired
from evaluation.data.read import Export, read_export
from evaluation.data.registers import Facts
from evaluation.data.score import score_scales
from evaluation.data.store import Tables, write_processed
from evaluation.data.tables import SCHEMAS, check_table, no_links
from evaluation.data.ties import ties_table
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import AnswerError, ExportError
from evaluation.vocabulary.message import Message, nmsg

logger = logging.getLogger(__name__)

READ_BY = {"file", "sheet", "delimiter", "tool", "unfinished", "dictionary", "columns", "layout"}
"""What of a source decides how its file is read; sources alike in this share one reading."""


def ingest(project: LoadedProject) -> Tables:
    """Turn a project's raw files into its tables; nothing is written.

    Parameters
    ----------
    project
        The project with its codebook.

    Returns
    -------
    Tables
        The tables and the manifest that accounts for every row read.

    Raises
    ------
    ProjectError, MissingFileError, PrivacyError, ExportError, AnswerError, LinkageError
        With every problem found in all files; the kind is that of the earliest step that failed.
    """
    check_definition(project)
    refuse_linking(project)
    findings = Findings()
    exports = _read_all(as_delivered(project), findings)
    exports = protected_exports(exports, as_delivered(project), findings)
    exports, linking = _linked(exports, project, findings)
    exports, project = set_apart(exports, as_linked(project))
    intakes = _take_in_all(exports, project, findings)
    people, organisations, notes = _units(intakes, project, findings)
    accounts, told, problems = accounts_table(intakes, organisations, project.definition)
    findings.add(ExportError, problems)
    findings.raise_if_any()
    texts = open_answers(intakes, project)
    blocks = iter([block for part in intakes.values() if part.coded for block in part.coded.blocks])
    intakes = {key: part.without_cells() for key, part in intakes.items()}
    del exports
    answers = join_answers(blocks, people, project)
    check_overlap(project, answers)
    refuse_more_than_registered(answers, people, project)
    people, organisations = derive_groups(people, organisations, answers, project.definition)
    scores = score_scales(answers, project)
    log = log_table(_facts(intakes, "log"), people, project.definition)
    manifest = describe_run(
        project, intakes, people, organisations, answers, linking=linking, notes=(*notes, *told)
    )
    links = _answering(linking.links, answers) if linking else no_links()
    review = linking.review if linking else pd.DataFrame()
    ties = ties_table(intakes, project.definition)
    tables = Tables(
        people, organisations, answers, scores, log, manifest, links, review, texts, ties, accounts
    )
    for name, frame in tables.frames().items():
        check_table(frame, SCHEMAS[name])
    return tables


def ingest_and_store(project: LoadedProject) -> Tables:
    """Turn a project's raw files into its tables and write them to its folder of processed data.

    Raises
    ------
    PrivacyError
        If the last day on which the data may be kept has passed; and as `ingest`.
    """
    refuse_expired(project, date.today())
    tables = ingest(project)
    write_processed(tables, project.processed_folder)
    return tables


def _read_all(project: LoadedProject, findings: Findings) -> dict[str, Export]:
    """Read every file once; note and leave out sources whose file is absent, unreadable or lacks columns."""
    exports: dict[str, Export] = {}
    known: dict[str, Export] = {}
    for key, source in project.definition.sources.items():
        place = source.model_dump_json(include=READ_BY)
        with findings.collecting():
            if place not in known:
                known[place] = read_export(project.raw_folder / source.file, source)
                logger.info("%s: %d rows read", source.file, len(known[place].frame))
            exports[key] = under_own_headers(known[place], key, project)
    absent = dict(absent_columns(exports, project))
    for problems in absent.values():
        findings.add(ExportError, problems)
    return {key: export for key, export in exports.items() if key not in absent}


def _linked(
    exports: dict[str, Export], project: LoadedProject, findings: Findings
) -> tuple[dict[str, Export], Linking | None]:
    """Say who is who in the sources that are linked; leave them out if that cannot be said."""
    linkage = project.definition.linkage
    if linkage is None:
        return exports, None
    if linkage.columns.keys() <= exports.keys():
        with findings.collecting():
            linking = link_exports(exports, project)
            return dict(linking.exports), replace(linking, exports={})
    return {key: export for key, export in exports.items() if key not in linkage.columns}, None


def _answering(links: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Return the links of those who answered anything in the file."""
    answered = pd.MultiIndex.from_frame(answers[["source", "person"]].drop_duplicates().astype("str"))
    there = pd.MultiIndex.from_frame(links[["source", "person"]]).isin(answered)
    kept = links[there].drop_duplicates(["source", "person"])[list(SCHEMAS["links"].columns)]
    texts = {name: "str" for name in kept.columns if name != "coded"}
    return kept.astype({**texts, "coded": bool}).reset_index(drop=True)


def _take_in_all(
    exports: Mapping[str, Export], project: LoadedProject, findings: Findings
) -> dict[str, Intake]:
    """Take in registers first, since they say whose answers count; return the project's order."""
    sources = project.definition.sources
    registers = {
        key: take_in(export, key, project)
        for key, export in exports.items()
        if sources[key].kind != "answers"
    }
    registered = _registered(registers)
    intakes = {
        key: registers.get(key)
        or take_in(export, key, project, registered if sources[key].linkable else None)
        for key, export in exports.items()
    }
    for intake in intakes.values():
        findings.add(AnswerError, intake.problems)
    return intakes


def _registered(intakes: Mapping[str, Intake]) -> pd.Index | None:
    registers = _facts(intakes, "people")
    return _everybody([part.frame["person"] for part in registers]) if registers else None


def _everybody(parts: Sequence[pd.Series | pd.Index]) -> pd.Index:
    return pd.Index(pd.concat([pd.Series(dtype="str"), *map(pd.Series, parts)]).unique(), dtype="str")


def _facts(intakes: Mapping[str, Intake], *kinds: str) -> list[Facts]:
    return [intake.facts for kind in kinds for intake in intakes.values() if intake.kind == kind]


def _units(
    intakes: Mapping[str, Intake], project: LoadedProject, findings: Findings
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Message, ...]]:
    """Return the people and the organisations, and note where the files disagree on them.

    People who are linked by code may have said different things of themselves at different waves, or may
    not be the same: that is told, but no error.
    """
    registered, apart = _registered(intakes), _apart(intakes, project)
    together = {key: intake for key, intake in intakes.items() if key not in apart}
    who = _respondents(together) if registered is None else registered
    people, disagreeing = people_table(
        _facts(together, "people", "answers"), who, project.definition, registered=registered is not None
    )
    if apart:
        others, differing = people_table(
            _facts(apart, "answers"), _respondents(apart), project.definition, registered=False
        )
        people, disagreeing = with_respondents(people, others), [*disagreeing, *differing]
    organisations, outside = organisations_table(
        _facts(intakes, "organisations"), _facts(intakes, "people", "answers", "log"), project.definition
    )
    linkage = project.definition.linkage
    by_code = linkage is not None and linkage.by == "code"
    findings.add(AnswerError, outside if by_code else [*disagreeing, *outside])
    notes = (DISAGREEING.with_fields(count=len(disagreeing)),) if by_code and disagreeing else ()
    return people, organisations, notes


def _apart(intakes: Mapping[str, Intake], project: LoadedProject) -> dict[str, Intake]:
    """Return the surveys that are not linkable to the register."""
    sources = project.definition.sources
    return {key: intake for key, intake in intakes.items() if not sources[key].linkable}


DISAGREEING = nmsg(
    "{count} statement about a linked person differs between the waves; the earliest counts.",
    "{count} statements about linked people differ between the waves; the earliest counts.",
)


def _respondents(intakes: Mapping[str, Intake]) -> pd.Index:
    """Return everyone who answered anything."""
    blocks = [block for intake in intakes.values() if intake.coded for block in intake.coded.blocks]
    return _everybody([block.persons for block in blocks])
