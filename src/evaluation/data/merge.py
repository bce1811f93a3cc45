"""Facts about the same people or organisations from several files, brought together."""

from collections.abc import Sequence

import pandas as pd

from evaluation.data.registers import Facts
from evaluation.vocabulary.errors import Problem
from evaluation.vocabulary.message import msg, pmsg

UNITS = {"person": pmsg("unit", "person"), "organisation": pmsg("unit", "organisation")}


def merge_facts(
    parts: Sequence[Facts], key: str, columns: Sequence[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return one row per unit with what any of the files says, and where the files contradict each other.

    Parameters
    ----------
    parts
        Facts from files, the most trusted one first.
    key
        The column that identifies the unit: `person` or `organisation`.
    columns
        The columns to bring together; each must be in one of the files, none needs to be in all.
    """
    units = _sorted_units([part.frame[key] for part in parts])
    table, problems = pd.DataFrame({key: units}), []
    for name in columns:
        stated = _stated(parts, key, name)
        table[name] = stated.drop_duplicates(key).set_index(key)["value"].reindex(units).array
        problems += _contradictions(stated, key, name)
    return table, problems


def _sorted_units(columns: Sequence[pd.Series]) -> pd.Index:
    named = pd.concat([pd.Series(dtype="str"), *columns]).dropna().unique()
    return pd.Index(named, dtype="str").sort_values()


def _stated(parts: Sequence[Facts], key: str, name: str) -> pd.DataFrame:
    """Return every different statement about every unit once, with the place of the first."""
    frames = [
        pd.DataFrame({key: part.frame[key], "value": part.frame[name], "file": part.file}).rename_axis("row")
        for part in parts
        if name in part.frame.columns
    ]
    frames = [
        frame.dropna(subset=[key, "value"]).drop_duplicates([key, "value"]).reset_index() for frame in frames
    ]
    return pd.concat(frames, ignore_index=True).drop_duplicates([key, "value"])


def _contradictions(stated: pd.DataFrame, key: str, name: str) -> list[Problem]:
    later = stated[stated.duplicated(key)]
    first = stated[stated[key].isin(later[key])].drop_duplicates(key).set_index(key)
    places = (first["file"] + ":" + first["row"].astype("str")).to_dict()
    return [
        Problem(
            msg(
                "The column {column} says something else of the same {unit} than {place}.",
                column=name,
                unit=UNITS[key],
                place=places[row[key]],
            ),
            f"{row['file']}:{row['row']}",
            msg("Correct one of the rows, or take the column out of one of the sources."),
        )
        for row in later.to_dict("records")
    ]
