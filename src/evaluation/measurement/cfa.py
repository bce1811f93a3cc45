"""Confirmatory factor analysis of one group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.likelihood import MaximumLikelihood, Sample, fit_model, sample_of
from evaluation.measurement.structure import Free, Model, build, table
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

Factors = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class FactorModel:
    """Factors of a set of items, with a loading for every item on its own factor.

    Attributes
    ----------
    loadings, std_errors
        Shape (p, m); 0 where an item does not belong to a factor, and the standard error of a
        loading that is fixed at 1 is 0.
    standardised
        Loadings for items and factors with variance 1, shape (p, m).
    factors
        Covariances of the factors, shape (m, m).
    residuals
        Residual variances, shape (p,).
    estimates
        The fitted model, with indices of fit.
    """

    loadings: Matrix
    std_errors: Matrix
    standardised: Matrix
    factors: Matrix
    residuals: Matrix
    estimates: MaximumLikelihood


@dataclass(frozen=True, slots=True)
class Omega:
    """Reliability of a sum score from a one-factor model.

    Attributes
    ----------
    estimate
        Omega: share of the variance implied by the model that is due to the factor.
    of_observed
        The same share of the observed variance.
    variance_extracted
        Mean squared standardised loading.
    composite_standardised
        Omega of the standardised items.
    model
        The factor model.
    """

    estimate: float
    of_observed: float
    variance_extracted: float
    composite_standardised: float
    model: FactorModel


def factor_specification(
    sample: Sample, factors: Factors, *, marker: bool, means: bool = False
) -> dict[str, np.ndarray]:
    """Return the matrices of a confirmatory factor model for one group.

    Parameters
    ----------
    sample
        Moments, for the starting values.
    factors
        For each factor the numbers of its items.
    marker
        True fixes the first loading of each factor at 1; False fixes the factors' variances at 1.
    means
        Whether intercepts are parameters.

    Returns
    -------
    dict
        Entries for `build`.

    Examples
    --------
    >>> sample = Sample(np.eye(3), np.zeros(3), 10)
    >>> factor_specification(sample, [[0, 1, 2]], marker=True)["loadings"][0, 0]
    1.0
    """
    p, m = len(sample.mean), len(factors)
    variance = np.diag(sample.covariance)
    loadings = [[0.0] * m for _ in range(p)]
    common = [[Free(f"factor_{min(a, b)}_{max(a, b)}", 0.0) for b in range(m)] for a in range(m)]
    for f, members in enumerate(factors):
        for i in members:
            size = np.sqrt(variance[i] / variance[members[0]]) if marker else 0.7 * np.sqrt(variance[i])
            loadings[i][f] = 1.0 if marker and i == members[0] else Free(f"loading_{i}_{f}", size)
        common[f][f] = Free(f"factor_{f}_{f}", 0.5 * variance[members[0]]) if marker else 1.0
    residuals = [
        [Free(f"residual_{i}", 0.5 * variance[i]) if i == j else 0.0 for j in range(p)] for i in range(p)
    ]
    found = [Free(f"intercept_{i}", sample.mean[i]) if means else sample.mean[i] for i in range(p)]
    matrices = {"loadings": loadings, "factors": common, "residuals": residuals, "intercepts": found}
    return {name: table(rows) for name, rows in matrices.items()} | {"means": table([0.0] * m)}


def one_factor(sample: Sample) -> Model:
    """Return the model of one factor with variance 1.

    Parameters
    ----------
    sample
        Moments, for the starting values.

    Returns
    -------
    Model
        For `fit_model`.

    Examples
    --------
    >>> len(one_factor(Sample(np.eye(3), np.zeros(3), 10)).labels)
    6
    """
    return build([factor_specification(sample, [list(range(len(sample.mean)))], marker=False)])


def cfa(items: ArrayLike, factors: Factors, *, marker: bool = True, means: bool = False) -> FactorModel:
    """Whether items measure the factors they were written for: confirmatory factor analysis.

    Parameters
    ----------
    items
        Complete answers, shape (n, p).
    factors
        For each factor the numbers of its items; every item belongs to one or more.
    marker
        True fixes the first loading of each factor at 1; False fixes the factors' variances at 1.
    means
        Whether intercepts are counted among the parameters; they are the observed means.

    Returns
    -------
    FactorModel
        Loadings, covariances of the factors, and fit.

    Notes
    -----
    See `fit_model`. A factor of three items alone has no degrees of freedom: its fit says nothing. With fewer
    than about 100 people, or items with fewer than five answers, do not judge by the indices of fit.

    References
    ----------
    joreskog1969

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(300, 1)) + rng.normal(size=(300, 4))
    >>> cfa(x, [[0, 1, 2, 3]]).estimates.fit.df
    2.0
    """
    data = item_matrix(items, 3, 4)
    members = sorted({i for factor in factors for i in factor})
    if members != list(range(data.shape[1])) or not all(len(factor) > 1 for factor in factors):
        raise EstimationError(msg("Every item must belong to a factor, and every factor needs two items."))
    sample = sample_of(data)
    model = build([factor_specification(sample, factors, marker=marker, means=means)])
    return factor_model(fit_model(model, [sample]))


def factor_model(estimates: MaximumLikelihood, group: int = 0) -> FactorModel:
    """Return the matrices of a fitted model.

    Parameters
    ----------
    estimates
        From `fit_model`.
    group
        Which group.

    Returns
    -------
    FactorModel
        With standardised loadings.

    Examples
    --------
    >>> sample = Sample(np.array([[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]]), np.zeros(3), 100)
    >>> factor_model(fit_model(one_factor(sample), [sample])).loadings.round(3).ravel().tolist()
    [0.707, 0.707, 0.707]
    """
    part, theta = estimates.model.groups[group], estimates.theta
    loadings, factors, residuals = (part[name].at(theta) for name in ("loadings", "factors", "residuals"))
    spread = np.sqrt(np.diag(loadings @ factors @ loadings.T + residuals))
    errors = np.append(np.sqrt(np.maximum(np.diag(estimates.covariance), 0.0)), 0.0)
    return FactorModel(
        loadings=loadings,
        std_errors=errors[part["loadings"].number],
        standardised=loadings * np.sqrt(np.diag(factors)) / spread[:, None],
        factors=factors,
        residuals=np.diag(residuals).copy(),
        estimates=estimates,
    )


def omega(items: ArrayLike) -> Omega:
    """Reliability of a scale when items differ in how well they measure: omega.

    Parameters
    ----------
    items
        Complete answers, shape (n, k), three or more items that point the same way.

    Returns
    -------
    Omega
        Omega, and the one-factor model behind it.

    Notes
    -----
    omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of residual variances). Assumes one factor and
    independent errors: look at the fit. Where several factors are meant, use `hierarchical_omega`.

    References
    ----------
    mcdonald1999, fornell1981

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(2000, 1)) + rng.normal(size=(2000, 4))
    >>> round(omega(x).estimate, 1)
    0.8
    """
    data = item_matrix(items, 3, 4)
    sample = sample_of(data)
    found = factor_model(fit_model(one_factor(sample), [sample]))
    common = float(found.loadings.sum() ** 2)
    standard = found.standardised[:, 0]
    unique = np.sum(1 - standard**2)
    return Omega(
        estimate=common / (common + float(found.residuals.sum())),
        of_observed=common / float(sample.covariance.sum()),
        variance_extracted=float(np.mean(standard**2)),
        composite_standardised=float(standard.sum() ** 2 / (standard.sum() ** 2 + unique)),
        model=found,
    )
