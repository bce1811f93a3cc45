"""Many small made-up projects."""

import shutil
from pathlib import Path

import numpy as np

from evaluation.programme.executor import Place
from evaluation.programme.registry import read_registry
from evaluation.programme.report import evaluate_projects

SMALL = Path(__file__).with_name("small")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FEW = ("targets", "change")
"""The chapters that hold what is pooled, and are quickly run."""


def write_projects(folder: Path, count: int) -> Path:
    """Write definitions that differ in size, change and seed."""
    rng = np.random.default_rng(11)
    text = (SMALL / "project.yaml").read_text(encoding="utf-8")
    for number in range(1, count + 1):
        drawn = {
            "number": f"{number:03d}",
            "seed": str(number),
            "organisations": str(rng.integers(8, 14)),
            "people": str(rng.integers(40, 110)),
            "change": f"{rng.normal(0.5, 0.2):.2f}",
        }
        filled = text
        for name, value in drawn.items():
            filled = filled.replace("{" + name + "}", value)
        place = folder / f"p{number:03d}"
        place.mkdir(parents=True)
        (place / "project.yaml").write_text(filled, encoding="utf-8")
        shutil.copy(SMALL / "codebook.csv", place / "codebook.csv")
    return folder


def evaluated(folder: Path, place: Place, *, only=FEW, force=False):
    """Evaluate all projects of a folder; seconds and processes, which differ, are left out."""
    registry = read_registry(folder)
    runs = evaluate_projects(registry, place, notebooks=NOTEBOOKS, only=only, force=force)
    return registry, {key: timeless(run) for key, run in runs.items()}


def timeless(run):
    return {name: value for name, value in run.items() if name not in ("seconds", "process")}
