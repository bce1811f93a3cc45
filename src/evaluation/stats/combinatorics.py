"""How many ways there are, on the log scale."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special


def log_choose(many: ArrayLike, few: ArrayLike) -> NDArray[np.float64]:
    """Logarithm of the number of ways to choose a few out of many.

    Parameters
    ----------
    many
        Whole numbers of zero or more.
    few
        Whole numbers between 0 and `many`.

    Returns
    -------
    numpy.ndarray
        Natural logarithms, broadcast shape.

    Notes
    -----
    -log(many + 1) - log B(many - few + 1, few + 1), which stays exact for millions.

    Examples
    --------
    >>> round(float(np.exp(log_choose(5, 2))), 6)
    10.0
    """
    many, few = np.asarray(many, dtype=np.float64), np.asarray(few, dtype=np.float64)
    return -np.log1p(many) - special.betaln(many - few + 1, few + 1)
