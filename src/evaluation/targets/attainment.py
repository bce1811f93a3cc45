"""The share that reached a target, among those who answered and among all."""

import math

import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.finite_population import FiniteInterval
from evaluation.stats.proportion import clopper_pearson, hypergeometric, needed_positive, response_bounds
from evaluation.stats.proportion_interval import ProportionInterval
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


def attained_share(
    table: pd.DataFrame,
    *,
    positive: str = "positive",
    n_total: int | None = None,
    target: float | None = None,
    conf_level: float = 0.95,
) -> Result:
    """Estimate the share who reached a threshold, among those who answered and among all.

    Parameters
    ----------
    table
        One row per unit (person or company) that was asked; rows without a value did not answer.
    positive
        The column with true (1) for units that reached it and false (0) for those that did not.
    n_total
        How many units the programme has, answered or not; None if that is not known.
    target
        The declared share, between 0 and 1.
    conf_level
        Level of the interval, between 0 and 1.

    Returns
    -------
    Result
        One row: `estimate` = k / n; `conf_low`, `conf_high` = the exact interval for the share among
        all `n_total` units (or for a wider population if `n_total` is None); `bound_low`,
        `bound_high` = what is possible whatever the silent would have said; `n_needed`,
        `tipping_share` = how many of the silent would have to be positive for the target. Without
        answers there is no estimate and no interval, without units there are no bounds either.

    Raises
    ------
    EstimationError
        If a value is neither true nor false, or more units answered than there are.

    Notes
    -----
    The interval inverts the hypergeometric distribution: it assumes that those who did not answer
    are like those who did, and stays inside the possible. A census has no interval: all limits
    equal the share. The bounds (k / N and (k + N - n) / N) assume nothing. Do not use the interval
    to generalise to other programmes, and do not use it when answers within a company resemble each
    other and many companies are silent as a whole.

    References
    ----------
    buonaccorsi1987, clopper1934, manski1989

    Examples
    --------
    >>> answers = pd.DataFrame({"positive": [True] * 21 + [False] * 6})
    >>> row = attained_share(answers, n_total=30, target=0.7).table.iloc[0]
    >>> float(row["bound_low"]), float(row["bound_high"]), int(row["n_needed"])
    (0.7, 0.8, 0)
    """
    answers = _answers(table, positive)
    k, n = int(answers.sum()), len(answers)
    row = {"estimand": "attained_share", "estimate": k / n if n else math.nan, "n": n, "k": k}
    row |= _limits(k, n, n_total, conf_level)
    if target is not None:
        row["target"] = target
        row |= _needed(k, n, n_total, target)
    finite = n_total is not None
    return Result(
        pd.DataFrame([row]),
        Meta(
            method="hypergeometric" if finite else "clopper_pearson",
            conf_level=conf_level,
            references=("buonaccorsi1987", "manski1989") if finite else ("clopper1934",),
            assumptions=("silent_like_answered",) if finite else ("independent_answers",),
        ),
    )


def covered_share(table: pd.DataFrame, *, covered: str = "covered", n_total: int | None = None) -> Result:
    """Count the share of units for which a requirement is met in registers or logs.

    Parameters
    ----------
    table
        One row per unit; rows without a value have no information.
    covered
        The column with true (1) where the requirement is met and false (0) where it is not.
    n_total
        How many units there are; the number of rows if None.

    Returns
    -------
    Result
        One row: `estimate` = k / n among units with information, and the bounds among all.
        There is no interval, because a register is not a sample.

    References
    ----------
    manski1989

    Examples
    --------
    >>> covered_share(pd.DataFrame({"covered": [True, True, True, False]})).table["estimate"].tolist()
    [0.75]
    """
    known = _answers(table, covered)
    k, n = int(known.sum()), len(known)
    total = len(table) if n_total is None else n_total
    row = {
        "estimand": "covered_share",
        "estimate": k / n if n else math.nan,
        "n": n,
        "k": k,
        "n_total": total,
    }
    return Result(
        pd.DataFrame([row | _bounds(k, n, total)]), Meta(method="count", references=("manski1989",))
    )


def _answers(table: pd.DataFrame, name: str) -> pd.Series:
    if name not in table.columns:
        raise EstimationError(
            msg("The table has no column {name}.", name=name),
            do=msg("It has: {columns}.", columns=", ".join(map(str, table.columns))),
        )
    known = table[name].dropna()
    wrong = known[~known.isin([0, 1])]
    if len(wrong):
        raise EstimationError(
            msg(
                "The column {name} holds {found}, which is neither true nor false.",
                name=name,
                found=wrong.iloc[0],
            ),
            do=msg("Turn the answers into true and false first."),
        )
    return known.astype(bool)


def _limits(k: int, n: int, n_total: int | None, conf_level: float) -> dict[str, float]:
    if n_total is None:
        return _interval(clopper_pearson(k, n, conf_level)) if n else NO_INTERVAL
    bounds = _bounds(k, n, n_total)
    interval = _interval(hypergeometric(k, n, n_total, conf_level)) if n else NO_INTERVAL
    return {"n_total": n_total, **interval, **bounds}


def _interval(found: ProportionInterval | FiniteInterval) -> dict[str, float]:
    return {"conf_low": float(found.conf_low), "conf_high": float(found.conf_high)}


NO_INTERVAL = {"conf_low": math.nan, "conf_high": math.nan}


def _bounds(k: int, n: int, n_total: int) -> dict[str, float]:
    if n_total < n:
        raise EstimationError(
            msg("{n} units answered, but the programme is said to have {n_total}.", n=n, n_total=n_total),
            do=msg("Check the register, or count duplicates once."),
        )
    if n_total == 0:
        return {"bound_low": math.nan, "bound_high": math.nan}
    bounds = response_bounds(k, n, n_total)
    return {"bound_low": float(bounds.bound_low), "bound_high": float(bounds.bound_high)}


def _needed(k: int, n: int, n_total: int | None, target: float) -> dict[str, float]:
    if n_total is None or n_total == n:
        return {}
    needed = int(needed_positive(n_total, target)) - k
    return {"n_needed": max(needed, 0), "tipping_share": max(needed, 0) / (n_total - n)}
