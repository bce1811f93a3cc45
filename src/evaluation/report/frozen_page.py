"""The plan in words: a page of its own when it is frozen, and in the report what has changed since."""

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.project.frozen import Amendment, FrozenPlan, amendments, has_plan, read_plan
from evaluation.project.model import LoadedProject
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
SETTINGS: dict[str, Message] = {
    "statement": pmsg("plan", "wording of the statement"),
    "unit": pmsg("plan", "whom it is about"),
    "primary": pmsg("plan", "primary statement"),
    "rule.kind": pmsg("plan", "kind of rule"),
    "rule.share": pmsg("plan", "target"),
    "rule.count": pmsg("plan", "target number"),
    "rule.smallest_important": pmsg("plan", "smallest change that matters"),
    "rule.important": pmsg("plan", "difference that matters"),
    "rule.wanted": pmsg("plan", "direction that is better"),
    "rule.wave": pmsg("plan", "occasion"),
    "rule.before": pmsg("plan", "occasion before"),
    "rule.after": pmsg("plan", "occasion after"),
    "measure.main": pmsg("plan", "main reading"),
    "measure.positive": pmsg("plan", "answers that count as yes"),
    "measure.at_least": pmsg("plan", "score that counts as yes"),
    "measure.item": pmsg("plan", "question"),
    "measure.items": pmsg("plan", "questions"),
    "measure.scale": pmsg("plan", "scale"),
    "items": pmsg("plan", "questions"),
    "min_items": pmsg("plan", "fewest answers for a score"),
    "score": pmsg("plan", "how the score is made"),
    "options": pmsg("plan", "values of the answers"),
    "reverse": pmsg("plan", "turned round"),
    "reference": pmsg("plan", "reference group"),
    "participant_roles": pmsg("plan", "roles of those who take part"),
    "duplicates": pmsg("plan", "which of two answers counts"),
    "planned": pmsg("plan", "planned number of people"),
    "linkage": pmsg("plan", "rule for linking"),
}
"""What the settings that are fixed are called; others are named as in the definition."""

VALUES: dict[str, Message] = {
    "target": pmsg("plan value", "target"),
    "change": pmsg("plan value", "change"),
    "coverage": pmsg("plan value", "coverage"),
    "gap": pmsg("plan value", "difference between groups"),
    "representation": pmsg("plan value", "composition"),
    "describe": pmsg("plan value", "description without a verdict"),
    "eligibility": pmsg("plan value", "conditions to take part"),
    "increase": pmsg("plan value", "increase"),
    "decrease": pmsg("plan value", "decrease"),
}
"""Kinds of rules and directions in words; other values stand as in the definition."""
YES, NO = pmsg("plan", "yes"), pmsg("plan", "no")
WHOLE = pmsg("plan", "the whole")
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
    rows = tuple(
        (
            say(msg("{kind}: {name}", kind=KINDS[one.kind], name=_name(one, plan, loaded, lang)), lang),
            _setting(one.path, lang),
            _value(one.path, one.before, lang),
            _value(one.path, one.after, lang),
        )
        for one in found
    )
    return FlatTable(tuple(say(text, lang) for text in header), rows, (False,) * 4, ("",) * len(rows))


def _name(one: Amendment, plan: FrozenPlan, loaded: LoadedProject, lang: str) -> str:
    """Return the label of today, else that of the plan, else the key."""
    definition = loaded.definition
    labels = {"statements": definition.indicators, "scales": definition.scales, "groups": definition.groups}
    entry = labels.get(one.kind, {}).get(one.key)
    known = dict(entry.label) if entry else plan.labels.get(f"{one.kind}.{one.key}", {})
    return known.get(lang, one.key) if one.kind != "programme" else say(pmsg("plan", "who is counted"), lang)


def _setting(path: str, lang: str) -> str:
    if not path:
        return say(WHOLE, lang)
    return say(SETTINGS[path], lang) if path in SETTINGS else path.replace(".", " ").replace("_", " ")


def _value(path: str, value: Any, lang: str) -> str:
    if path == "" and value is not None:
        return say(pmsg("plan", "there"), lang)
    if value is None or value in ([], {}):
        return write.NOTHING
    if path in ("rule.kind", "rule.wanted") and value in VALUES:
        return say(VALUES[value], lang)
    if isinstance(value, bool):
        return say(YES if value else NO, lang)
    if isinstance(value, int | float):
        return write.share(value, lang) if path == "rule.share" else write.trimmed(value, lang)
    if isinstance(value, list):
        return write.listing([_value("in", one, lang) for one in value], lang)
    return str(value.get(lang, next(iter(value.values())))) if isinstance(value, Mapping) else str(value)


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
    header = (pmsg("plan", "Statement"), pmsg("plan", "Rank"), pmsg("plan", "What is fixed"))
    rows = tuple(_statement(key, fixed, plan, lang) for key, fixed in plan.fixed["statements"].items())
    table = FlatTable(tuple(say(text, lang) for text in header), rows, (False,) * 3, ("",) * len(rows))
    name = loaded.definition.name.get(lang, loaded.key)
    return render(
        "frozen_plan",
        lang,
        title=say(msg("{project}: plan for the analysis", project=name), lang),
        lead=[say(text, lang) for text in (*_about(plan, lang), _size(plan, lang))],
        caption=say(pmsg("plan", "Statements"), lang),
        table=table,
        heading=say(msg("How it will be analysed"), lang),
        methods=[say(text, lang) for text in METHODS],
    )


def _size(plan: FrozenPlan, lang: str) -> Message:
    people, organisations = plan.planned["people"], plan.planned["organisations"]
    return msg(
        "Planned for {n} people in {n_groups} organisations, of whom {kept} are expected to be there and linked "
        "afterwards.",
        n=write.count(people, lang),
        n_groups=write.count(organisations, lang),
        kept=write.share(plan.planned["kept"], lang),
    )


def _statement(key: str, fixed: Mapping[str, Any], plan: FrozenPlan, lang: str) -> tuple[str, str, str]:
    rank = pmsg("plan", "primary") if fixed["primary"] else pmsg("plan", "secondary")
    settings = {
        f"{part}.{name}": value for part in ("rule", "measure") for name, value in fixed[part].items()
    }
    said = [
        say(msg("{setting}: {value}", setting=_setting(path, lang), value=_value(path, value, lang)), lang)
        for path, value in settings.items()
        if value not in (None, [], {}) and path in SETTINGS
    ]
    label = plan.labels.get(f"statements.{key}", {}).get(lang, key)
    return say(msg("{id} {label}", id=fixed["id"], label=label), lang), say(rank, lang), "; ".join(said)
