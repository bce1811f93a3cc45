"""Calling pandoc, a program of its own, with the report's document."""

import importlib
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from evaluation.report.document import CONTENTS, contents_list, document
from evaluation.report.edition import Edition
from evaluation.report.moment import epoch
from evaluation.report.page import PHRASES, TEMPLATES
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import FormatError
from evaluation.vocabulary.message import msg

FOLDS = re.compile(r"<summary>.*?</summary>|</?details[^>]*>", re.DOTALL)
WORDS = re.compile(r'<details class="words">.*?</details>', re.DOTALL)
LOOKS = re.compile(r'<p class="(lead|note|meta)[^"]*"[^>]*>(.*?)</p>', re.DOTALL)
CARD = re.compile(r'<figure class="(\w+)"')


def needed(name: str, what: str) -> ModuleType:
    """Return an installed package that one format needs.

    It is loaded when that format is made, so that the other formats come without it.

    Raises
    ------
    FormatError
        If it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise FormatError(
            msg("{what} cannot be made: the package {name} is not installed.", what=what, name=name),
            do=msg("Run `make setup`, or install it with pip."),
        ) from None


def plain_document(edition: Edition) -> str:
    """Return the report's document in the form that pandoc reads: nothing folded, looks on blocks.

    Findings that a page folds away are left out where the table with the same numbers follows.

    Parameters
    ----------
    edition
        What to show.
    """
    body, headings = document(edition)
    body = body.replace(CONTENTS, contents_list(headings, edition))
    body = (
        body.replace('<p class="contents-title">', "<p>")
        .replace("<nav ", "<div ")
        .replace("</nav>", "</div>")
    )
    if "card" not in edition.readers.layouts:
        body = WORDS.sub("", body)
    body = LOOKS.sub(r'<div class="\1"><p>\2</p></div>', FOLDS.sub("", body))
    body = CARD.sub(r'<div class="\1"', body).replace("</figure>", "</div>")
    body = body.replace("<figcaption>", "<div>").replace("</figcaption>", "</div>")
    if edition.study.simulated:
        notice = f'<div class="sim"><p>{say(PHRASES["simulated"], edition.lang)}</p></div>'
        body = body.replace("</h1>", f"</h1>{notice}", 1)
    return f'<html lang="{edition.lang}"><body>{body}</body></html>'


def convert(
    html: str,
    to: str,
    *,
    what: str,
    folder: Path,
    metadata: Mapping[str, str],
    options: Sequence[str] = (),
) -> bytes:
    """Let pandoc turn a document into another format.

    Parameters
    ----------
    html
        The document.
    to
        One of pandoc's formats.
    what
        What the user calls the format.
    folder
        Where the pictures are.
    metadata
        Title, language and the like.
    options
        More options of pandoc.

    Raises
    ------
    FormatError
        If pandoc is missing or fails.
    """
    told = [f"--metadata={name}={value}" for name, value in metadata.items()]
    done = subprocess.run(
        [
            program(what),
            "--from=html",
            f"--to={to}",
            "--standalone",
            "--shift-heading-level-by=-1",
            f"--lua-filter={TEMPLATES / 'document.lua'}",
            f"--resource-path={folder}",
            "--fail-if-warnings",
            "--output=-",
            *told,
            *options,
        ],
        input=html.encode(),
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch())},
    )
    if done.returncode:
        raise FormatError(
            msg("{what} cannot be made: pandoc says “{text}”.", what=what, text=_first_line(done.stderr))
        )
    return done.stdout


def beside_ours() -> list[object]:
    """Return what tells one pandoc of the system from another, which is used if it is newer than the package's."""
    found = shutil.which("pandoc")
    return [found, os.stat(found).st_size] if found else []


def program(what: str) -> str:
    """Return where pandoc is.

    Raises
    ------
    FormatError
        If it is not installed.
    """
    try:
        return str(needed("pypandoc", what).get_pandoc_path())
    except OSError:
        raise FormatError(
            msg("{what} cannot be made: the program pandoc is not installed.", what=what),
            do=msg("Run `make setup`, or install the package pypandoc_binary with pip."),
        ) from None


def _first_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[0] if lines else ""
