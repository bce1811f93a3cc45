"""What would have to be wrong with a difference in yearly accounts."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy import special

from evaluation.impact.yearly import ASSUMED, average_growth, growth_by_length, matched_gaps
from evaluation.impact.yearly_panel import YearlyPanel
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import FEWEST
from evaluation.stats.hidden_bias import tolerated_bias

VIOLATIONS = (0.5, 1.0, 2.0)
"""By how many times the largest difference before the start trends may have differed from then on."""
EARLIER = 2
"""Differences before the start that bounds need at least, and so three years."""


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
    With d the largest difference before the start, the difference after e years may be off by (e + 1) M d
    ("relative magnitudes"). Each side of the interval is the limit at half of the error, moved by (e + 1) M times the
    largest limit of the differences before, all of these together at the other half (Bonferroni). It holds the truth at
    least as often as it says, and is wider than the optimal intervals of the article.

    References
    ----------
    rambachan2023
    """
    found = growth_by_length(panel, conf_level=conf_level).table
    length = found["wave"].str.removeprefix("since_").astype(int)
    early, late = found[length < 0], length[length >= 0]
    main = average_growth(panel, conf_level)
    if len(early) < EARLIER or not np.isfinite([main["std_error"], *early["std_error"]]).all():
        return None
    effects, spent = panel.effects, (1 - conf_level) / 2
    size = {int(e): np.sum([np.sum(panel.start == g) for g in effects.group[effects.period - effects.group == e]])
            for e in late}  # fmt: skip
    years = float(np.average([e + 1 for e in size], weights=list(size.values())))
    reach = special.stdtrit(early["df"], 1 - spent / 2 / len(early)) * early["std_error"]
    largest, certain = float(early["estimate"].abs().max()), float((early["estimate"].abs() + reach).max())
    width = float(special.stdtrit(main["df"], 1 - spent / 2)) * main["std_error"]
    records = []
    for ratio in violations:
        off, moved = ratio * years * largest, width + ratio * years * certain
        row = {"estimand": "bounded_growth", "ratio": ratio, "estimate": main["estimate"]}
        row |= {"bound_low": main["estimate"] - off, "bound_high": main["estimate"] + off}
        row |= {"conf_low": main["estimate"] - moved, "conf_high": main["estimate"] + moved}
        records.append(row | {name: main[name] for name in ("n", "n_level", "n_reference")})
    return Result(pd.DataFrame(records), Meta("yearly_bounds", conf_level, ("rambachan2023",), ASSUMED))


def hidden_bias_in_pairs(panel: YearlyPanel, *, alpha: float = 0.05) -> Result | None:
    """Estimate how unlike in the chance to take part the organisations of a matched pair may be.

    Parameters
    ----------
    panel
        From `yearly_panel`.
    alpha
        Level of the one-sided signed-rank test, in the direction of the pairs' mean difference.

    Returns
    -------
    Result or None
        One row: how many times the odds within a pair may differ before the difference is no longer certain; 1 if
        it is not certain at all. None without pairs.

    References
    ----------
    rosenbaum2002, stuart2010
    """
    gaps = matched_gaps(panel)
    if gaps is None or len(gaps) < FEWEST or not np.any(gaps):
        return None
    odds = tolerated_bias(np.sign(gaps.mean()) * gaps, alpha)
    row = {"estimand": "hidden_bias_odds", "estimate": odds, "n": gaps.size}
    return Result(pd.DataFrame([row]), Meta("yearly_bounds", references=("rosenbaum2002", "stuart2010")))
