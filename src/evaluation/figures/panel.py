"""What the figures with one mark per line share: the axis, the values and the level names.

Values and names stand either in columns on both sides of the axis, or beside the marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluation.figures.frame import Frame, axis_width, label_column, open_frame, write_at, write_withheld
from evaluation.figures.key import Picture, make_key
from evaluation.figures.labels import Labels
from evaluation.figures.rows import Line, Stack, level_name
from evaluation.figures.theme import MOST_SERIES, SMALL, Mark, series
from evaluation.figures.ticks import Limits, axis_ticks, end_room
from evaluation.figures.writing import text_width

PAD = 9.0
COLUMN_PAD = 5.0
COLUMNS, BESIDE, ABOVE = "columns", "beside", "above"
Extents = Mapping[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a figure is about to draw.

    Attributes
    ----------
    stack
        The rows, with their places.
    labels
        The words.
    limits
        The ends of the axis.
    extents
        For each line that is drawn: the lowest and highest value of its marks.
    values
        Where values are written: in columns, beside the marks, or above them by the figure itself.
    whole
        Whether the axis is marked at whole numbers only.
    title
        Height kept free between the key and the rows.
    pictures
        The key: for each name, what draws its mark.
    """

    stack: Stack
    labels: Labels
    limits: Limits
    extents: Extents
    values: str = COLUMNS
    whole: bool = False
    title: float = 0.0
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    @property
    def drawn(self) -> tuple[Line, ...]:
        """The lines that have a mark."""
        return tuple(line for line in self.stack.lines if line.index in self.extents)


@dataclass(frozen=True, slots=True)
class Panel:
    """A plan with its drawing area.

    Attributes
    ----------
    plan
        What is drawn.
    frame
        Where.
    names
        For each line that carries its level's name: that name.
    marks
        The mark of each level.
    names_first
        Whether names stand to the left of the marks, instead of after the values.
    """

    plan: Plan
    frame: Frame
    names: Mapping[int, str]
    marks: Mapping[str, Mark]
    names_first: bool

    @property
    def drawn(self) -> tuple[Line, ...]:
        """The lines that have a mark."""
        return self.plan.drawn

    def mark(self, line: Line) -> Mark:
        """Return the mark of a line's level."""
        return self.marks[line.level]


def open_panel(figure: Any, plan: Plan) -> Panel:
    """Size the figure so that values, names and key fit; draw axis, row labels, key and missing rows."""
    names = level_names(plan)
    columns = plan.values == COLUMNS
    aside = max([0.0, *(_name_width(name) + PAD for name in names.values())]) if columns else 0.0
    ends = end_room(plan.limits, plan.labels.ticks, plan.whole)
    left = label_column(plan.stack.blocks, aside, ends[0])
    width = axis_width(left, plan.limits, [(plan.limits[1], ends[1]), *_reach(plan, {})])
    first = columns or _fit_before(plan, names, width)
    if not first:
        width = axis_width(left, plan.limits, [(plan.limits[1], ends[1]), *_reach(plan, names)])
    ticks = axis_ticks(plan.limits, width, plan.labels.ticks, plan.whole) if plan.extents else ()
    key = make_key(plan.pictures if plan.extents else {}, left)
    title = plan.title if plan.extents else 0.0
    frame = open_frame(
        figure,
        plan.stack,
        plan.labels,
        Frame(None, *plan.limits, left, width),
        ticks,
        key.height + title,
        aside,
    )
    key.draw(frame, -key.height - title)
    panel = Panel(plan, frame, names, series(line.level for line in plan.stack.lines), first)
    _write_missing(panel)
    return panel


def level_names(plan: Plan) -> dict[int, str]:
    """Choose the lines that carry their level's name.

    In columns every line of a block with several does. Beside the marks the first of each level
    does, and every withheld one; with more levels than marks, all. A row whose label says the
    name already does not.
    """
    columns = plan.values == COLUMNS
    often = columns or len({line.level for line in plan.stack.lines}) > MOST_SERIES
    named: dict[int, str] = {}
    seen: set[str] = set()
    for line in plan.stack.lines:
        name = level_name(line, plan.labels)
        known = line.level in seen and line.index in plan.extents
        if line.index in plan.extents:
            seen.add(line.level)
        if name and (often or not known):
            named[line.index] = name
    return named


def _reach(plan: Plan, names: Mapping[int, str]) -> list[tuple[float, float]]:
    """Return how many points values, and names after them, need to the right of which value."""
    if plan.values == ABOVE:
        return []
    wide = {line.index: PAD + text_width(line.value) for line in plan.drawn}
    if plan.values == COLUMNS:
        return [(plan.limits[1], max(wide.values(), default=0.0) + COLUMN_PAD)]
    after = {index: PAD + _name_width(names[index]) for index in wide if index in names}
    return [(plan.extents[index][1], need + after.get(index, 0.0)) for index, need in wide.items()]


def _name_width(name: str) -> float:
    return text_width(name, SMALL, bold=True)


def _fit_before(plan: Plan, names: Mapping[int, str], width: float) -> bool:
    low, high = plan.limits
    return all(
        (max(plan.extents[index][0], low) - low) / (high - low) * width >= _name_width(name) + PAD
        for index, name in names.items()
        if index in plan.extents
    )


def write_values(panel: Panel) -> None:
    """Write each drawn line's value and its level's name, in columns or beside its marks."""
    frame = panel.frame
    for line in panel.drawn:
        low, high = (frame.points(frame.clip(end)) for end in panel.plan.extents[line.index])
        if panel.plan.values == COLUMNS:
            low, high = 0.0, frame.width + COLUMN_PAD
        write_at(frame, high + PAD, line.y, line.value, gid=f"value-{line.index}")
        after = high + PAD + (text_width(line.value) + PAD if line.value else 0.0)
        _write_name(panel, line, low - PAD if panel.names_first else after, panel.names_first)


def _write_name(panel: Panel, line: Line, points: float, ends: bool) -> None:
    look = {"ha": "right" if ends else "left", "color": panel.mark(line).text, "gid": f"level-{line.index}"}
    write_at(panel.frame, points, line.y, panel.names.get(line.index, ""), size=SMALL, weight="bold", **look)


def _write_missing(panel: Panel) -> None:
    """Write, for each line without a mark, its level's name and that it is withheld."""
    for line in panel.plan.stack.lines:
        if line.index in panel.plan.extents:
            continue
        columns = panel.plan.values == COLUMNS
        _write_name(panel, line, -PAD if columns else 0.0, columns)
        name = "" if columns else panel.names.get(line.index, "")
        write_withheld(panel.frame, line, panel.plan.labels, _name_width(name) + 6 if name else 0.0)
