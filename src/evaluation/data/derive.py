"""Classifications that no file holds: made from the numbers of a register or from answers."""

import numpy as np
import pandas as pd

from evaluation.data.matching import as_number
from evaluation.data.registers import level_type
from evaluation.project.model import Project
from evaluation.project.source import Group


def derive_groups(
    people: pd.DataFrame, organisations: pd.DataFrame, answers: pd.DataFrame, project: Project
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the registers with every classification that is made from numbers.

    Parameters
    ----------
    people, organisations
        The registers; a column for each classification is there already, without values.
    answers
        The answers as they were given.
    project
        The definition, for its groups.

    Returns
    -------
    tuple
        People and organisations. A unit without the number, or whose number no level spans, has no level.
    """
    tables = {"person": people, "organisation": organisations}
    for key, group in project.groups.items():
        if group.derived and group.of in tables:
            table = tables[group.of]
            numbers = _of_register(table, group) if group.item is None else _of_answers(table, group, answers)
            found = [None if np.isnan(number) else group.level_of_number(number) for number in numbers]
            tables[group.of] = table.assign(**{key: pd.Categorical(found, dtype=level_type(group))})
    return tables["person"], tables["organisation"]


def _of_register(table: pd.DataFrame, group: Group) -> np.ndarray:
    texts = table[group.column].astype("object")
    numbers = texts.map(lambda text: as_number(str(text)), na_action="ignore")
    return pd.to_numeric(numbers, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def _of_answers(table: pd.DataFrame, group: Group, answers: pd.DataFrame) -> np.ndarray:
    rows = answers[(answers["item"] == group.item) & (answers["wave"] == group.wave)]
    means = rows.groupby(group.of, observed=True)["value"].mean()
    means.index = means.index.astype("object")
    return table[group.of].astype("object").map(means).to_numpy(dtype=float, na_value=np.nan)
