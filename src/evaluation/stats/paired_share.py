"""Yes-or-no answers of the same people at two measurements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import special

from evaluation.stats.checks import level, pick, whole
from evaluation.stats.paired import ShareChange, tango
from evaluation.stats.proportion import clopper_pearson, wilson
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg


@dataclass(frozen=True, slots=True)
class McNemar:
    """McNemar's test in its four forms, with the conditional odds ratio.

    Attributes
    ----------
    statistic, p_asymptotic
        Chi-squared with 1 degree of freedom, without correction.
    statistic_corrected, p_corrected
        With Edwards' continuity correction.
    p_exact, p_mid
        From the binomial distribution, and with half of the observed result.
    odds_ratio
        People who gained for each who lost; infinite when nobody lost, NaN when nobody changed.
    conf_low, conf_high, conf_level
        Limits of the odds ratio from Clopper and Pearson's, and confidence.
    n_up, n_down
        People who gained and who lost.
    """

    statistic: float
    p_asymptotic: float
    statistic_corrected: float
    p_corrected: float
    p_exact: float
    p_mid: float
    odds_ratio: float
    conf_low: float
    conf_high: float
    conf_level: float
    n_up: int
    n_down: int


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts of a two-by-two table of the same people.

    Attributes
    ----------
    both, up, down, neither
        Yes both times, only later, only earlier, never.
    """

    both: int
    up: int
    down: int
    neither: int

    @property
    def n(self) -> int:
        """All pairs."""
        return self.both + self.up + self.down + self.neither


def mcnemar(n_up: int, n_down: int, conf_level: float = 0.95) -> McNemar:
    """Whether more people gained a yes than lost one.

    Parameters
    ----------
    n_up
        People with yes only at the later measurement.
    n_down
        People with yes only at the earlier measurement.
    conf_level
        Confidence of the odds ratio, between 0 and 1.

    Returns
    -------
    McNemar
        p-values are 1 when nobody changed.

    Notes
    -----
    (up - down)^2 / (up + down); with correction (|up - down| - 1)^2. Exact: up is binomial with one half
    among those who changed. The mid-p form holds its level almost always and wastes less than
    the exact one: prefer it. Assumes independent people: within firms use `clustered_mcnemar`.

    References
    ----------
    mcnemar1947, fagerland2013

    Examples
    --------
    >>> found = mcnemar(1, 7)
    >>> round(found.p_mid, 3), round(found.p_exact, 3)
    (0.039, 0.07)
    """
    up, down = (int(whole(count, pmsg("argument", "People"))) for count in (n_up, n_down))
    moved, gap = up + down, abs(up - down)
    plain, corrected = (max(gap - off, 0) ** 2 / moved if moved else 0.0 for off in (0, 1))
    fewer = float(min(up, down))
    tail = float(special.bdtr(fewer, moved, 0.5)) if moved else 1.0
    below = float(special.bdtr(fewer - 1, moved, 0.5)) if fewer > 0 else 0.0
    share = clopper_pearson(up, moved, level(conf_level))
    low, high = (
        _odds(float(limit)) if moved else float("nan") for limit in (share.conf_low, share.conf_high)
    )
    return McNemar(
        statistic=plain,
        p_asymptotic=float(special.chdtrc(1, plain)),
        statistic_corrected=corrected,
        p_corrected=float(special.chdtrc(1, corrected)),
        p_exact=min(1.0, 2 * tail),
        p_mid=min(1.0, tail + below) if moved else 1.0,
        odds_ratio=_odds(up / moved) if moved else float("nan"),
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        n_up=up,
        n_down=down,
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _wald(table: _Table, conf_level: float) -> tuple[float, float]:
    return _normal(table.up, table.down, table.n, conf_level)


def _agresti_min(table: _Table, conf_level: float) -> tuple[float, float]:
    return _normal(table.up + 0.5, table.down + 0.5, table.n + 2, conf_level)


def _normal(up: float, down: float, n: float, conf_level: float) -> tuple[float, float]:
    z = special.ndtri((1 + conf_level) / 2)
    centre, margin = (up - down) / n, z * np.sqrt(up + down - (up - down) ** 2 / n) / n
    return max(-1.0, centre - margin), min(1.0, centre + margin)


def _newcombe(table: _Table, conf_level: float) -> tuple[float, float]:
    """Wilson's limits of both shares, joined by their correlation."""
    later, earlier = table.both + table.up, table.both + table.down
    (after, after_low, after_high), (before, before_low, before_high) = (
        (k / table.n, float(found.conf_low), float(found.conf_high))
        for k, found in ((k, wilson(k, table.n, conf_level)) for k in (later, earlier))
    )
    phi = _corrected_phi(table)

    def distance(one: float, other: float) -> float:
        return float(np.sqrt(one**2 - 2 * phi * one * other + other**2))

    change = after - before
    return (
        change - distance(after - after_low, before_high - before),
        change + distance(after_high - after, before - before_low),
    )


def _corrected_phi(table: _Table) -> float:
    margins = (
        float(table.both + table.up)
        * float(table.down + table.neither)
        * float(table.both + table.down)
        * float(table.up + table.neither)
    )
    excess = float(table.both * table.neither - table.up * table.down)
    corrected = max(excess - table.n / 2, 0.0) if excess > 0 else excess
    return corrected / np.sqrt(margins) if margins > 0 else 0.0


def _tango(table: _Table, conf_level: float) -> tuple[float, float]:
    found = tango(table.up, table.down, table.n, conf_level)
    return found.conf_low, found.conf_high


INTERVALS: Mapping[str, Callable[[_Table, float], tuple[float, float]]] = {
    "wald": _wald,
    "agresti_min": _agresti_min,
    "newcombe": _newcombe,
    "tango": _tango,
}


def paired_share_change(
    both: int, n_up: int, n_down: int, neither: int, conf_level: float = 0.95, *, interval: str = "newcombe"
) -> ShareChange:
    """Change of the share of yes among the same people, later minus earlier.

    Parameters
    ----------
    both, n_up, n_down, neither
        People with yes both times, only later, only earlier, and never; together one or more.
    conf_level
        Confidence, between 0 and 1.
    interval
        "newcombe" (method 10), "tango", "agresti_min" or "wald".

    Returns
    -------
    ShareChange
        (n_up - n_down) / n with limits within -1 and 1.

    Notes
    -----
    Wald: d -/+ z sqrt(up + down - (up - down)^2 / n) / n, far too short in small samples. Agresti and Min add
    half a person to each cell. Newcombe joins Wilson's limits of both shares with the correlation phi,
    corrected towards zero. Assumes independent people: within firms use `cluster_mean` of the
    change -1, 0 or 1.

    References
    ----------
    newcombe1998b, tango1998, agresti2005

    Examples
    --------
    >>> found = paired_share_change(1, 1, 7, 12)
    >>> round(found.conf_low, 3), round(found.conf_high, 3)
    (-0.507, -0.026)
    """
    counts = (int(whole(count, pmsg("argument", "People"))) for count in (both, n_up, n_down, neither))
    table = _Table(*counts)
    if table.n < 1:
        raise EstimationError(msg("There are no pairs, so there is no change to estimate."))
    limits = pick(INTERVALS, interval, pmsg("argument", "interval"))
    low, high = limits(table, level(conf_level))
    estimate = (table.up - table.down) / table.n
    return ShareChange(estimate, float(low), float(high), float(conf_level), table.up, table.down, table.n)
