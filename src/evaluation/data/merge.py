"""Facts about the same people or organisations from several files, brought together."""

from collections.abc import Sequence

import numpy as np
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
    whose = [units.get_indexer(part.frame[key]) for part in parts]
    table, problems = pd.DataFrame({key: units}), []
    for name in columns:
        stated = _stated(parts, whose, name)
        first = np.full(len(units), -1)
        first[stated["unit"].to_numpy()[::-1]] = np.arange(len(stated))[::-1]
        table[name] = stated["value"].array.take(first, allow_fill=True)
        problems += _contradictions(stated, key, name)
    return table, problems


def _sorted_units(columns: Sequence[pd.Series]) -> pd.Index:
    named = pd.concat([pd.Series(dtype="str"), *columns]).dropna().unique()
    return pd.Index(named, dtype="str").sort_values()


def _stated(parts: Sequence[Facts], whose: Sequence[np.ndarray], name: str) -> pd.DataFrame:
    """Return the statements about units with their places; a unit has several rows only if they differ."""
    frames = [
        pd.DataFrame({"unit": unit, "value": part.frame[name], "file": number}).rename_axis("row")
        for number, (part, unit) in enumerate(zip(parts, whose, strict=True))
        if name in part.frame.columns
    ]
    stated = pd.concat([_told(frame).reset_index() for frame in frames], ignore_index=True)
    if stated["unit"].duplicated().any():
        stated = stated[~_again(stated)].reset_index(drop=True)
    return stated.assign(file=np.array([part.file for part in parts], dtype=object)[stated["file"]])


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["unit"] >= 0) & frame["value"].notna()]


def _again(stated: pd.DataFrame) -> np.ndarray:
    """Tell of every statement whether it has been made about the same unit before."""
    value, known = pd.factorize(stated["value"])
    statement = stated["unit"].to_numpy(np.int64) * len(known) + value
    return pd.Series(statement).duplicated().to_numpy()


def _contradictions(stated: pd.DataFrame, key: str, name: str) -> list[Problem]:
    later = stated[stated["unit"].duplicated()]
    if later.empty:
        return []
    first = stated[stated["unit"].isin(later["unit"])].drop_duplicates("unit").set_index("unit")
    places = (first["file"] + ":" + first["row"].astype("str")).to_dict()
    return [
        Problem(
            msg(
                "The column {column} says something else of the same {unit} than {place}.",
                column=name,
                unit=UNITS[key],
                place=places[row["unit"]],
            ),
            f"{row['file']}:{row['row']}",
            msg("Correct one of the rows, or take the column out of one of the sources."),
        )
        for row in later.to_dict("records")
    ]
