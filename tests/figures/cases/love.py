"""Tables and labels for figures of the kind love."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, case, decimal

from evaluation.figures import Labels

MARKS = {
    "unweighted": "som de är",
    "entropy_balance": "viktade",
    "bound_low": "lika",
    "smallest_important": "lika om analysen tar hänsyn",
}


def love_table(estimates, methods, suppressed=None) -> pd.DataFrame:
    table = pd.DataFrame(
        {"estimate": estimates, "method": methods, "n": 40, "estimand": "baseline_difference"}
    )
    table = table.assign(bound_low=-0.05, bound_high=0.05, smallest_important=0.25)
    return table.assign(suppressed=suppressed or [False] * len(table))


@case
def love_usual() -> Case:
    table = love_table([-0.4, 0.0, 0.12, 0.01, 0.6, -0.02], ["unweighted", "entropy_balance"] * 3)
    rows = ("Svaret före", "Svaret före", "Bransch", "Bransch", LONG[0], LONG[0])
    return "love", table, Labels(rows=rows, marks=MARKS, ticks=decimal)


@case
def love_unweighted_only() -> Case:
    table = love_table([0.02, -0.9], ["unweighted"] * 2)
    return "love", table, Labels(rows=("Kön", "Ålder"), marks=MARKS, ticks=decimal)


@case
def love_withheld() -> Case:
    table = love_table(
        [nan, nan, 0.1, 0.0], ["unweighted", "entropy_balance"] * 2, [True, True, False, False]
    )
    return (
        "love",
        table,
        Labels(rows=("Ett", "Ett", "Två", "Två"), marks=MARKS, too_few="för få", ticks=decimal),
    )
