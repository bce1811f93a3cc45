"""Effects by years since the start if trends were not parallel, but not wildly so: intervals of Rambachan and Roth.

Estimates are in the order of time, those before the start first, all of them against the last period before it, which
is not among them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

NOTHING = 1e-12
"""What is smaller, beside what it is compared with, is nothing but rounding."""
LARGEST_SHIFT = 30.0
"""From here on the other tail of a normal number is nothing."""


@dataclass(frozen=True, slots=True)
class HonestInterval:
    """An interval that holds although trends differed.

    Attributes
    ----------
    estimate
        In the unit of the estimates: the middle of the interval of `smooth_trend_interval`, the estimate as it is of
        `similar_trend_interval`.
    bound_low, bound_high
        What would remain were there no chance in the estimates.
    conf_low, conf_high
        The interval.
    """

    estimate: float
    bound_low: float
    bound_high: float
    conf_low: float
    conf_high: float


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by periods since the start, with all that is needed for intervals; b periods before, a from the start on.

    Attributes
    ----------
    estimate
        Shape (b + a,), in any unit.
    covariance
        Shape (b + a, b + a), in the square of that unit.
    before
        b, at least 1.
    weight
        Shape (a,): the effect of interest is the sum of these times the effects from the start on.
    """

    estimate: Matrix
    covariance: Matrix
    before: int
    weight: Matrix

    @property
    def added(self) -> Matrix:
        """Return the weights of all estimates in the effect of interest, shape (b + a,)."""
        return np.r_[np.zeros(self.before), self.weight]

    @property
    def steps(self) -> Matrix:
        """Return what makes estimates into differences from one period to the next, shape (b + a, b + a)."""
        with_base = np.insert(np.eye(self.estimate.size), self.before, 0.0, axis=0)
        return np.diff(with_base, axis=0)

    def latest(self, before: int) -> "EventStudy":
        """Return the same with at most so many periods before the start, the last ones."""
        first = max(self.before - before, 0)
        covariance = self.covariance[first:, first:]
        return EventStudy(self.estimate[first:], covariance, self.before - first, self.weight)

    def error(self, combined: Matrix) -> Matrix:
        """Return standard errors of combinations of the estimates, shape (..., b + a) to (...)."""
        return np.sqrt(np.maximum(np.einsum("...i,ij,...j", combined, self.covariance, combined), 0.0))


def event_study(estimate: ArrayLike, covariance: ArrayLike, before: int, weight: ArrayLike) -> EventStudy:
    """Return effects by periods since the start after checking that they fit together.

    Parameters
    ----------
    estimate
        Effects against the last period before the start, in the order of time and without that period, shape (n,).
    covariance
        Of the estimates, shape (n, n).
    before
        How many of them are from before the start, at least 1.
    weight
        Of those from the start on in the effect of interest, shape (n - before,).

    Returns
    -------
    EventStudy
        The same.

    Raises
    ------
    EstimationError
        If the shapes do not fit or something is missing.

    Examples
    --------
    >>> event_study([0.1, 0.4], [[0.01, 0.0], [0.0, 0.01]], 1, [1.0]).added.tolist()
    [0.0, 1.0]
    """
    values, spread, weights = (as_float(one, "estimate") for one in (estimate, covariance, weight))
    fits = spread.shape == (values.size, values.size) and weights.size == values.size - before and before >= 1
    if not (fits and weights.size and np.isfinite(values).all() and np.isfinite(spread).all()):
        raise EstimationError(msg("Differences by time need one from before and one from after the start."))
    return EventStudy(values, spread, before, weights)


def smooth_trend_interval(found: EventStudy, bend: float, *, conf_level: float = 0.95) -> HonestInterval:
    """Interval of an effect if the difference in trends bends by no more than so much from period to period.

    Parameters
    ----------
    found
        From `event_study`.
    bend
        M, at least 0 and in the unit of the estimates: by how much the slope of the difference in trends may change
        from one period to the next. With 0 the difference before the start goes on as a straight line.
    conf_level
        Confidence, between 0 and 1.

    Returns
    -------
    HonestInterval
        Of fixed length; its middle is an estimate of its own, with a trend before the start taken off.

    Notes
    -----
    Among the estimators v' estimate, where v has the given weights from the start on and no bias under straight lines,
    that with the shortest interval: with u_s the sum over t > s of (t - s) v_(-t), the bias is at most
    B = M (sum of |u_s| over s >= 1 before the start + the same of the weights after it), and the half-length
    se(v) q(B / se(v)), q(x) the quantile of |N(x, 1)|, is convex in u. Bounds without chance are the estimate plus and
    minus what M allows a trend to bend away from the last step before the start.

    References
    ----------
    rambachan2023

    Examples
    --------
    >>> line = event_study([-0.2, -0.1, 0.6], 0.0001 * np.eye(3), 2, [1.0])
    >>> found = smooth_trend_interval(line, 0.0)
    >>> round(found.estimate, 6)
    0.5
    """
    base, free, kept = *_unbiased(found), _bent_after(found.weight)
    split = np.zeros(2 * free.shape[1])
    if split.size:
        quadratic, linear = free.T @ found.covariance @ free, free.T @ found.covariance @ base
        least = -np.linalg.lstsq(quadratic, linear, rcond=None)[0]
        split = np.r_[np.maximum(least, 0.0), np.maximum(-least, 0.0)]
        if bend > 0:
            split = _shortest(found, base, free, bend, kept, 1 - conf_level, split)
    weights = base + free @ _joined(split)
    error, bias = float(found.error(weights)), bend * (kept + float(split.sum()))
    half = error * folded_quantile(bias / error, conf_level) if error > 0 else bias
    middle, straight, off = float(weights @ found.estimate), float(base @ found.estimate), bend * kept
    return HonestInterval(middle, straight - off, straight + off, middle - half, middle + half)


def folded_quantile(shift: float, probability: float) -> float:
    """Quantile of the size of a normal number with variance 1.

    Parameters
    ----------
    shift
        Its mean, at least 0.
    probability
        Between 0 and 1.

    Returns
    -------
    float
        c with P(|N(shift, 1)| <= c) = probability.

    Examples
    --------
    >>> round(folded_quantile(0.0, 0.95), 4), round(folded_quantile(9.0, 0.95), 4)
    (1.96, 10.6449)
    """
    ends = shift + special.ndtri(probability), shift + special.ndtri((1 + probability) / 2)
    if shift > LARGEST_SHIFT:
        return float(ends[0])
    return float(
        optimize.brentq(
            lambda c: special.ndtr(c - shift) - special.ndtr(-c - shift) - probability,
            max(ends[0] - NOTHING, 0.0),
            ends[1] + NOTHING,
            xtol=1e-14,
        )
    )


def _joined(split: Matrix) -> Matrix:
    """Return numbers from their positive and negative parts."""
    return split[: split.size // 2] - split[split.size // 2 :]


def _unbiased(found: EventStudy) -> tuple[Matrix, Matrix]:
    """Return weights without bias under straight lines: some, shape (n,), and what may be added, shape (n, b - 1)."""
    places = np.arange(1, found.weight.size + 1)
    second = np.zeros((found.before, found.before + 2))
    for row in range(found.before):
        second[row, row : row + 3] = 1.0, -2.0, 1.0
    back = second[::-1]
    base = np.r_[back[:, 0] * (places @ found.weight), found.weight]
    free = np.vstack([back[:, 1 : found.before], np.zeros((places.size, found.before - 1))])
    return base, free


def _bent_after(weight: Matrix) -> float:
    """Return by how much the effect of interest is off if every bend from the start on is 1, each to its worse side."""
    return float(np.abs(np.cumsum(np.cumsum(weight[::-1]))).sum())


def _shortest(found: EventStudy, base: Matrix, free: Matrix, bend: float, kept: float, alpha: float,
              start: Matrix) -> Matrix:  # fmt: skip
    """Return the bends before the start, in positive and negative parts, with the shortest interval."""
    scale = float(found.error(base + free @ _joined(start)))

    def length(split: Matrix) -> tuple[float, Matrix]:
        weights = base + free @ _joined(split)
        spread = found.covariance @ weights
        error = max(float(np.sqrt(max(weights @ spread, 0.0))), NOTHING * scale)
        shift = bend * (kept + float(split.sum())) / error
        limit = folded_quantile(shift, 1 - alpha)
        slope = float(np.tanh(limit * shift))
        by_error = (limit - shift * slope) * (free.T @ spread) / error
        return error * limit / scale, (np.r_[by_error, -by_error] + slope * bend) / scale

    found_best = optimize.minimize(
        length, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * start.size,
        options={"maxiter": 2000, "maxfun": 5000, "ftol": 1e-15, "gtol": 1e-9},
    )  # fmt: skip
    return np.asarray(found_best.x)
