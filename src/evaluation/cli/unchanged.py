"""Recognise a report that is already there, before anything is imported.

This looks at the words of the command line only as far as it must; whatever it does not understand is left
to the command itself.
"""

import locale
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.report.receipt import Asked, is_unchanged, read_receipt

MANY = {"--only": "only", "--format": "formats", "--audience": "audiences"}
ONE = ("--out", "--level", "--lang")
COMMAND = "report"


@dataclass(frozen=True, slots=True)
class Words:
    """A command line that was understood."""

    project: Path
    asked: Asked
    out: Path
    lang: str


def tell_unchanged(words: Sequence[str]) -> bool:
    """Tell that a report is up to date, if it is.

    Parameters
    ----------
    words
        The command line without the program's name.

    Returns
    -------
    bool
        Whether the report is up to date; if not, nothing was told.
    """
    found = understood(words)
    receipt = read_receipt(found.out) if found else None
    if found is None or receipt is None or not is_unchanged(receipt, found.out, found.asked, found.project):
        return False
    said = receipt.said.get(_language(found.lang)) or receipt.said["en"]
    places = {"folder": str(found.out)}
    sys.stderr.write("".join(line.format_map(places) + "\n" for line in said))
    return True


def understood(words: Sequence[str]) -> Words | None:
    """Read the words of `evaluation report`; None if they are of another command or another kind."""
    lists: dict[str, list[str]] = {name: [] for name in MANY.values()}
    single = dict.fromkeys(ONE, "")
    places: list[str] = []
    rest = iter(words)
    for word in rest:
        name, _, value = word.partition("=")
        if name in MANY:
            lists[MANY[name]].append(value or next(rest, ""))
        elif name in ONE:
            single[name] = value or next(rest, "")
        elif word.startswith("-"):
            return None
        else:
            places.append(word)
    if len(places) != 2 or places[0] != COMMAND:
        return None
    project = _definition(Path(places[1]))
    asked = Asked(**{name: tuple(value) for name, value in lists.items()}, level=single["--level"])
    out = Path(single["--out"]).resolve() if single["--out"] else default_folder(project)
    return Words(project, asked, out, single["--lang"])


def default_folder(project: Path) -> Path:
    """Return where the report of a definition lies if no other place is asked for."""
    return project.parent.parent.parent / "reports" / project.parent.name


def _definition(given: Path) -> Path:
    """Find a definition as `load_project` does: from here, or from the nearest folder above that has it."""
    here = Path.cwd()
    folders = (folder for folder in (here, *here.parents) if (folder / given).exists())
    path = (next(folders, here) / given).resolve()
    return path / "project.yaml" if path.is_dir() else path


def _language(asked: str) -> str:
    return (asked or os.environ.get("EVALUATION_LANG") or locale.getlocale()[0] or "en")[:2]
