"""Alternative text: what kind of figure it is, then the same sentences as in the report."""

from collections.abc import Sequence

import pandas as pd

from evaluation.text.catalogue import say
from evaluation.text.sentence import Finding
from evaluation.vocabulary.message import Message, msg

KINDS: dict[str, Message] = {
    "target": msg("Interval chart."),
    "difference": msg("Interval chart around zero."),
    "change": msg("Chart with an arrow from before to after for each row."),
    "stacked": msg("Stacked bars, one per question."),
    "flow": msg("Bars for the steps from plan to answers."),
    "composition": msg("Chart of shares with a mark for what they are compared with."),
    "level": msg("Dot chart with one row per group."),
    "love": msg("Chart of how far apart the groups were, with and without weights, around zero."),
    "network": msg("Map of actors on a circle, with a line for each tie."),
    "caterpillar": msg(
        "Interval chart with a line for each project, ordered by size, and a band for their mean."
    ),
    "path": msg("Line chart over the years, with one line for each side."),
    "event": msg("Interval chart over the years since the start, around zero."),
    "quadrant": msg("Chart with a point for each area: what there is to the right, what is needed upwards."),
}


def alt_text(table: pd.DataFrame, kind: str, findings: Sequence[Finding], lang: str) -> str:
    """Say a figure in words.

    Parameters
    ----------
    table
        The rows that are drawn.
    kind
        The kind of figure.
    findings
        What the rows say.
    lang
        The language.
    """
    sentences = dict.fromkeys(sentence for finding in findings for sentence in finding.finding)
    return " ".join([say(KINDS[kind], lang), *sentences])
