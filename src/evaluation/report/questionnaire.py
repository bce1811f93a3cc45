"""A survey as files: for LimeSurvey, as a workbook, and as a form on paper."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.project.model import Project
from evaluation.project.questionnaire import DONT_KNOW, NOT_APPLICABLE, Part, Question, Questionnaire
from evaluation.report.page import render
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import FormatError, ReportError, one_of
from evaluation.vocabulary.message import Message, msg, pmsg

ROW = (
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "encrypted", "other", "default", "same_default", "same_script", "num_value_int_only",
    "min_num_value_n", "max_num_value_n",
)  # fmt: skip
TYPES = {"choice": "L", "number": "N", "text": "S", "several": "M"}
"""LimeSurvey's letters for kinds of questions; an open question in the codebook is a long text."""
LONG_TEXT = "T"
IN_RETROSPECT = msg("Think back: how was it before the programme began?")
NO_ANSWER: tuple[tuple[str, str, Message], ...] = (
    ("dont_know", DONT_KNOW, pmsg("answer", "Don't know")),
    ("not_applicable", NOT_APPLICABLE, pmsg("answer", "Not applicable")),
)


def write_questionnaires(
    surveys: list[Questionnaire], project: Project, folder: Path, formats: tuple[str, ...]
) -> list[Path]:
    """Write surveys as files and return these.

    Parameters
    ----------
    surveys
        What is asked.
    project
        The definition, for its name and languages.
    folder
        Where the files go; it is made.
    formats
        Keys of `WRITERS`.

    Raises
    ------
    ReportError
        If a format is not known.
    FormatError
        If a survey cannot be written in a format.
    """
    for name in formats:
        if name not in WRITERS:
            raise ReportError(
                msg("There is no format {format} of questionnaires.", format=name), do=one_of(name, WRITERS)
            )
    folder.mkdir(parents=True, exist_ok=True)
    return [path for name in formats for path in WRITERS[name](surveys, project, folder)]


def _limesurvey(surveys: list[Questionnaire], project: Project, folder: Path) -> Iterator[Path]:
    for survey in surveys:
        _refuse_joined(survey)
        path = folder / f"{survey.source}.limesurvey.txt"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, ROW, restval="", delimiter="\t")
            writer.writeheader()
            writer.writerows(_structure(survey, project))
        yield path


def _refuse_joined(survey: Questionnaire) -> None:
    for question in survey.questions:
        if question.kind == "several" and len({part.read_as for part in question.choices}) == 1:
            raise FormatError(
                msg("LimeSurvey gives each answer to “{item}” a column of its own.", item=question.item),
                where=survey.source,
                do=msg(
                    "Give each answer its own `column` in the codebook, and all of them the same `select`."
                ),
            )


def _structure(survey: Questionnaire, project: Project) -> Iterator[dict[str, object]]:
    """Yield the rows: settings, titles, and then everything in one language after the other."""
    first, *others = project.languages
    yield {"class": "S", "name": "language", "text": first}
    yield {"class": "S", "name": "additional_languages", "text": " ".join(others)}
    yield {"class": "S", "name": "format", "text": "G"}
    for lang in project.languages:
        title = f"{project.name[lang]}: {survey.title[lang]}"
        yield {"class": "SL", "name": "surveyls_title", "text": title, "language": lang}
    for lang in project.languages:
        yield from _in_language(survey, lang)


def _in_language(survey: Questionnaire, lang: str) -> Iterator[dict[str, object]]:
    number = 0
    for place, (title, help_text, questions) in enumerate(_groups(survey, lang), 1):
        yield {
            "id": place,
            "class": "G",
            "type/scale": place,
            "name": title,
            "text": help_text,
            "language": lang,
        }
        for question in questions:
            number += 1
            yield from _rows(question, number, lang)


def _groups(survey: Questionnaire, lang: str) -> Iterator[tuple[str, str, tuple[Question, ...]]]:
    if survey.about:
        yield say(msg("About you"), lang), "", survey.about
    for part in survey.parts:
        yield part.label[lang], _retrospect(part, lang), part.questions


def _retrospect(part: Part, lang: str) -> str:
    return say(IN_RETROSPECT, lang) if part.retrospect else ""


def _rows(question: Question, number: int, lang: str) -> Iterator[dict[str, object]]:
    low, high = question.limits or ("", "")
    open_question = question.kind == "text" and question.item
    yield {
        "id": number,
        "class": "Q",
        "type/scale": LONG_TEXT if open_question else TYPES[question.kind],
        "name": question.code,
        "relevance": "1",
        "text": question.text[lang],
        "language": lang,
        "mandatory": "N",
        "other": "N",
        "num_value_int_only": "1" if question.whole else "",
        "min_num_value_n": f"{low:g}" if low != "" else "",
        "max_num_value_n": f"{high:g}" if high != "" else "",
    }
    kind = "SQ" if question.kind == "several" else "A"
    for code, text in answers(question, lang):
        relevance = {"relevance": "1"} if kind == "SQ" else {}
        yield {
            "id": number,
            "class": kind,
            "type/scale": 0,
            "name": code,
            "text": text,
            "language": lang,
        } | relevance


def answers(question: Question, lang: str) -> list[tuple[str, str]]:
    """Return codes and texts of all answers to a question, those that are no values last."""
    found = [(choice.code, choice.text[lang]) for choice in question.choices]
    for name, code, word in NO_ANSWER:
        written = getattr(question, name)
        if written:
            said = say(word, lang)
            found.append((code, said if said in written else written[0]))
    return found


HEADERS: tuple[Message, ...] = (
    pmsg("questionnaire", "Code"),
    pmsg("questionnaire", "Question in the codebook"),
    pmsg("questionnaire", "Wave"),
    pmsg("questionnaire", "Wording"),
    pmsg("questionnaire", "Answers"),
    pmsg("questionnaire", "Response scale"),
)
WIDTHS = (22, 24, 16, 60, 44, 16)


def _excel(surveys: list[Questionnaire], project: Project, folder: Path) -> Iterator[Path]:
    for lang in project.languages:
        book = Workbook()
        book.remove(book.active)
        for survey in surveys:
            _fill(book.create_sheet(survey.source[:31]), survey, lang)
        path = folder / f"questionnaires.{lang}.xlsx"
        book.save(path)
        yield path


def _fill(sheet: Worksheet, survey: Questionnaire, lang: str) -> None:
    _write(sheet, 1, [say(header, lang) for header in HEADERS])
    rows = [(say(msg("About you"), lang), question) for question in survey.about]
    rows += [(part.label[lang], question) for part in survey.parts for question in part.questions]
    for place, (wave, question) in enumerate(rows, 2):
        listed = "\n".join(f"{code} = {text}" for code, text in answers(question, lang)) or _limits(question)
        _write(
            sheet,
            place,
            [question.code, question.item, wave, question.text[lang], listed, question.response],
        )
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"


def _write(sheet: Worksheet, row: int, texts: list[str]) -> None:
    """Write texts as texts, also those that a spreadsheet would take for a formula."""
    for place, text in enumerate(texts, 1):
        cell = sheet.cell(row, place, text or None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if text:
            cell.data_type = "s"


def _limits(question: Question) -> str:
    return "{:g}–{:g}".format(*question.limits) if question.limits else ""


def _print(surveys: list[Questionnaire], project: Project, folder: Path) -> Iterator[Path]:
    for survey in surveys:
        for lang in project.languages:
            page = render(
                "questionnaire",
                lang,
                title=survey.title[lang],
                programme=project.name[lang],
                groups=_on_paper(survey, lang),
                thanks=say(msg("Thank you."), lang),
            )
            path = folder / f"{survey.source}.{lang}.html"
            path.write_text(page, encoding="utf-8")
            yield path


def _on_paper(survey: Questionnaire, lang: str) -> list[dict[str, object]]:
    """Return headings and numbered questions with what is to be done with each."""
    groups, number = [], 0
    for title, help_text, questions in _groups(survey, lang):
        fields = []
        for question in questions:
            number += 1
            limits = _limits(question)
            hint = HINTS[question.kind] if question.kind != "number" or limits else None
            fields.append(
                {
                    "number": number,
                    "text": question.text[lang],
                    "kind": "long" if question.kind == "text" and question.item else question.kind,
                    "answers": [text for _, text in answers(question, lang)],
                    "hint": say(hint, lang, limits=limits) if hint else "",
                }
            )
        groups.append({"title": title, "help": help_text, "questions": fields})
    return groups


HINTS: dict[str, Message | None] = {
    "choice": msg("Mark one answer."),
    "several": msg("Mark all that apply."),
    "number": msg("Write a number, {limits}."),
    "text": None,
}
"""What is to be done with each kind of question."""

WRITERS: dict[str, Callable[[list[Questionnaire], Project, Path], Iterator[Path]]] = {
    "limesurvey": _limesurvey,
    "excel": _excel,
    "print": _print,
}
"""The formats of questionnaires."""
