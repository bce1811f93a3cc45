"""Tables and labels for figures of the kind target."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, NBSP, Case, case, english_percent, percent

from evaluation.figures import Labels


def target_table(estimates, low, high, bound_low, bound_high, goal=0.7, suppressed=None) -> pd.DataFrame:
    n = len(estimates)
    return pd.DataFrame(
        {
            "estimand": "attained_share",
            "estimate": estimates,
            "n": 27,
            "conf_low": low,
            "conf_high": high,
            "bound_low": bound_low,
            "bound_high": bound_high,
            "target": goal,
            "suppressed": suppressed or [False] * n,
        }
    )


@case
def target_usual() -> Case:
    table = target_table([0.778, 0.80], [0.73, 0.74], [0.80, 0.83], [0.70, 0.63], [0.80, 0.84])
    return (
        "target",
        table,
        Labels(
            rows=(
                "Företag: arbetar mer strategiskt",
                "Yrkesverksamma: aktuell kompetens, minst ett område",
            ),
            values=(f"78{NBSP}% (21 av 27)", f"80{NBSP}% (120 av 150)"),
            ticks=percent,
            target=f"mål 70{NBSP}%",
            too_few="för få svar för att visas",
        ),
    )


@case
def target_key() -> Case:
    table = target_table(
        [0.778, 0.80, 0.52], [0.73, 0.74, 0.44], [0.80, 0.83, 0.6], [0.70, 0.63, 0.4], [0.80, 0.84, 0.68]
    )
    return (
        "target",
        table,
        Labels(
            rows=(
                "Companies that work more strategically",
                "Professionals with up-to-date skills in at least one area",
                "Participants who use what they learned at work",
            ),
            values=("78% (21 of 27)", "80% (120 of 150)", "52% (78 of 150)"),
            ticks=english_percent,
            target="target 70%",
            axis="Share who agree to a great extent or fully",
            marks={
                "estimate": "among those who answered",
                "conf_low": "likely among all",
                "bound_low": "possible among all",
            },
        ),
    )


@case
def target_one_row() -> Case:
    return (
        "target",
        target_table([0.7], [0.5], [0.9], [0.3], [0.95]),
        Labels(rows=("H19",), values=("70 %",), ticks=percent, target="mål"),
    )


@case
def target_twelve() -> Case:
    shares = [0.55 + 0.035 * i for i in range(12)]
    table = target_table(
        shares,
        [s - 0.08 for s in shares],
        [min(s + 0.07, 1) for s in shares],
        [s - 0.15 for s in shares],
        [min(s + 0.1, 1) for s in shares],
    )
    names = ("Digitalisering", "Grön hållbarhet", "Automatisering", LONG[0])
    return (
        "target",
        table,
        Labels(
            rows=tuple(f"{names[i % 4]} {i + 1}" for i in range(12)),
            values=tuple(f"{percent(s)} ({round(s * 150)} av 150)" for s in shares),
            ticks=percent,
            target=f"mål 70{NBSP}%",
        ),
    )


@case
def target_extremes() -> Case:
    table = target_table(
        [0.0, 1.0, 0.5, 0.7],
        [0.0, 0.8, nan, 0.5],
        [0.2, 1.0, nan, 0.9],
        [0.0, 0.7, nan, nan],
        [0.4, 1.0, nan, nan],
    )
    return (
        "target",
        table,
        Labels(
            rows=(*LONG, "Kort"),
            values=("0 % (0 av 12)", "100 % (12 av 12)", "50 % (6 av 12)", "70 % (7 av 10)"),
            ticks=percent,
            target="mål 70 %",
        ),
    )


@case
def target_own_goals() -> Case:
    table = target_table(
        [0.5, 0.82, 0.9],
        [0.4, 0.75, 0.85],
        [0.6, 0.88, 0.95],
        [0.35, 0.7, 0.8],
        [0.65, 0.9, 1.0],
        [0.5, 0.8, nan],
    )
    return (
        "target",
        table,
        Labels(
            rows=("Planerade deltagare som började", "Började och fullföljde", "Utan mål"),
            values=("50 % (95 av 191)", "82 % (78 av 95)", "90 % (70 av 78)"),
            ticks=percent,
            target="mål",
        ),
    )


@case
def target_suppressed() -> Case:
    table = target_table(
        [0.778, nan, 0.6],
        [0.7, nan, 0.5],
        [0.85, nan, 0.7],
        [0.65, nan, 0.4],
        [0.9, nan, 0.8],
        suppressed=[False, True, False],
    )
    return (
        "target",
        table,
        Labels(
            rows=("Kvinnor", "Annan könsidentitet", "Män"),
            values=("78 % (70 av 90)", "", "60 % (54 av 90)"),
            ticks=percent,
            target="mål 70 %",
            too_few="för få svar för att visas",
        ),
    )


@case
def target_all_suppressed() -> Case:
    table = target_table([0.5, nan], [0.4, nan], [0.6, nan], [0.3, nan], [0.7, nan], suppressed=[True, True])
    return (
        "target",
        table,
        Labels(
            rows=("Kvinnor", "Män"),
            values=("50 %", ""),
            ticks=percent,
            target="mål 70 %",
            too_few="för få svar för att visas",
        ),
    )
