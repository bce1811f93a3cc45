"""Tables and labels for figures of the kind change."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, anchor, case, decimal, signed

from evaluation.figures import Labels


def change_table(before, after, levels=None, suppressed=None) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "estimand": "mean_change",
            "estimate": [b - a for a, b in zip(before, after, strict=True)],
            "n": 40,
            "mean_before": before,
            "mean_after": after,
        }
    )
    if levels:
        table["level"] = levels
    if suppressed:
        table["suppressed"] = suppressed
    return table


def change_values(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(
        f"{decimal(b)} ({signed(b - a)})" if b == b else ""
        for a, b in zip(table["mean_before"], table["mean_after"], strict=True)
    )


@case
def change_usual() -> Case:
    table = change_table([2.6, 2.8, 2.2, 2.3, 1.9, 2.4], [3.4, 3.5, 3.1, 2.9, 2.5, 2.9], ["women", "men"] * 3)
    areas = ("Digitalisering", "Grön hållbarhet", "Automatisering")
    return (
        "change",
        table,
        Labels(
            rows=tuple(area for area in areas for _ in range(2)),
            values=change_values(table),
            ticks=anchor,
            levels={"women": "kvinnor", "men": "män"},
            marks={"mean_before": "före", "mean_after": "efter"},
        ),
    )


@case
def change_scale() -> Case:
    table = change_table([2.6, 3.8, 2.2], [3.4, 3.5, 3.1])
    return (
        "change",
        table,
        Labels(
            rows=("Strategic skills work", "Organisational learning", "Adaptability"),
            values=("3.4 (+0.8)", "3.5 (−0.3)", "3.1 (+0.9)"),
            limits=(1, 5),
            axis="Mean of managers' answers, 1 = do not agree at all, 5 = fully agree",
        ),
    )


@case
def change_five() -> Case:
    levels = ["women", "men", "nonbinary", "age_16_29", "age_30_54"]
    table = change_table(
        [2.0, 2.6, 2.2, 0.2, 1.9, 2.4, 2.2, 3, 4, 5], [3.4, 3.5, 3.1, 2.9, 2.5, 2.9, 2.2, 2, 5, 1], levels * 2
    )
    return (
        "change",
        table,
        Labels(
            rows=(LONG[0],) * 5 + (LONG[1],) * 5,
            values=change_values(table),
            ticks=anchor,
            levels={
                "women": "kvinnor",
                "men": "män",
                "nonbinary": "ickebinära",
                "age_16_29": "16–29 år",
                "age_30_54": "30–54 år",
            },
            marks={"mean_before": "före", "mean_after": "efter"},
        ),
    )


@case
def change_same() -> Case:
    table = change_table([3.0, 3.0, 2.5, 2.5], [3.0, 3.0, 2.6, 2.6], ["women", "men"] * 2)
    return (
        "change",
        table,
        Labels(
            rows=("Lika", "Lika", "Nästan", "Nästan"),
            values=change_values(table),
            ticks=decimal,
            levels={"women": "kvinnor", "men": "män"},
            marks={"mean_before": "före", "mean_after": "efter"},
        ),
    )


@case
def change_suppressed() -> Case:
    table = change_table(
        [2.6, nan, 2.2, 2.3, nan, nan],
        [3.4, nan, 3.1, 2.9, nan, nan],
        ["women", "men"] * 3,
        [False, True, False, False, True, True],
    )
    areas = ("Digitalisering", "Grön hållbarhet", "Automatisering")
    return (
        "change",
        table,
        Labels(
            rows=tuple(area for area in areas for _ in range(2)),
            values=change_values(table),
            ticks=anchor,
            levels={"women": "kvinnor", "men": "män"},
            too_few="för få svar för att visas",
        ),
    )


@case
def change_twelve() -> Case:
    before = [1.5 + 0.1 * i for i in range(12)]
    table = change_table(before, [b + (0.9 if i % 4 else -0.6) for i, b in enumerate(before)])
    return (
        "change",
        table,
        Labels(
            rows=tuple(f"Delområde {i + 1}, kompetensutveckling" for i in range(12)),
            values=change_values(table),
            ticks=anchor,
            limits=(0, 5),
        ),
    )


@case
def change_long_names() -> Case:
    names = {
        "abroad": "Födda utomlands eller med två utrikes födda föräldrar",
        "here": "Personer med funktionsnedsättning",
    }
    table = change_table([1.2, 2.9, 4.9, 1.0], [3.4, 2.8, 1.1, 5.0], ["abroad", "here"] * 2)
    rows = (LONG[0], LONG[0], LONG[1], LONG[1])
    values = ("3,4 på skalan från ett till fem (+2,2 skalsteg)",) * 4
    return "change", table, Labels(rows=rows, values=values, levels=names, ticks=anchor, limits=(0, 5))


@case
def change_hidden_first() -> Case:
    table = change_table(
        [nan, 2.0, 2.2, 2.3], [nan, 2.2, 2.4, 2.9], ["women", "men"] * 2, [True, False, False, False]
    )
    return (
        "change",
        table,
        Labels(
            rows=("Digitalisering",) * 2 + ("Automatisering",) * 2,
            values=change_values(table),
            ticks=decimal,
            levels={"women": "kvinnor", "men": "män"},
            marks={"mean_before": "före", "mean_after": "efter"},
            too_few="för få svar för att visas",
        ),
    )
