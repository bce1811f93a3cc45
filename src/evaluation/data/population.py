"""A reference population: dated figures with source and definition, read as they were published."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from evaluation.data.matching import as_number
from evaluation.vocabulary.errors import ExportError, MissingFileError, one_of
from evaluation.vocabulary.message import Message, msg

HEADERS = {
    "area": ("region", "area", "område"),
    "date": ("tidpunkt", "date", "datum"),
    "age": ("ålder", "age"),
    "level": ("kön", "sex", "grupp", "group"),
    "measure": ("mått", "measure"),
    "value": ("värde", "value"),
    "unit": ("enhet", "unit"),
    "source": ("källa", "source"),
}
"""Columns of the table by the headers they may have; `age` and `unit` may be missing."""
OPTIONAL = ("age", "unit")


def read_population(path: Path) -> pd.DataFrame:
    """Read a table of reference figures.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with semicolons or commas, decimal point or comma, and the headers of `HEADERS`.

    Returns
    -------
    pandas.DataFrame
        Columns of `HEADERS`; values as numbers. Nothing is assumed to add up: published parts are
        often perturbed or rounded on their own.

    Raises
    ------
    MissingFileError, ExportError
        If there is no such file, a column is missing, or a value is no number.
    """
    if not path.is_file():
        raise MissingFileError(
            msg("There is no file {name}.", name=path.name),
            where=str(path.parent),
            do=msg("Put the table of the reference population beside the project file."),
        )
    raw = pd.read_csv(path, sep=None, engine="python", dtype="string", encoding="utf-8-sig")
    given = {str(name).strip().lower(): name for name in raw.columns}
    found = {}
    for column, headers in HEADERS.items():
        name = next((given[header] for header in headers if header in given), None)
        if name is None and column not in OPTIONAL:
            raise ExportError(
                msg("The table has no column {name}.", name=column),
                where=path.name,
                do=one_of(column, headers),
            )
        found[column] = (
            raw[name].str.strip() if name is not None else pd.Series("", raw.index, dtype="string")
        )
    table = pd.DataFrame(found)
    numbers = table["value"].map(as_number, na_action="ignore")
    for line in table.index[numbers.isna()]:
        raise ExportError(
            msg("{found} is not a number.", found=str(table["value"][line])),
            where=f"{path.name}:{line + 2}",
            do=msg("Write a number, with a decimal comma or point."),
        )
    return table.assign(value=numbers.astype(float))


def population_shares(
    table: pd.DataFrame,
    *,
    area: str,
    measure: str,
    levels: Mapping[str, tuple[str, ...]],
    date: str | None = None,
    ages: Sequence[str] = (),
) -> tuple[dict[str, float], pd.Series]:
    """Return each level's share of a population, and the row that says where it comes from.

    Parameters
    ----------
    table
        From `read_population`.
    area, measure
        Which figures.
    levels
        By level the texts it is written as in the table.
    date
        Which date; the latest with figures by group if None.
    ages
        Ages that are added; if empty, the rows for all ages.

    Returns
    -------
    tuple
        Shares of the sum over the levels, and one of the rows with date, source and measure.

    Raises
    ------
    ExportError
        If the table has no figures of that area and measure for every level.
    """
    rows = table[(table["area"] == area) & (table["measure"] == measure)]
    rows = rows[rows["age"].isin(ages) if ages else rows["age"].str.lower().isin(["alla", "all", ""])]
    texts = {text.lower(): level for level, written in levels.items() for text in written}
    rows = rows.assign(level=rows["level"].str.lower().map(texts)).dropna(subset="level")
    rows = rows[rows["date"] == (date or rows["date"].max())]
    sums = {level: rows.loc[rows["level"] == level, "value"].sum() for level in levels}
    total = sum(sums.values())
    if not all(value > 0 for value in sums.values()):
        raise ExportError(
            msg("The table has no figures for {area} and {measure} by group.", area=area, measure=measure),
            do=_missing(table[table["area"] == area], measure),
        )
    return {level: float(value / total) for level, value in sums.items()}, rows.iloc[0]


def _missing(rows: pd.DataFrame, measure: str) -> Message:
    """Say what the table has instead: other measures, or groups that are written in another way."""
    if measure not in set(rows["measure"]):
        return one_of(measure, rows["measure"].unique())
    names = ", ".join(sorted(set(rows.loc[rows["measure"] == measure, "level"].dropna())))
    return msg("Say in `written` how the table names the groups: {names}.", names=names)
