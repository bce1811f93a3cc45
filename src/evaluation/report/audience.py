"""Who a report is for: what of the stored exhibits they are shown, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from evaluation.disclosure import Policy, protect, withhold
from evaluation.report.exhibit import Exhibit
from evaluation.result import Result
from evaluation.study import Study
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import Message, pmsg

Choice = Callable[[Exhibit, Study], Exhibit | None]
"""What becomes of one exhibit: itself, another form of it, or None where it is left out."""

OF_ONE_COMPANY = ("organisation",)
"""Classifications whose every row is about one company."""

AT_WORKSHOP = ("card", "lead")
"""Layouts that a workshop's edition shows."""

ASKED_FOR = ("unforeseen", "common-indicators")
"""Exhibits without a verdict that a fund wants in the final report."""


@dataclass(frozen=True, slots=True)
class Audience:
    """One kind of reader.

    Attributes
    ----------
    name
        What the readers are called, on the page and in links.
    choose
        What becomes of each exhibit.
    back
        The pages after the chapters: keys of `edition.BACK`.
    prose
        Whether the notebooks' text stays; otherwise only each chapter's question does.
    large
        Whether the type is large and each figure has a page of its own.
    level
        The reading level where none is asked for; each exhibit's own if empty.
    layouts
        The layouts that take the place of others.
    """

    name: Message
    choose: Choice
    back: tuple[str, ...] = ()
    prose: bool = True
    large: bool = False
    level: str = ""
    layouts: Mapping[str, str] = field(default_factory=dict)

    def exhibit(self, exhibit: Exhibit, study: Study, level: str = "") -> Exhibit | None:
        """Return the exhibit as these readers meet it, or None where they do not.

        Parameters
        ----------
        exhibit
            What a notebook stored; disclosure control has seen it.
        study
            The programme, for stricter thresholds.
        level
            A reading level for all findings; the readers' own if empty.
        """
        chosen = self.choose(exhibit, study)
        if chosen is None:
            return None
        chosen = replace(chosen, layout=self.layouts.get(chosen.layout, chosen.layout))
        asked = level or self.level
        return LEVELS[asked](chosen) if asked else chosen


def _everything(exhibit: Exhibit, study: Study) -> Exhibit:
    return exhibit


def _judged(exhibit: Exhibit, study: Study) -> Exhibit | None:
    """Keep what bears a verdict, each chapter's first paragraph, and what the fund asks for."""
    table = exhibit.result.table
    judged = "verdict" in table.columns and table["verdict"].notna().any()
    return exhibit if exhibit.layout == "lead" or judged or exhibit.key in ASKED_FOR else None


def _workshop(exhibit: Exhibit, study: Study) -> Exhibit | None:
    """Keep figures and first paragraphs, behind a stricter threshold and without single companies."""
    if exhibit.layout not in AT_WORKSHOP:
        return None
    policy = workshop_policy(study)
    hidden = pd.Series(range(len(exhibit.result.table))).isin(exhibit.strict)
    together = (
        withhold(exhibit.result, hidden, policy, ("complementary",)) if hidden.any() else exhibit.result
    )
    result = protect(_without_companies(_without_rounded(together, policy)), policy)
    return replace(exhibit, result=result) if len(result.table) and _anything_left(result) else None


def workshop_policy(study: Study) -> Policy:
    """Return the stricter thresholds of what a workshop sees."""
    strict, policy = study.project.privacy.min_cell_workshop, study.policy
    by_group = {key: max(strict, limit) for key, limit in policy.min_cell_by_group.items()}
    return replace(policy, min_cell=max(strict, policy.min_cell), min_cell_by_group=by_group, rounds=False)


def workshop_table(exhibit: Exhibit, study: Study) -> pd.DataFrame | None:
    """Return what a workshop would see of an exhibit alone; None if it does not see it."""
    if exhibit.layout not in AT_WORKSHOP or exhibit.result.meta.counted or not len(exhibit.result.table):
        return None
    policy = workshop_policy(study)
    table = protect(_without_rounded(exhibit.result, policy), policy).table
    if "group" in table.columns:
        table["suppressed"] |= table["group"].isin(OF_ONE_COMPANY)
    return table


def _without_rounded(result: Result, policy: Policy) -> Result:
    """Withhold rounded rows: whether a true number reaches a stricter threshold is not known."""
    if "rounded" not in result.table.columns:
        return result
    before = result.table["suppressed"].astype(bool)
    return withhold(result, before | result.table["rounded"].notna(), policy, ("complementary",))


def _without_companies(result: Result) -> Result:
    if "group" not in result.table.columns:
        return result
    kept = ~result.table["group"].isin(OF_ONE_COMPANY)
    return Result(result.table[kept].reset_index(drop=True), result.meta)


def _anything_left(result: Result) -> bool:
    return not result.table["suppressed"].astype(bool).all()


def _at_level(level: str) -> Callable[[Exhibit], Exhibit]:
    return lambda exhibit: replace(exhibit, level=level)


def _easy(exhibit: Exhibit) -> Exhibit | None:
    """Say in short sentences what can be said in them; figures and tables need more words.

    First paragraphs that count say each verdict and how often. What is withheld is left out.
    """
    table = exhibit.result.table
    if "suppressed" in table.columns:
        table = table[~table["suppressed"].astype(bool)].reset_index(drop=True)
    if table.empty:
        return None
    estimand = ESTIMANDS[table["estimand"].iloc[0]]
    if exhibit.layout == "lead":
        level = "easy" if estimand.easy else "short"
        return replace(exhibit, level=level) if estimand.unit == "count" else None
    result = Result(table, exhibit.result.meta)
    return replace(exhibit, result=result, level="easy", layout="easy", notes=()) if estimand.easy else None


LEVELS: dict[str, Callable[[Exhibit], Exhibit | None]] = {
    "short": _at_level("short"),
    "report": _at_level("report"),
    "easy": _easy,
}
"""How an exhibit is made ready for a reading level."""

AUDIENCES: dict[str, Audience] = {
    "evaluator": Audience(
        pmsg("audience", "For evaluators"),
        _everything,
        back=("readings", "methods", "glossary", "provenance", "history"),
    ),
    "funder": Audience(
        pmsg("audience", "For funders"),
        _judged,
        back=("final_report", "limits", "provenance"),
        layouts={"card": "brief"},
    ),
    "workshop": Audience(
        pmsg("audience", "For workshops"),
        _workshop,
        back=("glossary",),
        prose=False,
        large=True,
        level="short",
        layouts={"card": "poster"},
    ),
}
"""The kinds of readers, the first one's report being the whole one."""
