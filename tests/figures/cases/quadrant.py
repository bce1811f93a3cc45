"""Tables and labels for figures of the kind quadrant."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, case, decimal

from evaluation.figures import Labels

MARKS = {"mean_level": "hur mycket som finns", "mean_reference": "hur mycket som behövs"}


def quadrant_table(there, needed, suppressed=None) -> pd.DataFrame:
    table = pd.DataFrame({"mean_level": there, "mean_reference": needed, "n": 40, "estimand": "need_area"})
    gap = table["mean_reference"] - table["mean_level"]
    return table.assign(estimate=gap, suppressed=suppressed or [False] * len(table))


@case
def quadrant_usual() -> Case:
    table = quadrant_table([2.1, 2.9, 3.4, 2.5], [4.1, 3.2, 3.9, 3.6])
    rows = ("Digitalisering", "Grön omställning", LONG[0], "Ledarskap")
    return "quadrant", table, Labels(rows=rows, marks=MARKS, ticks=decimal)


@case
def quadrant_close_together() -> Case:
    table = quadrant_table([3.0, 3.0, 3.01, 3.02, 2.99], [4.0, 4.0, 4.0, 4.01, 4.02])
    return "quadrant", table, Labels(rows=tuple("ABCDE"), marks=MARKS, ticks=decimal)


@case
def quadrant_withheld() -> Case:
    table = quadrant_table([2.0, nan, 3.0], [3.0, nan, 4.0], [False, True, False])
    return "quadrant", table, Labels(rows=("Ett", "Två", "Tre"), marks=MARKS, too_few="för få", ticks=decimal)
