"""What the data path needs from a project definition, checked before any file is read."""

from collections.abc import Iterable, Iterator

from evaluation.data.answer_text import spellings
from evaluation.data.matching import plain
from evaluation.data.registers import level_spellings
from evaluation.project.model import LoadedProject
from evaluation.project.source import Response
from evaluation.vocabulary.errors import Problem, ProjectError
from evaluation.vocabulary.message import msg

RESERVED = ("registered",)


def check_definition(project: LoadedProject) -> None:
    """Make sure that response scales can be read, scales can be averaged and columns can be named.

    Raises
    ------
    ProjectError
        With every problem found.
    """
    checks = (_responses, _groups, _limits, _names)
    problems = [problem for check in checks for problem in check(project)]
    if problems:
        raise ProjectError(problems)


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
