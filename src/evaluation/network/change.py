"""How a network is at one wave and how it changed, with intervals that leave out one actor at a time."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from evaluation.network.matrices import (
    QUANTITIES,
    SHARES,
    Cells,
    Network,
    across_kinds,
    actors_of,
    kinds_of,
    network_of,
)
from evaluation.result import Meta, Result
from evaluation.stats.checks import level, pick
from evaluation.stats.student import t_limits, t_p_value

FEWEST = 8
"""Actors who answered, below which no interval is given and nothing is judged."""

META = Meta(
    method="node_jackknife",
    references=("snijders1999", "efron1981", "wasserman1994"),
    assumptions=("actors_independent",),
)


def network_change(
    ties: pd.DataFrame,
    *,
    before: str,
    after: str,
    quantity: str = "density",
    at_least: float = 2.0,
    across: bool = False,
    conf_level: float = 0.95,
) -> Result:
    """Estimate how much a network changed between two waves, from those who answered both times.

    Parameters
    ----------
    ties
        One row per pair that an actor answered about: wave, actor, to, frequency, trust, value, actor_kind.
    before, after
        The two waves.
    quantity
        `density` (share of the possible ties that are there), `reciprocity` (share of ties that are
        answered), `frequency` (mean over all possible ties), `trust` or `value` (mean over the ties).
    at_least
        From which frequency there is a tie.
    across
        Whether only pairs of different kinds count.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: `estimate` = later minus earlier, `mean_before`, `mean_after`, interval and p value, `n`
        actors who answered both times, `n_total` all actors. Without an interval below eight of them.

    Notes
    -----
    Only pairs of which it is known at both waves whether they are in contact count. The standard error is
    that of the jackknife over actors: √((n − 1) / n Σ (θ₋ᵢ − θ̄)²), where θ₋ᵢ is the change without actor
    i, in both directions; the interval takes Student's t with n − 1 degrees of freedom. It says how sure
    the change is for actors like these, and is on the safe side: where actors differ little it is up to
    √2 times too wide, which the variant with (n − 2) / (2 n) mends at the price of being too narrow
    otherwise. Trust and value are means over the ties of each wave, which need not be the same ties.

    References
    ----------
    snijders1999, efron1981, wasserman1994

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "wave": ["w1"] * 2 + ["w3"] * 2, "actor": ["a", "b"] * 2, "to": ["b", "a"] * 2,
    ...     "frequency": [1, 3, 3, 4], "trust": None, "value": None, "actor_kind": None})
    >>> float(network_change(pairs, before="w1", after="w3").table["estimate"].iloc[0])
    0.5
    """
    actors = actors_of(ties)
    waves = [network_of(ties, wave, actors) for wave in (before, after)]
    cells = waves[0].known & waves[1].known & _counting(ties, actors, across)
    answered = waves[0].answered & waves[1].answered
    measure = pick(QUANTITIES, quantity, "quantity")

    def moved(part: Cells) -> float:
        return measure(waves[1], part, at_least) - measure(waves[0], part, at_least)

    shares = quantity in SHARES
    row = {
        "estimand": "network_share_change" if shares else "network_mean_change",
        "term": quantity,
        **_jackknifed(moved, cells, int(answered.sum()), conf_level),
        "mean_before": measure(waves[0], cells, at_least),
        "mean_after": measure(waves[1], cells, at_least),
        "n_total": len(actors),
        "contrast": f"{after} - {before}",
    }
    return Result(pd.DataFrame([row]), META)


def network_level(
    ties: pd.DataFrame,
    *,
    wave: str,
    quantity: str = "density",
    at_least: float = 2.0,
    across: bool = False,
    conf_level: float = 0.95,
) -> Result:
    """Estimate a quantity of a network at one wave, from those who answered.

    Parameters
    ----------
    ties, quantity, at_least, across, conf_level
        As for `network_change`.
    wave
        The wave.

    Returns
    -------
    Result
        One row: `estimate`, interval, `n` actors who answered, `n_total` all actors; of the density also
        `bound_low` and `bound_high`, had the silent no contact with anybody, or with all.

    References
    ----------
    snijders1999, wasserman1994

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "wave": ["w1"] * 6 + ["w3"] * 6, "actor": list("aabbcc") * 2, "to": list("bcacab") * 2,
    ...     "frequency": [3, 0, 3, 1, 0, 3, 3, 3, 3, 0, 0, 3], "actor_kind": "firm",
    ...     "trust": None, "value": None})
    >>> float(network_level(pairs, wave="w1").table["estimate"].iloc[0])
    0.5
    """
    actors = actors_of(ties)
    network, counting = network_of(ties, wave, actors), _counting(ties, actors, across)
    measure = pick(QUANTITIES, quantity, "quantity")
    found = _jackknifed(
        lambda part: measure(network, part, at_least),
        network.known & counting,
        int(network.answered.sum()),
        conf_level,
    )
    shares = quantity in SHARES
    row = {
        "estimand": "network_share" if shares else "network_mean",
        "wave": wave,
        "term": quantity,
        **found,
        "n_total": len(actors),
        **(_bounds(network, counting, at_least) if quantity == "density" else {}),
    }
    return Result(pd.DataFrame([row]), META)


def _counting(ties: pd.DataFrame, actors: list[str], across: bool) -> Cells:
    off = ~np.eye(len(actors), dtype=bool)
    return off & across_kinds(kinds_of(ties, actors)) if across else off


def _bounds(network: Network, counting: Cells, at_least: float) -> dict[str, float]:
    unknown = (counting & ~network.known).sum()
    there = (network.frequency[counting & network.known] >= at_least).sum()
    possible = counting.sum()
    if not possible:
        return {"bound_low": math.nan, "bound_high": math.nan}
    return {"bound_low": there / possible, "bound_high": (there + unknown) / possible}


def _jackknifed(
    statistic: Callable[[Cells], float], cells: Cells, answered: int, conf_level: float
) -> dict[str, float]:
    """Return a statistic with the interval that leaving out one actor at a time gives."""
    estimate = statistic(cells)
    found = dict.fromkeys(("std_error", "df", "conf_low", "conf_high", "p_value"), math.nan)
    counting = np.flatnonzero(cells.any(axis=0) | cells.any(axis=1))
    n = len(counting)
    if answered >= FEWEST and math.isfinite(estimate):
        without = np.array([statistic(_without(cells, actor)) for actor in counting])
        error = float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
        if error > 0:
            low, high = t_limits(estimate, error, n - 1, level(conf_level))
            p_value = t_p_value(estimate / error, n - 1)
            found = {"std_error": error, "df": n - 1, "conf_low": low, "conf_high": high, "p_value": p_value}
    return {"estimate": estimate, **found, "n": answered}


def _without(cells: Cells, actor: int) -> Cells:
    left = cells.copy()
    left[actor, :] = left[:, actor] = False
    return left
