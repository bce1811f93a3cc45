"""What survey tools and registers write by themselves, by language."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.project.model import Project
from evaluation.project.words import Words


@dataclass(frozen=True, slots=True)
class Wording:
    """The words and signs of exports in one language.

    Attributes
    ----------
    person, organisation, effort
        The letter before the running number of an identifier.
    tool_columns
        The headers that a survey tool adds: number of the answer, started, completed, language.
    dont_know
        Beginnings, in small letters, by which an answer "don't know" in this language is recognised.
    delimiter, decimal
        The signs between cells and between a number's whole and decimal part.
    """

    person: str
    organisation: str
    effort: str
    yes: str
    no: str
    other: str
    tool_columns: tuple[str, str, str, str]
    language: str
    answers_sheet: str
    register_sheet: str
    dont_know: tuple[str, ...]
    delimiter: str
    decimal: str


SWEDISH = Wording(
    person="D",
    organisation="F",
    effort="I",
    yes="Ja",
    no="Nej",
    other="Annat",
    tool_columns=("Svars-ID", "Startad", "Slutförd", "Språk"),
    language="Svenska",
    answers_sheet="Svar",
    register_sheet="Register",
    dont_know=("vet ej", "vet inte"),
    delimiter=";",
    decimal=",",
)
ENGLISH = Wording(
    person="P",
    organisation="C",
    effort="E",
    yes="Yes",
    no="No",
    other="Other",
    tool_columns=("Response ID", "Started", "Completed", "Language"),
    language="English",
    answers_sheet="Responses",
    register_sheet="Register",
    dont_know=("don't know", "don’t know", "do not know"),
    delimiter=",",
    decimal=".",
)
WORDINGS = {"sv": SWEDISH, "en": ENGLISH}


def wording_of(project: Project) -> Wording:
    """Return the words of the project's first language; English where they are not known."""
    return WORDINGS.get(project.languages[0], ENGLISH)


def in_first_language(words: Words, project: Project) -> str:
    """Return a text in the project's first language, or in the first language it has."""
    return words.get(project.languages[0]) or next(iter(words.values()), "")


def dont_know_text(texts: Sequence[str], wording: Wording) -> str:
    """Return the way to write "don't know" that is in the language; the first one if none is."""
    fitting = [text for text in texts if text.casefold().startswith(wording.dont_know)]
    return (fitting or list(texts))[0]
