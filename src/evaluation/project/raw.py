"""Parts of a definition as it was read from YAML, where anything may have the wrong shape.

What has the wrong shape is skipped here, because pydantic names it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from evaluation.vocabulary.errors import Problem, one_of
from evaluation.vocabulary.message import Message, msg, pmsg

Raw = dict[str, Any]
Where = Callable[..., str]
"""Turns a path of keys into file, line and dotted path."""

WAVES = pmsg("among", "the waves")
LEVELS = pmsg("among", "the levels of the group")
QUESTIONS = pmsg("among", "the questions of the codebook")
SCALES = pmsg("among", "the scales")
GROUPS = pmsg("among", "the groups")
SOURCES = pmsg("among", "the sources")
RESPONSES = pmsg("among", "the response scales")
ANSWERS = pmsg("among", "the answers to the question")


def mapping(raw: Any, key: Any) -> Raw:
    """Return the mapping that stands under a key, or an empty one."""
    value = raw.get(key) if isinstance(raw, dict) and isinstance(key, str) else None
    return value if isinstance(value, dict) else {}


def listed(raw: Any, key: str) -> list[Any]:
    """Return the list that stands under a key, or an empty one."""
    value = raw.get(key) if isinstance(raw, dict) else None
    return value if isinstance(value, list) else []


def levels(raw: Raw, group: Any) -> Raw:
    """Return the levels of a group."""
    return mapping(mapping(mapping(raw, "groups"), group), "levels")


def unknown(name: Any, allowed: Any, where: str, among: Message) -> Iterator[Problem]:
    """Yield a problem if a name is not among those allowed."""
    if isinstance(name, str) and name not in allowed:
        what = msg("“{name}” is not among {things}.", name=name, things=among)
        yield Problem(what, where, one_of(name, allowed))
