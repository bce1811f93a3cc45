"""Refuse data files in a commit: answers must never enter the repository."""

import sys
from collections.abc import Iterable
from pathlib import PurePosixPath

ENDINGS = {".csv", ".xlsx", ".sav", ".parquet"}
ALLOWED = ("tests/", "projects/", "src/evaluation/project/template/")


def refused(names: Iterable[str]) -> list[str]:
    """Return the data files that lie where none may lie; names are relative to the repository."""
    paths = [PurePosixPath(name.replace("\\", "/")) for name in names]
    data = [str(path) for path in paths if path.suffix.lower() in ENDINGS]
    return [name for name in data if not name.startswith(ALLOWED)]


def main(names: list[str]) -> int:
    """Name the refused files; the exit code is 1 if there are any."""
    found = refused(names)
    for name in found:
        sys.stderr.write(f"{name}: data files belong in data/, which git ignores.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
