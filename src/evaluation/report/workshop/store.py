"""Where comments are kept: a file for each table of a workshop, and the list of actions beside them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.project.model import LoadedProject
from evaluation.report.workshop.annotation import Comments, Remark, read_comments, write_comments
from evaluation.text.catalogue import languages, say
from evaluation.vocabulary.cell import GUARD, guarded
from evaluation.vocabulary.errors import Problem, ReportError, one_of
from evaluation.vocabulary.message import Message, msg, pmsg

ACTIONS = "actions.csv"
HEADER = ("id", "figure", "role", "action", "status")
STATUS: dict[str, Message] = {"open": pmsg("action", "open"), "done": pmsg("action", "done")}
"""What has become of an action."""
SHORT = 8
"""How many signs of an action's name are enough to tell it from others."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a table wants done.

    Attributes
    ----------
    id
        The first signs of its remark's name.
    remark
        Where it was said.
    status
        A key of `STATUS`.
    """

    id: str
    remark: Remark
    status: str

    @property
    def text(self) -> str:
        """Return what is to be done."""
        return self.remark.act or self.remark.see or self.remark.why


def comments_folder(loaded: LoadedProject) -> Path:
    """Return the folder of a project's comments: beside its tables, which are made anew and again."""
    return loaded.processed_folder.with_name(f"{loaded.processed_folder.name}-workshops")


def stored_comments(loaded: LoadedProject) -> Comments:
    """Return all comments that were added, in the order of date and table.

    Parameters
    ----------
    loaded
        The project.
    """
    kept = [read_comments(path, loaded.key) for path in sorted(comments_folder(loaded).glob("*.jsonld"))]
    kept.sort(key=lambda one: [(table.date, table.number, table.id) for table in one.tables])
    tables = tuple(table for one in kept for table in one.tables)
    return Comments(loaded.key, tables, tuple(remark for one in kept for remark in one.remarks))


def add_comments(loaded: LoadedProject, paths: Sequence[Path]) -> Comments:
    """Check files of comments and keep them; a table's later file takes the place of its earlier one.

    Parameters
    ----------
    loaded
        The project.
    paths
        Files that the workshop's page has saved.

    Returns
    -------
    Comments
        What was in the files.

    Raises
    ------
    MissingFileError, ReportError
        If one of the files cannot be used; then nothing is kept of any.
    """
    found = combined([read_comments(path, loaded.key) for path in paths])
    for table in found.tables:
        own = tuple(remark for remark in found.remarks if remark.table == table.id)
        name = table.id.removeprefix("urn:uuid:")
        write_comments(
            replace(found, tables=(table,), remarks=own), comments_folder(loaded) / f"{name}.jsonld"
        )
    _write_actions(loaded, actions(loaded))
    return found


def combined(several: Sequence[Comments]) -> Comments:
    """Put the comments of several files together, later files in the place of earlier ones.

    Parameters
    ----------
    several
        At least one, all of the same project.
    """
    last = {table.id: place for place, one in enumerate(several) for table in one.tables}
    return Comments(
        several[0].project,
        tuple(table for n, one in enumerate(several) for table in one.tables if last[table.id] == n),
        tuple(remark for n, one in enumerate(several) for remark in one.remarks if last[remark.table] == n),
    )


def actions(loaded: LoadedProject, comments: Comments | None = None) -> list[Action]:
    """List what tables want done, with what has become of it.

    Parameters
    ----------
    loaded
        The project.
    comments
        What was said; the stored comments if None.

    Raises
    ------
    ReportError
        If the list holds a status that is not known.
    """
    status = dict(_statuses(comments_folder(loaded) / ACTIONS))
    remarks = (comments or stored_comments(loaded)).remarks
    asked = [remark for remark in remarks if remark.act or remark.reaction == "action"]
    asked = [remark for remark in asked if remark.act or remark.see or remark.why]
    return [Action(short(remark), remark, status.get(short(remark), "open")) for remark in asked]


def short(remark: Remark) -> str:
    """Return the first signs of a remark's name."""
    return remark.id.removeprefix("urn:uuid:")[:SHORT]


def set_status(loaded: LoadedProject, names: Sequence[str], status: str) -> None:
    """Write down what has become of actions.

    Parameters
    ----------
    loaded
        The project.
    names
        Their names in the list.
    status
        A key of `STATUS`.

    Raises
    ------
    ReportError
        If there is no such action or status.
    """
    if status not in STATUS:
        raise ReportError(msg("There is no status {status}.", status=status), do=one_of(status, STATUS))
    listed = actions(loaded)
    known = {action.id for action in listed}
    for name in names:
        if name not in known:
            raise ReportError(msg("There is no action {name}.", name=name), do=one_of(name, known))
    _write_actions(loaded, [replace(one, status=status) if one.id in names else one for one in listed])


def _write_actions(loaded: LoadedProject, listed: Sequence[Action]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in listed:
        cells = (one.id, one.remark.figure, one.remark.role, one.text, one.status)
        writer.writerow([guarded(cell) for cell in cells])
    folder = comments_folder(loaded)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ACTIONS).write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _statuses(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what people have written in the list, in any language of the package."""
    if not path.is_file():
        return
    words = {say(text, lang).casefold(): key for key, text in STATUS.items() for lang in languages()}
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=delimiter), start=2):
        written = str(row.get("status") or "open").strip().casefold()
        if written not in words and written not in STATUS:
            problem = msg("There is no status {status}.", status=written)
            raise ReportError([Problem(problem, f"{path.name}:{number}", one_of(written, words))])
        yield str(row.get("id") or "").strip().removeprefix(GUARD), words.get(written, written)
