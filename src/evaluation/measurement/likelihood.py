"""Factor models of continuous items by maximum likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.measurement.fit_indices import Fit, fit_indices, root_mean_residual
from evaluation.measurement.items import Matrix
from evaluation.measurement.structure import Minimum, Model, Moments, minimise, moments
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Sample:
    """What a group contributes.

    Attributes
    ----------
    covariance
        Divisor n, shape (p, p).
    mean
        Shape (p,).
    n
        People.
    """

    covariance: Matrix
    mean: Matrix
    n: int


@dataclass(frozen=True, slots=True)
class MaximumLikelihood:
    """A fitted factor model.

    Attributes
    ----------
    model
        The model.
    theta
        Estimates, shape (q,), in the order of `model.labels`.
    covariance
        Of the estimates, from the expected information, shape (q, q).
    fit
        Indices of fit.
    log_likelihood, aic, bic
        Of the data, and penalised for the number of parameters.
    converged
        Whether the search ended at a flat point.
    """

    model: Model
    theta: Matrix
    covariance: Matrix
    fit: Fit
    log_likelihood: float
    aic: float
    bic: float
    converged: bool

    def value(self, label: str) -> float:
        """Return the estimate of a parameter."""
        return float(self.theta[self.model.labels.index(label)])

    def std_error(self, label: str) -> float:
        """Return the standard error of a parameter."""
        place = self.model.labels.index(label)
        return float(np.sqrt(self.covariance[place, place]))


def sample_of(items: Matrix) -> Sample:
    """Covariances and means of complete answers.

    Parameters
    ----------
    items
        Shape (n, p).

    Returns
    -------
    Sample
        With divisor n.

    Examples
    --------
    >>> sample_of(np.array([[1.0], [3.0]])).covariance.tolist()
    [[1.0]]
    """
    mean = items.mean(axis=0)
    centred = items - mean
    covariance = centred.T @ centred / len(items)
    if len(items) <= items.shape[1] or np.linalg.slogdet(covariance)[0] <= 0:
        raise EstimationError(
            msg("There are too few people, or items repeat one another, for a factor model."),
            do=msg("Use the reliability of the scale, or fewer items."),
        )
    return Sample(covariance, mean, len(items))


def fit_model(model: Model, samples: Sequence[Sample]) -> MaximumLikelihood:
    """Fit a factor model by maximum likelihood.

    Parameters
    ----------
    model
        One part per group.
    samples
        Moments of each group, in the same order.

    Returns
    -------
    MaximumLikelihood
        Estimates, their covariances and the fit.

    Notes
    -----
    Minimises the sum over groups of n/N (log|Sigma| + tr(S Sigma^-1) - log|S| - p + d' Sigma^-1 d) with
    analytic derivatives by Fisher scoring; chi2 = N times the minimum. Assumes multivariate normal,
    independent people. Five-point items are near enough only if not skewed; else see `ordinal_model`.
    The company clusters make the test of fit too strict.

    References
    ----------
    joreskog1969

    Examples
    --------
    >>> from evaluation.measurement.cfa import one_factor
    >>> x = np.random.default_rng(1).normal(size=(200, 1)) + np.random.default_rng(2).normal(size=(200, 3))
    >>> fit_model(one_factor(sample_of(x)), [sample_of(x)]).fit.df
    0.0
    """
    found = minimise(lambda theta: _evaluate(model, samples, theta), model.start)
    if not np.isfinite(found.value) or not found.converged:
        raise EstimationError(
            msg("The factor model did not converge."), do=msg("Use fewer factors, or more people.")
        )
    return _summary(model, samples, found)


def _evaluate(model: Model, samples: Sequence[Sample], theta: Matrix) -> tuple[float, Matrix, Matrix]:
    """Return discrepancy, gradient and twice the expected information of one person."""
    n, q = sum(sample.n for sample in samples), theta.size
    value, gradient, curvature = 0.0, np.zeros(q), np.zeros((q, q))
    for group, sample in zip(model.groups, samples, strict=True):
        implied, share = moments(group, theta), sample.n / n
        part = group_likelihood(implied, sample)
        if part is None:
            return np.inf, gradient, curvature
        value += share * part[0]
        gradient += share * part[1]
        curvature += share * part[2]
    return value, gradient, curvature


def group_likelihood(implied: Moments, sample: Sample) -> tuple[float, Matrix, Matrix] | None:
    """Discrepancy of one group, its gradient and twice the expected information.

    Parameters
    ----------
    implied
        From the model.
    sample
        From the data.

    Returns
    -------
    tuple or None
        None where the implied covariances are impossible.

    Examples
    --------
    >>> one = np.eye(1)
    >>> same = Moments(one, np.zeros(1), np.ones((1, 1, 1)), np.zeros((1, 1)))
    >>> group_likelihood(same, Sample(one, np.zeros(1), 5))[0]
    0.0
    """
    sign, size = np.linalg.slogdet(implied.covariance)
    if sign <= 0 or np.linalg.eigvalsh(implied.covariance)[0] <= 0:
        return None
    inverse, away = np.linalg.inv(implied.covariance), sample.mean - implied.mean
    spread = sample.covariance + np.outer(away, away)
    value = size + np.sum(inverse * spread) - np.linalg.slogdet(sample.covariance)[1] - len(away)
    weight = inverse - inverse @ spread @ inverse
    gradient = np.einsum("ij,qij->q", weight, implied.covariance_by, optimize=True)
    gradient -= 2 * implied.mean_by @ (inverse @ away)
    turned = inverse @ implied.covariance_by
    curvature = np.einsum("aij,bji->ab", turned, turned, optimize=True)
    curvature += 2 * implied.mean_by @ inverse @ implied.mean_by.T
    return float(value), gradient, curvature


def _summary(model: Model, samples: Sequence[Sample], found: Minimum) -> MaximumLikelihood:
    n, p = sum(sample.n for sample in samples), len(samples[0].mean)
    means = any(np.any(part[name].number >= 0) for part in model.groups for name in ("intercepts", "means"))
    df = len(samples) * (p * (p + 1) // 2 + p * means) - found.theta.size
    saturated = -0.5 * sum(
        sample.n * (p * np.log(2 * np.pi) + np.linalg.slogdet(sample.covariance)[1] + p) for sample in samples
    )
    log_likelihood = float(saturated - n * found.value / 2)
    fit = fit_indices(
        n * found.value, df, _baseline(samples), n, _residual(model, samples, found.theta), len(samples)
    )
    return MaximumLikelihood(
        model=model,
        theta=found.theta,
        covariance=2 * np.linalg.pinv(_evaluate(model, samples, found.theta)[2]) / n,
        fit=fit,
        log_likelihood=log_likelihood,
        aic=2 * found.theta.size - 2 * log_likelihood,
        bic=float(np.log(n)) * found.theta.size - 2 * log_likelihood,
        converged=found.converged,
    )


def _baseline(samples: Sequence[Sample]) -> tuple[float, float]:
    p = len(samples[0].mean)
    chi2 = sum(
        sample.n * (np.sum(np.log(np.diag(sample.covariance))) - np.linalg.slogdet(sample.covariance)[1])
        for sample in samples
    )
    return float(chi2), float(len(samples) * p * (p - 1) / 2)


def _residual(model: Model, samples: Sequence[Sample], theta: Matrix) -> float:
    """Return the residual of the groups, weighted by their size; means count where they are modelled."""
    n, total = sum(sample.n for sample in samples), 0.0
    modelled = any(np.any(part["intercepts"].number >= 0) for part in model.groups)
    for group, sample in zip(model.groups, samples, strict=True):
        implied = moments(group, theta)
        means = (sample.mean, implied.mean) if modelled else (None, None)
        total += sample.n / n * root_mean_residual(sample.covariance, implied.covariance, *means)
    return total
