"""How unlike the organisations of matched pairs may be before a difference in yearly accounts is uncertain."""

import numpy as np
import pandas as pd

from evaluation.impact.yearly import matched_gaps
from evaluation.impact.yearly_panel import YearlyPanel
from evaluation.result import Meta, Result
from evaluation.stats.cluster_choice import FEWEST
from evaluation.stats.hidden_bias import tolerated_bias


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
