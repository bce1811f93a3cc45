"""Open answers: a table of their own, which no figure and no table of a report is made from."""

from collections.abc import Iterator, Mapping

import pandas as pd

from evaluation.data.intake import Intake
from evaluation.data.privacy.contact import masked
from evaluation.project.model import LoadedProject

COLUMNS = ("source", "wave", "item", "text")


def open_answers(intakes: Mapping[str, Intake], project: LoadedProject) -> pd.DataFrame | None:
    """Return the answers to the open questions that the codebook lists.

    Parameters
    ----------
    intakes
        What was taken from each source.
    project
        The project with its codebook.

    Returns
    -------
    pandas.DataFrame or None
        source, wave, item, text; None if the codebook lists no open question.

    Notes
    -----
    The table does not say who wrote what: neither a person nor an organisation stands in it, and its rows
    are in the order of the alphabet. E-mail addresses, telephone numbers and IP addresses become a mark.
    Names of people in running text are not found.
    """
    if not project.codebook.texts:
        return None
    return pd.DataFrame(sorted(_rows(intakes, project)), columns=list(COLUMNS), dtype="str")


def _rows(intakes: Mapping[str, Intake], project: LoadedProject) -> Iterator[tuple[str, ...]]:
    for entry in project.codebook.texts:
        intake = intakes.get(entry.source)
        if intake is None:
            continue
        wave = entry.wave or project.definition.sources[entry.source].waves[0]
        export = intake.kept.export
        for text in export.frame[export.find(entry.column)]:
            if text.strip():
                yield entry.source, wave, entry.item, masked(" ".join(text.split()))
