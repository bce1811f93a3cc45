"""What the data path needs from a project definition, checked before any file is read."""

from collections.abc import Iterable, Iterator

from evaluation.data.answer_text import spellings
from evaluation.data.findings import Findings
from evaluation.data.linkage.permission import Request, refuse_individual
from evaluation.data.linkage.pipeline import key_path
from evaluation.data.matching import plain
from evaluation.data.registers import level_spellings
from evaluation.project.model import LoadedProject
from evaluation.project.rule import GapRule
from evaluation.project.source import Response
from evaluation.vocabulary.errors import Problem, ProjectError, one_of
from evaluation.vocabulary.message import msg

RESERVED = ("registered",)


def check_definition(project: LoadedProject) -> None:
    """Make sure that response scales can be read, scales can be averaged and columns can be named.

    Raises
    ------
    ProjectError, LinkageError
        With every problem found; a `LinkageError` if nothing is wrong but that answers must not be linked.
    """
    findings = Findings()
    for check in (_responses, _groups, _limits, _names, _readings, _key_file):
        findings.add(ProjectError, check(project))
    with findings.collecting():
        refuse_individual(list(_individual(project)), linkable=project.definition.background_linkable)
    findings.raise_if_any()


def _individual(project: LoadedProject) -> Iterator[Request]:
    """Yield what needs a person's background together with the person's other answers."""
    where, definition = project.file.name, project.definition
    if definition.linkage is not None:
        yield Request("linkage", f"{where} linkage")
    for key, indicator in definition.indicators.items():
        group = definition.groups.get(getattr(indicator.rule, "group", None))
        compared = isinstance(indicator.rule, GapRule) and group is not None and group.of == "person"
        if compared or indicator.roles:
            yield Request(key, f"{where} indicators.{key}")


def _key_file(project: LoadedProject) -> Iterator[Problem]:
    linkage = project.definition.linkage
    if linkage is None or not linkage.key_file:
        return
    if key_path(project).is_relative_to(project.file.parent.resolve()):
        yield Problem(
            msg("The key file lies in the project's folder."),
            f"{project.file.name} linkage.key_file",
            msg("Keep it where only you can read it, outside the project and the repository."),
        )


def _responses(project: LoadedProject) -> Iterator[Problem]:
    where = project.file.name
    for key in dict.fromkeys(entry.response for entry in project.codebook):
        response = project.definition.responses[key]
        if not _bounded(response):
            yield Problem(
                msg("The response scale has neither options nor a range."),
                f"{where} responses.{key}",
                msg("Add `options: [...]` or `range: [low, high]`."),
            )
        meanings = [(text, f"{option.value:g}") for option in response.options for text in spellings(option)]
        meanings += [(text, "dont_know") for text in response.dont_know]
        meanings += [(text, "not_applicable") for text in response.not_applicable]
        yield from _ambiguous(meanings, f"{where} responses.{key}")
    for entry in project.codebook:
        options = {option.value for option in project.definition.responses[entry.response].options}
        if entry.option and not {0, 1} <= options:
            yield Problem(
                msg("The answer “{option}” is chosen or not, but {response} has no options 0 and 1.",
                    option=entry.option, response=entry.response),
                f"{project.codebook.file.name}:{entry.line}",
                msg("Use the response scale YN."),
            )  # fmt: skip


def _groups(project: LoadedProject) -> Iterator[Problem]:
    for key, group in project.definition.groups.items():
        meanings = [(text, level) for level, entry in group.levels.items() for text in level_spellings(entry)]
        yield from _ambiguous(meanings, f"{project.file.name} groups.{key}")


def _ambiguous(meanings: Iterable[tuple[str, str]], where: str) -> Iterator[Problem]:
    """Tell of texts that stand for two different things."""
    known: dict[str, set[str]] = {}
    for text, meaning in meanings:
        known.setdefault(plain(text), set()).add(meaning)
    for text, found in known.items():
        if len(found) > 1:
            yield Problem(
                msg("“{found}” stands for {meanings}.", found=text, meanings=", ".join(sorted(found))),
                where,
                msg("Let every text stand for one of them only."),
            )


def _limits(project: LoadedProject) -> Iterator[Problem]:
    responses, codebook = project.definition.responses, project.codebook
    for key, scale in project.definition.scales.items():
        entries = [
            entry for entry in codebook if entry.item in scale.items and _bounded(responses[entry.response])
        ]
        for entry in entries:
            if responses[entry.response].limits != responses[entries[0].response].limits:
                what = msg(
                    "In the scale {scale}, the question {item} has other limits than {other}.",
                    item=entry.item,
                    scale=key,
                    other=entries[0].item,
                )
                do = msg("Questions that are averaged must be answered on scales with the same limits.")
                yield Problem(what, f"{codebook.file.name}:{entry.line}", do)


def _bounded(response: Response) -> bool:
    return bool(response.options) or response.range is not None


def _names(project: LoadedProject) -> Iterator[Problem]:
    for key, source in project.definition.sources.items():
        for name in source.columns:
            if name in RESERVED:
                yield Problem(
                    msg("The column name {name} is used by the tables themselves.", name=name),
                    f"{project.file.name} sources.{key}.columns",
                    msg("Choose another name."),
                )


def _readings(project: LoadedProject) -> Iterator[Problem]:
    """Tell of `replace` and `dates` for columns that are not mapped, or that say whom a row is about."""
    for key, source in project.definition.sources.items():
        for section, names in (("replace", source.replace), ("dates", source.dates)):
            for name in names:
                where = f"{project.file.name} sources.{key}.{section}"
                if name not in source.columns:
                    what = msg("There is no {name} under `columns` of the source.", name=name)
                    yield Problem(what, where, one_of(name, source.columns))
                elif name in ROW_IDENTIFIERS[source.kind]:
                    what = msg(
                        "The column {name} says whom a row is about; it is read as it stands.", name=name
                    )
                    yield Problem(what, where, msg("Take it out of `{section}`.", section=section))


ROW_IDENTIFIERS = {
    "answers": ("person",),
    "people": ("person",),
    "organisations": ("organisation",),
    "log": ("effort",),
    "ties": ("actor", "to"),
    "accounts": ("organisation", "year"),
}
"""The columns, by kind of source, that rows are counted by."""
