"""Which cells of the two matrices on equality are filled: written in, and followed up."""

from collections.abc import Callable

import pandas as pd

from evaluation.project.equality import PLACES, PRINCIPLES, Principle
from evaluation.project.measure import MatrixMeasure
from evaluation.study import Study


def filled_cells(measure: MatrixMeasure, study: Study) -> pd.Series:
    """Return for every cell of a matrix whether it is filled.

    Parameters
    ----------
    measure
        Which matrix.
    study
        The programme with its data.

    Returns
    -------
    pandas.Series
        True, false or missing by cell, named "row.column".
    """
    return MATRICES[measure.matrix](study).astype("boolean")


def _written_in(study: Study) -> pd.Series:
    """Return for every place and principle whether it is written in; missing if nobody has looked."""
    stated = study.project.equality.permeation
    cells = {
        f"{place}.{principle}": pd.NA if stated is None else principle in stated.get(place, ())
        for place in PLACES
        for principle in PRINCIPLES
    }
    return pd.Series(cells, dtype="boolean")


def _followed_up(study: Study) -> pd.Series:
    """Return for every principle and wave whether two levels of a classification can be shown."""
    waves = _answering(study)
    cells = {
        f"{principle}.{wave}": _can_be_compared(principle, people, study)
        for principle in PRINCIPLES
        for wave, people in waves.items()
    }
    return pd.Series(cells, dtype="boolean")


def _answering(study: Study) -> dict[str, pd.DataFrame]:
    """Return the participants who answered something, by wave with answers."""
    given = study.given
    taking_part = study.participants
    return {
        wave: taking_part[taking_part["person"].isin(given.loc[given["wave"] == wave, "person"])]
        for wave in study.survey_waves
    }


def _can_be_compared(principle: Principle, people: pd.DataFrame, study: Study) -> bool:
    return any(
        _large_enough(people[name], name, study) >= 2
        for name in study.project.equality.followed.get(principle, ())
        if name in people
    )


def _large_enough(levels: pd.Series, name: str, study: Study) -> int:
    """Count the levels that may be shown; a column that is no classification counts as a special one."""
    privacy, group = study.project.privacy, study.project.groups.get(name)
    least = privacy.min_cell_special if group is None or group.special else privacy.min_cell
    return int((levels.value_counts() >= least).sum())


MATRICES: dict[str, Callable[[Study], pd.Series]] = {"permeation": _written_in, "follow_up": _followed_up}
"""The matrices by name."""
