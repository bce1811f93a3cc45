"""Tables and labels for figures of the kind composition."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, case, percent

from evaluation.figures import Labels


def composition_table(shares, reference, low=nan, high=nan, levels=None, suppressed=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "representation",
            "estimate": shares,
            "n": 191,
            "reference": reference,
            "bound_low": low,
            "bound_high": high,
            "level": levels or [f"level_{i}" for i in range(len(shares))],
            "suppressed": suppressed or [False] * len(shares),
        }
    )


@case
def composition_usual() -> Case:
    table = composition_table(
        [0.53, 0.47, 0.18, 0.6, 0.22],
        [0.66, 0.34, 0.24, 0.55, 0.21],
        [0.4, 0.4, nan, nan, nan],
        [0.6, 0.6, nan, nan, nan],
        ["men", "women", "young", "mid", "old"],
    )
    table["group"] = ["sex", "sex", "age", "age", "age"]
    return (
        "composition",
        table,
        Labels(
            rows=("Män", "Kvinnor", "16–29 år", "30–54 år", "55 år och äldre"),
            values=(
                "53 % mot 66 %",
                "47 % mot 34 %",
                "18 % mot 24 %",
                "60 % mot 55 %",
                "22 % mot 21 %",
            ),
            ticks=percent,
            marks={
                "estimate": "bland deltagarna",
                "reference": "bland anställda i företagen",
                "bound_low": "jämn könsfördelning",
            },
        ),
    )


@case
def composition_edges() -> Case:
    table = composition_table(
        [0.0, 1.0, 0.5, nan, 0.3], [1.0, 0.0, 0.5, 0.2, nan], suppressed=[False, False, False, True, False]
    )
    return (
        "composition",
        table,
        Labels(
            rows=(*LONG, "Hemlig", "Utan jämförelse"),
            values=("0 % mot 100 %", "100 % mot 0 %", "50 % mot 50 %", "", "30 %"),
            ticks=percent,
            too_few="för få svar för att visas",
            marks={"estimate": "deltagare", "reference": "länet"},
        ),
    )


@case
def composition_all_suppressed() -> Case:
    table = composition_table([nan, nan], [0.5, 0.5], 0.4, 0.6, ["women", "men"], [True, True])
    return (
        "composition",
        table,
        Labels(rows=("Kvinnor", "Män"), too_few="för få svar", marks={"estimate": "deltagare"}),
    )
