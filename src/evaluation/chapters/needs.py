"""What is needed and what there is, which needs are largest, and whether the efforts followed from them."""

from collections.abc import Iterator

import pandas as pd

from evaluation.chapters import statements
from evaluation.needs.areas import need_areas, need_ranks
from evaluation.project.measure import ShortfallMeasure
from evaluation.project.model import Indicator
from evaluation.project.rule import ChangeRule
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.study import Study
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import msg

CHAPTER = "needs"
NOT_ASKED = msg("Not applicable: no statement compares what is needed with what there is.")
FIRST, LAST = "first", "last"


def lead(study: Study) -> Exhibit:
    """Count the verdicts on needs."""
    return statements.lead(study, CHAPTER)


def results(study: Study) -> Exhibits:
    """Show every statement on needs with its verdict."""
    return statements.results(study, CHAPTER)


def areas(study: Study) -> Exhibits:
    """Draw every area by what is needed and what there is, before and after."""
    titles = {
        FIRST: msg("What was needed and what was there before?"),
        LAST: msg("What is needed and what is there afterwards?"),
    }
    notes = (
        msg(
            "On the slanting line there is as much as is needed; above it something is lacking. The dashed lines are "
            "the means of the areas: up to the left much is needed and little is there, compared with the other areas."
        ),
    )
    shown = [
        exhibit(
            f"need-areas-{when}-{key}",
            _at(need_areas(table, _areas(indicator)), wave),
            study,
            title=titles[when],
            notes=notes,
        )
        for key, indicator, when, wave, table in _asked(study)
    ]
    return Exhibits(shown or [absent("need-areas", study, title=titles[FIRST], why=NOT_ASKED)])


def order(study: Study) -> Exhibits:
    """Rank the areas by need, before and after, with how sure the ranks are."""
    titles = {
        FIRST: msg("Which needs were largest before?"),
        LAST: msg("Which needs are largest afterwards?"),
    }
    shown = [
        exhibit(
            f"need-ranks-{when}-{key}",
            _at(need_ranks(table, _areas(indicator)), wave),
            study,
            title=titles[when],
            layout="table",
            **_how(len(_areas(indicator))),
        )
        for key, indicator, when, wave, table in _asked(study)
    ]
    return Exhibits(shown or [absent("need-ranks", study, title=titles[FIRST], why=NOT_ASKED)])


def _how(areas_: int) -> dict[str, object]:
    """Say how needs are ranked; with three areas all are among the three largest, so no chance is shown."""
    told = (
        msg(
            "Two ways to rank: by how much is lacking times how much is needed, and by how many lack something. Where "
            "they disagree, the order is a matter of what counts."
        ),
        msg("Limits that overlap mean that the order could have been another with other organisations."),
    )
    columns = ESTIMANDS["need_rank"].columns
    shown = columns if areas_ > 3 else tuple(name for name in columns if name != "top_three")
    return {"notes": told, "columns": shown}


def _at(result: Result, wave: str) -> Result:
    return Result(result.table.assign(unit="person", wave=wave), result.meta)


def _areas(indicator: Indicator) -> dict[str, tuple[str, str]]:
    """Return the areas by the question about competence, which names them."""
    measure = indicator.measure
    return {have: (need, have) for need, have in zip(measure.needed, measure.current, strict=True)}


def _asked(study: Study) -> Iterator[tuple[str, Indicator, str, str, pd.DataFrame]]:
    """Yield statements on needs with each of their waves and the answers as one row per person."""
    for key, indicator in study.indicators(chapter=CHAPTER).items():
        if not isinstance(indicator.measure, ShortfallMeasure):
            continue
        rule = indicator.rule
        waves = {FIRST: rule.before, LAST: rule.after} if isinstance(rule, ChangeRule) else {LAST: rule.wave}
        for when, wave in waves.items():
            yield key, indicator, when, wave, _answers(study, indicator, wave)


def _answers(study: Study, indicator: Indicator, wave: str) -> pd.DataFrame:
    questions = [*indicator.measure.needed, *indicator.measure.current]
    rows = study.answers_to(questions, [wave])
    wide = rows.astype({"item": "str", "person": "str"}).pivot_table(
        index="person", columns="item", values="value"
    )
    everyone = (
        study.people[study.people["role"].isin(indicator.roles)] if indicator.roles else study.participants
    )
    known = everyone.set_index("person")["organisation"]
    return wide[wide.index.isin(known.index)].reindex(columns=questions).join(known).reset_index()
