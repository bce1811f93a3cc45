"""What is true of every statement of the programme, by rule kind, before anything is lost."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from evaluation.project.measure import (
    AbsentMeasure,
    ColumnMeasure,
    HoursMeasure,
    ItemsMeasure,
    MatrixMeasure,
    NetworkMeasure,
    RecordsMeasure,
)
from evaluation.project.model import Indicator
from evaluation.project.rule import EligibilityRule
from evaluation.simulate.identifier import identifier_columns
from evaluation.simulate.register import ways_to_write
from evaluation.simulate.ties import network_truth
from evaluation.simulate.timeline import occasions
from evaluation.simulate.unit import (
    Complete,
    column_values,
    covered,
    has_yes,
    hour_share,
    item_values,
    main_reading,
    outcome,
    readings,
    unit_values,
)

Truth = dict[str, Any]


def statement_truth(complete: Complete, indicator: Indicator) -> Truth:
    """Return what a perfect measurement of all registered units would find for an indicator."""
    absent = isinstance(indicator.measure, AbsentMeasure)
    if isinstance(indicator.measure, NetworkMeasure):
        truth = _of_network(complete, indicator.measure)
    else:
        truth = {} if absent else STATEMENTS[indicator.rule.kind](complete, indicator)
    n_total = len(complete.units(indicator.unit, indicator))
    return {
        "id": indicator.id,
        "kind": indicator.rule.kind,
        "unit": indicator.unit,
        "n_total": n_total,
        **truth,
    }


def _of_network(complete: Complete, measure: NetworkMeasure) -> Truth:
    return {"network": network_truth(complete.ties, measure.network, measure.at_least, measure.across)}


def change_of(before: pd.Series, after: pd.Series, groups: pd.DataFrame) -> Truth:
    """Return means before and after, and their difference, among all units and by level.

    Parameters
    ----------
    before, after
        Values by unit; units in only one of them are left out.
    groups
        Classifications of the units.
    """
    both = pd.DataFrame({"before": before, "after": after}).dropna()
    truth = _changes(both, pd.Categorical(["all"] * len(both)))
    for name in groups:
        truth[name] = _changes(both, groups[name].reindex(both.index).array)
    return truth


def _changes(both: pd.DataFrame, levels: pd.Categorical) -> Truth:
    """Return the change within every level that has units; standard deviations are those of a sample."""
    known = levels.codes >= 0
    codes, size = levels.codes[known], len(levels.categories)
    before, after = both["before"].to_numpy()[known], both["after"].to_numpy()[known]
    n = np.bincount(codes, minlength=size)
    means = [np.bincount(codes, values, size) / np.maximum(n, 1) for values in (before, after)]
    squares = [
        np.bincount(codes, (values - mean[codes]) ** 2, size)
        for values, mean in zip((before, after), means, strict=True)
    ]
    deviations = [np.sqrt(square / np.where(n > 1, n - 1, np.nan)) for square in squares]
    rows = zip(n, *means, means[1] - means[0], *deviations, strict=True)
    return {
        str(level): dict(zip(CHANGE, row, strict=True))
        for level, row in zip(levels.categories, rows, strict=True)
        if row[0]
    }


CHANGE = ("n", "before", "after", "change", "sd_before", "sd_after")
"""What is told of every change."""


def _target(complete: Complete, indicator: Indicator) -> Truth:
    waves = {wave: table for wave in _waves(complete) if len(table := readings(complete, indicator, wave))}
    truth: Truth = {
        "wave": indicator.rule.wave,
        "target": indicator.rule.share,
        "main": main_reading(indicator),
        "n": {wave: len(table) for wave, table in waves.items()},
        "share": {wave: table.mean().to_dict() for wave, table in waves.items()},
    }
    decisive = truth["share"].get(indicator.rule.wave, {}).get(truth["main"], np.nan)
    return {**truth, "reached": _reached(decisive, indicator.rule.share)}


def _reached(share: float, target: float) -> bool | None:
    return None if np.isnan(share) else bool(share >= target - 1e-12)


def _waves(complete: Complete) -> list[str]:
    return list(complete.project.definition.waves)


def _values(complete: Complete, indicator: Indicator, wave: str) -> pd.Series:
    """Return what a change is measured in: the values, or for several questions the main reading."""
    if isinstance(indicator.measure, ItemsMeasure):
        return outcome(complete, indicator, wave)
    return unit_values(complete, indicator, wave)


def _changed(complete: Complete, indicator: Indicator) -> Truth:
    rule = indicator.rule
    if isinstance(indicator.measure, ColumnMeasure | RecordsMeasure):
        return {}
    before, after = _values(complete, indicator, rule.before), _values(complete, indicator, rule.after)
    truth: Truth = {"contrast": f"{rule.after} - {rule.before}", "wanted": rule.wanted}
    truth["change"] = change_of(before, after, complete.groups(indicator.unit))
    if rule.then:
        then = _values(complete, indicator, rule.then)
        truth["then_shift"] = {
            "contrast": f"{rule.then} - {rule.before}",
            **change_of(before, then, pd.DataFrame()),
        }
        truth["change_from_then"] = {
            "contrast": f"{rule.after} - {rule.then}",
            **change_of(then, after, pd.DataFrame()),
        }
    return truth


def _covered(complete: Complete, indicator: Indicator) -> Truth:
    rule = indicator.rule
    if isinstance(indicator.measure, HoursMeasure):
        share = hour_share(complete, indicator)
        return {"target": rule.share, "share": share, "reached": bool(share > rule.share)}
    if isinstance(indicator.measure, MatrixMeasure) and not _is_stated(complete, indicator.measure):
        return {}
    if isinstance(indicator.measure, RecordsMeasure | ColumnMeasure | MatrixMeasure):
        found = covered(complete, indicator)
    else:
        found = _at_some_wave(complete, indicator)
    k, share = int(found.sum()), found.mean() if len(found) else np.nan
    if rule.count is not None:
        return {"target": rule.count, "k": k, "share": share, "reached": k >= rule.count}
    reached = _reached(share, rule.share) if rule.limit == "at_least" else bool(share <= rule.share + 1e-12)
    return {"target": rule.share, "k": k, "share": share, "reached": reached}


def _is_stated(complete: Complete, measure: MatrixMeasure) -> bool:
    """Tell whether the definition alone says which cells are filled."""
    return measure.matrix == "permeation" and complete.project.definition.equality.permeation is not None


def _at_some_wave(complete: Complete, indicator: Indicator) -> pd.Series:
    """Return whether units count as yes at the rule's wave, or at the last one with answers."""
    wanted = (
        [indicator.rule.wave]
        if indicator.rule.wave
        else list(reversed(occasions(complete.project.definition)))
    )
    found = (outcome(complete, indicator, wave) for wave in wanted)
    return next((values > 0 for values in found if len(values)), pd.Series(dtype=bool))


def _gap(complete: Complete, indicator: Indicator) -> Truth:
    rule = indicator.rule
    if isinstance(indicator.measure, ColumnMeasure | RecordsMeasure):
        return {}
    truth: Truth = {"wave": rule.wave, "group": rule.group}
    if not isinstance(indicator.measure, ItemsMeasure):
        truth["mean"] = _gaps(complete, indicator, unit_values(complete, indicator, rule.wave))
    if has_yes(indicator):
        truth["share"] = _gaps(complete, indicator, outcome(complete, indicator, rule.wave))
    return truth


def _gaps(complete: Complete, indicator: Indicator, values: pd.Series) -> Truth:
    """Return the mean of every level, and each level minus the reference level."""
    group = indicator.rule.group
    reference = complete.project.definition.groups[group].reference
    groups = complete.groups(indicator.unit)
    if group not in groups:
        return {"reference": reference, "levels": {}, "gap": {}}
    parts = values.groupby(groups[group].reindex(values.index), observed=True)
    levels = {str(level): {"n": len(part), "estimate": part.mean()} for level, part in parts}
    against = levels.get(reference, {}).get("estimate", np.nan)
    gap = {level: found["estimate"] - against for level, found in levels.items() if level != reference}
    return {"reference": reference, "levels": levels, "gap": gap}


def _representation(complete: Complete, indicator: Indicator) -> Truth:
    group, log = indicator.rule.group, complete.log
    groups = complete.groups(indicator.unit)
    units = complete.units(indicator.unit, indicator)
    levels = groups[group].reindex(units) if group in groups else pd.Series(dtype="category")
    truth: Truth = {"group": group, "participants": _composition(levels)}
    if indicator.rule.among == "designers" and {"design_role", indicator.unit} <= set(log):
        designing = log.loc[log["design_role"].notna(), indicator.unit].unique()
        truth["designers"] = _composition(levels[levels.index.isin(designing)])
    return truth


def _composition(levels: pd.Series) -> Truth:
    """Return how many units each level has, and their share of all, those who state no level included."""
    counts = levels.value_counts(sort=False)
    return {str(level): {"n": int(n), "share": n / max(1, len(levels))} for level, n in counts.items()}


def _described(complete: Complete, indicator: Indicator) -> Truth:
    measure, wave = indicator.measure, indicator.rule.wave
    if isinstance(measure, HoursMeasure):
        return {"share": {"yes": hour_share(complete, indicator)}}
    if isinstance(measure, RecordsMeasure | ColumnMeasure):
        found = covered(complete, indicator)
        truth = {"share": {"yes": found.mean()} if len(found) else {}}
        return truth | ({"distribution": _shares(complete, indicator)} if hasattr(measure, "one_of") else {})
    truth: Truth = {"wave": wave}
    if has_yes(indicator):
        truth["share"] = readings(complete, indicator, wave).mean().to_dict()
    if not isinstance(measure, ItemsMeasure):
        values = unit_values(complete, indicator, wave)
        truth |= {"n": len(values), "mean": values.mean() if len(values) else None}
    if hasattr(measure, "item"):
        counts = item_values(complete, measure.item, wave).value_counts(normalize=True).sort_index()
        truth["answers"] = {f"{value:g}": share for value, share in counts.items()}
    return truth


def _shares(complete: Complete, indicator: Indicator) -> Truth:
    values = column_values(complete, indicator)
    return {str(value): share for value, share in values.value_counts(normalize=True).items()}


def _eligible(complete: Complete, indicator: Indicator) -> Truth:
    if not isinstance(indicator.measure, ColumnMeasure):
        return {}
    values = column_values(complete, indicator)
    breaches = (
        values.index[~values.map(_meets(complete, indicator)).astype(bool)] if len(values) else values.index
    )
    rows, everyone = breaches.to_numpy(dtype=int), len(complete.units(indicator.unit))
    who = identifier_columns(complete.project.definition, indicator.unit, rows, everyone, "who")["who"]
    return {"n": len(values), "violations": len(breaches), "who": list(who)}


def _meets(complete: Complete, indicator: Indicator) -> Callable[[Any], bool]:
    rule: EligibilityRule = indicator.rule
    group = complete.project.definition.groups.get(indicator.measure.column)

    def meets(value: Any) -> bool:
        written = ways_to_write(value, group.levels[value]) if group else {str(value)}
        if rule.one_of:
            return bool(written & set(rule.one_of))
        above = rule.at_least is None or float(value) >= rule.at_least
        return above and (rule.at_most is None or float(value) <= rule.at_most)

    return meets


STATEMENTS: dict[str, Callable[[Complete, Indicator], Truth]] = {
    "target": _target,
    "change": _changed,
    "coverage": _covered,
    "gap": _gap,
    "representation": _representation,
    "describe": _described,
    "eligibility": _eligible,
}
"""How the truth of each rule kind is found."""
