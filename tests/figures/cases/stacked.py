"""Tables and labels for figures of the kind stacked."""

from math import nan

import pandas as pd
from tests.figures.cases.base import AGREE, LONG, Case, anchor, case, percent

from evaluation.figures import Labels


def stacked_table(shares: list[list[float]], terms: list[str], suppressed=None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "answer_share",
            "estimate": [share for row in shares for share in row],
            "n": 150,
            "term": terms * len(shares),
            "suppressed": suppressed or [False] * len(shares) * len(terms),
        }
    )


def stacked_labels(rows, shares, **extra) -> Labels:
    return Labels(
        rows=tuple(row for row, parts in zip(rows, shares, strict=True) for _ in parts),
        values=tuple("" if s != s else percent(s) for parts in shares for s in parts),
        **{"ticks": percent, "too_few": "för få svar för att visas", **extra},
    )


@case
def stacked_usual() -> Case:
    shares = [[0.07, 0.13, 0.24, 0.33, 0.19, 0.04], [0.02, 0.05, 0.18, 0.4, 0.32, 0.03]]
    terms = ["1", "2", "3", "4", "5", "dont_know"]
    return (
        "stacked",
        stacked_table(shares, terms),
        stacked_labels(("Före", "Efter"), shares, categories=AGREE),
    )


@case
def stacked_direct() -> Case:
    shares = [[0.35, 0.5, 0.15], [0.2, 0.7, 0.1], [0.0, 1.0, 0.0]]
    table = stacked_table(shares, ["no", "yes", "dont_know"])
    return "stacked", table, stacked_labels(LONG, shares, categories=("Nej", "Ja", "Vet ej"))


@case
def stacked_six() -> Case:
    shares = [[0.05, 0.15, 0.2, 0.3, 0.2, 0.06, 0.02, 0.02]] * 12
    terms = ["0", "1", "2", "3", "4", "5", "dont_know", "not_applicable"]
    names = (*(anchor(i) for i in range(6)), "Vet ej", "Ej aktuellt")
    rows = [f"Kompetensområde nummer {i + 1}" for i in range(12)]
    return "stacked", stacked_table(shares, terms), stacked_labels(rows, shares, categories=names)


@case
def stacked_suppressed() -> Case:
    shares = [[0.35, 0.5, 0.15], [nan, 0.9, nan], [0.25, 0.6, 0.15]]
    table = stacked_table(shares, ["no", "yes", "dont_know"], [False] * 3 + [True, False, True] + [False] * 3)
    labels = stacked_labels(
        ("Women", "Non-binary", "Men"),
        shares,
        categories=("Disagree or strongly disagree", "Agree", "Don't know"),
        too_few="too few answers to show",
    )
    return "stacked", table, labels


@case
def stacked_all_suppressed() -> Case:
    shares = [[nan, nan]]
    return (
        "stacked",
        stacked_table(shares, ["no", "yes"], [True, True]),
        stacked_labels(("Kvinnor",), shares, categories=("Nej", "Ja")),
    )
