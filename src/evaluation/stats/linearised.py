"""How much each person moves an estimate that follows from means, so that it can be judged as a mean is."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import as_float
from evaluation.vocabulary.message import pmsg

# An imaginary step has no difference that could cancel, so it may be as small as this.
STEP = 1e-20


def moment_influence(values: ArrayLike, statistic: Callable[[NDArray], NDArray]) -> NDArray[np.float64]:
    """How much every person moves estimates that are functions of means, such as a standardised change.

    Parameters
    ----------
    values
        Shape (n, k), without missing values.
    statistic
        Function of the k means, (k,) -> (m,), of sums, products, quotients and roots; called with complex
        numbers.

    Returns
    -------
    numpy.ndarray
        Shape (n, m); every column has the mean 0.

    Notes
    -----
    u_i = (values_i - mean) D', D the derivative of the statistic at the means. The estimate has in large
    samples the variance of the mean of u, whatever people of one organisation share, so `mean_inference` of
    estimate + u judges it. Not for medians and other statistics that jump.

    References
    ----------
    binder1983

    Examples
    --------
    >>> values = np.array([[1.0, 2.0], [3.0, 2.0]])
    >>> moment_influence(values, lambda mean: mean[:1] / mean[1:]).tolist()
    [[-0.5], [0.5]]
    """
    table = as_float(values, pmsg("argument", "The values"))
    mean = table.mean(axis=0)
    steps = mean + 1j * STEP * np.eye(mean.size)
    slopes = np.stack([np.imag(statistic(step)) / STEP for step in steps])
    return (table - mean) @ slopes
