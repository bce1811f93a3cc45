"""Factor models of ordered items by diagonally weighted least squares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import linalg, special

from evaluation.measurement.fit_indices import Fit, fit_indices
from evaluation.measurement.items import Matrix
from evaluation.measurement.ordinal_sample import OrdinalSample
from evaluation.measurement.structure import Model, Moments, minimise, moments
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """A fitted factor model of ordered items.

    Attributes
    ----------
    model
        The model.
    theta
        Estimates, shape (q,), in the order of `model.labels`.
    covariance
        Robust, of the estimates, shape (q, q).
    plain
        Fit from the statistic without correction; not for judging.
    scaled
        Fit from the mean-and-variance-adjusted statistic.
    scale
        What the plain statistic is divided by, before the shift.
    trace, trace_square
        Sum and sum of squares of the weights that make up the statistic.
    jacobian
        Derivatives of all groups' thresholds and correlations by the parameters, shape (statistics, q).
    """

    model: Model
    theta: Matrix
    covariance: Matrix
    plain: Fit
    scaled: Fit
    scale: float
    trace: float
    trace_square: float
    jacobian: Matrix

    def value(self, label: str) -> float:
        """Return the estimate of a parameter."""
        return float(self.theta[self.model.labels.index(label)])

    def std_error(self, label: str) -> float:
        """Return the standard error of a parameter."""
        place = self.model.labels.index(label)
        return float(np.sqrt(self.covariance[place, place]))


@dataclass(frozen=True, slots=True)
class OrdinalDifference:
    """How much worse a model with more equal fits than one with less.

    Attributes
    ----------
    chi2, df, p_value
        Scaled and shifted difference of the statistics.
    rmsea
        Root mean square error per equality that was added.
    """

    chi2: float
    df: float
    p_value: float
    rmsea: float


def _given(implied: Moments, points: Matrix, by: Matrix, item) -> tuple[Matrix, Matrix]:
    """Return statistics and derivatives when the answers' variables have variance 1 by definition."""
    lower = np.tril_indices(len(implied.mean), -1)
    values = np.concatenate([points - implied.mean[item], implied.covariance[lower]])
    change = np.concatenate([by - implied.mean_by.T[item], implied.covariance_by[:, lower[0], lower[1]].T])
    return values, change


def _divided(implied: Moments, points: Matrix, by: Matrix, item) -> tuple[Matrix, Matrix]:
    """Return statistics and derivatives when the variables are divided by their standard deviations."""
    variance = np.diag(implied.covariance)
    variance_by = np.diagonal(implied.covariance_by, axis1=1, axis2=2)
    i, j = np.tril_indices(len(variance), -1)
    cut = (points - implied.mean[item]) / np.sqrt(variance[item])
    root = np.sqrt(variance[i] * variance[j])
    related = implied.covariance[i, j] / root
    half = variance_by / (2 * variance)
    cut_by = (by.T - implied.mean_by[:, item]) / np.sqrt(variance[item]) - cut * half[:, item]
    related_by = implied.covariance_by[:, i, j] / root - related * (half[:, i] + half[:, j])
    return np.concatenate([cut, related]), np.hstack([cut_by, related_by]).T


PARAMETERISATIONS: Mapping[str, Callable] = {"delta": _given, "theta": _divided}


def fit_ordinal(
    model: Model, samples: Sequence[OrdinalSample], parameterisation: str = "theta"
) -> OrdinalFit:
    """Fit a factor model of ordered items.

    Parameters
    ----------
    model
        One part per group, with thresholds.
    samples
        Of each group, in the same order.
    parameterisation
        "delta": the variables behind the answers have variance 1, residuals are what is left; "theta":
        residual variances are parameters or fixed.

    Returns
    -------
    OrdinalFit
        Judge fit by `scaled`.

    Notes
    -----
    Minimises the sum over groups of (n - 1) r' W r with r the residuals of thresholds and polychoric
    correlations and W the inverse of the diagonal of their covariance. The statistic T becomes
    T/a + df - tr(UG)/a with a = sqrt(tr(UGUG)/df), which has mean and variance of a chi-square. Assumes
    independent people. Below 200 people the tests are too strict; clusters make it worse.

    References
    ----------
    muthen1984, muthen1997, asparouhov2010

    Examples
    --------
    >>> from evaluation.measurement.ordinal import ordinal_cfa
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(rng.normal(size=(200, 1)) + rng.normal(size=(200, 4)), [-1, 1])
    >>> ordinal_cfa(x, [[0, 1, 2, 3]]).estimates.scaled.df
    2.0
    """
    weights = [1 / np.diag(sample.gamma) for sample in samples]

    def evaluate(theta: Matrix) -> tuple[float, Matrix, Matrix]:
        return _discrepancy(model, samples, weights, theta, parameterisation)

    found = minimise(evaluate, model.start)
    if not np.isfinite(found.value) or not found.converged:
        raise EstimationError(
            msg("The factor model did not converge."), do=msg("Use fewer factors, or more people.")
        )
    return _summary(model, samples, found.theta, found.value, parameterisation)


def _residuals(model, sample, g, theta, parameterisation):
    group = model.groups[g]
    implied = moments(group, theta)
    block = group["thresholds"]
    by = np.zeros((block.number.size, theta.size))
    free = np.nonzero(block.number >= 0)[0]
    by[free, block.number[free]] = 1.0
    if np.any(np.diag(implied.covariance) <= 0):
        return None
    values, change = PARAMETERISATIONS[parameterisation](implied, block.at(theta), by, sample.item)
    return sample.statistics - values, change


def _discrepancy(model, samples, weights, theta, parameterisation) -> tuple[float, Matrix, Matrix]:
    n, q = _weight(samples), theta.size
    value, gradient, curvature = 0.0, np.zeros(q), np.zeros((q, q))
    for g, (sample, weight) in enumerate(zip(samples, weights, strict=True)):
        parts = _residuals(model, sample, g, theta, parameterisation)
        if parts is None:
            return np.inf, gradient, curvature
        rest, by = parts
        weighted = by * (weight * (sample.n - 1) / n)[:, None]
        value += float(rest**2 @ weight) * (sample.n - 1) / n
        gradient -= 2 * weighted.T @ rest
        curvature += 2 * weighted.T @ by
    return value, gradient, curvature


def _weight(samples: Sequence[OrdinalSample]) -> int:
    """Return what statistics are multiplied by: people less one in each group."""
    return sum(sample.n - 1 for sample in samples)


def _stacked(samples: Sequence[OrdinalSample]) -> tuple[Matrix, Matrix]:
    """Return the weights and the covariance of all groups' statistics, on the scale of the total."""
    n = _weight(samples)
    sizes = [len(sample.gamma) for sample in samples]
    gamma = np.zeros((sum(sizes), sum(sizes)))
    ends = np.cumsum([0, *sizes])
    for start, end, sample in zip(ends[:-1], ends[1:], samples, strict=True):
        gamma[start:end, start:end] = sample.gamma * n / (sample.n - 1)
    return np.concatenate([(sample.n - 1) / n / np.diag(sample.gamma) for sample in samples]), gamma


def _summary(model, samples, theta: Matrix, value: float, parameterisation: str) -> OrdinalFit:
    n = _weight(samples)
    parts = [_residuals(model, sample, g, theta, parameterisation) for g, sample in enumerate(samples)]
    by = np.vstack([change for _, change in parts])
    weight, gamma = _stacked(samples)
    df = len(weight) - theta.size
    bread = np.linalg.pinv(by.T @ (weight[:, None] * by))
    weighted = weight[:, None] * by
    rest = np.diag(weight) - weighted @ bread @ weighted.T
    product = rest @ gamma
    trace, square = float(np.trace(product)), float(np.sum(product * product.T))
    middle = weighted.T @ gamma @ weighted
    p = len(samples[0].correlations)
    base = (_baseline(samples, weight, gamma), float(len(samples) * p * (p - 1) / 2))
    srmr = _root_mean(samples, parts)
    people = sum(sample.n for sample in samples)
    chi2, scale = n * value, np.sqrt(square / df) if df > 0 else 1.0
    adjusted = _adjusted(chi2, df, trace, square)
    return OrdinalFit(
        model=model,
        theta=theta,
        covariance=bread @ middle @ bread / n,
        plain=replace(fit_indices(chi2, df, (base[0][0], base[1]), n, srmr, len(samples)), n=people),
        scaled=replace(fit_indices(adjusted, df, (base[0][1], base[1]), n, srmr, len(samples)), n=people),
        scale=float(scale),
        trace=trace,
        trace_square=square,
        jacobian=by,
    )


def _adjusted(chi2: float, df: float, trace: float, square: float) -> float:
    if df <= 0:
        return chi2
    scale = np.sqrt(square / df)
    return float(chi2 / scale + df - trace / scale)


def _baseline(samples, weight: Matrix, gamma: Matrix) -> tuple[float, float]:
    """Return the statistic of unrelated items, plain and adjusted."""
    n = _weight(samples)
    related = np.concatenate([np.arange(len(sample.gamma)) >= sample.thresholds.size for sample in samples])
    values = np.concatenate([sample.statistics for sample in samples])[related]
    chi2 = float(n * np.sum(weight[related] * values**2))
    product = weight[related][:, None] * gamma[np.ix_(related, related)]
    return chi2, _adjusted(
        chi2, float(related.sum()), float(np.trace(product)), float(np.sum(product * product.T))
    )


def _root_mean(samples, parts) -> float:
    """Return the root mean square residual of the correlations, groups weighted by size."""
    n, p = sum(sample.n for sample in samples), len(samples[0].correlations)
    return sum(
        sample.n / n * float(np.sqrt(np.sum(rest[sample.thresholds.size :] ** 2) / (p * (p + 1) / 2)))
        for sample, (rest, _) in zip(samples, parts, strict=True)
    )


def ordinal_difference(
    before: OrdinalFit, now: OrdinalFit, samples: Sequence[OrdinalSample]
) -> OrdinalDifference:
    """How much worse a model fits in which more is equal.

    Parameters
    ----------
    before, now
        The model with less equal, and one within it with more.
    samples
        What both were fitted to.

    Returns
    -------
    OrdinalDifference
        A scaled test, and the error per equality.

    Notes
    -----
    With the derivatives D and E of the two models, A spans what is orthogonal to the regression of E on D, and the
    difference T of the plain statistics is a sum of chi-squares weighted by the eigenvalues of
    (A P A')^-1 A P D'W G W D P A', P the inverse of D'WD. T a + df - a tr, with a = sqrt(df / sum of their squares),
    has mean and variance of a chi-square. `rmsea` is sqrt((chi2 - df) / (df n)), times the root of the number of
    groups: differences of the models' own RMSEA hide misfit where the first has many degrees of freedom.

    References
    ----------
    satorra2000, asparouhov2010, savalei2024

    Examples
    --------
    >>> from evaluation.measurement.ordinal import ordinal_invariance
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(rng.normal(size=(400, 1)) + rng.normal(size=(400, 4)), [-1, 0, 1])
    >>> [step.difference.df for step in ordinal_invariance([x[:200], x[200:]])[1:]]
    [4.0, 3.0, 3.0]
    """
    weight, gamma = _stacked(samples)
    weighted = weight[:, None] * before.jacobian
    inverse = np.linalg.pinv(before.jacobian.T @ weighted)
    within = np.linalg.lstsq(before.jacobian, now.jacobian, rcond=None)[0]
    across = linalg.null_space(within.T).T
    moved = across @ inverse @ weighted.T
    eigen = np.linalg.solve(across @ inverse @ across.T, moved @ gamma @ moved.T)
    df, trace, square = float(len(across)), float(np.trace(eigen)), float(np.sum(eigen * eigen.T))
    chi2 = max(_adjusted(now.plain.chi2 - before.plain.chi2, df, trace, square), 0.0)
    excess = max(chi2 - df, 0.0) / (df * _weight(samples))
    return OrdinalDifference(chi2, df, float(special.chdtrc(df, chi2)), float(np.sqrt(len(samples) * excess)))
