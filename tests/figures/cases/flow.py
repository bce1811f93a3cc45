"""Tables and labels for figures of the kind flow."""

from math import nan

import pandas as pd
from tests.figures.cases.base import LONG, Case, case, count

from evaluation.figures import Labels


@case
def flow_usual() -> Case:
    table = pd.DataFrame(
        {"estimand": "participants", "estimate": [200, 191, 172, 158, 150], "n": [200, 191, 172, 158, 150]}
    )
    return (
        "flow",
        table,
        Labels(
            rows=(
                "Planerade",
                "Registrerade",
                "Svarade före",
                "Svarade efter",
                "Svarade både före och efter",
            ),
            values=(
                "",
                "9 platser fylldes inte",
                "19 svarade inte före",
                "14 svarade inte efter",
                "8 kunde inte kopplas ihop",
            ),
            ticks=count,
        ),
    )


@case
def flow_edges() -> Case:
    table = pd.DataFrame(
        {
            "estimand": "participants",
            "estimate": [1500.0, 0.0, nan, 3.0],
            "n": 0,
            "suppressed": [False, False, True, False],
        }
    )
    return (
        "flow",
        table,
        Labels(
            rows=(*LONG, "Sist"),
            values=(
                "",
                "1 500 företag som hade anmält intresse kom aldrig till ett inledande möte under våren",
                "5 försvann",
                "",
            ),
            ticks=count,
            too_few="för få för att visas",
        ),
    )


@case
def flow_plain() -> Case:
    table = pd.DataFrame({"estimand": "participants", "estimate": [12], "n": [12]})
    return "flow", table, Labels(rows=("Registered",))
