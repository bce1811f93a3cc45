"""What a header says: a code, a wave, the stem of a battery and the question itself."""

import re
import unicodedata
from dataclasses import dataclass

from evaluation.data.matching import plain

WAVES = {
    "pre": "before",
    "before": "before",
    "före": "before",
    "fore": "before",
    "post": "after",
    "after": "after",
    "efter": "after",
}
WORDS = "|".join(WAVES)
IN_CODE = re.compile(
    rf"(?:^|(?<=[._\- ]))({WORDS}|t[0-4]|w[1-4]|wave[1-4])(?=$|[._\- ])|(?<=\d)({WORDS})$", re.IGNORECASE
)
IN_TEXT = re.compile(
    rf"^({WORDS})\s*[:–-]\s*|\s*[\[(]({WORDS})[\])]\s*$|\s+[–-]\s*({WORDS})\s*$", re.IGNORECASE
)
CODE = re.compile(r"[\w.\-\[\]]{1,40}")
STEM = re.compile(r"(.+?)(?:\s*[:.?]?\s+[-–—]\s+|\s*[:.?]?\s*\[)(.+?)\]?$", re.DOTALL)
TAGGED = re.compile(r"\[([^\]]+)\]\s+(.+)", re.DOTALL)
NUMBERED = re.compile(r"(.*?[A-Za-zÅÄÖåäö\d])?[._\-\[]?(?<!\d)(\d{1,3})\]?$")
ANY_QUESTION = {"q", "question", "fraga", "f", "var", "item", "col", "column", "x"}
"""Beginnings of codes that only number the questions of a whole survey."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart.

    Attributes
    ----------
    code
        The code without its wave; empty if the header is a wording.
    wave
        The wave it names: `before`, `after`, or `t1` and the like; empty if none.
    stem
        The part of the wording that a battery shares; empty if there is none.
    question
        The rest of the wording; the header itself if nothing else is known.
    worded
        Whether there is a wording besides the code.
    """

    code: str
    wave: str
    stem: str
    question: str
    worded: bool

    @property
    def prefix(self) -> str:
        """Return the beginning that the codes of one battery share, such as SE of SE4; empty if none."""
        found = NUMBERED.fullmatch(self.code)
        prefix = (found[1] or "").rstrip("._-[") if found else ""
        return "" if slug(prefix) in ANY_QUESTION else prefix


def take_apart(header: str, wording: str = "") -> Header:
    """Return what a header, and the wording that an export or a list gives for it, say."""
    first, _, rest = header.strip().partition(" ")
    token = first.rstrip(":")
    coded = bool(CODE.fullmatch(token)) and (not rest or (any(map(str.isdigit, token)) and len(token) > 1))
    code, wave = _without_wave(token) if coded else ("", "")
    text = (
        wording.strip()
        if wording.strip() and plain(wording) != plain(header)
        else (rest if coded else header)
    )
    text, said = _text_without_wave(text.strip(" :-–"))
    found = TAGGED.fullmatch(text) or STEM.fullmatch(text)
    stem, question = (found[1], found[2]) if found else ("", text)
    worded = bool(text)
    return Header(code, wave or said, tidy(stem), tidy(question) or code or header.strip(), worded)


def tidy(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def _without_wave(code: str) -> tuple[str, str]:
    found = IN_CODE.search(code)
    if found is None or not (code[: found.start()] + code[found.end() :]).strip("._- "):
        return code, ""
    word = (found[1] or found[2]).lower()
    rest = f"{code[: found.start()].rstrip('._- ')}_{code[found.end() :].lstrip('._- ')}".strip("_")
    return rest, WAVES.get(word, word)


def _text_without_wave(text: str) -> tuple[str, str]:
    found = IN_TEXT.search(text)
    if found is None:
        return text, ""
    word = next(part for part in found.groups() if part).lower()
    return (text[: found.start()] + text[found.end() :]).strip(), WAVES[word]


def slug(text: str, limit: int = 40) -> str:
    """Return a text as a name of small letters a–z, digits and underscores; empty if nothing is left."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "a"))
    kept = (
        sign if sign.isascii() and sign.isalnum() else " "
        for sign in letters
        if not unicodedata.combining(sign)
    )
    words, name = "".join(kept).split(), ""
    for word in words:
        if len(name) + len(word) + 1 > limit and name:
            break
        name = f"{name}_{word}" if name else word[:limit]
    return f"q_{name}" if name[:1].isdigit() else name
