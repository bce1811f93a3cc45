"""One module per notebook: each function turns the study into one exhibit."""

from evaluation.project.impact import Impact
from evaluation.project.model import Project
from evaluation.vocabulary.message import Message, pmsg

CHAPTERS: dict[str, Message] = {
    "overview": pmsg("chapter", "Overview"),
    "data_quality": pmsg("chapter", "What it rests on"),
    "targets": pmsg("chapter", "Targets"),
    "change": pmsg("chapter", "Change"),
    "organisation": pmsg("chapter", "Organisations"),
    "needs": pmsg("chapter", "Needs"),
    "process": pmsg("chapter", "How it was carried out"),
    "collaboration": pmsg("chapter", "Collaboration"),
    "equality": pmsg("chapter", "Equality"),
    "impact": pmsg("chapter", "Change or effect?"),
    "sensitivity": pmsg("chapter", "Do the verdicts hold?"),
    "measurement": pmsg("chapter", "How well it is measured"),
    "planning": pmsg("chapter", "What was planned"),
}
"""The chapters in the order in which they are read, with their names in the contents list."""

NOTEBOOKS = {
    "overview": "00_overview",
    "data_quality": "01_data_quality",
    "measurement": "02_measurement",
    "change": "03_change",
    "targets": "04_targets",
    "equality": "05_equality",
    "organisation": "06_organisation",
    "needs": "07_needs",
    "collaboration": "08_collaboration",
    "impact": "09_impact",
    "process": "09_process",
    "sensitivity": "10_sensitivity",
    "planning": "11_planning",
}
"""The notebook of each chapter."""

ALWAYS: tuple[str, ...] = ("overview", "data_quality")


def chapters_of(project: Project) -> list[str]:
    """List the chapters that a programme's definition gives something to say in."""
    used = {indicator.chapter for indicator in project.indicators.values()}
    if {indicator.rule.kind for indicator in project.indicators.values()} & {"change", "target"}:
        used.add("sensitivity")
    if project.impact != Impact() or "change" in {one.rule.kind for one in project.indicators.values()}:
        used.add("impact")
    if project.show_plan:
        used.add("planning")
    if project.scales:
        used.add("measurement")
    return [name for name in CHAPTERS if name in ALWAYS or name in used]


__all__ = ["ALWAYS", "CHAPTERS", "NOTEBOOKS", "chapters_of"]
