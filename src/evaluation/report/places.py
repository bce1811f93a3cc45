"""Putting a finished report in the place of the earlier one, and clearing up after runs that were cut off."""

import ctypes
import os
import re
import shutil
import sys
from pathlib import Path

HERE = -100
"""`AT_FDCWD`: names are relative to the working directory."""
EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux: two names change places in one step."""


def beside(folder: Path, what: str = "") -> Path:
    """Return the name of a folder of this process beside a report's."""
    return folder.with_name(f".{folder.name}{what and '-'}{what}-{os.getpid()}")


def take_place(made: Path, folder: Path) -> None:
    """Put a finished folder in the place of an earlier one, which is deleted.

    On Linux this is one step; elsewhere it is two, and `clear_up` mends what was cut off between them.
    """
    if folder.exists() and _exchange(made, folder):
        shutil.rmtree(made)
        return
    earlier = beside(folder, "earlier")
    if folder.exists():
        folder.rename(earlier)
    try:
        made.rename(folder)
    except OSError:
        if earlier.exists():
            earlier.rename(folder)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def clear_up(folder: Path) -> None:
    """Delete what processes that are gone left beside a report, and put back a report that they moved away."""
    name = re.compile(rf"\.{re.escape(folder.name)}(?:-(notebooks|earlier))?-(\d+)")
    if not folder.parent.is_dir():
        return
    for path in folder.parent.iterdir():
        found = name.fullmatch(path.name)
        if not found or is_alive(int(found[2])):
            continue
        if found[1] == "earlier" and not folder.exists():
            path.rename(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0


def clear_halves(folder: Path) -> None:
    """Delete what processes that are gone had begun to write in a folder of things that are kept."""
    name = re.compile(r"\..+-(\d+)")
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        found = name.fullmatch(path.name)
        if found and not is_alive(int(found[1])):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def is_alive(pid: int) -> bool:
    """Tell whether a process is there; where that cannot be told, it is taken to be."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
