"""What may enter a kernel: finite numbers, whole counts, a level, a known choice."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import Message, msg, pmsg

Choice = TypeVar("Choice")
Numbers = float | NDArray[np.float64]
Counts = int | NDArray[np.int64]


def finite(values: ArrayLike, name: Message | str, minimum: int = 1) -> NDArray[np.float64]:
    """Return the values as a vector of finite numbers, or say what is in the way.

    Parameters
    ----------
    values
        Numbers or truth values, shape (n,).
    name
        What the values are, for the error text.
    minimum
        The smallest number of values that the method can use.

    Returns
    -------
    numpy.ndarray
        A float64 vector, shape (n,).

    Notes
    -----
    Missing values are refused, not dropped: which rows count is the caller's decision.

    Examples
    --------
    >>> finite([1, 2], "answers").tolist()
    [1.0, 2.0]
    """
    vector = as_float(values, name)
    if vector.ndim != 1:
        raise EstimationError(
            msg(
                "{name} must be one column of numbers; found {found} dimensions.",
                name=name,
                found=vector.ndim,
            )
        )
    missing = int(np.count_nonzero(~np.isfinite(vector)))
    if missing:
        raise EstimationError(
            msg("{name} has {found} values that are missing or infinite.", name=name, found=missing),
            do=msg("Keep the complete rows before calling the method."),
        )
    if vector.size < minimum:
        raise EstimationError(
            msg(
                "{name} has {found} values; at least {minimum} are needed.",
                name=name,
                found=vector.size,
                minimum=minimum,
            )
        )
    return vector


def as_float(values: ArrayLike, name: Message | str) -> NDArray[np.float64]:
    """Return the values as floats of any shape, missing values included.

    Parameters
    ----------
    values
        Numbers or truth values.
    name
        What the values are, for the error text.

    Returns
    -------
    numpy.ndarray
        A float64 array of the same shape.

    Examples
    --------
    >>> as_float([1, None], "answers").tolist()
    [1.0, nan]
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise EstimationError(msg("{name} must be numbers.", name=name)) from None


def whole(values: ArrayLike, name: Message | str) -> NDArray[np.int64]:
    """Return the values as whole numbers of zero or more, of any shape.

    Parameters
    ----------
    values
        Counts; floats are taken when they are whole.
    name
        What the values are, for the error text.

    Returns
    -------
    numpy.ndarray
        An int64 array of the same shape.

    Examples
    --------
    >>> whole(21.0, "positive answers").item()
    21
    """
    array = as_float(values, name)
    bad = ~np.isfinite(array) | (array < 0) | (array != np.floor(array))
    if np.any(bad):
        raise EstimationError(
            msg(
                "{name} must be whole numbers of zero or more; found {found}.",
                name=name,
                found=str(array[bad].flat[0]),
            )
        )
    return array.astype(np.int64)


def share_counts(k: ArrayLike, n: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return positive answers and answers, broadcast, with 0 <= k <= n.

    Parameters
    ----------
    k
        Positive answers.
    n
        Answers.

    Returns
    -------
    tuple of numpy.ndarray
        `k` and `n` as int64 arrays of one common shape.

    Examples
    --------
    >>> [a.tolist() for a in share_counts([1, 2], 3)]
    [[1, 2], [3, 3]]
    """
    positive, answers = np.broadcast_arrays(
        whole(k, pmsg("argument", "Positive answers")), whole(n, pmsg("argument", "Answers"))
    )
    if np.any(positive > answers):
        worst = np.argmax(positive > answers)
        raise EstimationError(
            msg(
                "There are more positive answers ({k}) than answers ({n}).",
                k=int(positive.flat[worst]),
                n=int(answers.flat[worst]),
            )
        )
    return positive, answers


def finite_counts(k: ArrayLike, n: ArrayLike, n_total: ArrayLike) -> tuple[NDArray[np.int64], ...]:
    """Return positive answers, answers and registered, broadcast, with k <= n <= n_total.

    Parameters
    ----------
    k
        Positive answers.
    n
        Answers.
    n_total
        Everyone registered, one or more.

    Returns
    -------
    tuple of numpy.ndarray
        `k`, `n` and `n_total` as int64 arrays of one common shape.

    Examples
    --------
    >>> [a.item() for a in finite_counts(21, 27, 30)]
    [21, 27, 30]
    """
    positive, answers = share_counts(k, n)
    positive, answers, total = np.broadcast_arrays(
        positive, answers, whole(n_total, pmsg("argument", "Registered"))
    )
    if np.any(total < 1):
        raise EstimationError(msg("Nobody is registered, so there is no share to estimate."))
    if np.any(answers > total):
        worst = np.argmax(answers > total)
        raise EstimationError(
            msg(
                "There are more answers ({n}) than registered ({n_total}).",
                n=int(answers.flat[worst]),
                n_total=int(total.flat[worst]),
            ),
            do=msg("Check for duplicates, or for people who are missing in the register."),
        )
    return positive, answers, total


def level(conf_level: float) -> float:
    """Return the confidence level if it lies strictly between 0 and 1.

    Parameters
    ----------
    conf_level
        A share, for example 0.95.

    Returns
    -------
    float
        The same level.

    Examples
    --------
    >>> level(0.9)
    0.9
    """
    if not 0 < conf_level < 1:
        raise EstimationError(
            msg("The confidence level must lie between 0 and 1; found {found}.", found=str(conf_level))
        )
    return float(conf_level)


def pick(registry: Mapping[str, Choice], key: str, name: Message | str) -> Choice:
    """Return the entry of a registry, or say which entries there are.

    Parameters
    ----------
    registry
        Functions or settings by name.
    key
        The name asked for.
    name
        What is chosen, for the error text.

    Returns
    -------
    object
        The entry.

    Examples
    --------
    >>> pick({"a": 1}, "a", "letter")
    1
    """
    if key not in registry:
        raise EstimationError(
            msg("There is no {name} called {found}.", name=name, found=str(key)), do=one_of(key, registry)
        )
    return registry[key]


def plain(values: ArrayLike) -> Any:
    """Return a Python number for one value, and the array unchanged for more.

    Parameters
    ----------
    values
        One number or an array.

    Returns
    -------
    int, float or numpy.ndarray
        A Python number when the shape is ().

    Examples
    --------
    >>> plain(np.float64(0.5))
    0.5
    """
    array = np.asarray(values)
    return array.item() if array.ndim == 0 else array


def demand_known(column: Any, names: Iterable[object]) -> None:
    """Refuse names that a classification does not have, which would select nobody.

    Parameters
    ----------
    column
        A pandas Series: a name is known if it is one of its categories, or occurs where it has none. A
        column that is empty knows nothing, and refuses nothing.
    names
        What is to be selected.

    Returns
    -------
    None

    Raises
    ------
    EstimationError
        With the nearest name.

    Examples
    --------
    >>> import pandas as pd
    >>> demand_known(pd.Series(["before", "after"], name="wave"), ["before"])
    """
    categories = getattr(column.dtype, "categories", None)
    known = list(column.dropna().unique() if categories is None else categories)
    for name in names:
        if known and name not in known:
            raise EstimationError(
                msg("The column {column} has no value {name}.", column=str(column.name), name=str(name)),
                do=one_of(name, known),
            )
