"""Tables and labels for figures of the kind level."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, case, decimal, english_percent, percent

from evaluation.figures import Labels


def level_table(estimates, low, high, levels, suppressed=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "group_mean",
            "estimate": estimates,
            "n": 70,
            "conf_low": low,
            "conf_high": high,
            "level": levels,
            "suppressed": suppressed or [False] * len(levels),
        }
    )


@case
def level_usual() -> Case:
    table = level_table([3.4, 3.1], [3.2, 2.8], [3.6, 3.4], ["women", "men"])
    return (
        "level",
        table,
        Labels(
            rows=("Kvinnor", "Män"),
            values=("3,4 (71 svar)", "3,1 (79 svar)"),
            levels={"women": "Kvinnor", "men": "Män"},
            limits=(1, 5),
            ticks=decimal,
            axis="Medelvärde, 1–5",
        ),
    )


@case
def level_shares() -> Case:
    table = level_table(
        [0.72, 0.58, 0.9, 0.9], [0.6, 0.46, 0.8, 0.8], [0.82, 0.7, 0.97, 0.97], ["women", "men"] * 2
    )
    return (
        "level",
        table,
        Labels(
            rows=("Aktuell kompetens",) * 2 + ("Rekommenderar projektet till kollegor",) * 2,
            values=("72 %", "58 %", "90 %", "90 %"),
            levels={"women": "kvinnor", "men": "män"},
            ticks=percent,
        ),
    )


@case
def level_five() -> Case:
    names = {f"l{i}": f"Kommun {i}" for i in range(5)}
    table = level_table(
        [1.0, 5.0, 3.0, 3.0, nan],
        [0.2, 4.0, nan, 2.5, nan],
        [2.0, 6.0, nan, 3.5, nan],
        list(names),
        [False] * 4 + [True],
    )
    return (
        "level",
        table,
        Labels(
            rows=(LONG[2],) * 5,
            values=("1,0", "5,0", "3,0", "3,0", ""),
            levels=names,
            limits=(1, 5),
            too_few="för få svar",
        ),
    )


@case
def level_eight() -> Case:
    names = {f"l{i}": f"Municipality {i}" for i in range(8)}
    table = level_table([0.1 * i for i in range(8)], [0.0] * 8, [0.9] * 8, list(names))
    return (
        "level",
        table,
        Labels(
            rows=("Participation",) * 8,
            values=tuple(english_percent(0.1 * i) for i in range(8)),
            levels=names,
        ),
    )


@case
def level_all_suppressed() -> Case:
    table = level_table([nan, nan], [nan, nan], [nan, nan], ["women", "men"], [True, True])
    return (
        "level",
        table,
        Labels(
            rows=("Aktuell kompetens",) * 2,
            levels={"women": "kvinnor", "men": "män"},
            too_few="för få svar för att visas",
        ),
    )


@case
def level_long_names() -> Case:
    names = {
        "abroad": "Födda utomlands eller med två utrikes födda föräldrar",
        "here": "Personer med funktionsnedsättning",
    }
    table = level_table(
        [0.62, 0.62, 0.4, 0.8], [0.3, 0.3, 0.2, 0.7], [0.9, 0.9, 0.6, 0.9], ["abroad", "here"] * 2
    )
    rows = (LONG[0], LONG[0], LONG[1], LONG[1])
    values = ("62 procent (62 av 100 som svarade på frågan)",) * 4
    return "level", table, Labels(rows=rows, values=values, levels=names, ticks=percent, axis=" ".join(LONG))
