"""Those who take part and the comparison group in tables of their own, so that no result mixes them by mistake."""

from collections.abc import Mapping

import pandas as pd

from evaluation.project.impact import Comparison
from evaluation.project.model import Project

OF_PEOPLE = ("answers", "scores", "links")
"""Tables whose rows belong to a person."""
SHARED = ("ties",)
"""Tables of actors, who are neither."""

Frames = Mapping[str, pd.DataFrame]


def separated(
    frames: Frames, project: Project
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame] | None]:
    """Divide the processed tables into those of the programme and those of its comparison group.

    Parameters
    ----------
    frames
        The tables by name, as they are processed; they are not changed.
    project
        The definition.

    Returns
    -------
    tuple
        The programme's tables, and the comparison group's; None without a comparison group.
    """
    stated = project.impact.comparison
    if stated is None:
        return dict(frames), None
    people, organisations = _who(frames, stated, project)
    own, others = {}, {}
    for name, frame in frames.items():
        if name in SHARED:
            own[name], others[name] = frame, frame.iloc[:0]
            continue
        compared = _rows(name, frame, people, organisations)
        own[name], others[name] = _narrowed(frame[~compared]), _narrowed(frame[compared])
    return own, others


def _who(frames: Frames, stated: Comparison, project: Project) -> tuple[set[str], set[str]]:
    people, organisations = frames["people"], frames["organisations"]
    if project.groups[stated.group].of == "organisation":
        firms = set(organisations.loc[organisations[stated.group].isin(stated.levels), "organisation"])
        return set(people.loc[people["organisation"].isin(firms), "person"]), firms
    compared = people[stated.group].isin(stated.levels)
    firms, others = (set(people.loc[side, "organisation"].dropna()) for side in (compared, ~compared))
    return set(people.loc[compared, "person"]), firms - others


def _rows(name: str, frame: pd.DataFrame, people: set[str], organisations: set[str]) -> pd.Series:
    if name in ("people", *OF_PEOPLE):
        return frame["person"].isin(people)
    of_firm = frame["organisation"].isin(organisations)
    return of_firm | frame["person"].isin(people) if name == "log" else of_firm


def _narrowed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without categories that only the others have; levels of classifications stay."""
    frame = frame.reset_index(drop=True)
    texts = [name for name in ("person", "organisation") if name in frame]
    kinds = [name for name in texts if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    return frame.assign(**{name: frame[name].cat.remove_unused_categories() for name in kinds})
