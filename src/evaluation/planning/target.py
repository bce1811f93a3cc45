"""How many answers a verdict about a target needs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluation.result import Meta, Result
from evaluation.stats.verdict_chance import n_for_verdict, verdict_chance

REFERENCES = ("buonaccorsi1987", "manski1989")
CHANCES = ("reached", "not_reached", "likely_reached", "likely_not_reached")


def answers_for_verdict(
    n_total: int, *, target: float, shares: Sequence[float], chance: float = 0.8
) -> Result:
    """Estimate how many must answer before a verdict about a target is likely.

    Parameters
    ----------
    n_total
        Everyone in the programme.
    target
        Share to reach, above 0 and at most 1.
    shares
        True shares to plan for.
    chance
        The wanted chance of the right verdict.

    Returns
    -------
    Result
        Two rows per share: answers for a verdict that nothing the silent could say would change, and for an
        interval on one side of the target.

    References
    ----------
    buonaccorsi1987, manski1989

    Examples
    --------
    >>> answers_for_verdict(30, target=0.7, shares=[0.8]).table["estimate"].tolist()[0]
    27
    """
    records = []
    for share in shares:
        for term, certain in (("for_certain", True), ("for_likely", False)):
            needed = n_for_verdict(n_total, target, share, chance, certain=certain)
            row = {"estimand": "needed_answers", "term": term, "estimate": needed, "n": needed}
            row |= {"n_total": n_total, "mean_share": share, "tipping_share": target, "probability": chance}
            records.append(row)
    return Result(pd.DataFrame(records), Meta("planning", references=REFERENCES))


def verdict_chances(n_total: int, *, n: int, target: float, share: float) -> Result:
    """Estimate how likely each verdict about a target is with so many answers.

    Parameters
    ----------
    n_total
        Everyone in the programme.
    n
        Answers.
    target
        Share to reach, above 0 and at most 1.
    share
        The true share.

    Returns
    -------
    Result
        One row per verdict: certain that it is reached, certain that it is not, likely reached, likely not.

    References
    ----------
    buonaccorsi1987, manski1989

    Examples
    --------
    >>> verdict_chances(30, n=27, target=0.7, share=0.8).table["estimate"].round(2).tolist()[:2]
    [1.0, 0.0]
    """
    found = verdict_chance(n, n_total, target, share)
    records = [
        {
            "estimand": "verdict_chance",
            "term": f"chance_{name}",
            "estimate": float(np.clip(getattr(found, name), 0, 1)),
        }
        for name in CHANCES
    ]
    return Result(pd.DataFrame(records).assign(n=n, n_total=n_total), Meta("planning", references=REFERENCES))
