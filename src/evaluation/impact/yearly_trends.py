"""What remains of a difference in yearly accounts if both sides would not have grown alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from evaluation.impact.yearly import ASSUMED, average_growth, growth_by_length
from evaluation.impact.yearly_panel import YearlyPanel
from evaluation.result import Meta, Result
from evaluation.stats.group_time import effect_by_length
from evaluation.stats.honest_trends import EventStudy, HonestInterval, event_study, smooth_trend_interval
from evaluation.stats.root import bisect_whole
from evaluation.stats.similar_trends import is_in_similar_trend_interval, similar_trend_interval
from evaluation.stats.stratified_mean import stratified_covariance, stratified_inference

VIOLATIONS = (0.5, 1.0, 2.0)
"""By how many times the largest difference before the start trends may have differed from then on."""
BENDS = (0.0, 0.005, 0.01, 0.02)
"""By how much the yearly difference in growth may have changed from one year to the next."""
EARLIER = 2
"""Differences before the start that are needed at least, and so three years."""
MOST_TIMES, MOST_BENT = 500, 500
"""Where the search for what a finding stands ends: in hundredths of times, and in thousandths of growth."""
DF_PER_YEAR = 5.0
"""Degrees of freedom for every weight before the start that is chosen by the covariance."""
REFERENCES = ("rambachan2023", "andrews2023", "welch1947")


@dataclass(frozen=True, slots=True)
class _Studied:
    """The differences by years since the start, and the row of their mean from the start on."""

    found: EventStudy
    main: dict[str, Any]
    df: float

    def widened(self, conf_level: float) -> EventStudy:
        """Return the differences with a covariance for which normal limits are Student's."""
        quantile = (1 + conf_level) / 2
        return self._with(float(special.stdtrit(self.df, quantile) / special.ndtri(quantile)) ** 2)

    def weighed(self, conf_level: float) -> EventStudy:
        """Return the same for an estimator whose weights before the start are chosen by the covariance.

        The years farthest from the start are left out where there are few organisations.
        """
        chosen = min(self.found.before - 1, int(self.df // DF_PER_YEAR))
        left, quantile = self.df - chosen, (1 + conf_level) / 2
        student = float(special.stdtrit(left, quantile) / special.ndtri(quantile)) ** 2
        return self._with(student * self.df / left * (self.df - 1) / (left - 1)).latest(chosen + 1)

    def _with(self, wider: float) -> EventStudy:
        return replace(self.found, covariance=self.found.covariance * wider)


def bounded_growth(
    panel: YearlyPanel, *, violations: Iterable[float] = VIOLATIONS, conf_level: float = 0.95
) -> Result | None:
    """Estimate what would remain if trends had differed as much from the start on as they did before it.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    violations
        M: how many times the largest difference between two years before the start the groups' trends may have
        differed from one year to the next.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result or None
        One row per M (`ratio`): bounds, and an interval that takes chance in the years before and after into
        account. None with fewer than three years before the start, or without inference.

    Notes
    -----
    `similar_trend_interval` of the mean difference from the start on, by the differences from year to year before the
    start and since the last year before it from then on, with their covariance: every organisation adds to each,
    starting years and cells are strata. The covariance is widened by the square of t over z with the smallest of
    Welch's degrees of freedom, so that with few organisations the interval is no narrower than Student's.

    References
    ----------
    rambachan2023, andrews2023, welch1947
    """
    studied = _studied(panel, conf_level)
    if studied is None:
        return None
    found = studied.widened(conf_level)
    rows = [
        {"ratio": ratio, **_limits(similar_trend_interval(found, ratio, conf_level=conf_level))}
        for ratio in violations
    ]
    return _result("bounded_growth", rows, studied, conf_level)


def bent_growth(
    panel: YearlyPanel, *, bends: Iterable[float] = BENDS, conf_level: float = 0.95
) -> Result | None:
    """Estimate what would remain if the difference in trends before the start went on nearly as a straight line.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    bends
        M: by how much, as a share, the difference in growth from year to year may have changed from one year to the
        next; 0 for a straight line.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result or None
        One row per M (`bend`): the estimate with the trend taken off and an interval of fixed length. None with fewer
        than three years before the start, or without inference.

    Notes
    -----
    `smooth_trend_interval` with the estimates and the covariance of `bounded_growth`. Its k = years before - 1 free
    weights are chosen by that covariance, which makes the error look too small; the covariance is therefore widened by
    df (df - 1) / ((df - k) (df - k - 1)) besides, and Student's t has df - k degrees of freedom, as where a mean is
    adjusted for k covariates. k is at most a fifth of the degrees of freedom: years farther from the start are left
    out.

    References
    ----------
    rambachan2023, welch1947
    """
    studied = _studied(panel, conf_level)
    if studied is None:
        return None
    rows, weighed = [], studied.weighed(conf_level)
    for bend in bends:
        found = smooth_trend_interval(weighed, bend, conf_level=conf_level)
        limits = {"conf_low": found.conf_low, "conf_high": found.conf_high}
        rows.append({"bend": bend, "estimate": found.estimate, **limits})
    return _result("bent_growth", rows, studied, conf_level)


def tolerated_trend(panel: YearlyPanel, *, conf_level: float = 0.95) -> Result | None:
    """Estimate how much trends may have differed before the difference in growth is no longer certain.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    conf_level
        Level of the intervals, between 0 and 1.

    Returns
    -------
    Result or None
        One row: the largest M of `bounded_growth` (the estimate, at most 5, in hundredths) and of `bent_growth`
        (`bend`, at most 0.5, in thousandths) whose interval leaves out zero as those of smaller M do; NaN if there is
        none. None with fewer than three years before the start, or without inference.

    References
    ----------
    rambachan2023, andrews2023
    """
    studied = _studied(panel, conf_level)
    if studied is None:
        return None
    widened, weighed = studied.widened(conf_level), studied.weighed(conf_level)

    def by_times(times: np.ndarray) -> np.ndarray:
        return ~np.array(is_in_similar_trend_interval(widened, float(times) / 100, conf_level=conf_level))

    def by_bend(bent: np.ndarray) -> np.ndarray:
        limits = smooth_trend_interval(weighed, float(bent) / 1000, conf_level=conf_level)
        return np.array(not limits.conf_low <= 0 <= limits.conf_high)

    times, bent = (
        float(bisect_whole(stands, -1, most + 1)) - 1
        for stands, most in ((by_times, MOST_TIMES), (by_bend, MOST_BENT))
    )
    row = {
        "estimate": times / 100 if times >= 0 else float("nan"),
        "bend": bent / 1000 if bent >= 0 else float("nan"),
    }
    return _result("tolerated_trend", [row], studied, conf_level)


def _limits(found: HonestInterval) -> dict[str, float]:
    return {name: getattr(found, name) for name in ("bound_low", "bound_high", "conf_low", "conf_high")}


def _result(estimand: str, rows: list[dict[str, float]], studied: _Studied, conf_level: float) -> Result:
    kept = {name: studied.main[name] for name in ("estimate", "n", "n_level", "n_reference")}
    table = pd.DataFrame([{"estimand": estimand, **kept, **row} for row in rows])
    return Result(table, Meta("yearly_bounds", conf_level, REFERENCES, ASSUMED))


def _studied(panel: YearlyPanel, conf_level: float) -> _Studied | None:
    """Return the differences by years since the start with their covariance, if they have one and are enough."""
    early = growth_by_length(panel, conf_level=conf_level).table
    early = early[early["wave"].str.startswith("since_-")]
    main, effects = average_growth(panel, conf_level), panel.effects
    by_length = effect_by_length(effects)
    lengths = np.array(sorted(by_length))
    if len(early) < EARLIER or not np.isfinite([main["std_error"], *early["std_error"]]).all():
        return None
    if (np.diff(lengths) != 1).any() or lengths[-1] < 0:
        return None
    used, began = effects.used.any(axis=1), panel.start.to_numpy()
    added = np.column_stack([by_length[length].influence for length in lengths])[used] * used.mean()
    values = np.array([by_length[length].estimate for length in lengths])
    weight = np.array([_size(panel, length) if length >= 0 else 0 for length in lengths])
    weight, before = weight / weight.sum(), int((lengths < 0).sum())
    stratum = np.where(began > 0, began, -1 - panel.cell)[used]
    parts = [*added.T[:before], added @ weight]
    df = min(stratified_inference(0.0, part, stratum).df for part in parts)
    since = _since_base(before, lengths.size)
    covariance = since @ stratified_covariance(added, stratum) @ since.T
    return _Studied(event_study(since @ values, covariance, before, weight[before:]), main, df)


def _since_base(before: int, count: int) -> np.ndarray:
    """Return what makes differences from the year before into differences since the last year before the start.

    Summed up from year to year, so that no step is one between different organisations.
    """
    since = np.eye(count)
    since[:before, :before] = -np.triu(np.ones((before, before)))
    return since


def _size(panel: YearlyPanel, length: int) -> int:
    """Return how many organisations there are in the starting years that are observed so long after the start."""
    effects = panel.effects
    there = (effects.period - effects.group == length) & np.isfinite(effects.estimate)
    return int(np.isin(panel.start, effects.group[there]).sum())
