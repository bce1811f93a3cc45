"""Effects from a model of who takes part and a model of the outcome: right if one of them is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import finite
from evaluation.stats.design import Matrix, orthonormal_columns
from evaluation.stats.linear import weighted_rows
from evaluation.stats.logistic import logistic_fit
from evaluation.stats.propensity import sides
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

ROUNDS = 200
ROUNDING = 1e-12
"""Losses that differ by less, as a part of the loss, are the same but for rounding."""
AGREED = 1e-12
LARGEST = 600.0


@dataclass(frozen=True, slots=True)
class Influence:
    """An estimate with what every row adds to it.

    Attributes
    ----------
    estimate
        In the unit of the outcome.
    influence
        Shape (n,), with mean 0: the estimate is off by its mean, so its spread gives the standard error.
    """

    estimate: float
    influence: Matrix

    def std_error(self, spent: int = 0) -> float:
        """Return the standard error for independent rows, with divisor n less `spent`."""
        n = self.influence.size
        return float(np.sqrt(np.sum(self.influence**2) / (n - spent) / n))


@dataclass(frozen=True, slots=True)
class Augmented:
    """Estimates by augmented inverse probability weighting, and the simpler ones it consists of.

    Attributes
    ----------
    all, treated
        The doubly robust effect for everyone, and for those who took part.
    treated_normalised
        The effect for those who took part, with weights brought to sum 1.
    regression_all, regression_treated
        From the outcome models alone.
    weighting_all
        From the weights alone, brought to sum 1.
    """

    all: Influence
    treated: Influence
    treated_normalised: float
    regression_all: float
    regression_treated: float
    weighting_all: float


def _predict(y: Matrix, x: Matrix, rows: np.ndarray, weights: Matrix | None = None) -> Matrix:
    own_y, own_x = y[rows], x[rows]
    if weights is not None:
        own_y, own_x, _ = weighted_rows(own_y, own_x, weights[rows])
    columns, root = orthonormal_columns(own_x)
    return x @ (root @ (columns.T @ own_y))


def augmented_weighting(y: ArrayLike, treated: ArrayLike, x: ArrayLike) -> Augmented:
    """Effect of taking part, from weights and outcome models together.

    Parameters
    ----------
    y
        Outcome, shape (n,).
    treated
        1 or 0, shape (n,).
    x
        Columns of both models, shape (n, p), the column of ones first.

    Returns
    -------
    Augmented
        With the influence of every row, so that organisations can be put together.

    Notes
    -----
    e from a logistic model; m1, m0 linear models on either side. All: mean of
    m1 - m0 + t (y - m1) / e - (1 - t) (y - m0) / (1 - e). Treated: mean of
    [t - (1 - t) e / (1 - e)] (y - m0) over mean t. Right for large n if either model is right.

    References
    ----------
    robins1994, lunceford2004

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.column_stack([np.ones(400), rng.normal(size=400)])
    >>> took = (rng.normal(size=400) < x[:, 1]).astype(float)
    >>> round(augmented_weighting(x[:, 1] + 2 * took, took, x).treated.estimate, 6)
    2.0
    """
    outcome, took = finite(y, pmsg("argument", "The outcome")), sides(treated)
    design = np.asarray(x, dtype=float)
    chance = logistic_fit(took.astype(float), design).probability
    with_it, without = _predict(outcome, design, took), _predict(outcome, design, ~took)
    t = took.astype(float)
    odds = (1 - t) * chance / (1 - chance)
    pseudo = with_it - without + t * (outcome - with_it) / chance
    pseudo = pseudo - (1 - t) * (outcome - without) / (1 - chance)
    left, share = outcome - without, t.mean()
    of_treated = (t - odds) * left / share
    effect = float(of_treated.mean())
    one, zero = t / chance, (1 - t) / (1 - chance)
    return Augmented(
        all=Influence(float(pseudo.mean()), pseudo - pseudo.mean()),
        treated=Influence(effect, of_treated - t * effect / share),
        treated_normalised=float(np.mean(t * left) / share - np.sum(odds * left) / odds.sum()),
        regression_all=float(np.mean(with_it - without)),
        regression_treated=float(np.mean((with_it - without)[took])),
        weighting_all=float(one @ outcome / one.sum() - zero @ outcome / zero.sum()),
    )


@dataclass(frozen=True, slots=True)
class RobustChange:
    """Difference-in-differences with covariates, by four estimators.

    Attributes
    ----------
    doubly_robust
        Logistic weights and outcome regression (Sant'Anna and Zhao).
    improved
        The same with calibrated weights and weighted regression: also its standard error is doubly robust.
    weighting
        Normalised weights alone.
    regression
        Outcome regression alone.
    """

    doubly_robust: Influence
    improved: Influence
    weighting: Influence
    regression: Influence


def robust_change(change: ArrayLike, treated: ArrayLike, x: ArrayLike) -> RobustChange:
    """Difference in change between those who took part and the others, given what was known before.

    Parameters
    ----------
    change
        After less before for each person, shape (n,).
    treated
        1 or 0, shape (n,).
    x
        What was known before, shape (n, p), the column of ones first.

    Returns
    -------
    RobustChange
        Effects for those who took part, with the influence of every row.

    Notes
    -----
    mean_treated(change - m) - mean_w(change - m) with m the change that the comparison group had given
    x, and w = e / (1 - e) over the comparison group. Assumes that given x both groups would have changed
    alike, and that everyone could have been in the comparison group.

    References
    ----------
    santanna2020, heckman1997, abadie2005

    Examples
    --------
    >>> x = np.column_stack([np.ones(6), [0, 1, 2, 0, 1, 2]])
    >>> found = robust_change([2.0, 3.0, 4.0, 1.0, 2.0, 3.0], [1, 1, 1, 0, 0, 0], x)
    >>> round(found.doubly_robust.estimate, 6)
    1.0
    """
    y, took = finite(change, pmsg("argument", "The outcome")), sides(treated)
    design, t = np.asarray(x, dtype=float), took.astype(float)
    fit = logistic_fit(t, design)
    chance, of_score = fit.probability, _score_influence(t, design, fit.probability)
    expected = _predict(y, design, ~took)
    odds = (1 - t) * chance / (1 - chance)
    of_outcome = _outcome_influence(y - expected, design, 1 - t)
    calibrated = np.exp(design @ _calibrated(t, design)) * (1 - t)
    weighted = _predict(y, design, ~took, calibrated)
    nothing = np.zeros_like(design)
    return RobustChange(
        doubly_robust=_difference(y - expected, t, odds, design, of_score, of_outcome),
        improved=_difference(y - weighted, t, calibrated, design, nothing, nothing),
        weighting=_difference(y, t, odds, design, of_score, nothing),
        regression=_by_regression(y, t, expected, design, of_outcome),
    )


def _score_influence(t: Matrix, x: Matrix, chance: Matrix) -> Matrix:
    """Find what each row adds to the coefficients of the logistic model, shape (n, p)."""
    information = x.T @ ((chance * (1 - chance))[:, None] * x) / len(x)
    return ((t - chance)[:, None] * x) @ np.linalg.inv(information)


def _outcome_influence(residual: Matrix, x: Matrix, member: Matrix) -> Matrix:
    """Find what each row adds to the coefficients of the outcome model, shape (n, p)."""
    return ((member * residual)[:, None] * x) @ np.linalg.inv(x.T @ (member[:, None] * x) / len(x))


def _difference(
    left: Matrix, t: Matrix, odds: Matrix, x: Matrix, of_score: Matrix, of_outcome: Matrix
) -> Influence:
    mean_t, mean_w = float(t @ left / t.sum()), float(odds @ left / odds.sum())
    one = t * (left - mean_t) - of_outcome @ np.mean(t[:, None] * x, axis=0)
    zero = odds * (left - mean_w) - of_outcome @ np.mean(odds[:, None] * x, axis=0)
    zero = zero + of_score @ np.mean((odds * (left - mean_w))[:, None] * x, axis=0)
    return Influence(mean_t - mean_w, one / t.mean() - zero / odds.mean())


def _by_regression(y: Matrix, t: Matrix, expected: Matrix, x: Matrix, of_outcome: Matrix) -> Influence:
    mean_t, mean_e = float(t @ y / t.sum()), float(t @ expected / t.sum())
    zero = t * (expected - mean_e) + of_outcome @ np.mean(t[:, None] * x, axis=0)
    return Influence(mean_t - mean_e, (t * (y - mean_t) - zero) / t.mean())


def _calibrated(t: Matrix, x: Matrix) -> Matrix:
    """Coefficients of log odds at which the weighted comparison group has the treated's sums of x."""
    columns, root = orthonormal_columns(x)
    total = columns.T @ t
    found = np.linalg.lstsq(columns, np.full(len(x), np.log(t.sum() / (len(t) - t.sum()))), rcond=None)[0]
    for _ in range(ROUNDS):
        odds = np.exp(columns @ found) * (1 - t)
        slope = columns.T @ odds - total
        if np.max(np.abs(slope)) < AGREED * len(t):
            return root @ found
        way = np.linalg.solve(columns.T @ (odds[:, None] * columns), slope)
        size, before = 1.0, _loss(columns, t, found)
        enough = before + ROUNDING * max(1.0, abs(before))
        while size > 1e-9 and not _loss(columns, t, found - size * way) <= enough:
            size /= 2
        found = found - size * way
    raise EstimationError(msg("No weights give the comparison group the means of those who took part."))


def _loss(columns: Matrix, t: Matrix, found: Matrix) -> float:
    score = columns @ found
    return float(np.sum((1 - t) * np.exp(np.minimum(score, LARGEST)) - t * score))
