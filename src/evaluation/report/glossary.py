"""The page that explains the words of a report to its readers."""

from evaluation.report.page import render
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg, pmsg

TERMS: tuple[tuple[Message, Message], ...] = (
    (
        pmsg("glossary", "item non-response"),
        msg("A question that somebody has left out, although they answered the others."),
    ),
    (
        pmsg("glossary", "baseline"),
        msg("The measurement before the programme's efforts began."),
    ),
    (
        pmsg("glossary", "chance"),
        msg("What makes two measurements of the same thing differ although nothing has happened."),
    ),
    (
        pmsg("glossary", "cluster (company)"),
        msg("People in the same company resemble each other; the calculations take that into account."),
    ),
    (
        pmsg("glossary", "confidence interval"),
        msg("The values that the answers do not contradict. A wide interval means that little is known."),
    ),
    (
        pmsg("glossary", "disclosure control"),
        msg("Numbers about few people or companies are withheld, so that nobody can be recognised."),
    ),
    (
        pmsg("glossary", "gender balance"),
        msg("As a rule, at least two in five are women and at least two in five are men."),
    ),
    (
        pmsg("glossary", "mean"),
        msg("The sum of all answers divided by how many they are."),
    ),
    (
        pmsg("glossary", "measurement after"),
        msg("The measurement when the efforts were over, or nearly so."),
    ),
    (
        pmsg("glossary", "non-response"),
        msg("Those who were asked but did not answer. Nobody knows what they would have said."),
    ),
    (
        pmsg("glossary", "percentage point"),
        msg("The difference between two shares: from 40 to 50 per cent is ten percentage points."),
    ),
    (
        pmsg("glossary", "rehearsal with simulated data"),
        msg("A report made of made-up answers, to test it before the real ones have come in."),
    ),
    (
        pmsg("glossary", "response rate"),
        msg("How many of those who were asked have answered."),
    ),
    (
        pmsg("glossary", "response scale"),
        msg("The answers that one could choose between, for example from 1 to 5."),
    ),
    (
        pmsg("glossary", "share"),
        msg("A part of the whole, in per cent or as so many of so many."),
    ),
    (
        pmsg("glossary", "standard deviation"),
        msg("How much the answers differ from each other."),
    ),
    (
        pmsg("glossary", "statement"),
        msg("Something that the programme says it does or will achieve. Each has a number in the report."),
    ),
    (
        pmsg("glossary", "statistically certain"),
        msg("Chance alone would rarely give such a result. It does not mean that the difference is large."),
    ),
    (
        pmsg("glossary", "target value"),
        msg("The number that the programme has promised to reach."),
    ),
    (
        pmsg("glossary", "then-test"),
        msg("A question asked afterwards about how it was before."),
    ),
    (
        pmsg("glossary", "threshold"),
        msg("The smallest number of people or companies that a number may be about."),
    ),
    (
        pmsg("glossary", "wave"),
        msg("One occasion of measurement, for example before or after."),
    ),
)
"""The words, as in the project's own glossary, and what they mean to someone who is not a statistician."""


def glossary_page(lang: str) -> str:
    """Render the words and their meanings, in the language's alphabetical order.

    Parameters
    ----------
    lang
        The language.
    """
    words = [(say(term, lang), say(meaning, lang)) for term, meaning in TERMS]
    return render(
        "glossary",
        lang,
        title=say(msg("What do the words mean?"), lang),
        words=sorted(words, key=lambda pair: _order(pair[0])),
    )


def _order(word: str) -> str:
    """Sort å, ä and ö last, as Swedish does."""
    return word.lower().translate(str.maketrans("åäö", "{|}"))
