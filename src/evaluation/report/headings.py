"""Headings of a page: every level follows from the one above it, whatever has been left out between them."""

import re

HEADING = re.compile(r"<h([1-6])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)


def heading(level: int, attributes: str, content: str) -> str:
    """Return a heading as HTML; attributes begin with a space."""
    return f"<h{level}{attributes}>{content}</h{level}>"


def without_gaps(html: str) -> str:
    """Raise headings whose heading above was left out, so that no level is skipped.

    Parameters
    ----------
    html
        A page or a part of one.
    """
    above: list[int] = []

    def raised(found: re.Match[str]) -> str:
        level = int(found[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        return heading(len(above), found[2], found[3])

    return HEADING.sub(raised, html)
