"""Definitions without their cross checks, for parts that must stand any combination."""

from pathlib import Path

import yaml

from evaluation.project.codebook import read_codebook
from evaluation.project.load import RESPONSES
from evaluation.project.model import LoadedProject, Project


def load_unchecked(folder: Path) -> LoadedProject:
    """Read a definition and its codebook; only the shape of each part is checked."""
    file = folder / "project.yaml"
    definition = yaml.safe_load(file.read_text(encoding="utf-8"))
    standard = yaml.safe_load(RESPONSES.read_text(encoding="utf-8"))
    definition["responses"] = standard | definition.get("responses", {})
    codebook = read_codebook(folder / "codebook.csv")
    return LoadedProject(definition=Project.model_validate(definition), codebook=codebook, file=file)
