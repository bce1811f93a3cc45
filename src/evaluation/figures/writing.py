"""Text in figures: how wide it is, how it is broken into lines, where it is put."""

from functools import lru_cache
from typing import Any

from evaluation.figures.theme import BODY, FONT, INK

SOFT_HYPHEN = "\u00ad"
LEADING = 1.2
ASCENT, DESCENT, MIDDLE = 0.93, 0.24, 0.35
"""Parts of the text size: above and below the baseline, and to the middle of a letter."""


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = BODY, bold: bool = False, italic: bool = False) -> float:
    """Return the width of the widest line in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(
        family=FONT, size=size, weight="bold" if bold else "normal", style="italic" if italic else "normal"
    )
    measure = TextToPath().get_text_width_height_descent
    return max(measure(line, font, False)[0] for line in text.split("\n")) * 1.02 if text else 0.0


def text_height(text: str, size: float = BODY) -> float:
    """Return the height of a text of one or more lines in points."""
    return (text.count("\n") + 1) * size * LEADING if text else 0.0


def longest_word(text: str, size: float = BODY) -> float:
    """Return the width of the widest word in points."""
    return max((text_width(word, size) for word in text.split()), default=0.0)


def wrap(text: str, width: float, size: float = BODY) -> str:
    """Break a text into lines of about equal length, none wider than `width` points.

    Words are kept whole if they fit; a longer one is broken at a soft hyphen,
    or where it must be, with a hyphen. No-break spaces are kept.
    """
    lines = _fill(text, width, size)
    words = max((text_width(word, size) for line in lines for word in line.split(" ")), default=0.0)
    for percent in range(96, 40, -4):
        narrower = max(width * percent / 100, words)
        trial = _fill(text, narrower, size)
        if len(trial) > len(lines):
            break
        lines = trial
    return "\n".join(lines)


def _fill(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in [part for whole in text.split(" ") for part in _parts(whole, width, size)]:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and not lines[-1].endswith("-\u200b") and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line.replace("\u200b", "") for line in lines]


def _parts(word: str, width: float, size: float) -> list[str]:
    plain = word.replace(SOFT_HYPHEN, "")
    if text_width(plain, size) <= width:
        return [plain]
    pieces = word.split(SOFT_HYPHEN) if SOFT_HYPHEN in word else list(word)
    parts = [pieces[0]]
    for piece in pieces[1:]:
        if text_width(f"{parts[-1]}{piece}-", size) <= width:
            parts[-1] += piece
        else:
            parts[-1] += "-\u200b"
            parts.append(piece)
    return parts


def write(axes: Any, x: float, y: float, text: str, **look: Any) -> None:
    """Put a text at a point of the axes, whose vertical unit is the point downwards.

    Each line is a text of its own with its baseline in a fixed place, so that
    texts beside each other stand on one line whatever letters they have.
    `va` says what stands at the height: "middle", "top" or "bottom".
    """
    settings = {"size": BODY, "color": INK, "ha": "left", "clip_on": False, **look}
    place, gid = settings.pop("va", "middle"), settings.pop("gid", None)
    size = settings["size"]
    lines = text.split("\n") if text else []
    height = (len(lines) - 1) * LEADING * size
    first = {"middle": MIDDLE * size - height / 2, "top": ASCENT * size, "bottom": -DESCENT * size - height}[
        place
    ]
    for number, line in enumerate(lines):
        baseline = y + first + number * LEADING * size
        axes.text(
            x, baseline, line, va="baseline", parse_math=False, linespacing=1.0, gid=gid, zorder=7, **settings
        )
