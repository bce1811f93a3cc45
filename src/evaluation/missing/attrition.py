"""Overall and differential attrition beside the boundary of the What Works Clearinghouse."""

import math

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.checks import pick
from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg, pmsg

# Highest differential attrition, in percentage points, that still counts as low, for an overall
# attrition of 0, 1, 2, ... per cent; above the last one it is always high.
BOUNDARY: dict[str, tuple[float, ...]] = {
    "cautious": (
        *(5.7, 5.8, 5.9, 5.9, 6.0, 6.1, 6.2, 6.3, 6.3, 6.3, 6.3, 6.2, 6.2, 6.1, 6.0, 5.9, 5.9, 5.8, 5.7, 5.5),
        *(5.4, 5.3, 5.2, 5.1, 4.9, 4.8, 4.7, 4.5, 4.4, 4.3, 4.1, 4.0, 3.8, 3.6, 3.5, 3.3, 3.2, 3.1, 2.9, 2.8),
        *(2.6, 2.5, 2.3, 2.1, 2.0, 1.8, 1.6, 1.5, 1.3, 1.2, 1.0, 0.9, 0.7, 0.6, 0.4, 0.3, 0.2, 0.0),
    ),
    "optimistic": (
        *(10.0, 10.1, 10.2, 10.3, 10.4, 10.5, 10.7, 10.8, 10.9, 10.9),
        *(10.9, 10.9, 10.9, 10.8, 10.8, 10.7, 10.6, 10.5, 10.3, 10.2),
        *(
            10.0,
            9.9,
            9.7,
            9.5,
            9.4,
            9.2,
            9.0,
            8.8,
            8.6,
            8.4,
            8.2,
            8.0,
            7.8,
            7.6,
            7.4,
            7.2,
            7.0,
            6.7,
            6.5,
            6.3,
        ),
        *(6.0, 5.8, 5.6, 5.3, 5.1, 4.9, 4.6, 4.4, 4.2, 3.9, 3.7, 3.5, 3.2, 3.0, 2.8, 2.6, 2.3, 2.1, 1.9, 1.6),
        *(1.4, 1.1, 0.9, 0.7, 0.5, 0.3),
    ),
}
TOLERANCE = 1e-9


def attrition_limit(overall: float, assumption: str = "cautious") -> float:
    """Look up the highest differential attrition that counts as low.

    Parameters
    ----------
    overall
        Share of everyone who left, 0 to 1; rounded to whole per cent.
    assumption
        "cautious" if the intervention can affect who stays, otherwise "optimistic"; chosen before
        the data are seen.

    Returns
    -------
    float
        Difference of shares; NaN where attrition is high whatever the difference.

    Notes
    -----
    A published table, not a formula.

    References
    ----------
    wwc2022, deke2017

    Examples
    --------
    >>> round(attrition_limit(0.20), 4)
    0.054
    """
    if not 0 <= overall <= 1:
        raise EstimationError(msg("Attrition must lie between 0 and 1; found {found}.", found=str(overall)))
    limits = pick(BOUNDARY, assumption, pmsg("argument", "assumption on attrition"))
    per_cent = math.floor(100 * overall + 0.5 + TOLERANCE)
    return limits[per_cent] / 100 if per_cent < len(limits) else math.nan


def attrition(
    table: pd.DataFrame,
    *,
    answered: str = "answered",
    arm: str | None = None,
    reference: str | None = None,
    assumption: str = "cautious",
) -> Result:
    """Judge attrition by the boundary for studies with a comparison group, where there is one.

    Parameters
    ----------
    table
        One row per person who belonged from the start.
    answered
        The column with 1 for those who were still there, 0 for those who left.
    arm
        The column with the two arms; None if there is no comparison group.
    reference
        The arm that the other is compared with.
    assumption
        As in `attrition_limit`.

    Returns
    -------
    Result
        One row: `estimate` = difference in attrition between the arms (overall attrition without
        arms), `reference` = the highest difference that counts as low, `verdict` "low_attrition",
        "high_attrition" or "not_applicable" with its reason.

    Notes
    -----
    |attrition in the arm - attrition in the reference arm| against the boundary for overall attrition.
    The boundary is about bias of a difference between arms. One group before and after has no such
    difference, so the verdict there is "not applicable" and neither good nor bad.

    References
    ----------
    wwc2022, deke2017

    Examples
    --------
    >>> attrition(pd.DataFrame({"answered": [1, 1, 0, 1]})).table["verdict"].iloc[0]
    'not_applicable'
    """
    for name in [answered, *([arm] if arm else [])]:
        if name not in table.columns:
            raise EstimationError(
                msg("The table has no column {name}.", name=name), do=one_of(name, map(str, table.columns))
            )
    left = 1 - table[answered].astype(float)
    if not left.isin([0, 1]).all() or not len(left):
        raise EstimationError(msg("Who was still there must be 1 or 0 for everybody."))
    row = {"estimand": "attrition", "n": len(left), "k": int(left.sum()), "estimate": float(left.mean())}
    if arm is None:
        row |= {"verdict": "not_applicable", "reason": "no_comparison_group"}
    else:
        row |= _judged(left, table[arm], reference, assumption)
    return Result(pd.DataFrame([row]), Meta(method="wwc_boundary", references=("wwc2022", "deke2017")))


def _judged(left: pd.Series, arms: pd.Series, reference: str | None, assumption: str) -> dict[str, object]:
    names = list(pd.unique(arms.dropna()))
    if arms.isna().any() or len(names) != 2 or reference not in names:
        raise EstimationError(
            msg("There must be two arms, one of them the reference, and everybody in one."),
            do=one_of(reference, names),
        )
    other = next(name for name in names if name != reference)
    difference = float(left[arms == other].mean() - left[arms == reference].mean())
    limit = attrition_limit(float(left.mean()), assumption)
    low = not np.isnan(limit) and abs(difference) <= limit + TOLERANCE
    return {
        "estimand": "differential_attrition",
        "contrast": f"{other} - {reference}",
        "term": assumption,
        "estimate": difference,
        "n_level": int((arms == other).sum()),
        "n_reference": int((arms == reference).sum()),
        "reference": limit,
        "verdict": "low_attrition" if low else "high_attrition",
        "reason": "attrition_within" if low else "attrition_beyond",
    }
