"""What is written in a figure, from the same rows and words as the sentences."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.lexicon import Lexicon, word
from evaluation.text.sentence import capital, fields_of, level_word, term_word
from evaluation.text.table import row_name
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, msg, pmsg

AXES = {
    "share": pmsg("axis", "share"),
    "score": pmsg("axis", "mean on the scale"),
    "score_difference": pmsg("axis", "steps on the scale"),
    "share_difference": pmsg("axis", "percentage points"),
    "coefficient": pmsg("axis", "reliability"),
    "fit": pmsg("axis", "fit (CFI)"),
    "count": pmsg("axis", "number"),
    "effect": pmsg("axis", "standardised change"),
    "ratio": pmsg("axis", "times"),
    "amount": pmsg("axis", "per person"),
    "rank": pmsg("axis", "rank"),
}
LOVE_AXIS = pmsg("axis", "standard deviations between the groups")
VALUES = {
    "target": msg("{estimate} ({k} of {n})"),
    "composition": msg("{estimate} ({k} of {n})"),
    "level": msg("{estimate}"),
    "change": msg("{mean_after} ({estimate})"),
    "difference": msg("{estimate}"),
    "stacked": msg("{estimate}"),
    "caterpillar": msg("{estimate}"),
}
"""What is printed beside a mark, by kind of figure."""


def labels_of(rows: Sequence[Mapping[str, Any]], kind: str, *, lang: str, words: Lexicon) -> dict[str, Any]:
    """Return the fields of a figure's labels.

    Parameters
    ----------
    rows
        The rows that are drawn.
    kind
        The kind of figure.
    lang
        The language.
    words
        The project's words.
    """
    unit = ESTIMANDS[rows[0]["estimand"]].unit if rows else "count"
    unit = "score" if kind in ("change", "quadrant") else unit
    about, names = _apart([_row(row, kind, lang, words) for row in rows], rows)
    axis = say(LOVE_AXIS if kind == "love" else AXES[unit], lang)
    return {
        "rows": names,
        "values": tuple(_value(row, kind, lang, words) for row in rows),
        "ticks": partial(_tick, unit=unit, lang=lang),
        "axis": f"{about}: {axis}" if about else axis,
        "levels": {
            str(row["level"]): level_word(row, str(row["level"]), lang, words)
            for row in rows
            if row.get("level")
        },
        "categories": tuple(term_word(row, lang, words) for row in rows) if kind == "stacked" else (),
        "target": _target(rows, lang),
        "marks": _marks(rows, kind, lang, words),
        "too_few": say(msg("too few to show"), lang),
        "near": write.NEAR,
    }


def _row(row: Mapping[str, Any], kind: str, lang: str, words: Lexicon) -> str:
    if kind == "stacked":
        return word(words, f"label.{row.get('indicator')}", lang)
    if kind in OVER_TIME:
        return word(words, f"wave.{row.get('wave')}", lang)
    if kind == "network":
        return str(row.get("term")).partition("-")[0]
    if kind == "quadrant":
        row = {**row, "wave": None}
    if kind in BY_LEVEL:
        row = {**row, "level": None}
    return row_name(row, lang, words)


def _apart(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> tuple[str, tuple[str, ...]]:
    """Return what all rows are about, where it is one statement, and what tells them apart."""
    about, found, _ = names[0].partition(", ") if names else ("", "", "")
    one = (
        len({row.get("indicator") for row in rows}) == 1 and rows[0].get("indicator") is not None
        if rows
        else False
    )
    if not (found and one and len(set(names)) > 1 and all(name.startswith(f"{about}, ") for name in names)):
        return "", tuple(names)
    return about, tuple(capital(name.removeprefix(f"{about}, ")) for name in names)


BY_LEVEL = ("change", "level", "difference")
"""Figures in which the levels of a group stand together under one label."""


OVER_TIME = ("path", "event")
"""Figures whose rows follow each other in time."""


OF_PROJECTS: dict[str, Message] = {
    "estimate": pmsg("mark", "a project, with its interval"),
    "shrunken": pmsg("mark", "the same, drawn towards the mean"),
    "conf_low": pmsg("mark", "the mean of the projects"),
    "predicted_low": pmsg("mark", "a further project"),
}

MARKS: dict[str, dict[str, Message]] = {
    "attained_share": {
        "estimate": pmsg("mark", "among those who answered"),
        "conf_low": pmsg("mark", "likely for all"),
        "bound_low": pmsg("mark", "possible, whatever the silent would have said"),
    },
    "group_share": {
        "estimate": pmsg("mark", "those who take part"),
        "reference": pmsg("mark", "those they are compared with"),
        "bound_low": pmsg("mark", "even, or about the same"),
    },
    "step_share": {"estimate": pmsg("mark", "share of those who are there")},
    "resource_share": {
        "estimate": pmsg("mark", "share of the resource"),
        "reference": pmsg("mark", "share of the participants"),
    },
    "share_gap": {"smallest_important": pmsg("mark", "too small to matter")},
    "mean_change": {"smallest_important": pmsg("mark", "too small to matter")},
    "mean_gap": {"smallest_important": pmsg("mark", "too small to matter")},
    "assumed_change": {"smallest_important": pmsg("mark", "too small to matter")},
    "need_area": {
        "mean_level": pmsg("mark", "how much there is"),
        "mean_reference": pmsg("mark", "how much is needed"),
    },
    "baseline_difference": {
        "unweighted": pmsg("mark", "as they are"),
        "entropy_balance": pmsg("mark", "comparison group weighted"),
        "bound_low": pmsg("mark", "alike"),
        "smallest_important": pmsg("mark", "alike if adjusted for"),
    },
    **dict.fromkeys(("project_change", "project_points", "project_share"), OF_PROJECTS),
    "growth_path": {
        "mean_level": pmsg("mark", "those who take part"),
        "mean_reference": pmsg("mark", "those they are compared with"),
    },
    "measurement_shift": {"smallest_important": pmsg("mark", "too small to matter")},
}
"""What the marks of a figure stand for, by quantity and the column they show."""


def _marks(rows: Sequence[Mapping[str, Any]], kind: str, lang: str, words: Lexicon) -> dict[str, str]:
    named = {name: say(text, lang) for name, text in MARKS.get(str(rows[0]["estimand"]), {}).items()}
    contrasts = {str(row["contrast"]) for row in rows if row.get("contrast")}
    if kind == "change" and len(contrasts) == 1:
        after, _, before = contrasts.pop().partition(" - ")
        named = {
            "mean_before": word(words, f"wave.{before}", lang).lower(),
            "mean_after": word(words, f"wave.{after}", lang).lower(),
        }
    present = {name for row in rows for name, value in row.items() if value is not None}
    present |= {str(row["method"]) for row in rows if kind == "love" and row.get("method")}
    return {name: text for name, text in named.items() if name in present}


def _value(row: Mapping[str, Any], kind: str, lang: str, words: Lexicon) -> str:
    if row.get("suppressed") or kind not in VALUES:
        return ""
    fields = fields_of(row, lang=lang, words=words, conf_level=0.95)
    if kind == "difference" and {"bound_low", "bound_high"} <= fields.keys():
        return write.interval(fields["bound_low"], fields["bound_high"], lang)
    try:
        return say(VALUES[kind], lang, **fields)
    except KeyError:
        return str(fields.get("estimate", ""))


def _tick(value: float, *, unit: str, lang: str) -> str:
    if unit == "share":
        return write.share(value, lang, apart_from=())
    if unit == "share_difference":
        return write.signed(100 * value, lang, 0)
    decimals = 0 if float(value).is_integer() else 1
    return (
        write.signed(value, lang, decimals)
        if unit == "score_difference"
        else write.number(value, lang, decimals)
    )


def _target(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    targets = {row["target"] for row in rows if row.get("target") is not None}
    return (
        say(msg("target {target}"), lang, target=write.share(targets.pop(), lang))
        if len(targets) == 1
        else ""
    )
