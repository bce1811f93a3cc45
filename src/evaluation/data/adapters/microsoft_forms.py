"""Exports from Microsoft Forms: a workbook with one header row that begins with the tool's own columns."""

from collections.abc import Sequence

from evaluation.data.adapters.adapter import Adapter, Delivered, Reading, readable, without_personal
from evaluation.data.matching import plain
from evaluation.vocabulary.errors import ExportError
from evaluation.vocabulary.message import msg

START = {
    "start time",
    "starttid",
    "startzeit",
    "starttidspunkt",
    "heure de début",
    "hora de inicio",
    "aloitusaika",
}
END = {
    "completion time",
    "slutförandetid",
    "fertigstellungszeit",
    "fullføringstidspunkt",
    "fuldførelsestidspunkt",
    "heure de fin",
    "hora de finalización",
    "valmistumisaika",
}
PERSONAL = {
    "email",
    "e-mail",
    "e-post",
    "e-postadress",
    "e-postadresse",
    "adresse de messagerie",
    "correo electrónico",
    "sähköposti",
    "name",
    "namn",
    "navn",
    "nom",
    "nombre",
    "nimi",
}
OWN = 6


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether the header begins with number, start time and completion time."""
    first = [plain(title) for title in header[:3]]
    return len(first) == 3 and first[0] == "id" and first[1] in START and first[2] in END


def read(delivered: Delivered) -> Reading:
    """Read an export from Microsoft Forms.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        Without the tool's own columns for e-mail address and name, unless the project file names them.
        Several answers to one question stay in one cell, separated by semicolons, as delivered.

    Raises
    ------
    ExportError
        If the first columns are not those of Microsoft Forms.
    """
    titles = delivered.cells(0)
    if not matches((), titles):
        raise ExportError(
            msg("The file does not begin with the columns ID, start time and completion time."),
            where=f"{delivered.path.name}:1",
            do=msg("Export it again from Microsoft Forms, or correct `tool:` of the source."),
        )
    frame, number = delivered.under(titles, 1)
    own = [title for title in titles[:OWN] if plain(title) in PERSONAL]
    wording = {name: readable(name) for name in titles if name in frame.columns}
    return without_personal(Reading(frame, number, wording=wording), own, delivered)


ADAPTER = Adapter(
    "Microsoft Forms",
    msg("{file} was read as an export from Microsoft Forms, because of its columns on start and completion."),
    matches,
    read,
)
