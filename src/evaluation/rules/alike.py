"""Whether the programme's scales measure alike over time and between groups."""

import math

import pandas as pd

from evaluation.measurement.comparability import group_comparability, wave_comparability
from evaluation.measurement.ordinal_comparability import ordinal_wave_comparability
from evaluation.project.measure import ScaleMeasure
from evaluation.result import Meta, Result
from evaluation.rules.scale import asked_waves, measured_waves, stacked, wide_answers
from evaluation.study import Study

FEWEST_QUESTIONS = 3


def wave_shifts(study: Study) -> Result | None:
    """Estimate how much of each scale's mean change comes from questions that moved otherwise than the others.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result or None
        For each scale that was asked in two waves, first the whole scale (`reference` = its mean change among
        the same people), then its questions; or one row with the reason why nothing is assessed. None if
        every scale was asked once.
    """
    return study.once(("wave_shifts",), lambda: _wave_shifts(study))


def _wave_shifts(study: Study) -> Result | None:
    found = [_wave_shift(scale, study) for scale in study.project.scales if compared_waves(scale, study)]
    return stacked(found) if found else None


def ordinal_shifts(study: Study) -> Result | None:
    """Estimate the same with answers as ordered, and up to where each scale measures alike.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result or None
        As `wave_shifts`; the reason of a whole scale says what is alike.
    """
    return study.once(("ordered",), lambda: _ordered(study))[0]


def equality_steps(study: Study) -> Result | None:
    """Estimate how well models of more and more equal measurement fit each scale.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result or None
        A row per scale and model (`term`); None if no scale is assessed.
    """
    return study.once(("ordered",), lambda: _ordered(study))[1]


def _ordered(study: Study) -> tuple[Result | None, Result | None]:
    scales = [scale for scale in study.project.scales if compared_waves(scale, study)]
    pairs = [_ordered_shift(scale, study) for scale in scales]
    fits = [fit for _, fit in pairs if fit is not None]
    return stacked([shift for shift, _ in pairs]) if pairs else None, stacked(fits) if fits else None


def _ordered_shift(scale: str, study: Study) -> tuple[Result, Result | None]:
    before, after, _ = compared_waves(scale, study)
    items = list(study.project.scales[scale].items)
    if few := _too_few_questions(scale, study, estimand="ordinal_shift", contrast=f"{after} - {before}"):
        return few, None
    found = ordinal_wave_comparability(wide_answers(scale, study), items=items, before=before, after=after)
    own = {"scale": scale, "unit": "person"}
    fit = found.fit and Result(found.fit.table.assign(**own), found.fit.meta)
    return _beside_change(found.shift, scale, study), fit


def compared_waves(scale: str, study: Study) -> tuple[str, str, float] | None:
    """Return the waves that a scale is compared between, and the smallest change that matters."""
    for indicator in study.indicators(kind="change").values():
        if isinstance(indicator.measure, ScaleMeasure) and indicator.measure.scale == scale:
            return indicator.rule.before, indicator.rule.after, indicator.rule.smallest_important
    asked = asked_waves(scale, study)
    return (asked[0], asked[-1], math.nan) if len(asked) > 1 else None


def _wave_shift(scale: str, study: Study) -> Result:
    before, after, _ = compared_waves(scale, study)
    items = list(study.project.scales[scale].items)
    if few := _too_few_questions(scale, study, contrast=f"{after} - {before}"):
        return few
    found = wave_comparability(wide_answers(scale, study), items=items, before=before, after=after)
    return _beside_change(found, scale, study)


def _beside_change(found: Result, scale: str, study: Study) -> Result:
    """Put the mean change of the same people beside what moves it, in steps of the score."""
    before, after, important = compared_waves(scale, study)
    wide, items = wide_answers(scale, study), list(study.project.scales[scale].items)
    means = wide.dropna(subset=items).assign(mean=lambda rows: rows[items].mean(axis=1))
    both = (
        means.pivot_table(index="person", columns="wave", values="mean", sort=False)
        .reindex(columns=[before, after])
        .dropna()
    )
    table = found.table.assign(scale=scale, unit="person", smallest_important=important, verdict=None)
    table["reference"] = float((both[after] - both[before]).mean()) if len(both) else math.nan
    return _in_steps(Result(table, found.meta), scale, study)


def _in_steps(found: Result, scale: str, study: Study) -> Result:
    """Turn steps of the mean into steps of the score where the score is a sum."""
    definition = study.project.scales[scale]
    times = len(definition.items) if definition.score == "sum" else 1
    numbers = [name for name in ("estimate", "reference") if name in found.table]
    return Result(found.table.assign(**{name: times * found.table[name] for name in numbers}), found.meta)


def _too_few_questions(scale: str, study: Study, **about: object) -> Result | None:
    """Return the row that says so if a scale has too few questions to tell how they measure."""
    if len(study.project.scales[scale].items) >= FEWEST_QUESTIONS:
        return None
    row = {"estimand": "measurement_shift", "unit": "person", "item": None, "estimate": math.nan, "n": 0}
    row |= {"reason": "two_questions", "scale": scale, **about}
    return Result(pd.DataFrame([row]), Meta(method="measurement_invariance"))


def group_shifts(study: Study) -> Result | None:
    """Estimate what each question does to the difference between groups, in the last wave a scale was asked.

    Parameters
    ----------
    study
        The programme with its data and at least one scale.

    Returns
    -------
    Result or None
        A row per scale, group and question, or one with the reason why nothing is assessed. None without
        groups that are compared with a reference group.
    """
    return study.once(("group_shifts",), lambda: _group_shifts(study))


def _group_shifts(study: Study) -> Result | None:
    last = {scale: (wave, part) for scale, wave, part in measured_waves(study)}
    found = [
        _group_shift(scale, wave, part, group, level, study)
        for scale, (wave, part) in last.items()
        for group, level in _comparisons(study)
    ]
    asked = [one for one in found if _both_answered(one)]
    return stacked(asked) if asked else None


def _both_answered(found: Result) -> bool:
    """Tell whether a scale was asked of both groups at all; teachers answer other questions than participants."""
    counts = found.table.reindex(columns=["n_level", "n_reference"]).fillna(1)
    return bool((counts > 0).all(axis=None))


def _comparisons(study: Study) -> list[tuple[str, str]]:
    return [
        (key, level)
        for key, group in study.project.groups.items()
        if group.of == "person" and group.reference and key in study.people.columns
        for level in group.show_always or group.levels
        if level != group.reference
    ]


def _group_shift(scale: str, wave: str, part: pd.DataFrame, group: str, level: str, study: Study) -> Result:
    items, reference = list(study.project.scales[scale].items), study.project.groups[group].reference
    about = {"wave": wave, "group": group, "level": level, "contrast": f"{level} - {reference}"}
    if few := _too_few_questions(scale, study, **about):
        return few
    people = study.people.assign(person=study.people["person"].astype("object")).set_index("person")
    table = part.assign(**{group: part["person"].map(people[group].astype("object"))})
    found = group_comparability(table, items=items, group=group, level=level, reference=reference)
    return _in_steps(
        Result(found.table.assign(scale=scale, wave=wave, unit="person", verdict=None), found.meta),
        scale,
        study,
    )
