"""What the programme's notebook shows: each function is one exhibit, or several of a kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from evaluation.programme.gather import Programme
from evaluation.programme.pool import main_rows, over_projects
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg, pmsg
from evaluation.vocabulary.verdicts import VERDICTS

NOTEBOOK = "13_programme"
PROJECT = "project"
CHANGES, SHARES, GAPS = (
    ("mean_change", "share_change"),
    ("attained_share", "described_share"),
    ("mean_gap", "share_gap"),
)

DECIDED_BY: dict[str, Message] = {
    "reached_whatever_silent": pmsg("decided", "whatever the silent would have said"),
    "missed_whatever_silent": pmsg("decided", "whatever the silent would have said"),
    "reached_everyone_answered": pmsg("decided", "everybody answered"),
    "missed_everyone_answered": pmsg("decided", "everybody answered"),
    "silent_decide": pmsg("decided", "the silent decide"),
    "withheld": pmsg("decided", "too few to show"),
}
"""In a few words, why a project's target has its verdict."""


def lead(programme: Programme) -> Exhibit:
    """Say how many projects are evaluated."""
    n = len(programme.projects)
    total = n + len(programme.left_out)
    row = {"estimand": "project_count", "unit": PROJECT, "estimate": float(n), "n": n, "n_total": total}
    return exhibit("programme-lead", _counted([row]), programme, title=msg("In short"), layout="lead")


def left_out(programme: Programme) -> Exhibit:
    """List the projects that could not be evaluated, and why."""
    title = msg("Which projects are left out, and why?")
    if not programme.left_out:
        return absent("left-out", programme, title=title, why=msg("Every project on the list is evaluated."))
    rows = [
        {
            "estimand": "project_left_out",
            "unit": PROJECT,
            "indicator": f"left_out_{place}",
            "estimate": None,
            "n": 0,
        }
        for place, _ in enumerate(programme.left_out)
    ]
    words = dict(programme.texts)
    for place, one in enumerate(programme.left_out):
        words[f"label.left_out_{place}"] = dict.fromkeys(programme.languages, one["name"])
        words[f"id.left_out_{place}"] = dict.fromkeys(programme.languages, f"{place + 1}.")
        words[f"why.left_out_{place}"] = {lang: _why(one, lang) for lang in programme.languages}
    return _with_words("left-out", _counted(rows), programme, words, title=title, layout="table")


def _why(one: Any, lang: str) -> str:
    first = one["problems"][0] if one["problems"] else None
    if first is None:
        return say(msg("The process that evaluated it died each time."), lang)
    more = len(one["problems"]) - 1
    where = f" ({first['where']})" if first.get("where") else ""
    text = say(Message.from_dict(first["problem"]), lang) + where
    return text if not more else say(msg("{text} And {count} more.", text=text, count=more), lang)


def targets(programme: Programme) -> Exhibit:
    """Count in how many projects each target is reached, not reached or cannot be determined, with reasons."""
    title = msg("In how many projects is the target reached?")
    rows = [row for key in programme.shared for row in _verdicts(programme, key)]
    if not rows:
        return absent("programme-targets", programme, title=title, why=NOTHING_SHARED)
    words = {**programme.texts, **_decided(programme)}
    return _with_words(
        "programme-targets",
        _counted(rows),
        programme,
        words,
        title=title,
        layout="table",
        notes=(ASSOCIATIONS,),
    )


def _verdicts(programme: Programme, key: str) -> Iterator[dict[str, Any]]:
    table = programme.table
    rows = table[(table["indicator"] == key) & (table["estimand"] == "attained_share")]
    if "term" in rows:
        rows = rows[rows["term"].isna()]
    rows = rows.drop_duplicates("project")
    if rows.empty:
        return
    found: Counter[tuple[str, str]] = Counter()
    for row in rows.to_dict("records"):
        hidden = row.get("suppressed") is True or not isinstance(row.get("verdict"), str)
        found[
            "undecided" if hidden else row["verdict"], "withheld" if hidden else str(row.get("reason"))
        ] += 1
    order = list(VERDICTS)
    for (verdict, reason), count in sorted(
        found.items(), key=lambda one: (order.index(one[0][0]), one[0][1])
    ):
        about = {"estimand": "project_verdict", "unit": PROJECT, "indicator": key, "term": reason}
        yield {**about, "verdict": verdict, "estimate": float(count), "k": count, "n": len(rows)}


def _decided(programme: Programme) -> dict[str, dict[str, str]]:
    return {
        f"term.{reason}": {lang: say(text, lang) for lang in programme.languages}
        for reason, text in DECIDED_BY.items()
    }


def changes(programme: Programme) -> Exhibits:
    """Show the change in every project, with the mean and where a further project is likely to lie."""
    return _pooled(programme, CHANGES, "change", msg("How much has changed in the projects?"))


def shares(programme: Programme) -> Exhibits:
    """Show the share in every project."""
    return _pooled(programme, SHARES, "share", msg("How large is the share in the projects?"))


def gaps(programme: Programme) -> Exhibits:
    """Show the difference between groups in every project."""
    return _pooled(programme, GAPS, "gap", msg("How do groups differ in the projects?"))


def _pooled(programme: Programme, kinds: tuple[str, ...], name: str, question: Message) -> Exhibits:
    shown: list[Exhibit] = []
    for key in programme.shared:
        rows = main_rows(programme.table, key)
        if rows.empty or rows["estimand"].iloc[0] not in kinds:
            continue
        result = over_projects(rows)
        if result is not None:
            shown += _cards(programme, f"{name}-{key}", key, result)
    if not shown:
        return Exhibits([absent(f"programme-{name}", programme, title=question, why=NOTHING_SHARED)])
    return Exhibits(shown)


def _cards(programme: Programme, name: str, key: str, result: Result) -> list[Exhibit]:
    label = programme.texts.get(f"label.{key}", dict.fromkeys(programme.languages, key))
    words = {f"term.{one['key']}": programme.texts[f"term.{one['key']}"] for one in programme.projects}
    figure = _with_words(
        name,
        result,
        programme,
        words,
        title=msg("{label}: what do the projects find?", label=label),
        layout="brief",
    )
    table = _with_words(
        f"{name}-projects",
        result,
        programme,
        words,
        title=msg("{label}: every project", label=label),
        layout="folded",
        notes=(SHRUNKEN,),
    )
    return [figure, table]


def totals(programme: Programme) -> Exhibit:
    """Show how many are reached, and who takes part, over all projects."""
    title = msg("How many in all, over the projects?")
    if not programme.sums:
        return absent("programme-totals", programme, title=title, why=NOTHING_SHARED)
    table = pd.DataFrame(list(programme.sums)).reindex(columns=TOTALS)
    result = Result(table, Meta("project_sums"))
    return exhibit("programme-totals", result, programme, title=title, layout="table", notes=(SAFE,))


TOTALS = [
    "estimand",
    "unit",
    "indicator",
    "term",
    "group",
    "level",
    "estimate",
    "k",
    "n",
    "n_groups",
    "suppressed",
]
NOTHING_SHARED = msg("No two projects have such a statement in common.")
ASSOCIATIONS = msg(
    "Differences between projects are associations: the projects differ in more than what they did."
)
SHRUNKEN = msg(
    "Drawn towards the mean: what is likely for a project that is like the others. The less is known of a project, "
    "the further it is drawn."
)
SAFE = msg("A sum that would give away what a project's own report withholds is withheld too.")


def _counted(rows: list[dict[str, Any]]) -> Result:
    return Result(pd.DataFrame(rows), Meta("count"))


def _with_words(key: str, result: Result, programme: Programme, words: Any, **look: Any) -> Exhibit:
    """Make an exhibit whose rows use words of their own."""
    made = exhibit(key, result, programme, **look)
    return replace(
        made, words={**made.words, **{name: words[name] for name in words if _needed(name, result)}}
    )


def _needed(name: str, result: Result) -> bool:
    kind, _, key = name.partition(".")
    column = {"term": "term", "label": "indicator", "id": "indicator", "why": "indicator"}.get(kind)
    return column in result.table.columns and bool((result.table[column] == key).any())
