"""The known truth behind simulated files: what every estimate should come close to.

All numbers are those of the finite population of registered people and organisations, had everyone
answered everything. They are plain means and shares of the complete answers; no estimator is used.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from evaluation.simulate.answers import (
    GENERAL,
    RECALL,
    SHARED,
    latent_change,
    latent_variance,
)
from evaluation.simulate.dropout import Silence
from evaluation.simulate.population import OUTSIDE
from evaluation.simulate.statement import Truth, change_of, statement_truth
from evaluation.simulate.timeline import baseline_waves, later_waves
from evaluation.simulate.unit import Complete, item_values, mean_of_organisations, scale_values


def known_truth(complete: Complete, silence: Silence) -> Truth:
    """Return everything that is needed to judge the estimators, ready to be written as JSON.

    Returns
    -------
    dict
        `population` (how many), `assumptions` (the section `simulation`), `latent` (the model's
        parameters), `lost` (people lost by wave), `surveys` (sent, with a row, broken off),
        `in_several_linked` (people with a row in at least two files that are linked), `items` and
        `scales` (mean by wave, change by wave and unit, shift of the then-test, share of variance
        between organisations), `indicators` (see `statement_truth`) and, with a comparison group, `comparison`
        (changes on both sides). Shares are between 0 and 1,
        means and changes in points of the answers. What cannot be computed is null.
    """
    project = complete.project
    definition = project.definition
    items = dict.fromkeys(item for item, _ in complete.answers)
    truth = {
        "population": {
            "people": int((~complete.population.compared).sum()),
            "organisations": int((~complete.population.compared_organisations()).sum())
            if complete.population.visible
            else 0,
        },
        "assumptions": definition.simulation.model_dump(),
        "latent": _latent(complete, list(items)),
        "lost": {wave: int(gone.sum()) for wave, gone in silence.lost.items()},
        "surveys": _surveys(complete, silence),
        "in_several_linked": _in_several_linked(complete, silence),
        "items": {item: _measure_truth(complete, item, item_values) for item in items},
        "scales": {scale: _measure_truth(complete, scale, scale_values) for scale in definition.scales},
        "indicators": {
            key: statement_truth(complete, indicator) for key, indicator in definition.indicators.items()
        },
    }
    if complete.population.compared.any():
        truth["comparison"] = _against_comparison(complete)
    return _plain(truth)


def _against_comparison(complete: Complete) -> Truth:
    """Return how much more everybody in the programme changed than everybody in the comparison group."""
    others = replace(complete, of_comparison=True)
    changes = {}
    for key, indicator in complete.project.definition.indicators.items():
        sides = [
            statement_truth(side, indicator).get("change", {}).get("all", {}) for side in (complete, others)
        ]
        found = [side["change"] for side in sides if side]
        if len(found) == 2:
            changes[key] = {"programme": found[0], "comparison": found[1], "difference": found[0] - found[1]}
    return {"people": int(complete.population.compared.sum()), "changes": changes}


def _latent(complete: Complete, items: list[str]) -> Truth:
    project = complete.project
    variance = latent_variance(project.definition.simulation, complete.population.visible)
    return {
        "organisation_variance": variance.organisation,
        "person_variance": variance.person,
        "occasion_variance": variance.occasion,
        "common_to_all_traits": GENERAL,
        "common_to_a_scale": SHARED,
        "recall": RECALL,
        "change": {item: latent_change(project, item) for item in items},
    }


def _surveys(complete: Complete, silence: Silence) -> Truth:
    truth = {}
    for source, received in complete.received.items():
        rows = _with_row(complete, silence, source)
        broke_off = silence.broke_off[source] & rows
        truth[source] = {
            "sent": int(received.sum()),
            "rows": int(rows.sum()),
            "broke_off": int(broke_off.sum()),
        }
    return truth


def _in_several_linked(complete: Complete, silence: Silence) -> int:
    definition = complete.project.definition
    linked = definition.linkage.columns if definition.linkage else ()
    there = [_with_row(complete, silence, key) for key in linked if key in complete.received]
    return int((np.sum(there, axis=0) >= 2).sum()) if there else 0


def _with_row(complete: Complete, silence: Silence, source: str) -> np.ndarray:
    waves = complete.project.definition.sources[source].waves
    return complete.received[source] & ~np.logical_and.reduce([silence.lost[wave] for wave in waves])


def _measure_truth(complete: Complete, key: str, values: Any) -> Truth:
    """Return the truth about a question or scale at all waves."""
    definition = complete.project.definition
    waves = {wave: found for wave in definition.waves if len(found := values(complete, key, wave))}
    start = next((wave for wave in baseline_waves(definition) if wave in waves), None)
    truth: Truth = {
        "mean": {wave: found.mean() for wave, found in waves.items()},
        "organisation_share": {wave: _organisation_share(complete, found) for wave, found in waves.items()},
    }
    if start is None:
        return truth
    truth["change"] = {
        wave: _by_unit(complete, waves[start], waves[wave], start, wave)
        for wave in later_waves(definition)
        if wave in waves
    }
    truth["then_shift"] = {
        wave: _by_unit(complete, waves[start], found, start, wave)
        for wave, found in waves.items()
        if definition.waves[wave].kind == "then_test"
    }
    return truth


def _by_unit(complete: Complete, before: pd.Series, after: pd.Series, start: str, wave: str) -> Truth:
    truth: Truth = {
        "contrast": f"{wave} - {start}",
        "person": change_of(before, after, complete.groups("person")),
    }
    if complete.population.visible:
        means = [mean_of_organisations(values, complete.population.people) for values in (before, after)]
        truth["organisation"] = change_of(*means, complete.groups("organisation"))
    return truth


def _organisation_share(complete: Complete, values: pd.Series) -> float | None:
    """Return the share of the variance of single answers that lies between organisations.

    Notes
    -----
    (B - W) / (B + (m - 1) W) from the mean squares between (B) and within (W) organisations, where
    m = (n - sum of squared sizes / n) / (organisations - 1). It can be slightly below zero.
    """
    firms = complete.population.people["organisation"].loc[values.index]
    values, firms = values[firms != OUTSIDE], firms[firms != OUTSIDE]
    parts = values.groupby(firms.to_numpy())
    sizes, n = parts.size(), len(values)
    if not complete.population.visible or len(sizes) < 2 or n <= len(sizes):
        return None
    between = (sizes * (parts.mean() - values.mean()) ** 2).sum() / (len(sizes) - 1)
    within = ((values - parts.transform("mean")) ** 2).sum() / (n - len(sizes))
    size = (n - (sizes**2).sum() / n) / (len(sizes) - 1)
    total = between + (size - 1) * within
    return (between - within) / total if total > 0 else None


def _plain(value: Any) -> Any:
    """Return the same with Python's own numbers, and null for what is not a number."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    return value.item() if isinstance(value, np.generic) else value
