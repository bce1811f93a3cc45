"""What became of every person, row and cell, from those planned to those in a result."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce

import pandas as pd

from evaluation.data.answer_text import MISSING
from evaluation.data.link import ITEMS
from evaluation.project.measure import ScaleMeasure
from evaluation.project.model import Indicator
from evaluation.project.rule import ChangeRule
from evaluation.rules.measure import ID, column, meets
from evaluation.study import Study

Row = dict[str, object]


def stages(study: Study) -> list[Row]:
    """Count people at each step: planned, registered, eligible, answered at each wave, linked, analysed.

    Steps that the programme does not have are left out. Nobody is left out of the results for not meeting a
    condition, so those who are eligible are a part of those registered and not the whole of what follows.
    """
    people = set(study.participants["person"])
    counted = people | set(study.apart["person"])
    answered = {wave: persons & counted for wave, persons in _answered(study).items()}
    registered = bool(study.people["registered"].any()) if len(people) else True
    rows = [_stage("planned", study.project.planned)] if study.project.planned else []
    rows.append(_stage("registered" if registered else "present", len(people)))
    eligible = eligible_people(study)
    rows += [] if eligible is None else [_stage("eligible", len(eligible))]
    rows += [_stage("answered", len(persons), wave) for wave, persons in answered.items()]
    if len(answered) > 1:
        rows.append(_stage("answered_every", len(set.intersection(counted, *answered.values()))))
    if study.manifest.linkage:
        rows.append(_stage("linked", len(linked_people(study))))
    return [*rows, _stage("analysed", len(analysed_people(study)))]


def _stage(term: str, count: int, wave: str | None = None) -> Row:
    row = {"estimand": "stage_count", "unit": "person", "term": term, "estimate": count, "n": count}
    return row | {"wave": wave}


def _answered(study: Study) -> dict[str, set[str]]:
    return {wave: set(study.present(wave)) for wave in study.survey_waves}


def eligible_people(study: Study) -> set[str] | None:
    """Return who meets every condition, themselves or by their organisation; None if there is none."""
    found = [
        _meeting(indicator, study)
        for indicator in study.indicators(kind="eligibility").values()
        if indicator.unit in ("person", "organisation")
    ]
    return reduce(set.intersection, found) if found else None


def _meeting(indicator: Indicator, study: Study) -> set[str]:
    table = column(indicator, study)
    good = set(table.loc[meets(table["value"], indicator.rule).fillna(False), ID[indicator.unit]])
    return set(study.registered.loc[study.registered[ID[indicator.unit]].isin(good), "person"])


def linked_people(study: Study) -> set[str]:
    """Return who answered in at least two of the files that are linked."""
    files = Counter(study.links["person"])
    return {person for person, count in files.items() if count > 1}


def analysed_people(study: Study) -> set[str]:
    """Return which participants' answers enter at least one result; for a change, both answers of a person."""
    found = (_analysed(indicator, study) for indicator in study.project.indicators.values())
    counted = {*study.participants["person"], *study.apart["person"]}
    return set().union(*found) & counted


def _analysed(indicator: Indicator, study: Study) -> set[str]:
    rule = indicator.rule
    followed = isinstance(rule, ChangeRule)
    waves = [rule.before, rule.after] if followed else [getattr(rule, "wave", None)]
    by_wave = [set(_measured(indicator, study, wave)) for wave in waves if wave]
    together = set.intersection if followed and indicator.unit == "person" else set.union
    return together(*by_wave) if by_wave else set()


def _measured(indicator: Indicator, study: Study, wave: str) -> pd.Series:
    measure = indicator.measure
    if isinstance(measure, ScaleMeasure):
        rows = study.scores_of(measure.scale)
        rows = rows[rows["score"].notna()]
    elif type(measure) in ITEMS:
        items = ITEMS[type(measure)](measure, study.project)
        rows = study.answers_to(items, [wave])
        rows = rows[rows["missing"] == "none"]
    else:
        return pd.Series(dtype="str")
    return rows.loc[rows["wave"] == wave, "person"]


def cells(study: Study) -> list[Row]:
    """Say what became of every cell that was read: left out with its row, a value, or a kind of missing."""
    parts = study.manifest.cells
    read = sum(part.read for part in parts)
    dropped = sum((Counter(part.dropped) for part in parts), Counter())
    counts = sum((Counter(part.counts) for part in parts), Counter())
    recoded = sum(part.recoded for part in parts)
    return list(_cell_rows(read, dropped, counts, recoded))


def _cell_rows(read: int, dropped: Counter[str], counts: Counter[str], recoded: int) -> Iterator[Row]:
    yield _cell("cell_read", read, read)
    for reason, count in dropped.items():
        yield _cell("cell_left_out", count, read, f"row_{reason}")
    yield _cell("cell_kept", sum(counts.values()), read)
    for kind in MISSING:
        if counts[kind]:
            yield _cell(f"cell_{kind}", counts[kind], read)
        if kind == "none" and recoded:
            yield _cell("cell_recoded", recoded, read)


def _cell(term: str, count: int, read: int, reason: str | None = None) -> Row:
    share = count / read if read else float("nan")
    fixed = {"estimand": "cell_share", "unit": "cell", "term": term, "reason": reason}
    return fixed | {"estimate": share, "k": count, "n": read}
