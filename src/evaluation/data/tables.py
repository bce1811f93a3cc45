"""The eight tables between raw exports and analyses, and what each must look like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.data.answer_text import MISSING
from evaluation.vocabulary.errors import AnswerError, Problem
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `text`, `category`, `number`, `count` or `flag`; whether cells may be empty; its values."""

    kind: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """One table: its columns, what identifies a row, and whether a project may add columns."""

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    open: bool = False


PEOPLE = Schema(
    "people",
    {"person": Column("text"), "organisation": Column("text", nullable=True), "registered": Column("flag")},
    key=("person",),
    open=True,
)
ORGANISATIONS = Schema("organisations", {"organisation": Column("text")}, key=("organisation",), open=True)
ANSWERS = Schema(
    "answers",
    {
        "person": Column("category"),
        "organisation": Column("category", nullable=True),
        "source": Column("category"),
        "wave": Column("category"),
        "item": Column("category"),
        "value": Column("number", nullable=True),
        "missing": Column("category", allowed=MISSING),
    },
    key=("wave", "item", "person"),
)
SCORES = Schema(
    "scores",
    {
        "person": Column("category"),
        "organisation": Column("category", nullable=True),
        "wave": Column("category"),
        "scale": Column("category"),
        "score": Column("number", nullable=True),
        "n_items": Column("count"),
    },
    key=("wave", "scale", "person"),
)
LOG = Schema(
    "log",
    {
        "effort": Column("text"),
        "person": Column("text", nullable=True),
        "organisation": Column("text", nullable=True),
        "hours": Column("number", nullable=True),
        "date": Column("text", nullable=True),
    },
    open=True,
)
LINKS = Schema(
    "links",
    {
        "source": Column("text"),
        "person": Column("text"),
        "strict": Column("text"),
        "default": Column("text"),
        "loose": Column("text"),
        "step": Column("text"),
        "coded": Column("flag"),
    },
    key=("source", "person"),
)
TIES = Schema(
    "ties",
    {
        "wave": Column("text"),
        "actor": Column("text"),
        "to": Column("text"),
        "frequency": Column("number", nullable=True),
        "trust": Column("number", nullable=True),
        "value": Column("number", nullable=True),
        "actor_kind": Column("text", nullable=True),
    },
    key=("wave", "actor", "to"),
)
ACCOUNTS = Schema(
    "accounts",
    {
        "organisation": Column("text"),
        "year": Column("count"),
        "amount": Column("text"),
        "value": Column("number"),
    },
    key=("organisation", "year", "amount"),
)
SCHEMAS = {
    schema.name: schema for schema in (PEOPLE, ORGANISATIONS, ANSWERS, SCORES, LOG, LINKS, TIES, ACCOUNTS)
}

KINDS: dict[str, Callable[[pd.Series], bool]] = {
    "text": pd.api.types.is_string_dtype,
    "category": lambda column: isinstance(column.dtype, pd.CategoricalDtype),
    "number": pd.api.types.is_float_dtype,
    "count": pd.api.types.is_integer_dtype,
    "flag": pd.api.types.is_bool_dtype,
}


def empty_table(name: str) -> pd.DataFrame:
    """Return one of the tables without rows."""
    return _empty(SCHEMAS[name])


def no_links() -> pd.DataFrame:
    """Return the table of links of a programme that does not link."""
    return _empty(LINKS)


def no_ties() -> pd.DataFrame:
    """Return the table of ties of a programme that does not ask for any."""
    return _empty(TIES)


def no_accounts() -> pd.DataFrame:
    """Return the table of accounts of a programme that follows none."""
    return _empty(ACCOUNTS)


def _empty(schema: Schema) -> pd.DataFrame:
    kinds = {name: DTYPES.get(column.kind, "str") for name, column in schema.columns.items()}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


DTYPES = {"flag": "bool", "number": "float64", "count": "int64"}


def check_table(frame: pd.DataFrame, schema: Schema) -> None:
    """Make sure that a table is what its schema says.

    Parameters
    ----------
    frame
        One of the eight tables.
    schema
        `PEOPLE`, `ORGANISATIONS`, `ANSWERS`, `SCORES`, `LOG`, `LINKS`, `TIES` or `ACCOUNTS`.

    Raises
    ------
    AnswerError
        With every column that does not fit; never with what stands in it.
    """
    import pandera.pandas as pa  # takes half a second, and only the making of tables needs it

    columns = {name: _column(pa, column) for name, column in schema.columns.items()}
    unique = pa.Check(lambda _: _unique(frame, schema.key), name="unique rows", ignore_na=False)
    checks = [unique] if schema.key else []
    found: dict[tuple[str, str], Problem] = {}
    for start in range(0, max(len(frame), 1), PIECE):
        shape = pa.DataFrameSchema(columns, checks=checks if start == 0 else [], strict=not schema.open)
        try:
            shape.validate(frame.iloc[start : start + PIECE], lazy=True)
        except pa.errors.SchemaErrors as errors:
            rows = errors.failure_cases[["column", "check"]].astype("str").itertuples(index=False)
            found |= {tuple(row): _problem(schema, *row) for row in rows}
    if found:
        raise AnswerError(list(found.values()))


def _column(pa, column: Column):
    checks = [pa.Check(KINDS[column.kind], name=column.kind, ignore_na=False)]
    if column.allowed:
        checks.append(
            pa.Check(
                lambda cells: set(cells.cat.categories) <= set(column.allowed),
                name="allowed values",
                ignore_na=False,
            )
        )
    return pa.Column(nullable=column.nullable, checks=checks)


def _unique(table: pd.DataFrame, key: tuple[str, ...]) -> bool:
    """Tell whether no two rows have the same key; sorted categories are compared with their neighbours."""
    if not all(isinstance(table[name].dtype, pd.CategoricalDtype) for name in key):
        return not table.duplicated(list(key)).any()
    columns = [(table[name].array.codes, len(table[name].cat.categories) + 1) for name in key]
    return _rising(columns) or not pd.Series(_numbers(columns, slice(None))).duplicated().any()


PIECE = 1 << 20
"""How many rows are compared at a time."""
Codes = Sequence[tuple[np.ndarray, int]]


def _rising(columns: Codes) -> bool:
    """Tell whether every row has a higher key than the one before."""
    for start in range(0, len(columns[0][0]), PIECE):
        if not (np.diff(_numbers(columns, slice(start, start + PIECE + 1))) > 0).all():
            return False
    return True


def _numbers(columns: Codes, rows: slice) -> np.ndarray:
    """Return one number per row that ascends with the key."""
    number = np.zeros(len(columns[0][0][rows]), dtype=np.int64)
    for codes, size in columns:
        number = number * size + codes[rows]
    return number


def _problem(schema: Schema, column: str, check: str) -> Problem:
    return Problem(
        msg(
            "The table {table} does not fit its description in {column}: {check}.",
            table=schema.name,
            column=column,
            check=check,
        ),
        do=msg("Process the exports again; if that does not help, report it as a fault of this package."),
    )
