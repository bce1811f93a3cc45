"""Reading in a process of its own, for readers that a damaged file can bring down with everything around them."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SECONDS = 60.0
PER_MEGABYTE = 2.0
"""How long a file may take: far above what it needs, far below a hang."""
BYTES, PER_BYTE = 2 << 30, 100
"""How much memory a file may take, where the system can set a limit."""
CHILD = """
import pickle, sys
import pyreadstat
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[4]),) * 2)
except (ImportError, ValueError, OSError):
    pass
try:
    found = getattr(pyreadstat, sys.argv[1])(sys.argv[2], user_missing=True)
except OverflowError as error:
    found = error
with open(sys.argv[3], "wb") as file:
    pickle.dump(found, file)
"""


class Unreadable(Exception):
    """The reader failed, ended its process, or used more time or memory than any such file needs."""


def read_separately(path: Path, reader: Callable[..., Any]) -> Any:
    """Return what a reader of `pyreadstat` makes of a file, declared missing values included.

    Parameters
    ----------
    path
        The file.
    reader
        `pyreadstat.read_sav` or `pyreadstat.read_dta`.

    Raises
    ------
    Unreadable
        If the file cannot be read.
    OverflowError
        If it holds a date that does not exist.
    """
    size = path.stat().st_size
    with TemporaryDirectory() as folder:
        out = Path(folder) / "found"
        command = [
            sys.executable,
            "-c",
            CHILD,
            reader.__name__,
            str(path),
            str(out),
            str(BYTES + PER_BYTE * size),
        ]
        try:
            done = subprocess.run(
                command, check=False, capture_output=True, timeout=SECONDS + PER_MEGABYTE * size / 1e6
            )
        except subprocess.TimeoutExpired:
            raise Unreadable from None
        if done.returncode or not out.is_file():
            raise Unreadable
        found = pickle.loads(out.read_bytes())
    if isinstance(found, OverflowError):
        raise found
    return found
