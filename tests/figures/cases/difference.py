"""Tables and labels for figures of the kind difference."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, case, points, signed

from evaluation.figures import Labels


def difference_table(estimates, low, high, important=0.5, **extra) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimand": "mean_change",
            "estimate": estimates,
            "n": 40,
            "conf_low": low,
            "conf_high": high,
            "smallest_important": important,
            **extra,
        }
    )


@case
def difference_usual() -> Case:
    table = difference_table([0.8, 0.3, -0.2, 0.62], [0.5, 0.1, -0.6, 0.2], [1.1, 0.5, 0.2, 1.04])
    return (
        "difference",
        table,
        Labels(
            rows=("Digitalisering", "Grön hållbarhet", "Automatisering", "Strategiskt kompetensarbete"),
            values=(
                "+0,8 (0,5 till 1,1)",
                "+0,3 (0,1 till 0,5)",
                "−0,2 (−0,6 till 0,2)",
                "+0,6 (0,2 till 1,0)",
            ),
            ticks=signed,
            target="ingen förändring",
            axis="Förändring i skalsteg, efter minus före",
        ),
    )


@case
def difference_gap() -> Case:
    table = difference_table([-0.12, 0.04, 0.0], [-0.21, -0.05, -0.11], [-0.03, 0.13, 0.11], 0.1)
    return (
        "difference",
        table,
        Labels(
            rows=("Up-to-date skills", "Uses what was learned", "Would recommend"),
            values=("−12 pts", "+4 pts", "0 pts"),
            ticks=points,
            target="no difference",
            axis="Percentage points, women minus men",
        ),
    )


@case
def difference_wide() -> Case:
    table = difference_table(
        [0.4, 0.4, -0.9, nan],
        [-3, 0.1, nan, nan],
        [4, 0.7, nan, nan],
        nan,
        suppressed=[False, False, False, True],
    )
    return (
        "difference",
        table,
        Labels(
            rows=(*LONG, "Hemlig"),
            values=("+0,4 (−3,0 till 4,0)", "+0,4 (0,1 till 0,7)", "−0,9", "+9"),
            ticks=signed,
            target="ingen skillnad",
            too_few="för få svar",
            limits=(-1, 1),
        ),
    )


@case
def difference_levels() -> Case:
    table = difference_table(
        [0.6, 0.8, 0.5, 0.5],
        [0.4, 0.5, 0.2, 0.2],
        [0.8, 1.1, 0.8, 0.8],
        [0.5, 0.5, 0.3, 0.3],
        level=["men", "women", "men", "women"],
        group="sex",
    )
    return (
        "difference",
        table,
        Labels(
            rows=("Digitalisering", "Digitalisering", "Automatisering", "Automatisering"),
            values=("+0,6", "+0,8", "+0,5", "+0,5"),
            ticks=signed,
            levels={"women": "kvinnor", "men": "män"},
            target="ingen förändring",
        ),
    )


@case
def difference_named_band() -> Case:
    table = difference_table([0.2, nan], [0.1, nan], [0.3, nan], 0.1)
    return (
        "difference",
        table,
        Labels(
            rows=("Kvinnor minus män", "Kan inte beräknas"),
            values=("+0,2", "kan inte beräknas"),
            ticks=signed,
            target="ingen skillnad",
            marks={"smallest_important": "för liten för att ha betydelse"},
        ),
    )
