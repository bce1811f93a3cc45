"""What a survey asks, from the definition and the codebook: the same codes lead an export back to them."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evaluation.project.codebook import Entry
from evaluation.project.model import LoadedProject
from evaluation.project.source import Group, Response
from evaluation.project.words import Words
from evaluation.vocabulary.errors import ProjectError, one_of
from evaluation.vocabulary.message import msg

CODE_LENGTH = 20
"""The longest code of a question that LimeSurvey takes; it may hold only letters and digits."""
ANSWER_LENGTH = 5
RESERVED = {"id", "token", "seed", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp"}
"""Columns that LimeSurvey makes itself."""
DONT_KNOW, NOT_APPLICABLE = "DK", "NAP"
"""Codes of answers that are no values."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its code in an export, its text by language, and the text or number it is read as."""

    code: str
    text: Words
    read_as: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    code
        Its code: letters and digits, unique in the survey.
    header
        The column that the codebook, or the source, names for it.
    kind
        `choice`, `number`, `text`, or `several` (each choice is yes or no).
    text
        Its wording by language.
    choices
        The answers of `choice`; of `several` the parts, read as the column each stands in.
    item, response
        Its keys in the codebook; empty for what identifies a person.
    limits, whole
        Of `number`: the lowest and highest number, and whether only whole ones are allowed.
    dont_know, not_applicable
        How such answers are written; empty where they cannot be given.
    """

    code: str
    header: str
    kind: str
    text: Words
    choices: tuple[Choice, ...] = ()
    item: str = ""
    response: str = ""
    limits: tuple[float, float] | None = None
    whole: bool = False
    dont_know: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The questions about one wave."""

    wave: str
    label: Words
    retrospect: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One survey: what it asks of who answers, and then wave by wave.

    Attributes
    ----------
    source
        The source's key.
    title
        Its name by language.
    about
        What is asked to know who answers: the person, and classifications that the source holds.
    parts
        The questions, in the order of the codebook.
    """

    source: str
    title: Words
    about: tuple[Question, ...]
    parts: tuple[Part, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return all questions in the order in which they are asked."""
        return (*self.about, *(question for part in self.parts for question in part.questions))


def surveys_of(project: LoadedProject, only: str = "") -> tuple[str, ...]:
    """Return the keys of the sources that are surveys; registers and logs ask nobody anything.

    Raises
    ------
    ProjectError
        If the one that is asked for is no survey, or there is none.
    """
    surveys = {key: one for key, one in project.definition.sources.items() if one.kind == "answers"}
    if only and only not in surveys:
        raise ProjectError(
            msg("The source {source} is no survey.", source=only),
            where=project.file.name,
            do=one_of(only, surveys),
        )
    if not surveys:
        raise ProjectError(
            msg("The definition has no survey."),
            where=project.file.name,
            do=msg("Add a source of the kind `answers`."),
        )
    return (only,) if only else tuple(surveys)


def questionnaire(project: LoadedProject, source_key: str) -> Questionnaire:
    """Return what one survey asks.

    Parameters
    ----------
    project
        The project with its codebook.
    source_key
        A source of the kind `answers`.
    """
    definition, codes = project.definition, _Codes()
    source = definition.sources[source_key]
    languages = definition.languages
    about = tuple(_about(project, source_key, codes))
    entries = (*project.codebook.of_source(source_key), *project.codebook.texts_of_source(source_key))
    parts = []
    for wave in source.waves:
        asked = [entry for entry in entries if (entry.wave or source.waves[0]) == wave]
        suffix = "" if wave == source.waves[0] else wave
        asked.sort(key=lambda entry: entry.line)
        found = tuple(_questions(asked, suffix, project, codes))
        if found:
            stated = definition.waves[wave]
            parts.append(Part(wave, stated.label, stated.kind == "then_test", found))
    title = source.label or dict.fromkeys(languages, source_key)
    return Questionnaire(source_key, title, about, tuple(parts))


class _Codes:
    """Gives every question a code of its own, the same one every time."""

    def __init__(self) -> None:
        self.taken: set[str] = set(RESERVED)

    def new(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name.casefold())
        base = "".join(sign for sign in plain if sign.isascii() and sign.isalnum()) or "q"
        base = base if base[0].isalpha() else f"q{base}"
        code, number = base[:CODE_LENGTH], 1
        while code in self.taken:
            number += 1
            code = base[: CODE_LENGTH - len(str(number))] + str(number)
        self.taken.add(code)
        return code


def _about(project: LoadedProject, source_key: str, codes: _Codes) -> Iterator[Question]:
    definition = project.definition
    languages = definition.languages
    for name, headers in definition.sources[source_key].columns.items():
        group = definition.groups.get(name)
        for header in (headers,) if isinstance(headers, str) else headers:
            text = dict.fromkeys(languages, header)
            choices = _levels(group, languages) if group else ()
            kind = "choice" if choices else "text"
            yield Question(codes.new(name), header, kind, group.label if group else text, choices)


def _levels(group: Group, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    written = [(level, entry.values[0]) for level, entry in group.levels.items() if entry.values]
    return tuple(
        Choice(f"A{place}", dict.fromkeys(languages, text), text)
        for place, (_, text) in enumerate(written, 1)
    )


def _questions(
    entries: list[Entry], suffix: str, project: LoadedProject, codes: _Codes
) -> Iterator[Question]:
    asked: set[str] = set()
    for entry in entries:
        if not entry.option:
            yield _question(entry, codes.new(entry.item + suffix), project)
            continue
        name = entry.select or entry.column
        if name not in asked:
            asked.add(name)
            parts = [one for one in entries if one.option and (one.select or one.column) == name]
            yield _several(parts, codes.new((entry.select or entry.item) + suffix), project)


def _question(entry: Entry, code: str, project: LoadedProject) -> Question:
    text = dict.fromkeys(project.definition.languages, entry.column) | entry.text
    response = project.definition.responses.get(entry.response)
    if response is None:
        return Question(code, entry.column, "text", text, item=entry.item)
    if not response.options:
        return Question(
            code,
            entry.column,
            "number",
            text,
            item=entry.item,
            response=entry.response,
            limits=response.range,
            whole=response.whole,
        )
    return Question(
        code,
        entry.column,
        "choice",
        text,
        _choices(response),
        entry.item,
        entry.response,
        dont_know=response.dont_know,
        not_applicable=response.not_applicable,
    )


def _choices(response: Response) -> tuple[Choice, ...]:
    choices = []
    for place, option in enumerate(response.options, 1):
        value = f"{option.value:g}"
        code = value if value.isdigit() and len(value) <= ANSWER_LENGTH else f"A{place}"
        choices.append(Choice(code, option.label, value))
    return tuple(choices)


def _several(entries: list[Entry], code: str, project: LoadedProject) -> Question:
    """Return a question with several answers: every answer has a column, or all stand in one."""
    languages = project.definition.languages
    first = entries[0]
    parts = tuple(
        Choice(f"SQ{place:03d}", dict.fromkeys(languages, one.option) | one.label, one.column)
        for place, one in enumerate(entries, 1)
    )
    text = dict.fromkeys(languages, first.select or first.column) | first.text
    return Question(code, first.column, "several", text, parts, first.item, first.response)


def columns_by_code(asked: Questionnaire) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Return, by a column's name in LimeSurvey, the column it is read as and how its answer codes are read."""
    known: dict[str, tuple[str, Mapping[str, str]]] = {}
    for question in asked.questions:
        if question.kind == "several":
            for part in question.choices:
                known[f"{question.code}[{part.code}]"] = (part.read_as, {"Y": "1"})
            continue
        texts = {choice.code: choice.read_as for choice in question.choices if choice.code != choice.read_as}
        texts |= {DONT_KNOW: question.dont_know[0]} if question.dont_know else {}
        texts |= {NOT_APPLICABLE: question.not_applicable[0]} if question.not_applicable else {}
        known[question.code] = (question.header, texts)
    return known
