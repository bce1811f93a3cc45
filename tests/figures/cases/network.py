"""Tables and labels for figures of the kind network."""

import pandas as pd
from tests.figures.cases.base import Case, case

from evaluation.figures import Labels

LEVELS = {
    "town": "kommuner",
    "firm": "företag",
    "kept": "finns båda gångerna",
    "new": "nya",
    "lost": "upphörda",
}


def network_table(actors, ties, suppressed=False) -> pd.DataFrame:
    nodes = [{"term": str(i + 1), "level": kind, "estimate": 4.0} for i, kind in enumerate(actors)]
    lines = [{"term": f"{a}-{b}", "level": state, "estimate": ways} for a, b, state, ways in ties]
    table = pd.DataFrame([*nodes, *lines]).assign(estimand="network_place", n=len(actors))
    return table.assign(suppressed=suppressed)


def network_labels(table) -> Labels:
    rows = tuple(term.partition("-")[0] for term in table["term"])
    return Labels(rows=rows, levels=LEVELS, too_few="för få för att visas")


@case
def network_usual() -> Case:
    ties = [(1, 2, "kept", 2.0), (1, 5, "new", 1.0), (3, 9, "lost", 1.0), (4, 8, None, 1.0)]
    table = network_table(["town"] * 4 + ["firm"] * 20, ties)
    return "network", table, network_labels(table)


@case
def network_without_ties() -> Case:
    table = network_table([None] * 6, [])
    return "network", table, network_labels(table)


@case
def network_withheld() -> Case:
    table = network_table(["town"] * 5, [(1, 2, "kept", 2.0)], suppressed=True)
    return "network", table, network_labels(table)
