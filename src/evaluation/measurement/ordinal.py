"""Factors, reliability and invariance of ordered items."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.measurement.cfa import Factors
from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.ordinal_model import (
    OrdinalDifference,
    OrdinalFit,
    fit_ordinal,
    ordinal_difference,
)
from evaluation.measurement.ordinal_sample import OrdinalSample, ordinal_sample
from evaluation.measurement.polychoric import bivariate_normal
from evaluation.measurement.structure import Free, build, table
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

ORDINAL_LEVELS = ("configural", "thresholds", "metric", "scalar")
LEVEL = 0.05
CLOSE, POOR = 0.05, 0.10
"""Errors of approximation up to which a fit is close, and above which no model is to be used (`browne1993`)."""


@dataclass(frozen=True, slots=True)
class OrdinalFactorModel:
    """Factors of ordered items.

    Attributes
    ----------
    loadings, std_errors
        Shape (p, m), the first of each factor 1 with standard error 0.
    standardised
        Correlations of the items' variables with their factors, shape (p, m).
    factors
        Covariances of the factors, shape (m, m).
    thresholds, item
        Where answers pass, and the item of each, shape (t,).
    correlations
        Polychoric, shape (p, p).
    estimates
        The fitted model, with indices of fit.
    """

    loadings: Matrix
    std_errors: Matrix
    standardised: Matrix
    factors: Matrix
    thresholds: Matrix
    item: Matrix
    correlations: Matrix
    estimates: OrdinalFit


@dataclass(frozen=True, slots=True)
class OrdinalStep:
    """One model of ordered items in several groups.

    Attributes
    ----------
    name
        "configural", "thresholds" (equal), "metric" (and equal loadings) or "scalar" (and equal intercepts).
    estimates
        The fitted model.
    difference
        To the model before; None for the first.
    holds
        Whether the fit gets no worse by more than the limits (`ordinal_steps`); True for the first.
    """

    name: str
    estimates: OrdinalFit
    difference: OrdinalDifference | None
    holds: bool


@dataclass(frozen=True, slots=True)
class CategoricalOmega:
    """Reliability of a sum of ordered answers.

    Attributes
    ----------
    estimate
        Omega of the sum of the answers as they are coded, over the observed variance.
    of_model
        The same over the variance that the model implies.
    latent
        Omega of the sum of the variables behind the answers: larger, and not of a score anybody has.
    model
        The factor model.
    """

    estimate: float
    of_model: float
    latent: float
    model: OrdinalFactorModel


def ordinal_cfa(items: ArrayLike, factors: Factors) -> OrdinalFactorModel:
    """Confirmatory factor analysis of ordered answers.

    Parameters
    ----------
    items
        Complete answers, shape (n, p).
    factors
        For each factor the numbers of its items.

    Returns
    -------
    OrdinalFactorModel
        Judge it by `estimates.scaled`.

    Notes
    -----
    See `fit_ordinal`, delta parameterisation. From 200 people; with 100 to 200 the standard errors are still
    usable, but not the test of fit. Not for fewer than 100.

    References
    ----------
    muthen1984, muthen1997

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(rng.normal(size=(400, 1)) + rng.normal(size=(400, 4)), [-1, 1])
    >>> bool(np.all(abs(ordinal_cfa(x, [[0, 1, 2, 3]]).standardised - 0.707) < 0.1))
    True
    """
    data = item_matrix(items, 3, 4)
    members = sorted({i for factor in factors for i in factor})
    if members != list(range(data.shape[1])) or not all(len(factor) > 1 for factor in factors):
        raise EstimationError(msg("Every item must belong to a factor, and every factor needs two items."))
    sample = ordinal_sample(data)
    found = fit_ordinal(build([_specification(sample, factors)]), [sample], "delta")
    part = found.model.groups[0]
    loadings, common = part["loadings"].at(found.theta), part["factors"].at(found.theta)
    errors = np.append(np.sqrt(np.maximum(np.diag(found.covariance), 0.0)), 0.0)
    return OrdinalFactorModel(
        loadings=loadings,
        std_errors=errors[part["loadings"].number],
        standardised=loadings * np.sqrt(np.diag(common)),
        factors=common,
        thresholds=sample.thresholds,
        item=sample.item,
        correlations=sample.correlations,
        estimates=found,
    )


def _specification(sample: OrdinalSample, factors: Factors) -> dict[str, np.ndarray]:
    p, m = len(sample.correlations), len(factors)
    loadings = [[0.0] * m for _ in range(p)]
    common = [[Free(f"factor_{min(a, b)}_{max(a, b)}", 0.2) for b in range(m)] for a in range(m)]
    for f, members in enumerate(factors):
        common[f][f] = Free(f"factor_{f}_{f}", 0.5)
        for i in members[1:]:
            loadings[i][f] = Free(f"loading_{i}_{f}", 1.0)
        loadings[members[0]][f] = 1.0
    return {
        "loadings": table(loadings),
        "factors": table(common),
        "residuals": table([[0.0] * p] * p),
        "intercepts": table([0.0] * p),
        "means": table([0.0] * m),
        "thresholds": table([Free(f"threshold_{t}", value) for t, value in enumerate(sample.thresholds)]),
    }


def categorical_omega(items: ArrayLike) -> CategoricalOmega:
    """Reliability of the sum of ordered answers.

    Parameters
    ----------
    items
        Complete answers, shape (n, p), three or more items that point the same way.

    Returns
    -------
    CategoricalOmega
        State which one is meant: they differ.

    Notes
    -----
    Covariances of the answers, coded in steps of one, that the factor of the variables behind them implies,
    divided by their variance. Assumes one factor; see `ordinal_cfa` for sample sizes.

    References
    ----------
    green2009, flora2020

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(rng.normal(size=(400, 1)) + rng.normal(size=(400, 4)), [-1, 1])
    >>> found = categorical_omega(x)
    >>> found.estimate < found.latent
    True
    """
    model = ordinal_cfa(items, [list(range(np.shape(items)[1]))])
    loading = model.standardised[:, 0]
    common = np.outer(loading, loading)
    implied, observed = common.copy(), model.correlations.copy()
    np.fill_diagonal(implied, 1.0)
    true = _answer_covariance(model, common).sum()
    return CategoricalOmega(
        estimate=float(true / _answer_covariance(model, observed).sum()),
        of_model=float(true / _answer_covariance(model, implied).sum()),
        latent=float(common.sum() / implied.sum()),
        model=model,
    )


def _answer_covariance(model: OrdinalFactorModel, related: Matrix) -> Matrix:
    """Return the covariances of coded answers, by pairs of thresholds."""
    cut, item = model.thresholds, model.item
    between = np.clip(related[np.ix_(item, item)], -1.0, 1.0)
    same = between >= 1.0
    both = bivariate_normal(cut[:, None], cut, np.where(same, 0.0, between))
    both = np.where(same, special.ndtr(np.minimum(cut[:, None], cut)), both)
    return both - np.outer(special.ndtr(cut), special.ndtr(cut))


def ordinal_invariance(groups: Sequence[ArrayLike]) -> tuple[OrdinalStep, ...]:
    """Whether ordered items measure one thing alike in different groups.

    Parameters
    ----------
    groups
        For each group complete answers, shape (n, p), with the same answers in use; the first group
        is compared with.

    Returns
    -------
    tuple of OrdinalStep
        Models of increasing equality.

    Notes
    -----
    Theta parameterisation. Equal thresholds free the other groups' intercepts and residual variances, equal
    loadings the variance of their factor, equal intercepts its mean. Needs three or more answers
    per item and about 100 people in each group; else look at `dif_ordinal`.

    References
    ----------
    wu2016, savalei2024

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(rng.normal(size=(400, 1)) + rng.normal(size=(400, 4)), [-1, 0, 1])
    >>> [step.estimates.scaled.df for step in ordinal_invariance([x[:200], x[200:]])]
    [4.0, 8.0, 11.0, 14.0]
    """
    samples = [ordinal_sample(item_matrix(group, 3, 4)) for group in groups]
    if len(samples) < 2 or len({tuple(sample.item) for sample in samples}) > 1:
        raise EstimationError(
            msg("The groups must have the same items, and use the same answers to each."),
            do=msg("Join rare answers with their neighbours in all groups."),
        )
    if np.min(np.bincount(samples[0].item)) < 2:
        raise EstimationError(
            msg("Equal thresholds can only be tested for items with three or more answers.")
        )
    fitted = [
        fit_ordinal(build([_group(sample, g, depth) for g, sample in enumerate(samples)]), samples)
        for depth in range(4)
    ]
    return ordinal_steps(fitted, samples)


def ordinal_steps(fitted: Sequence[OrdinalFit], samples: Sequence[OrdinalSample]) -> tuple[OrdinalStep, ...]:
    """Compare models of increasing equality, each with the one before.

    Parameters
    ----------
    fitted
        The models in the order of `ORDINAL_LEVELS`.
    samples
        What they were fitted to.

    Returns
    -------
    tuple of OrdinalStep
        A step holds unless the difference is significant at 0.05 divided by the number of comparisons and its error
        is `CLOSE` or more.

    References
    ----------
    savalei2024, browne1993

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = np.digitize(rng.normal(size=(400, 1)) + rng.normal(size=(400, 4)), [-1, 0, 1])
    >>> samples = [ordinal_sample(part) for part in (x[:200], x[200:])]
    >>> models = [build([_group(sample, g, depth) for g, sample in enumerate(samples)]) for depth in range(4)]
    >>> [step.holds for step in ordinal_steps([fit_ordinal(model, samples) for model in models], samples)]
    [True, True, True, True]
    """
    steps = [OrdinalStep(ORDINAL_LEVELS[0], fitted[0], None, True)]
    for name, before, now in zip(ORDINAL_LEVELS[1:], fitted[:-1], fitted[1:], strict=True):
        found = ordinal_difference(before, now, samples)
        worse = found.p_value < LEVEL / (len(fitted) - 1) and found.rmsea >= CLOSE
        steps.append(OrdinalStep(name, now, found, not worse))
    return tuple(steps)


def _group(sample: OrdinalSample, g: int, depth: int) -> dict[str, np.ndarray]:
    """Return the matrices of one group: labels without its number are shared."""
    p, own = len(sample.correlations), f"_{g}"
    freed = depth >= 1 and g > 0
    cut = "" if depth >= 1 else own
    weight = "" if depth >= 2 else own
    noise = [Free(f"residual_{i}{own}", 1.0) if freed else 1.0 for i in range(p)]
    return {
        "loadings": table([[Free(f"loading_{i}{weight}", 1.0)] for i in range(p)]),
        "factors": table([[Free(f"factor{own}", 1.0) if depth >= 2 and g else 1.0]]),
        "residuals": table([[noise[i] if i == j else 0.0 for j in range(p)] for i in range(p)]),
        "intercepts": table(
            [Free(f"intercept_{i}{own}", 0.0) if freed and depth < 3 else 0.0 for i in range(p)]
        ),
        "means": table([Free(f"mean{own}", 0.0) if depth >= 3 and g else 0.0]),
        "thresholds": table(
            [Free(f"threshold_{t}{cut}", 1.4 * value) for t, value in enumerate(sample.thresholds)]
        ),
    }
