"""The table of ties: who works with whom, as those say who answered."""

from collections.abc import Mapping

import pandas as pd

from evaluation.data.intake import Intake
from evaluation.data.tables import TIES, no_ties
from evaluation.project.model import Project


def ties_table(intakes: Mapping[str, Intake], project: Project) -> pd.DataFrame:
    """Return one row per pair that an actor answered about, by wave.

    Parameters
    ----------
    intakes
        What was taken from each source.
    project
        The project, for the waves of its sources.

    Returns
    -------
    pandas.DataFrame
        wave, actor (who answered), to, frequency, trust, value and actor_kind (of who answered), sorted.
        What a file does not ask for is missing.
    """
    parts = [
        intake.facts.frame.assign(wave=project.sources[key].waves[0])
        for key, intake in intakes.items()
        if intake.kind == "ties"
    ]
    if not parts:
        return no_ties()
    columns = list(TIES.columns)
    table = pd.concat(parts, ignore_index=True).reindex(columns=columns)
    kinds = {name: "float64" if TIES.columns[name].kind == "number" else "str" for name in columns}
    return table.astype(kinds).sort_values(list(TIES.key), ignore_index=True)
