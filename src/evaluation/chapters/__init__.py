"""One module per notebook: each function turns the study into one exhibit."""

from evaluation.project.model import Project
from evaluation.vocabulary.message import Message, pmsg

CHAPTERS: dict[str, Message] = {
    "overview": pmsg("chapter", "Overview"),
    "data_quality": pmsg("chapter", "What it rests on"),
    "targets": pmsg("chapter", "Targets"),
    "change": pmsg("chapter", "Change"),
    "equality": pmsg("chapter", "Equality"),
}
"""The chapters in the order in which they are read, with their names in the contents list."""

NOTEBOOKS = {
    "overview": "00_overview",
    "data_quality": "01_data_quality",
    "change": "03_change",
    "targets": "04_targets",
    "equality": "05_equality",
}
"""The notebook of each chapter."""

ALWAYS: tuple[str, ...] = ("overview", "data_quality")


def chapters_of(project: Project) -> list[str]:
    """List the chapters that a programme's definition gives something to say in."""
    used = {indicator.chapter for indicator in project.indicators.values()}
    return [name for name in CHAPTERS if name in ALWAYS or name in used]


__all__ = ["ALWAYS", "CHAPTERS", "NOTEBOOKS", "chapters_of"]
