"""What was rendered before, found again by everything that it depends on.

Pictures, fragments of pages and whole files are kept by the fingerprint of their content: the protected rows,
the words, the language, the readers, and the program with its dependencies, and with those of its templates and
catalogues that have a part in it. Whatever changes one of them changes the name, so that nothing that is out of
date can be found.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from evaluation.report.places import clear_halves
from evaluation.vocabulary.fingerprint import fingerprint, program_fingerprint

FORM = 2
"""Raised when what is kept changes its form."""
MOST = 2_000
"""How many are kept; those that were used last stay."""
SIGN = hashlib.sha256().digest_size


_OPEN: list[Path] = []


@contextmanager
def kept_in(folder: Path, *, fresh: bool = False) -> Iterator[None]:
    """Keep what is rendered, here and in forks of this process, in a folder.

    Parameters
    ----------
    folder
        The folder; it lies with the data, since it holds pages of a report that may not have been published.
    fresh
        Whether all is made again, whatever is there.
    """
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    _OPEN.append(folder)
    try:
        yield
        _thin(folder)
    finally:
        _OPEN.pop()


def kept(
    kind: str, content: Any, make: Callable[[], bytes], *, templates: bool = True, lang: str | None = None
) -> bytes:
    """Return what was made before of the same content; make and keep it if there is none.

    Parameters
    ----------
    kind
        What it is, for example "svg".
    content
        Plain values: everything that it depends on besides the program.
    make
        Makes it.
    templates, lang
        What of the program it depends on besides the code, as in `program_fingerprint`.
    """
    if not _OPEN:
        return make()
    program = program_fingerprint(templates=templates, lang=lang)
    place = _OPEN[-1] / fingerprint([FORM, kind, content, program])[:40]
    found = _read(place)
    if found is None:
        found = make()
        _write(place, found)
    return found


def kept_text(
    kind: str, content: Any, make: Callable[[], str], *, templates: bool = True, lang: str | None = None
) -> str:
    """Return text that was made before of the same content, as `kept` does."""
    return kept(kind, content, lambda: make().encode(), templates=templates, lang=lang).decode()


def _read(place: Path) -> bytes | None:
    """Return what lies there if it is whole, and note that it was used."""
    try:
        stored = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    return stored[SIGN:] if hashlib.sha256(stored[SIGN:]).digest() == stored[:SIGN] else None


def _write(place: Path, content: bytes) -> None:
    """Keep something; nothing is kept if another run with `--force` clears the folder at this moment."""
    place.parent.mkdir(parents=True, exist_ok=True)
    made = place.with_name(f".{place.name}-{os.getpid()}")
    with suppress(FileNotFoundError):
        made.write_bytes(hashlib.sha256(content).digest() + content)
        os.replace(made, place)


def _thin(folder: Path) -> None:
    """Delete what was not used for longest, and what runs that were cut off left behind."""
    clear_halves(folder)
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        whole = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in sorted(whole, key=lambda entry: -entry.stat().st_mtime)[MOST:]:
        with suppress(OSError):
            os.unlink(entry)
