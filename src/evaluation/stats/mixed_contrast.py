"""Tests and intervals for linear mixed models in small samples."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.stats.checks import finite, level, pick
from evaluation.stats.design import Matrix
from evaluation.stats.differences import curvatures, slopes
from evaluation.stats.mixed_model import MixedFit
from evaluation.stats.mixed_products import TermRows
from evaluation.stats.student import t_limits, t_p_value
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

# Rows up to which Kenward and Roger's tables of rows by rows are made.
LARGEST_TABLE = 3_000
# Relative factors and the logarithm of the residual spread have no unit, so neither has their step.
STEP = 2e-4


@dataclass(frozen=True, slots=True)
class MixedContrast:
    """A weighted sum of coefficients of a mixed model.

    Attributes
    ----------
    estimate, std_error
        In the unit of the contrast.
    statistic, df, p_value
        t test against zero.
    conf_low, conf_high, conf_level
        Limits and confidence.
    method
        "satterthwaite" or "kenward_roger".
    singular
        Whether a variance is zero: the degrees of freedom treat it as known.
    n
        Rows.
    """

    estimate: float
    std_error: float
    statistic: float
    df: float
    p_value: float
    conf_low: float
    conf_high: float
    conf_level: float
    method: str
    singular: bool
    n: int


def _satterthwaite(fit: MixedFit, weights: Matrix) -> tuple[float, float]:
    """Variance of the contrast, and 2 variance^2 over the variance of that variance."""
    inside = np.append(fit.theta != 0, True)
    at = np.append(fit.theta, np.log(fit.residual_variance) / 2)

    def split(part: Matrix) -> tuple[Matrix, float]:
        filled = at.copy()
        filled[inside] = part
        return filled[:-1], float(np.exp(filled[-1]))

    information = curvatures(lambda part: fit.problem.deviance(*split(part)), at[inside], STEP) / 2
    slope = slopes(lambda part: weights @ fit.problem.covariance(*split(part)) @ weights, at[inside], STEP)
    own = float(weights @ fit.covariance @ weights)
    return own, 2 * own**2 / float(slope @ np.linalg.solve(information, slope))


def _tables(term: TermRows) -> list[Matrix]:
    """Give the derivatives of the variance of the rows by every variance and covariance of a term, (n, n) each."""
    same = term.group[:, None] == term.group
    columns = term.columns.T
    return [
        same * (np.outer(columns[i], columns[j]) + (np.outer(columns[j], columns[i]) if i != j else 0.0))
        for i, j in zip(*np.tril_indices(len(columns)), strict=True)
    ]


def _kenward_roger(fit: MixedFit, weights: Matrix) -> tuple[float, float]:
    """Give the adjusted variance of the contrast and its degrees of freedom."""
    if fit.n > LARGEST_TABLE:
        raise EstimationError(
            msg(
                "Kenward and Roger's adjustment is for at most {most} rows; found {n}.",
                most=LARGEST_TABLE,
                n=fit.n,
            ),
            do=msg("Use Satterthwaite's degrees of freedom."),
        )
    slopes_, q, w = _kenward_roger_parts(fit)
    phi = fit.covariance
    spread = sum(
        w[i, j] * (q[i][j] - slopes_[i] @ phi @ slopes_[j]) for i in range(len(w)) for j in range(len(w))
    )
    adjusted = float(weights @ (phi + 2 * phi @ spread @ phi) @ weights)
    own = float(weights @ phi @ weights)
    # For one contrast the approximations of Kenward and Roger meet in a function of a single number.
    along = np.array([-(weights @ phi @ slope @ phi @ weights) / own for slope in slopes_])
    a = float(along @ w @ along)
    b = 3.5 * a
    centre = 1 / (1 - a)
    variance = 2 * (1 - b / 7) / ((1 - 2 * b / 7) ** 2 * (1 - 4 * b / 7))
    ratio = variance / (2 * centre**2)
    return adjusted, 4 + 3 / (ratio - 1)


def _kenward_roger_parts(fit: MixedFit) -> tuple[list[Matrix], list[list[Matrix]], Matrix]:
    """First and second order terms of the inverse variance, and the covariance of the variances."""
    used = [
        (term, cov) for term, cov in zip(fit.problem.terms, fit.random, strict=True) if np.any(np.diag(cov))
    ]
    tables, variance = [np.eye(fit.n)], fit.residual_variance * np.eye(fit.n)
    for term, cov in used:
        own = _tables(term)
        variance = variance + sum(c * t for c, t in zip(cov[np.tril_indices(len(cov))], own, strict=True))
        tables += own
    inverse = np.linalg.inv(variance)
    x, phi = fit.problem.x, fit.covariance
    weighed = [inverse @ table for table in tables]
    left = [part @ (inverse @ x) for part in weighed]
    first = [-x.T @ part for part in left]
    second = [[part.T @ (variance @ other) for other in left] for part in left]
    information = np.array(
        [
            [
                np.sum(weighed[i] * weighed[j].T)
                - 2 * np.sum(phi * second[i][j])
                + np.sum((phi @ first[i]) * (phi @ first[j]).T)
                for j in range(len(tables))
            ]
            for i in range(len(tables))
        ]
    )
    return first, second, 2 * np.linalg.inv(information)


METHODS: Mapping[str, Callable[[MixedFit, Matrix], tuple[float, float]]] = {
    "satterthwaite": _satterthwaite,
    "kenward_roger": _kenward_roger,
}


def mixed_contrast(
    fit: MixedFit, weights: ArrayLike, conf_level: float = 0.95, *, method: str = "kenward_roger"
) -> MixedContrast:
    """Coefficient, or weighted sum of coefficients, of a mixed model with its interval.

    Parameters
    ----------
    fit
        From `mixed_model`.
    weights
        Weights of the coefficients, shape (p,), not all 0.
    conf_level
        Confidence, between 0 and 1.
    method
        "kenward_roger" (up to 3 000 rows) or "satterthwaite".

    Returns
    -------
    MixedContrast
        Says whether a variance was zero; prefer `cluster_inference` then.

    Notes
    -----
    Satterthwaite: df = 2 v^2 / var(v), v the variance of the contrast, by the slope of v after the variances
    and their information. Kenward and Roger: v with the uncertainty of the variances added,
    and df that match the first two moments of F. Both rest on normal levels with one variance for all.

    References
    ----------
    kenward1997, kuznetsova2017

    Examples
    --------
    >>> from evaluation.stats.mixed_model import RandomTerm, mixed_model
    >>> y = [1.0, 2.0, 4.0, 5.0, 3.0, 2.5, 6.0, 4.5]
    >>> fit = mixed_model(y, np.ones((8, 1)), [RandomTerm(list("aabbccdd"))])
    >>> round(mixed_contrast(fit, [1.0]).df, 3)
    3.0
    """
    vector = finite(weights, pmsg("argument", "The weights of the contrast"))
    if vector.size != fit.coefficients.size or not np.any(vector):
        raise EstimationError(
            msg(
                "A contrast needs one weight for each of {wanted} coefficients, not all 0; found {found}.",
                wanted=fit.coefficients.size,
                found=str(vector.tolist()),
            )
        )
    variance, df = pick(METHODS, method, pmsg("argument", "degrees of freedom"))(fit, vector)
    estimate, error = float(vector @ fit.coefficients), float(np.sqrt(variance))
    low, high = t_limits(estimate, error, df, level(conf_level))
    return MixedContrast(
        estimate=estimate,
        std_error=error,
        statistic=estimate / error,
        df=float(df),
        p_value=t_p_value(estimate / error, df),
        conf_low=low,
        conf_high=high,
        conf_level=float(conf_level),
        method=method,
        singular=fit.singular,
        n=fit.n,
    )
