"""What a chapter shows of its own statements, whatever their rules are."""

from collections.abc import Sequence
from dataclasses import replace

from evaluation.chapters.evaluate import adjusted, main_rows, rows_where, stacked, tally
from evaluation.project.measure import ItemMeasure
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules import evaluate
from evaluation.study import Study
from evaluation.vocabulary.message import Message, msg

NOTHING = msg("The programme's definition has no statement of this kind.")

TITLES: dict[str, Message] = {
    "attained_share": msg("How large a share reaches the target, among those who answered and among all?"),
    "mean_change": msg("How large are the changes, and how sure?"),
    "share_change": msg("How many more, or fewer, say so than before?"),
    "covered_share": msg("How many are reached?"),
    "covered_count": msg("Are there as many as wanted?"),
    "limited_share": msg("Is the share kept below its limit?"),
    "time_share": msg("Where did the time go?"),
    "described_share": msg("How large a share say so?"),
    "described_mean": msg("What do they answer on average?"),
    "mean_gap": msg("Do groups differ in what they say?"),
    "share_gap": msg("Do groups differ in how many say so?"),
    "group_share": msg("Who takes part, compared with whom?"),
    "eligible_share": msg("Do all meet the conditions for taking part?"),
    "network_share_change": msg("Do they work together more?"),
    "network_mean_change": msg("Has the collaboration become closer?"),
    "network_share": msg("How much do they work together?"),
    "network_mean": msg("How close is the collaboration?"),
    "not_collected": msg("What cannot be determined, and why?"),
}
"""The question that the rows of each quantity answer together."""

AS_TABLE = ("network_share", "network_mean", "covered_count", "described_mean", "eligible_share")
AS_LIST = ("not_collected",)
"""Quantities whose rows have no common axis, or no number at all."""


def lead(study: Study, chapter: str) -> Exhibit:
    """Count the verdicts of a chapter's statements."""
    found = tally([result for result in _results(study, chapter) if _kind(result) not in AS_LIST])
    title = msg("In short")
    if found is None:
        return absent(f"{chapter}-lead", study, title=title, why=NOTHING)
    return exhibit(f"{chapter}-lead", found, study, title=title, layout="lead")


def results(study: Study, chapter: str, *kinds: str) -> Exhibits:
    """Show a chapter's statements, one exhibit for each quantity.

    Parameters
    ----------
    study
        The programme.
    chapter
        The chapter, as the statements name it.
    *kinds
        Only these quantities (keys of `TITLES`); all of them if none is named.
    """
    together: dict[str, list[Result]] = {}
    for result in _results(study, chapter):
        together.setdefault(_kind(result), []).append(result)
    chosen = [key for key in TITLES if key in together and (not kinds or key in kinds)]
    parts = [part for key in chosen for part in _exhibits(study, chapter, key, together[key])]
    if not parts:
        return Exhibits([absent(f"{chapter}-results", study, title=msg("Statements"), why=NOTHING)])
    return Exhibits(parts)


def others(study: Study, chapter: str, *shown: str) -> Exhibits:
    """Show a chapter's statements but those of quantities that it shows in its own way.

    Parameters
    ----------
    study, chapter
        As in `results`.
    *shown
        Keys of `TITLES` that are left out.
    """
    there = {_kind(result) for result in _results(study, chapter)} - set(shown)
    return results(study, chapter, *there) if there else Exhibits()


def _results(study: Study, chapter: str) -> list[Result]:
    return [evaluate(key, study) for key in study.indicators(chapter=chapter)]


def _kind(result: Result) -> str:
    return str(result.table["estimand"].iloc[0])


def _exhibits(study: Study, chapter: str, kind: str, found: Sequence[Result]) -> list[Exhibit]:
    key, title = f"{chapter}-{kind.replace('_', '-')}", TITLES[kind]
    if kind == "mean_change":
        return _changes(study, key, title, found)
    judged = [_judged(result) for result in found]
    layout = "table" if kind in AS_TABLE else "list" if kind in AS_LIST else "card"
    return [exhibit(key, stacked(judged), study, title=title, layout=layout)]


def _judged(result: Result) -> Result:
    """Return the rows that carry a verdict: one for each group, or the main one."""
    table = result.table
    if "level" in table.columns and table["level"].notna().any():
        return rows_where(result, table["verdict"].notna()) or result
    return main_rows(result)


def _changes(study: Study, key: str, title: Message, found: Sequence[Result]) -> list[Exhibit]:
    """Draw changes in steps of answers together; numbers such as hours have no common axis."""
    result = adjusted(stacked([main_rows(result) for result in found]))
    in_steps = result.table["indicator"].map(lambda indicator: _in_steps(study, indicator))
    parts = []
    drawn = rows_where(result, in_steps)
    if drawn is not None:
        figure = Result(drawn.table, replace(drawn.meta, figure="difference"))
        parts.append(
            exhibit(key, figure, study, title=title, notes=(msg("Line: {level_percent} interval."),))
        )
    numbers = rows_where(result, ~in_steps)
    if numbers is not None:
        heading = msg("How have the numbers changed?")
        parts.append(exhibit(f"{key}-numbers", numbers, study, title=heading, layout="table"))
    return parts


def _in_steps(study: Study, key: str) -> bool:
    measure = study.indicator(key).measure
    item = measure.item if isinstance(measure, ItemMeasure) else None
    scale = getattr(measure, "scale", None)
    if scale is not None:
        if study.project.scales[scale].score == "sum":
            return False
        item = study.project.scales[scale].items[0]
    return item is None or len(study.response(item).options) > 2
