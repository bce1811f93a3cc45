"""What the data path needs from a project definition, checked before any file is read."""

from collections.abc import Iterator

from evaluation.data.answer_text import twice_defined
from evaluation.project.model import LoadedProject
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
    checks = (_responses, _limits, _names)
    problems = [problem for check in checks for problem in check(project)]
    if problems:
        raise ProjectError(problems)


def _responses(project: LoadedProject) -> Iterator[Problem]:
    where = project.file.name
    for key in dict.fromkeys(entry.response for entry in project.codebook):
        response = project.definition.responses[key]
        if not response.options and response.range is None:
            yield Problem(
                msg("The response scale has neither options nor a range."),
                f"{where} responses.{key}",
                msg("Add `options: [...]` or `range: [low, high]`."),
            )
        yield from twice_defined(key, response, where)


def _limits(project: LoadedProject) -> Iterator[Problem]:
    responses, codebook = project.definition.responses, project.codebook
    for key, scale in project.definition.scales.items():
        entries = [entry for entry in codebook if entry.item in scale.items]
        usable = [
            entry for entry in entries if responses[entry.response].options or responses[entry.response].range
        ]
        for entry in usable:
            if responses[entry.response].limits != responses[usable[0].response].limits:
                yield Problem(
                    msg(
                        "In the scale {scale}, the question {item} has other limits than {other}.",
                        item=entry.item,
                        scale=key,
                        other=usable[0].item,
                    ),
                    f"{codebook.file.name}:{entry.line}",
                    msg("Questions that are averaged must be answered on scales with the same limits."),
                )


def _names(project: LoadedProject) -> Iterator[Problem]:
    for key, source in project.definition.sources.items():
        for name in source.columns:
            if name in RESERVED:
                yield Problem(
                    msg("The column name {name} is used by the tables themselves.", name=name),
                    f"{project.file.name} sources.{key}.columns",
                    msg("Choose another name."),
                )
