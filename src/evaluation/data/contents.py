"""What a table or a part of one holds, as a fingerprint: equal contents in equal order, equal fingerprints."""

import hashlib
from functools import singledispatch
from typing import Any

import numpy as np
import pandas as pd

from evaluation.vocabulary.fingerprint import fingerprint

PLAIN = "biufmM"
"""Kinds of columns whose cells are bytes of a fixed length: truth values, numbers, times."""


@singledispatch
def contents(value: Any) -> str:
    """Return the fingerprint of a table, a column, an index or plain values.

    Parameters
    ----------
    value
        Of a table count its columns with their types, its cells, the order of rows and their labels, and the
        categories of columns of categories, also those that do not occur.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return fingerprint(value)


@contents.register(pd.DataFrame)
def _of_table(value: pd.DataFrame) -> str:
    columns = [[str(name), contents(column.array)] for name, column in value.items()]
    return fingerprint([contents(value.index), columns])


@contents.register(pd.Index)
def _of_index(value: pd.Index) -> str:
    return contents(value.array)


@contents.register(pd.api.extensions.ExtensionArray)
def _of_column(value: pd.api.extensions.ExtensionArray) -> str:
    missing = np.asarray(pd.isna(value))
    cells = pd.util.hash_array(value, categorize=False)
    return _of_bytes(str(value.dtype), missing, cells)


@contents.register(pd.arrays.NumpyExtensionArray)
def _of_cells(value: pd.arrays.NumpyExtensionArray) -> str:
    cells = value.to_numpy()
    if cells.dtype.kind in PLAIN:
        return _of_bytes(str(cells.dtype), cells)
    return fingerprint([[type(cell).__name__, repr(cell)] for cell in cells])


@contents.register(pd.Categorical)
def _of_categories(value: pd.Categorical) -> str:
    return _of_bytes(f"{value.ordered} {contents(value.categories)}", value.codes)


def _of_bytes(kind: str, *parts: np.ndarray) -> str:
    found = hashlib.sha256(kind.encode())
    for part in parts:
        found.update(np.ascontiguousarray(part).view(np.uint8).data)
    return found.hexdigest()
