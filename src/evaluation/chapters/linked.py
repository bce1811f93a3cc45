"""How well the waves could be linked, and whether the results depend on the rule of linking."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from evaluation.chapters.accounts import linked_people
from evaluation.chapters.evaluate import main_rows
from evaluation.data.linkage.match import RULES
from evaluation.data.linkage.relink import relinked_answers, relinked_people
from evaluation.data.manifest import Linked
from evaluation.data.score import score_scales
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.rules.levels import compared_levels
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg, nmsg

COUNT = Meta(method="count")
STEPS = ("exact", "folded", "edited", "accepted", "guessed")
BANDS = ("none_linked", "few_linked", "most_linked")
RELINKED = {"change": "relinked_change", "target": "relinked_share"}
"""The kinds of statement that are evaluated again, and the quantity that this gives."""

Row = dict[str, object]


def link_rates(study: Study, groups: Sequence[str]) -> Result:
    """Share of those who answered in a linked file that were linked to another one, by wave and group."""
    linked, rows = linked_people(study), []
    for wave, persons in _waves(study).items():
        people = study.people[study.people["person"].isin(persons)]
        people = people.assign(linked=people["person"].isin(linked))
        for group in [None, *groups]:
            rows += _rates(people, wave, group, study)
    return Result(pd.DataFrame(rows), COUNT)


def _waves(study: Study) -> dict[str, set[str]]:
    """Return who answered at each wave in a file that is linked."""
    answers = study.answers[study.answers["source"].isin(study.links["source"])]
    return {
        wave: set(answers.loc[answers["wave"] == wave, "person"])
        for wave, definition in study.project.waves.items()
        if definition.kind != "then_test" and (answers["wave"] == wave).any()
    }


def _rates(people: pd.DataFrame, wave: str, group: str | None, study: Study) -> Iterator[Row]:
    levels = [None] if group is None else compared_levels(people[group], group, study)
    for level in levels:
        part = people if level is None else people[people[group] == level]
        if len(part):
            fixed = {"estimand": "link_rate", "unit": "person", "wave": wave, "group": group, "level": level}
            yield fixed | _share(int(part["linked"].sum()), len(part))


def _share(k: int, n: int) -> Row:
    return {"estimate": k / n if n else float("nan"), "k": k, "n": n}


def coded_shares(study: Study) -> Result:
    """Share of those who answered in a linked file that wrote a code, by wave."""
    rows = []
    for wave, persons in _waves(study).items():
        files = [key for key, source in study.project.sources.items() if wave in source.waves]
        here = study.links[study.links["source"].isin(files) & study.links["person"].isin(persons)]
        fixed = {"estimand": "coded_share", "unit": "person", "wave": wave}
        rows.append(fixed | _share(int(here["coded"].sum()), len(here)))
    return Result(pd.DataFrame(rows), COUNT)


def link_steps(study: Study) -> Result:
    """Share of the links that are exact, near or decided by hand."""
    found = study.links["step"].value_counts()
    total = int(found.drop("", errors="ignore").sum())
    rows = [
        {"estimand": "link_step_share", "unit": "link", "term": step, **_share(int(found[step]), total)}
        for step in STEPS
        if found.get(step, 0)
    ]
    return Result(pd.DataFrame(rows, columns=["estimand", "unit", "term", "estimate", "k", "n"]), COUNT)


def company_links(study: Study) -> Result | None:
    """Count companies by how many of those who answered were linked; None if no company is known.

    Whoever is linked counts once, so that a company's share is one of people.
    """
    people = study.people[study.people["person"].isin(study.links["person"])]
    people = people[people["organisation"].notna()]
    if people.empty:
        return None
    shares = people["person"].isin(linked_people(study)).groupby(people["organisation"]).mean()
    bands = {
        "none_linked": shares == 0,
        "few_linked": (shares > 0) & (shares < 0.5),
        "most_linked": shares >= 0.5,
    }
    rows = [
        {"estimand": "company_link_share", "unit": "company_count", "term": band}
        | _share(int(bands[band].sum()), len(shares))
        for band in BANDS
    ]
    return Result(pd.DataFrame(rows), COUNT)


def chance_matches(linkage: Linked) -> Result:
    """Return the expected number of pairs of different people within reach of each rule."""
    reach = {"exact": linkage.expected_exact, "default": linkage.expected_one_edit}
    rows = [
        {"estimand": "chance_matches", "unit": "link", "term": term, "estimate": count, "n": linkage.links}
        for term, count in reach.items()
    ]
    return Result(pd.DataFrame(rows), Meta(method="count", references=("fellegi1969",)))


def study_under(study: Study, rule: str) -> Study:
    """Return the programme as it would be if its waves had been linked by another rule."""
    answers = relinked_answers(study.answers, study.links, rule)
    people = relinked_people(study.people, study.links, rule)
    return replace(study, people=people, answers=answers, scores=score_scales(answers, study.loaded))


def relinked_results(study: Study) -> Result | None:
    """Estimate changes and targets under each rule of linking; None if the programme has none."""
    keys = [key for kind in RELINKED for key in study.indicators(kind=kind)]
    under = {rule: study_under(study, rule) for rule in RULES}
    tables, references = [], {}
    for key in keys:
        for rule in RULES:
            found = main_rows(evaluate(key, under[rule]))
            kind = RELINKED[study.project.indicators[key].rule.kind]
            tables.append(found.table.assign(estimand=kind, term=rule, reason=None))
            references |= dict.fromkeys(found.meta.references)
    if not tables:
        return None
    names = list(dict.fromkeys(name for table in tables for name in table.columns))
    rows = [row for table in tables for row in table.to_dict("records")]
    meta = Meta(method="cr2_satterthwaite", references=tuple(references))
    return Result(pd.DataFrame(rows, columns=names), meta)


def same_or_not(result: Result) -> Message:
    """Say for how many statements the verdict depends on the rule of linking."""
    verdicts = result.table.groupby("indicator")["verdict"].nunique(dropna=False)
    differing = int((verdicts > 1).sum())
    if not differing:
        return msg("No verdict would be another with another rule of linking.")
    return nmsg(
        "For one of {n_total} statements the verdict depends on the rule of linking.",
        "For {count} of {n_total} statements the verdict depends on the rule of linking.",
        count=differing,
        n_total=len(verdicts),
    )
