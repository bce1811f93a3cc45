"""Answer options as parts of one bar per row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pandas as pd

from evaluation.figures.frame import Frame, axis_width, label_column, open_frame, write_at, write_withheld
from evaluation.figures.key import Picture, make_key
from evaluation.figures.labels import Labels
from evaluation.figures.marks import draw_bar
from evaluation.figures.rows import Block, blocks_of, lines_of, place
from evaluation.figures.theme import (
    GREY_HATCHES,
    GREY_OUTLINE,
    GREYS,
    HATCHES,
    OUTLINE,
    SMALL,
    SOFT,
    sequence,
    shade,
    text_colour,
)
from evaluation.figures.ticks import axis_ticks, end_room
from evaluation.figures.writing import longest_word, text_height, text_width, wrap

BAR = 22.0
AIR = 6.0
APART = 1.1
WHOLE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Part:
    """One answer option: its name, its colours and its pattern."""

    name: str
    colour: str
    outline: str
    hatch: str


def stacked(figure: Any, table: pd.DataFrame, labels: Labels) -> None:
    """Draw the shares of all answer options of a row as one bar.

    Parameters
    ----------
    figure
        An empty figure.
    table
        One row per option; reads `term`, `estimate`, `suppressed`. A bar with any option withheld
        is withheld, since the others would show it.
    labels
        Reads `rows` (equal for all options of a bar), `values`, `ticks`, `categories`,
        `non_answers`, `axis`, `too_few`.
    """
    blocks = blocks_of(lines_of(table, labels))
    parts = parts_of([line.term for block in blocks for line in block.lines], labels)
    stack = place(blocks, body=BAR, gap=9, merged=True)
    ends = end_room(WHOLE, labels.ticks)
    left = label_column(blocks, least=ends[0])
    area = Frame(None, *WHOLE, left, axis_width(left, WHOLE, [(1.0, ends[1])]))
    shown = [block for block in stack.blocks if all(line.has("estimate") for line in block.lines)]
    above = names_above(stack.blocks[0], parts, area) if shown[:1] == list(stack.blocks[:1]) else {}
    key = make_key(
        {part.name: _picture(part) for part in parts.values()} if shown and not above else {}, left
    )
    header = max([key.height, *(text_height(name, SMALL) for name in above.values())])
    ticks = axis_ticks(WHOLE, area.width, labels.ticks) if shown else ()
    frame = open_frame(figure, stack, labels, area, ticks, header)
    key.draw(frame, -header)
    _write_above(frame, stack.blocks[0], above)
    for block in stack.blocks:
        _draw_block(frame, block, parts) if block in shown else _write_missing(frame, block, labels)


def parts_of(terms: Sequence[str], labels: Labels) -> dict[str, Part]:
    """Give each option its name, and a colour by its place; what is no answer is grey.

    Numbered options are ordered by number, others by when they first occur.
    """
    found = list(dict.fromkeys(terms))
    found.sort(key=lambda term: (not _is_number(term), float(term) if _is_number(term) else 0.0))
    each_row = len(labels.categories) == len(terms)
    names = dict(zip(terms if each_row else found, labels.categories or found, strict=True))
    answers = [term for term in found if term not in labels.non_answers]
    silent = [term for term in found if term in labels.non_answers]
    parts = {
        term: Part(names[term], colour, OUTLINE, HATCHES[(len(answers) - 1 - i) % len(HATCHES)])
        for i, (term, colour) in enumerate(zip(answers, sequence(len(answers)), strict=True))
    }
    for i, term in enumerate(silent):
        parts[term] = Part(names[term], GREYS[i % 2], GREY_OUTLINE, GREY_HATCHES[i % 2])
    return parts


def _is_number(term: str) -> bool:
    return term.removeprefix("-").replace(".", "", 1).isdigit()


def names_above(block: Block, parts: Mapping[str, Part], area: Frame) -> dict[str, str]:
    """Return the options' names wrapped to their segments, or nothing if one does not fit."""
    above: dict[str, str] = {}
    for line in block.lines:
        room = line.numbers["estimate"] * area.width - AIR
        name = parts[line.term].name
        text = wrap(name, room, SMALL) if longest_word(name, SMALL) <= room else ""
        if not text or text.count("\n") > 2:
            return {}
        above[line.term] = text
    return above if set(above) == set(parts) else {}


def _starts(block: Block) -> list[float]:
    """Return where each segment of a bar begins."""
    return list(accumulate((line.numbers["estimate"] for line in block.lines[:-1]), initial=0.0))


def _write_above(frame: Frame, block: Block, above: Mapping[str, str]) -> None:
    if not above:
        return
    look = {"ha": "center", "va": "bottom", "size": SMALL, "color": SOFT}
    for line, start in zip(block.lines, _starts(block), strict=True):
        middle = frame.points(start + line.numbers["estimate"] / 2)
        write_at(frame, middle, line.y - BAR / 2 - 2, above[line.term], gid=f"name-{line.index}", **look)


def _draw_block(frame: Frame, block: Block, parts: Mapping[str, Part]) -> None:
    for line, start in zip(block.lines, _starts(block), strict=True):
        part, end = parts[line.term], start + line.numbers["estimate"]
        _draw_part(frame, (start, end), line.y, BAR, part, f"estimate-{line.index}")
        room = (end - start) * frame.width - AIR
        if text_width(line.value, SMALL) > room:
            continue
        box = {"boxstyle": "square,pad=0.1", "facecolor": part.colour, "edgecolor": "none"}
        look = {"ha": "center", "size": SMALL, "color": text_colour(part.colour)}
        look |= {"bbox": box, "gid": f"value-{line.index}"} if part.hatch else {"gid": f"value-{line.index}"}
        write_at(frame, frame.points((start + end) / 2), line.y, line.value, **look)


def _draw_part(
    frame: Frame, ends: tuple[float, float], y: float, height: float, part: Part, gid: str | None = None
) -> None:
    """Draw a filled and a framed rectangle with a thin white gap to its neighbours."""
    low, high = ends
    fill = {"facecolor": part.colour, "edgecolor": shade(part.colour), "hatch": part.hatch, "linewidth": 0}
    draw_bar(frame, low, high, y, height, gid=gid, zorder=2, clip_on=False, **fill)
    gap = frame.at(APART) - frame.at(0)
    separator = {
        "color": "white",
        "linewidth": 2 * APART,
        "clip_on": False,
        "solid_capstyle": "butt",
        "zorder": 3,
    }
    for end in ends:
        frame.axes.plot([end, end], [y - height / 2, y + height / 2], **separator)
    if high - low > 2 * gap:
        line = {"facecolor": "none", "edgecolor": part.outline, "linewidth": 0.8}
        draw_bar(frame, low + gap, high - gap, y, height, zorder=4, clip_on=False, **line)


def _picture(part: Part) -> Picture:
    def draw(frame: Frame, x: float, y: float) -> None:
        _draw_part(frame, (frame.at(x), frame.at(x + 16)), y, 11.0, part)

    return draw


def _write_missing(frame: Frame, block: Block, labels: Labels) -> None:
    """Say that a whole bar is withheld, or that it cannot be drawn."""
    withheld = [line for line in block.lines if line.withheld]
    empty = [line for line in block.lines if not line.has("estimate")]
    write_withheld(frame, [*withheld, *empty][0], labels)
