"""The plan in words: a page of its own when it is frozen, and in the report what has changed since."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.project.frozen import (
    Amendment,
    FrozenPlan,
    amendments,
    fixed_by,
    has_plan,
    labels_of,
    leaves,
    read_plan,
)
from evaluation.project.model import LoadedProject
from evaluation.report.frozen_words import PlanWords, entry_name, named
from evaluation.report.page import render
from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.text.table import FlatTable
from evaluation.vocabulary.message import Message, msg, pmsg

KINDS: dict[str, Message] = {
    "statements": pmsg("plan", "Statement"),
    "scales": pmsg("plan", "Scale"),
    "groups": pmsg("plan", "Classification"),
    "items": pmsg("plan", "Question"),
    "sources": pmsg("plan", "Source"),
    "programme": pmsg("plan", "The programme"),
}
REST: dict[str, Message] = {
    "scales": pmsg("plan", "Scales"),
    "groups": pmsg("plan", "Classifications"),
    "items": pmsg("plan", "Questions"),
    "sources": pmsg("plan", "Sources"),
    "programme": pmsg("plan", "The programme"),
}
"""What the tables after that of the statements are called."""
IN_COLUMNS = ("id", "primary")
"""Settings of a statement that have a place of their own in its row; `answered_by` is about organisations only."""
METHODS: tuple[Message, ...] = (
    msg(
        "Changes are tested two-sided at a level of 5 per cent, among those who answered both times, with intervals "
        "that allow for colleagues being alike (CR2 with Satterthwaite’s degrees of freedom)."
    ),
    msg(
        "A target is judged against everyone it is about: who does not answer counts as unknown, never as yes or no."
    ),
    msg(
        "Excluded are rows without any answer, people who have other roles, and answers that one person gave twice, "
        "of which the definition says which counts. How many, and why, is told in the report."
    ),
    msg(
        "A scale score needs as many answers as its definition says; fewer give no score. Missing answers are not "
        "filled in for the main result, but are in the chapter on whether the verdicts hold."
    ),
    msg(
        "Every verdict follows its own rule; where several changes are shown together, p values adjusted after Holm "
        "stand beside."
    ),
)
"""What the program does with every statement, unless the plan says otherwise."""


def plan_section(loaded: LoadedProject, lang: str) -> dict[str, Any]:
    """Return what the report says of the plan: its fingerprint, and what has changed since.

    Parameters
    ----------
    loaded
        The definition as it is now.
    lang
        The language.
    """
    title = say(msg("The plan that was made beforehand"), lang)
    if not has_plan(loaded.file.parent):
        return {
            "title": title,
            "lines": [say(msg("No plan was frozen before the analysis."), lang)],
            "table": None,
        }
    plan = read_plan(loaded.file.parent)
    found = amendments(plan, loaded)
    said = [*_about(plan, lang), _counted(found)]
    return {
        "title": title,
        "lines": [say(text, lang) for text in said],
        "caption": say(msg("What the plan says and what holds now"), lang),
        "table": _amended(found, plan, loaded, lang) if found else None,
    }


def _about(plan: FrozenPlan, lang: str) -> list[Message]:
    said = [
        msg(
            "A plan was frozen on {day}; its fingerprint is {fingerprint}.",
            day=write.date(plan.frozen, lang),
            fingerprint=plan.sha256[:16],
        )
    ]
    if not plan.intact:
        said.append(
            msg("The file with the plan has been changed by hand since: its content no longer matches.")
        )
    if plan.answers:
        said.append(msg("When it was frozen there were answers already."))
    return said


def _counted(found: Sequence[Amendment]) -> Message:
    if not found:
        return msg("Nothing that it fixed has been changed.")
    return msg("Changed since, of what it fixed: {count}.", count=len(found))


def _amended(found: Sequence[Amendment], plan: FrozenPlan, loaded: LoadedProject, lang: str) -> FlatTable:
    header = (pmsg("plan", "What"), pmsg("plan", "Setting"), pmsg("plan", "In the plan"), pmsg("plan", "Now"))
    labels, now = {**plan.labels, **labels_of(loaded)}, fixed_by(loaded)
    rows = []
    for one in found:
        settings = {**plan.fixed[one.kind].get(one.key, {}), **now[one.kind].get(one.key, {})}
        words = PlanWords(lang, labels, one.kind, one.key, dict(leaves(settings)))
        name = named(KINDS[one.kind], entry_name(one.kind, one.key, labels, lang), lang)
        before, after = words.value(one.path, one.before), words.value(one.path, one.after)
        rows.append((name, words.setting(one.path), before, after))
    return _worded(header, rows, lang)


def _worded(header: Sequence[Message], rows: Sequence[tuple[str, ...]], lang: str) -> FlatTable:
    """Return a table of words only."""
    written = tuple(say(text, lang) for text in header)
    return FlatTable(written, tuple(rows), (False,) * len(written), ("",) * len(rows))


def plan_page(loaded: LoadedProject, lang: str) -> str:
    """Render the frozen plan as a page of its own.

    Parameters
    ----------
    loaded
        The definition that was frozen.
    lang
        The language.
    """
    plan = read_plan(loaded.file.parent)
    labels = {**labels_of(loaded), **plan.labels}
    header = (pmsg("plan", "Statement"), pmsg("plan", "Rank"), pmsg("plan", "What is fixed"))
    rows = [_statement(key, fixed, labels, lang) for key, fixed in plan.fixed["statements"].items()]
    name = loaded.definition.name.get(lang, loaded.key)
    return render(
        "frozen_plan",
        lang,
        title=say(msg("{project}: plan for the analysis", project=name), lang),
        lead=[say(text, lang) for text in (*_about(plan, lang), *_size(plan, lang))],
        caption=say(pmsg("plan", "Statements"), lang),
        table=_worded(header, rows, lang),
        heading=say(msg("How it will be analysed"), lang),
        methods=[say(text, lang) for text in METHODS],
        rest_heading=say(msg("What else is fixed"), lang),
        rest=[
            (say(caption, lang), _settings_of(kind, plan, labels, lang))
            for kind, caption in REST.items()
            if plan.fixed.get(kind)
        ],
    )


def _size(plan: FrozenPlan, lang: str) -> Iterator[Message]:
    planned = plan.planned
    yield msg(
        "Planned for {n} people in {n_groups} organisations, of whom {kept} are expected to be there and linked "
        "afterwards.",
        n=write.count(planned["people"], lang),
        n_groups=write.count(planned["organisations"], lang),
        kept=write.share(planned["kept"], lang),
    )
    if {"sd", "correlation", "icc"} <= planned.keys():
        yield msg(
            "Assumed: standard deviation {sd}, correlation between before and after {correlation}, intraclass "
            "correlation of the change {icc}.",
            sd=write.trimmed(planned["sd"], lang),
            correlation=write.trimmed(planned["correlation"], lang),
            icc=write.trimmed(planned["icc"], lang),
        )


Labels = Mapping[str, Mapping[str, str]]


def _statement(key: str, fixed: Mapping[str, Any], labels: Labels, lang: str) -> tuple[str, str, str]:
    rank = pmsg("plan", "primary") if fixed["primary"] else pmsg("plan", "secondary")
    apart = IN_COLUMNS if fixed["unit"] == "organisation" else (*IN_COLUMNS, "answered_by")
    settings = {path: value for path, value in leaves(fixed) if path not in apart}
    name = entry_name("statements", key, labels, lang)
    words = PlanWords(lang, labels, "statements", key, settings)
    return say(msg("{id} {label}", id=fixed["id"], label=name), lang), say(rank, lang), _listed(words)


def _settings_of(kind: str, plan: FrozenPlan, labels: Labels, lang: str) -> FlatTable:
    """Return what is fixed of every entry of a kind."""
    header = (KINDS[kind], pmsg("plan", "What is fixed"))
    rows = [
        (
            entry_name(kind, key, labels, lang),
            _listed(PlanWords(lang, labels, kind, key, dict(leaves(entry)))),
        )
        for key, entry in plan.fixed[kind].items()
    ]
    return _worded(header, rows, lang)


def _listed(words: PlanWords) -> str:
    said = [
        say(msg("{setting}: {value}", setting=setting, value=value), words.lang)
        for setting, value in words.said()
    ]
    return "; ".join(said) or write.NOTHING
