"""How amounts in yearly accounts developed, against organisations of the same kind."""

from typing import Any

import numpy as np
import pandas as pd

from evaluation.impact.evidence import Evidence
from evaluation.impact.growth import GROWTH, compared_growth
from evaluation.impact.rows import NOTHING, numbers_of
from evaluation.impact.yearly_panel import YearlyPanel
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import FEWEST, mean_inference, method_for
from evaluation.stats.doubly_robust import Influence
from evaluation.stats.group_time import GroupTime, average_effect, effect_by_length
from evaluation.stats.logistic import logistic_fit
from evaluation.stats.multiplicity import holm
from evaluation.stats.propensity import matched_pairs
from evaluation.stats.stratified_mean import stratified_inference
from evaluation.vocabulary.errors import EstimationError

REFERENCES = ("callaway2021", "davis1996", "iacus2012", "welch1947")
ASSUMED = ("clusters_independent",)


def growth_over_years(
    panel: YearlyPanel, *, evidence: Evidence, conf_level: float = 0.95, matched: bool = True
) -> Result:
    """Estimate how much more the amounts grew from the start on, and before it.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    evidence
        What the design can show: decides whether the first row speaks of an effect or of a difference.
    conf_level
        Level of the intervals, between 0 and 1.
    matched
        Whether a row with matched pairs is added.

    Returns
    -------
    Result
        The main row first: `difference_in_differences` if all start in the same year, else `average_effect`, the mean
        over starting years and years. Then `before_start`, the mean difference in growth from year to year before
        the start, and `matched_pairs`.

    Notes
    -----
    The difference in differences is that of each organisation's mean growth since the last year before the start,
    every organisation its own cluster: CR2 with Satterthwaite's degrees of freedom, the wild bootstrap below eight
    organisations on a side, no inference below five. `average_effect` weighs starting years by their organisations
    and has an interval from eight organisations on each side (variance by starting year and cell, Welch's degrees
    of freedom). It assumes that within a cell both sides would have grown alike.

    References
    ----------
    callaway2021, davis1996, iacus2012, welch1947, bell2002, stuart2010

    Examples
    --------
    >>> from evaluation.impact.estimates import BEFORE_AND_AFTER
    >>> from evaluation.impact.yearly_panel import yearly_panel
    >>> rows = pd.DataFrame({"organisation": np.repeat(range(20), 3), "year": [2020, 2021, 2022] * 20})
    >>> rows["start"] = np.where(rows["organisation"] < 10, 2022, 0)
    >>> rows["value"] = np.where((rows["start"] > 0) & (rows["year"] == 2022), 200.0, 100.0)
    >>> found = growth_over_years(yearly_panel(rows, growth="percentage"), evidence=BEFORE_AND_AFTER)
    >>> found.table["estimate"].round(6).tolist()[:2]
    [1.0, 0.0]
    """
    together = len(panel.starts) == 1
    main = _difference(panel, conf_level) if together else average_growth(panel, conf_level)
    records = [{"estimand": "growth_effect" if evidence.words == "effect" else "growth_difference"} | main]
    if early := _before(panel, conf_level):
        records.append({"estimand": "growth_difference"} | early)
    if matched and (pair := _matched(panel, conf_level)):
        records.append({"estimand": "growth_difference"} | pair)
    references = (*REFERENCES, "bell2002", "stuart2010")
    return Result(pd.DataFrame(records), Meta("yearly_growth", conf_level, references, ASSUMED))


def _mean_growth(panel: YearlyPanel, first: int) -> pd.Series:
    """Return each organisation's mean growth from the last year before a start to the years from it on."""
    amounts, years = panel.amounts.to_numpy(float), panel.years
    base = amounts[:, np.searchsorted(years, first) - 1]
    grown = np.column_stack(
        [GROWTH[panel.growth](base, amounts[:, at]) for at in np.flatnonzero(years >= first)]
    )
    return pd.DataFrame(grown, index=panel.amounts.index).mean(axis=1)


def _difference(panel: YearlyPanel, conf_level: float) -> dict[str, Any]:
    grown = _mean_growth(panel, int(panel.starts[0]))
    rows = panel.cells.assign(grown=grown, took=(panel.start > 0).astype(float))
    found = compared_growth(rows[panel.used & rows["grown"].notna()], list(panel.cells), conf_level)
    return {"term": "difference_in_differences"} | found


def average_growth(panel: YearlyPanel, conf_level: float) -> dict[str, Any]:
    """Return the columns of the row with the mean over starting years and years from the start on.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    conf_level
        Level of the interval, between 0 and 1.
    """
    effects = panel.effects
    after = effects.period >= effects.group
    row = {"term": "average_effect"} | _told(average_effect(effects), panel, after, conf_level)
    return row | _means(effects, after)


def _means(effects: GroupTime, chosen: np.ndarray) -> dict[str, float]:
    """Return mean growth on both sides, starting years weighing as much as in the estimate."""
    known = chosen & np.isfinite(effects.estimate)
    size = np.array([np.sum(effects.start == group) for group in effects.group[known]])
    names = {"mean_level": effects.mean, "mean_reference": effects.mean_never}
    return {name: float(np.average(values[known], weights=size)) for name, values in names.items()}


def _told(part: Influence, panel: YearlyPanel, chosen: np.ndarray, conf_level: float) -> dict[str, Any]:
    """Return the columns of a row made of some effects, with inference that its sides can carry."""
    used = panel.effects.used[:, chosen].any(axis=1)
    began = panel.start.to_numpy()
    sides = [int((used & side).sum()) for side in (began > 0, began == 0)]
    row = {
        "n": sum(sides),
        "n_level": sides[0],
        "n_reference": sides[1],
        "n_groups": min(sides),
        "reason": None,
    }
    stratum = np.where(began > 0, began, -1 - panel.cell)[used]
    added = part.influence[used] * used.mean()
    found = stratified_inference(part.estimate, added, stratum, conf_level)
    told = np.isfinite(found.df) and method_for(min(sides), found.df) == "cr2_satterthwaite"
    inference = {name: getattr(found, name) for name in NOTHING} if told else NOTHING
    return row | {"estimate": part.estimate, **inference, "method": "welch" if told else "too_few_clusters"}


def _before(panel: YearlyPanel, conf_level: float) -> dict[str, Any] | None:
    effects = panel.effects
    early = [part for length, part in effect_by_length(effects).items() if length < 0]
    if not early:
        return None
    estimate = float(np.mean([part.estimate for part in early]))
    part = Influence(estimate, np.mean([part.influence for part in early], axis=0))
    before = effects.period < effects.group
    return {"term": "before_start"} | _told(part, panel, before, conf_level) | _means(effects, before)


def _matched(panel: YearlyPanel, conf_level: float) -> dict[str, Any] | None:
    gaps = matched_gaps(panel)
    if gaps is None or len(gaps) < FEWEST:
        return None
    found = mean_inference(gaps, np.arange(gaps.size), conf_level)
    sides = {"n": 2 * gaps.size, "n_level": gaps.size, "n_reference": gaps.size, "n_groups": gaps.size}
    return {"term": "matched_pairs", "reason": None, **sides, **numbers_of(found)}


def matched_gaps(panel: YearlyPanel) -> np.ndarray | None:
    """Return the difference in mean growth within pairs of organisations, shape (pairs,).

    Parameters
    ----------
    panel
        From `yearly_panel`.

    Returns
    -------
    numpy.ndarray or None
        One participant less one other in each pair, of the same cell and nearest in the probability to take part given
        the logarithm of the amount in the last year before the start. None if that probability cannot be estimated for
        any starting year.

    Notes
    -----
    Where organisations start in different years, those of each start are matched by themselves, with others over the
    same years. The starts with fewest organisations choose first, of equal ones the earliest, and nobody is in two
    pairs, so that the pairs are independent.
    """
    took = panel.start.to_numpy()
    free = panel.used & (took == 0)
    gaps = []
    for start in sorted(panel.starts, key=lambda year: (int(np.sum(took == year)), year)):
        comparison, gap = _pairs_of_start(panel, int(start), free)
        free[comparison] = False
        gaps.append(gap)
    found = np.concatenate(gaps)
    return found if found.size else None


def _pairs_of_start(panel: YearlyPanel, start: int, free: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return who is compared with those of one start, and by how much the latter grew more."""
    base = (
        panel.amounts[start - 1].to_numpy(float) if start - 1 in panel.amounts else np.full(free.size, np.nan)
    )
    grown, began = _mean_growth(panel, start).to_numpy(), panel.start.to_numpy() == start
    known = np.flatnonzero((free | began & panel.used) & np.isfinite(grown) & (base > 0))
    took = began[known].astype(float)
    none = np.empty(0, dtype=int), np.empty(0)
    try:
        chance = logistic_fit(took, np.column_stack([np.ones(known.size), np.log(base[known])])).probability
    except EstimationError:
        return none
    chosen = [none]
    for one in np.unique(panel.cell[known]):
        rows = np.flatnonzero(panel.cell[known] == one)
        if 0 < took[rows].sum() < rows.size:
            pairs = matched_pairs(took[rows], chance[rows])
            treated, comparison = known[rows[pairs.treated]], known[rows[pairs.comparison]]
            chosen.append((comparison, grown[treated] - grown[comparison]))
    return tuple(np.concatenate(parts) for parts in zip(*chosen, strict=True))


def growth_by_year(panel: YearlyPanel) -> Result:
    """Estimate how much amounts had grown in each year since the last one before the start, on both sides.

    Parameters
    ----------
    panel
        From `yearly_panel`.

    Returns
    -------
    Result
        One row per year (`wave`), or per year since the start (`since_0` is the year of the start) where organisations
        start in different years. The others have the mix of cells of those who take part.

    References
    ----------
    davis1996, iacus2012

    Examples
    --------
    >>> from evaluation.impact.yearly_panel import yearly_panel
    >>> rows = pd.DataFrame({"organisation": np.repeat(range(20), 3), "year": [2020, 2021, 2022] * 20, "value": 5.0})
    >>> rows["start"] = np.where(rows["organisation"] < 10, 2022, 0)
    >>> growth_by_year(yearly_panel(rows)).table["wave"].tolist()
    ['2020', '2021', '2022']
    """
    found, together = panel.since_base, len(panel.starts) == 1
    places = found.period if together else found.period - found.group
    records = []
    for place in np.unique(places[np.isfinite(found.estimate)]).astype(int):
        chosen = places == place
        means = _means(found, chosen)
        used = found.used[:, chosen & np.isfinite(found.estimate)].any(axis=1)
        sides = [int((used & side).sum()) for side in (panel.start > 0, panel.start == 0)]
        row = {"wave": str(place) if together else f"since_{place}", "n": sum(sides), "n_level": sides[0]}
        row |= {"n_reference": sides[1], "estimate": means["mean_level"] - means["mean_reference"]} | means
        records.append({"estimand": "growth_path"} | row)
    return Result(pd.DataFrame(records), Meta("yearly_growth", references=REFERENCES, figure="path"))


def growth_by_length(panel: YearlyPanel, *, conf_level: float = 0.95) -> Result:
    """Estimate the difference in growth by how many years have passed since the start.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        One row per year since the start. Before the start each is the difference in growth from the year before,
        from the start on that since the last year before it. p values of the years before are adjusted after Holm.

    References
    ----------
    callaway2021, welch1947, holm1979

    Examples
    --------
    >>> from evaluation.impact.yearly_panel import yearly_panel
    >>> rows = pd.DataFrame({"organisation": np.repeat(range(20), 3), "year": [2020, 2021, 2022] * 20, "value": 5.0})
    >>> rows["start"] = np.where(rows["organisation"] < 10, 2022, 0)
    >>> panel = yearly_panel(rows)
    >>> growth_by_length(panel).table["wave"].tolist()
    ['since_-1', 'since_0']
    """
    effects = panel.effects
    length = effects.period - effects.group
    records = []
    for place, part in effect_by_length(effects).items():
        chosen = length == place
        row = {"estimand": "growth_since_start", "wave": f"since_{place}"} | _means(effects, chosen)
        records.append(row | _told(part, panel, chosen, conf_level))
    table = pd.DataFrame(records)
    early = table["wave"].str.startswith("since_-") & table["p_value"].notna()
    table.loc[early, "p_adjusted"] = holm(table.loc[early, "p_value"]) if early.any() else np.nan
    return Result(table, Meta("yearly_growth", conf_level, (*REFERENCES, "holm1979"), ASSUMED, "event"))


def growth_by_start(panel: YearlyPanel, *, conf_level: float = 0.95) -> Result:
    """Estimate the mean difference in growth from the start on, for each year in which organisations start.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result
        One row per starting year (`wave`).

    References
    ----------
    callaway2021, welch1947

    Examples
    --------
    >>> from evaluation.impact.yearly_panel import yearly_panel
    >>> rows = pd.DataFrame({"organisation": np.repeat(range(20), 3), "year": [2020, 2021, 2022] * 20, "value": 5.0})
    >>> rows["start"] = np.where(rows["organisation"] < 10, 2022, 0)
    >>> panel = yearly_panel(rows)
    >>> growth_by_start(panel).table["wave"].tolist()
    ['2022']
    """
    effects, records = panel.effects, []
    for group in panel.starts:
        chosen = (effects.group == group) & (effects.period >= group) & np.isfinite(effects.estimate)
        if chosen.any():
            part = Influence(
                float(effects.estimate[chosen].mean()), effects.influence[:, chosen].mean(axis=1)
            )
            row = {"estimand": "growth_by_start", "wave": str(group)} | _means(effects, chosen)
            records.append(row | _told(part, panel, chosen, conf_level))
    return Result(pd.DataFrame(records), Meta("yearly_growth", conf_level, REFERENCES, ASSUMED))
