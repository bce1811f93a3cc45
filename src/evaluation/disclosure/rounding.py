"""Rounding of a row: what is told in its place, and what a reader knows from that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evaluation.disclosure.policy import Policy
from evaluation.disclosure.threshold import HIDDEN, UNIT_COUNTS
from evaluation.result import Result
from evaluation.vocabulary.row import is_known, is_rounded

SHARES = (
    "attained_share",
    "described_share",
    "target_answer",
    "answer_share",
    "covered_share",
    "eligible_share",
    "limited_share",
    "response_rate",
    "response_pattern",
    "attrition",
    "group_share",
    "direction_share",
    "moved_share",
    "reliable_share",
    "ceiling_share",
    "step_share",
    "stage_rate",
    "link_rate",
    "coded_share",
    "company_link_share",
    "link_step_share",
)
"""Quantities that are k of n, so that the told share is one more thing that is known of both counts."""
MEANS = (
    "described_mean",
    "group_mean",
    "wave_mean",
    "mean_change",
    "wave_change",
    "change_check",
    "response_shift",
    "relinked_change",
    "mean_gap",
    "leaver_gap",
    "gap_change",
    "adjusted_gap",
    "item_change",
    "measurement_shift",
)
"""Quantities that are means over people, or differences of such means, adjusted ones too."""
NUMBERS = ("stage_count", "covered_count", "stratum_count", "compared_count")
"""Quantities that are a number of units themselves."""
COUNTED = ("n", "k", "n_total", "n_level", "n_reference")
"""Columns that are numbers of units, and are rounded."""
FEWEST = 10
"""From how many units on a share or mean can be told with a decimal; below, only in whole scale points."""
OF_MEANS = ("estimate", "conf_low", "conf_high", "mean_before", "mean_after", "mean_level", "mean_reference")
OF_PERCENT = tuple(name for name in OF_MEANS if not name.startswith("conf"))
"""Of a mean of yes and no, without the interval: its width would tell how many there are."""
JUDGED = ("verdict", "reason", "usual", "changes_under")
SLACK = 1e-9
Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Near:
    """What a reader knows of a weighted sum of the counts of a rounded row.

    Attributes
    ----------
    weights
        By count (`n`, `k` …) its weight in the sum.
    low, high
        The least and the largest value of the sum; may be infinite.
    """

    weights: Mapping[str, float]
    low: float
    high: float


def rounded_count(count: float, base: int) -> int:
    """Return the multiple of the base next to a number of units; the larger one from halfway on.

    Parameters
    ----------
    count
        A number of units, 0 or more.
    base
        The base, in number of units; 1 or more.

    Returns
    -------
    int
        A multiple of the base.

    Notes
    -----
    floor(count / base + 1/2) * base. Exactly `base` whole numbers are told by the same multiple, so that the
    largest and the least of them are base - 1 apart, for an even base too.

    References
    ----------
    hundepool2012

    Examples
    --------
    >>> [rounded_count(count, 5) for count in (12, 13, 17, 18)], [rounded_count(c, 10) for c in (14, 15)]
    ([10, 15, 15, 20], [10, 20])
    """
    return (2 * round(count) + base) // (2 * base) * base


def limits(told: float, base: int) -> Limits:
    """Return the least and the largest number of units that round to a multiple of the base."""
    return max(told - base // 2, 0.0), told + (base - 1) // 2


def decimals(fewest: float, unit: float = 1.0) -> int:
    """Return with how many decimals a share or mean is told, so that no number of answers can be excluded.

    Parameters
    ----------
    fewest
        The smallest number of answers that is possible, 1 or more.
    unit
        What single answers differ by at the least: 1 for yes and no and for steps of a scale, 100 for per cent.

    Returns
    -------
    int
        The largest d with fewest * 10 ** -d >= unit; negative for tens.

    Notes
    -----
    A mean of n answers in whole units is a multiple of unit / n. If the told step is at least that, some such
    multiple rounds to any told value, whatever n is; with more decimals the continued fraction of the value
    gives n away.
    """
    return int(np.floor(np.log10(fewest / unit) + SLACK))


def base_of(row: Mapping[str, Any], policy: Policy) -> int:
    """Return the base that a row is rounded to: that of an earlier rounding, or its own threshold."""
    return int(row["rounded"]) if is_rounded(row) else policy.threshold(row.get("group"))


def can_be_rounded(row: Mapping[str, Any], policy: Policy) -> bool:
    """Tell whether a row can be told rounded: what it estimates is known to be safe in coarse steps."""
    name, base = str(row["estimand"]), policy.threshold(row.get("group"))
    if is_rounded(row) or not (is_known(row.get("n")) and is_known(row.get("estimate"))):
        return False
    if name in NUMBERS:
        return True
    if name in SHARES and not _is_part(row):
        return False
    return name in (*SHARES, *MEANS) and _fewest(row, base) >= FEWEST


def known_of(row: Mapping[str, Any], policy: Policy, counts: tuple[str, ...]) -> list[Near]:
    """Return what a reader learns from a row that is told rounded.

    Parameters
    ----------
    row
        A row with its true counts, or one that has been rounded (`rounded` holds its base).
    policy
        The thresholds.
    counts
        Which columns are counts of units.

    Returns
    -------
    list of Near
        The interval of each count; that a rounded row is not itself about too few; and, for a share, that k is
        between (s - h) n and (s + h) n, s being the told share and h half the last told decimal.

    Notes
    -----
    Whoever knows the rules knows that a rounded row passed them: what is not zero is at the threshold or
    above, of those who say no too. A true row tells the reader as much as he could at most know of that.
    """
    base, true = base_of(row, policy), not is_rounded(row)
    names = [name for name in counts if is_known(row.get(name))]
    found = [Near({name: 1.0}, *_limits(name, float(row[name]), base, true)) for name in names]
    if row["estimand"] in SHARES and {"k", "n"} <= set(names):
        if true:
            no = float(row["n"]) - float(row["k"])
            found.append(Near({"n": 1.0, "k": -1.0}, min(no, base), np.inf if no else 0.0))
        found += _of_share(row, base)
    return found


def rounded(
    result: Result,
    marked: pd.Series,
    policy: Policy,
    unit: Callable[[Mapping[str, Any]], float] = lambda row: 1.0,
) -> Result:
    """Tell the marked rows in rounded numbers.

    Parameters
    ----------
    result
        A protected result; it is not changed.
    marked
        Per row, whether it is to be rounded. Rows that are rounded already stay as they are.
    policy
        The thresholds, which are the bases.
    unit
        What single answers behind a row differ by at the least.

    Returns
    -------
    Result
        The same rows, with the base in `rounded` where a row is rounded. Counts are multiples of the base,
        means and shares have few decimals, and all other numbers of such rows are removed; so are verdicts
        of rows that say k of n, since they tell on which side of a limit k is.
    """
    table = result.table.reset_index(drop=True)
    before = table["rounded"] if "rounded" in table.columns else pd.Series(np.nan, index=table.index)
    places = table.index[marked.to_numpy(dtype=bool) & before.isna().to_numpy()]
    if not len(places) and "rounded" not in table.columns:
        return result
    table["rounded"] = before.astype("float64").mask(table["suppressed"].astype(bool))
    told = {
        place: _told(row, policy, unit(row))
        for place, row in zip(places, table.loc[places].to_dict("records"), strict=True)
    }
    for name in [name for name in table.columns if name in (*HIDDEN, "rounded")]:
        values = {place: row.get(name) for place, row in told.items()}
        table[name] = [values.get(place, value) for place, value in table[name].items()]
        if name not in JUDGED:
            table[name] = table[name].astype("float64")
    return Result(table, result.meta)


def _told(row: Mapping[str, Any], policy: Policy, unit: float) -> dict[str, Any]:
    """Return what is told of a row: only the columns that it keeps."""
    base, name = policy.threshold(row.get("group")), str(row["estimand"])
    counts = [count for count in COUNTED if is_known(row.get(count))]
    found: dict[str, Any] = {count: float(rounded_count(row[count], base)) for count in counts}
    found["rounded"] = float(base)
    if name in NUMBERS:
        return found | {"estimate": float(rounded_count(row["estimate"], base))}
    digits = decimals(_fewest(row, base), unit if name in MEANS else 1.0)
    kept = (OF_MEANS if unit == 1.0 else OF_PERCENT) if name in MEANS else ("estimate",)
    found |= {one: _coarse(float(row[one]), digits) for one in kept if is_known(row.get(one))}
    return found | ({one: row.get(one) for one in JUDGED} if keeps_verdict(row, unit) else {})


def keeps_verdict(row: Mapping[str, Any], unit: float = 1.0) -> bool:
    """Tell whether a rounded row keeps its verdict: only if it tells nothing of how many say yes."""
    return row["estimand"] in MEANS and unit == 1.0


def _coarse(value: float, digits: int) -> float:
    return float(np.round(value, digits)) + 0.0


def _fewest(row: Mapping[str, Any], base: int) -> float:
    """Return the smallest number of answers that a reader of the rounded row can think behind it."""
    found = [
        limits(rounded_count(row[name], base), base)[0] for name in UNIT_COUNTS if is_known(row.get(name))
    ]
    return max(min(found), 1.0)


def _limits(name: str, count: float, base: int, true: bool) -> Limits:
    low, high = limits(rounded_count(count, base), base)
    if not true:
        if name in UNIT_COUNTS:
            return (max(low, base), high) if count else (0.0, 0.0)
        return low, high
    return min(count, max(low, base)), high if count else 0.0


def _is_part(row: Mapping[str, Any]) -> bool:
    """Tell whether the estimate is k of n, as a reader takes it to be."""
    if not (is_known(row.get("k")) and row["n"]):
        return False
    return abs(float(row["estimate"]) - float(row["k"]) / float(row["n"])) < SLACK


def _of_share(row: Mapping[str, Any], base: int) -> list[Near]:
    if not is_known(row.get("estimate")):
        return []
    digits = decimals(_fewest(row, base))
    share, half = _coarse(float(row["estimate"]), digits), 0.5 * 10.0**-digits + SLACK
    return [
        Near({"k": 1.0, "n": half - share}, 0.0, np.inf),
        Near({"k": 1.0, "n": -half - share}, -np.inf, 0.0),
    ]
