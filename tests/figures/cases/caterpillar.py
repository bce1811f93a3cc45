"""Tables and labels for figures of the kind caterpillar."""

from math import nan

import numpy as np
import pandas as pd
from tests.figures.cases.base import LONG, Case, case, decimal

from evaluation.figures import Labels

MARKS = {
    "estimate": "ett projekt, med sitt intervall",
    "shrunken": "detsamma, draget mot medelvärdet",
    "conf_low": "projektens medelvärde",
    "predicted_low": "ytterligare ett projekt",
}


def caterpillar_table(estimates: list[float]) -> pd.DataFrame:
    """Return the mean of projects, and a row for each of them."""
    values = np.array(estimates)
    rows = {"estimate": values, "conf_low": values - 0.3, "conf_high": values + 0.3, "shrunken": values / 2}
    mean = {"estimate": values.mean(), "conf_low": values.mean() - 0.1, "conf_high": values.mean() + 0.1}
    mean |= {"predicted_low": values.mean() - 0.5, "predicted_high": values.mean() + 0.5}
    return pd.concat([pd.DataFrame([mean]), pd.DataFrame(rows)], ignore_index=True).assign(
        n=40, term="project"
    )


@case
def caterpillar_usual() -> Case:
    table = caterpillar_table([0.4, -0.1, 0.7, 0.2])
    rows = ("Alla projekt", "Halland", "Västmanland", LONG[0], "Örebro")
    return "caterpillar", table, Labels(rows=rows, marks=MARKS, ticks=decimal, axis="steg på skalan")


@case
def caterpillar_many() -> Case:
    table = caterpillar_table(list(np.linspace(-0.5, 1.0, 300)))
    rows = ("Alla projekt", *(f"Projekt {number}" for number in range(300)))
    return "caterpillar", table, Labels(rows=rows, marks=MARKS, ticks=decimal, axis="steg på skalan")


@case
def caterpillar_without_intervals() -> Case:
    table = caterpillar_table([0.4, -0.1]).assign(conf_low=nan, conf_high=nan, predicted_low=nan)
    rows = ("Alla projekt", "Halland", "Örebro")
    return "caterpillar", table, Labels(rows=rows, marks=MARKS, ticks=decimal, axis="steg på skalan")
