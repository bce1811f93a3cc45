"""Copy the cases with an adapter, and their tables: python -m tests.reference.subset FROM TO."""

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from .adapters import ADAPTERS
from .compare import read_cases


def copy_covered(source: Path, target: Path) -> int:
    """Write the covered cases of one folder to another, unchanged, and return how many there are."""
    covered = [case for case in read_cases(source) if case["estimator"] in ADAPTERS]
    tables = {name for case in covered for name in case.get("data", [])}
    (target / "data").mkdir(parents=True, exist_ok=True)
    for name in sorted(tables):
        shutil.copyfile(source / "data" / name, target / "data" / name)
    text = json.dumps(covered, ensure_ascii=False, indent=1)
    (target / "cases.json").write_text(text + "\n", encoding="utf-8")
    return len(covered)


def main(arguments: Sequence[str]) -> int:
    """Copy; 0 when it was done, 2 when the folders were not given."""
    if len(arguments) != 2 or not (Path(arguments[0]) / "cases.json").is_file():
        sys.stderr.write("Give a folder that holds cases.json and data/, and the folder to write to.\n")
        return 2
    sys.stdout.write(f"{copy_covered(Path(arguments[0]), Path(arguments[1]))} cases copied\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
