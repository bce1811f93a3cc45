"""Factor models of items that are not normal: robust standard errors and tests of fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.measurement.cfa import FactorModel, Factors, cfa
from evaluation.measurement.fit_indices import Fit, fit_indices
from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.likelihood import (
    MaximumLikelihood,
    Sample,
    fit_model,
    group_likelihood,
    sample_of,
)
from evaluation.measurement.structure import build, moments, table

STEP = 1e-5


@dataclass(frozen=True, slots=True)
class RobustFit:
    """Fit and precision that do not need normal items.

    Attributes
    ----------
    model
        The factor model by maximum likelihood.
    std_errors
        Of the loadings, shape (p, m); 0 where fixed.
    covariance
        Of the estimates, shape (q, q).
    scaled
        Indices of fit from the scaled chi-square.
    scaling
        Chi-square divided by the scaled one.
    cfi, tli, rmsea
        Estimates of what these would be for normal items.
    """

    model: FactorModel
    std_errors: Matrix
    covariance: Matrix
    scaled: Fit
    scaling: float
    cfi: float
    tli: float
    rmsea: float


def robust_cfa(items: ArrayLike, factors: Factors) -> RobustFit:
    """Confirmatory factor analysis with standard errors and fit that allow for items that are not normal.

    Parameters
    ----------
    items
        Complete answers, shape (n, p).
    factors
        For each factor the numbers of its items; the first loading of each is 1.

    Returns
    -------
    RobustFit
        Estimates are those of `cfa`.

    Notes
    -----
    Covariance H^-1 B H^-1 / n with observed information H and products of scores B. The chi-square is divided by
    (tr(B1 A1^-1) - tr(B H^-1)) / df, where A1 and B1 belong to free moments. Suits five or more
    answer categories; people are still taken as independent.

    References
    ----------
    yuan2000, brosseau2012

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(300, 1)) + rng.normal(size=(300, 4))
    >>> bool(abs(robust_cfa(x, [[0, 1, 2, 3]]).scaling - 1) < 0.3)
    True
    """
    data = item_matrix(items, 3, 4)
    model, sample = cfa(data, factors), sample_of(data)
    fitted, n = model.estimates, len(data)
    covariance, scaling = _sandwich(data, fitted)
    unrelated = _unrelated(sample)
    base_scaling = _sandwich(data, unrelated)[1]
    fit, base_df = fitted.fit, fitted.fit.baseline_df
    scaled = fit_indices(
        fit.chi2 / scaling, fit.df, (unrelated.fit.chi2 / base_scaling, base_df), n, fit.srmr
    )
    excess, base_excess = fit.chi2 - scaling * fit.df, fit.baseline_chi2 - base_scaling * base_df
    worse = max(excess, 0.0) / max(base_excess, excess, 1e-300)
    errors = np.append(np.sqrt(np.diag(covariance)), 0.0)
    return RobustFit(
        model=model,
        std_errors=errors[fitted.model.groups[0]["loadings"].number],
        covariance=covariance,
        scaled=scaled,
        scaling=scaling,
        cfi=1 - worse,
        tli=1 - excess / fit.df / (base_excess / base_df),
        rmsea=float(np.sqrt(max(excess, 0.0) / (n * fit.df))),
    )


def _unrelated(sample: Sample) -> MaximumLikelihood:
    """Fit the model in which every item stands alone."""
    return fit_model(build([_unrelated_specification(sample)]), [sample])


def _unrelated_specification(sample: Sample) -> dict[str, np.ndarray]:
    variance, p = np.diag(sample.covariance), len(sample.mean)
    residuals = np.array([[0.0] * p] * p, dtype=object)
    for i in range(p):
        residuals[i, i] = f"residual_{i}|{variance[i]}"
    empty = {"loadings": table([[0.0]] * p), "factors": table([[1.0]]), "means": table([0.0])}
    return empty | {"residuals": residuals, "intercepts": table(list(sample.mean))}


def _sandwich(data: Matrix, fitted: MaximumLikelihood) -> tuple[Matrix, float]:
    """Return the robust covariance of the estimates and the scaling of the chi-square."""
    group, theta, n = fitted.model.groups[0], fitted.theta, len(data)
    implied = moments(group, theta)
    sample = sample_of(data)
    lower = np.tril_indices(data.shape[1])
    by = implied.covariance_by[:, lower[0], lower[1]].T
    scores = _scores(data, implied.covariance) @ by
    inverse = np.linalg.inv(_observed_information(group, theta, sample))
    products = scores.T @ scores / n
    free = _scores(data, sample.covariance)
    information = _free_information(sample.covariance)
    spread = np.trace(np.linalg.solve(information, free.T @ free / n)) - np.trace(products @ inverse)
    return inverse @ products @ inverse / n, float(spread / max(fitted.fit.df, 1.0))


def _observed_information(group, theta: Matrix, sample: Sample) -> Matrix:
    """Return half the second derivatives of the discrepancy, from differences of its gradient."""
    q = theta.size
    second = np.empty((q, q))
    for place, step in enumerate(STEP * np.eye(q)):
        up, down = (group_likelihood(moments(group, theta + s), sample) for s in (step, -step))
        second[place] = (up[1] - down[1]) / (2 * STEP)
    return (second + second.T) / 4


def _scores(data: Matrix, covariance: Matrix) -> Matrix:
    """Return each person's derivatives of the log likelihood by the covariances."""
    inverse = np.linalg.inv(covariance)
    turned = (data - data.mean(axis=0)) @ inverse
    square = (turned[:, :, None] * turned[:, None, :] - inverse) / 2
    lower = np.tril_indices(len(covariance))
    return square[:, lower[0], lower[1]] * np.where(lower[0] == lower[1], 1.0, 2.0)


def _free_information(covariance: Matrix) -> Matrix:
    """Return the information of one person about free covariances."""
    inverse = np.linalg.inv(covariance)
    i, j = np.tril_indices(len(covariance))
    doubled = np.where(i == j, 1.0, 2.0)
    cross = inverse[np.ix_(i, i)] * inverse[np.ix_(j, j)] + inverse[np.ix_(i, j)] * inverse[np.ix_(j, i)]
    return cross * np.outer(doubled, doubled) / 4
