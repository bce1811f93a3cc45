"""Fingerprints of what a result depends on: contents only, never times.

The standard library is enough here, so that asking whether anything has changed costs next to nothing.
"""

import hashlib
import json
import os
import platform
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
TEMPLATES, LOCALE = "/report/templates/", "/text/locale/"
LEFT_OUT = (".pyc", ".pyo")


def file_fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file; "" if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of plain values."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def files_fingerprint(paths: Iterable[Path]) -> str:
    """Return one fingerprint of several files and folders, in order; one that is not there counts as such."""
    return fingerprint(
        [
            [(file.relative_to(path).as_posix(), file_fingerprint(file)) for file in _below(path)]
            if path.is_dir()
            else (path.name, file_fingerprint(path))
            for path in paths
        ]
    )


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@cache
def program_fingerprint(*, templates: bool = True, lang: str | None = None) -> str:
    """Return the fingerprint of everything that computes: this package, its dependencies, Python, settings.

    Parameters
    ----------
    templates
        Whether the templates of pages count.
    lang
        The language whose translations count; all if None, none if empty.

    Notes
    -----
    Of the package every file is read; of the dependencies the names of their folders, which hold the
    versions. The language of messages and the moment that files carry are among the settings.
    """
    left_out = () if templates else (TEMPLATES,)
    spoken = LOCALE if lang is None else f"{LOCALE}{lang}/"
    own = [
        (name, known)
        for name, known in _own_files()
        if not name.startswith(left_out) and (not name.startswith(LOCALE) or name.startswith(spoken))
    ]
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    others = sorted(
        name for folder in folders if Path(folder).is_dir()
        for name in os.listdir(folder) if name.endswith(".dist-info")
    )  # fmt: skip
    settings = [os.environ.get(name, "") for name in ("EVALUATION_LANG", "SOURCE_DATE_EPOCH")]
    return fingerprint([own, others, sys.version, platform.machine(), sys.platform, settings])


@cache
def _own_files() -> tuple[tuple[str, str], ...]:
    """Return every file of the package with its fingerprint."""
    return tuple(
        (name[len(str(PACKAGE)) :].replace(os.sep, "/"), _content(name)) for name in _package_files()
    )


def _package_files() -> list[str]:
    return sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(PACKAGE)
        for name in names
        if not name.endswith(LEFT_OUT)
    )


def _content(name: str) -> str:
    with open(name, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
