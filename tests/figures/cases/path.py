"""Tables and labels for figures over years: the kinds path and event."""

from math import nan

import pandas as pd
from tests.figures.cases.base import Case, case, points

from evaluation.figures import Labels

MARKS = {"mean_level": "de som deltar", "mean_reference": "de som de jämförs med"}
YEARS = tuple(str(year) for year in range(2017, 2024))
AXIS = "Omsättning: procentenheter"


def path_table(own, others, suppressed=None) -> pd.DataFrame:
    table = pd.DataFrame({"mean_level": own, "mean_reference": others, "n": 40, "estimand": "growth_path"})
    gap = table["mean_level"] - table["mean_reference"]
    return table.assign(estimate=gap, suppressed=suppressed or [False] * len(table))


def event_table(estimates, half, suppressed=None) -> pd.DataFrame:
    table = pd.DataFrame({"estimate": estimates, "n": 40, "estimand": "growth_since_start"})
    waves = [f"since_{place - 3}" for place in range(len(table))]
    table = table.assign(conf_low=table["estimate"] - half, conf_high=table["estimate"] + half, wave=waves)
    return table.assign(suppressed=suppressed or [False] * len(table))


@case
def path_usual() -> Case:
    table = path_table([-0.1, -0.05, -0.02, 0, 0.08, 0.12, 0.2], [-0.11, -0.04, -0.02, 0, 0.01, 0.03, 0.05])
    return "path", table, Labels(rows=YEARS, marks=MARKS, ticks=points, axis=AXIS)


@case
def path_withheld() -> Case:
    table = path_table([-0.1, nan, 0.0, 0.1], [-0.1, nan, 0.0, 0.05], [False, True, False, False])
    return "path", table, Labels(rows=YEARS[:4], marks=MARKS, ticks=points, too_few="för få att visa")


@case
def path_one_year() -> Case:
    return "path", path_table([0.1], [0.0]), Labels(rows=("2020",), ticks=points)


@case
def event_usual() -> Case:
    rows = tuple(f"år {place - 3:+d}".replace("-", "−") for place in range(7))
    table = event_table([0.01, -0.02, 0.0, 0.06, 0.09, 0.12, 0.1], 0.04)
    return "event", table, Labels(rows=rows, ticks=points, axis=AXIS)


@case
def event_without_intervals() -> Case:
    table = event_table([0.01, -0.02, nan, 0.06], nan, [False, False, True, False])
    return "event", table, Labels(rows=("a", "b", "c", "d"), ticks=points, too_few="för få")
