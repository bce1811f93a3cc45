"""Whether ordered items measure the same at all times, and what it does to the change if they do not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.linking import focal_metric
from evaluation.measurement.ordinal import OrdinalStep, ordinal_steps
from evaluation.measurement.ordinal_model import OrdinalFit, fit_ordinal
from evaluation.measurement.ordinal_sample import OrdinalSample, ordinal_sample
from evaluation.measurement.structure import Free, build, table
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

FEWEST_ANSWERS = 3
"""With two answers to a question thresholds cannot be told from loadings."""


@dataclass(frozen=True, slots=True)
class OrdinalInvariance:
    """Models of increasing equality over time, and what inequality does to the change in the answers.

    Attributes
    ----------
    steps
        The four models.
    latent_difference, latent_std_error
        Mean of the factor minus its mean at the first wave, in its standard deviations there, under equal
        intercepts, shape (waves - 1,).
    metric
        Mean and standard deviation of the factor at each later wave, where only thresholds are equal: medians over
        items, which are right if more than half of them measure alike, shape (waves - 1, 2).
    observed
        Change of each item's mean answer since the first wave, in steps of the answers, shape (waves - 1, p).
    invariant
        The part that the factor explains, same shape: the change if everybody answered as at the first wave.
    """

    steps: tuple[OrdinalStep, ...]
    latent_difference: Matrix
    latent_std_error: Matrix
    metric: Matrix
    observed: Matrix
    invariant: Matrix

    @property
    def item_shift(self) -> Matrix:
        """Steps by which each item moved beyond what the factor explains, shape (waves - 1, p)."""
        return self.observed - self.invariant

    @property
    def effect(self) -> Matrix:
        """Steps by which unequal measurement moves the change of the mean answer, shape (waves - 1,)."""
        return self.item_shift.mean(axis=1)

    @property
    def kept(self) -> str:
        """The last step up to which every one holds."""
        holds = [step.holds for step in self.steps]
        return self.steps[[*holds, False].index(False) - 1].name


def ordinal_wave_invariance(waves: Sequence[ArrayLike]) -> OrdinalInvariance:
    """Whether the ordered items of a scale measure the same at all times.

    Parameters
    ----------
    waves
        For each of two or more waves answers of the same people in the same order to the same three or more items,
        shape (n, p), with the same answers in use at every wave.

    Returns
    -------
    OrdinalInvariance
        Models with nothing, thresholds, also loadings, and also intercepts equal; and the effect on the change.

    Raises
    ------
    EstimationError
        If the waves differ in people, items or answers in use, if an item has two answers, or if a model cannot
        be fitted.

    Notes
    -----
    One factor at each wave with mean 0 and variance 1, related over time, as are the unique parts of the same item;
    theta parameterisation. Equal thresholds free intercepts and unique variances after the first wave, equal
    loadings the variance of the factor, equal intercepts its mean. Diagonally weighted least squares with
    mean-and-variance-adjusted fit (`fit_ordinal`), compared by `ordinal_steps`.

    With thresholds t, loadings l and values v of the answers, an item's mean answer is v_1 + sum over thresholds of
    (v_c+1 - v_c) P((a + l m - t_c) / sqrt(l^2 s^2 + u)), P the normal distribution. `invariant` takes the first
    wave's l, with a = 0 and u = 1, at the later mean m and standard deviation s, minus the same at 0 and 1. A shift
    that all items share cannot be told from change. Assumes independent people; not below 200 of them.

    References
    ----------
    wu2016, liu2017, nye2011, savalei2024

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> skill = rng.normal(size=(300, 1))
    >>> x, y = (np.digitize(skill + rng.normal(size=(300, 4)), [-1, 0, 1]) for _ in range(2))
    >>> [step.estimates.scaled.df for step in ordinal_wave_invariance([x, y]).steps]
    [15.0, 19.0, 22.0, 25.0]
    """
    tables = [item_matrix(wave, 3, 4) for wave in waves]
    if len(tables) < 2 or len({part.shape for part in tables}) > 1:
        raise EstimationError(msg("Invariance over time compares the same people and items at each wave."))
    values = _values(tables)
    sample, p = ordinal_sample(np.hstack(tables)), len(values)
    fitted = [
        fit_ordinal(build([ordinal_wave_specification(sample, p, depth)]), [sample]) for depth in range(4)
    ]
    later = range(1, len(tables))
    metric = [_metric(fitted[1], t, p) for t in later]
    means = np.stack([part.mean(axis=0) for part in tables])
    return OrdinalInvariance(
        steps=ordinal_steps(fitted, [sample]),
        latent_difference=np.array([fitted[3].value(f"mean_{t}") for t in later]),
        latent_std_error=np.array([fitted[3].std_error(f"mean_{t}") for t in later]),
        metric=np.array(metric),
        observed=means[1:] - means[0],
        invariant=np.array([_explained(fitted[1], values, *pair) for pair in metric]),
    )


def _values(tables: Sequence[Matrix]) -> list[Matrix]:
    """Return the answers to each item, which must be the same at every wave."""
    found = [[np.unique(column) for column in part.T] for part in tables]
    if any(not np.array_equal(a, b) for part in found[1:] for a, b in zip(found[0], part, strict=True)):
        raise EstimationError(
            msg("The waves must use the same answers to each item."),
            do=msg("Join rare answers with their neighbours at all waves."),
        )
    if min(len(values) for values in found[0]) < FEWEST_ANSWERS:
        raise EstimationError(
            msg("Equal thresholds can only be tested for items with three or more answers.")
        )
    return found[0]


def ordinal_wave_specification(sample: OrdinalSample, p: int, depth: int) -> dict[str, np.ndarray]:
    """Return the matrices of one factor at each wave: labels without the wave's number are shared.

    Parameters
    ----------
    sample
        Thresholds of the items of the first wave, then the next, for the starting values.
    p
        Number of items.
    depth
        Place in `ORDINAL_LEVELS`.

    Returns
    -------
    dict
        Entries for `build`.

    Examples
    --------
    >>> sample = ordinal_sample(np.random.default_rng(1).integers(1, 4, size=(100, 6)))
    >>> ordinal_wave_specification(sample, 3, 2)["loadings"][3].tolist()
    [0.0, 'loading_0|1.0']
    """
    total = len(sample.correlations)
    waves = range(total // p)
    weight = [f"loading_{i % p}" if depth >= 2 else f"loading_{i % p}_{i // p}" for i in range(total)]
    freed = [depth >= 1 and i >= p for i in range(total)]

    def unique(i: int, j: int) -> Free | float:
        if i == j:
            return Free(f"unique_{i}", 1.0) if freed[i] else 1.0
        return Free(f"unique_{min(i, j)}_{max(i, j)}", 0.0) if i % p == j % p else 0.0

    factors = [[Free(f"factor_{min(a, b)}_{max(a, b)}", 0.5) for b in waves] for a in waves]
    for t in waves:
        factors[t][t] = Free(f"factor_{t}", 1.0) if depth >= 2 and t else 1.0
    return {
        "loadings": table(
            [[Free(weight[i], 1.0) if i // p == t else 0.0 for t in waves] for i in range(total)]
        ),
        "factors": table(factors),
        "residuals": table([[unique(i, j) for j in range(total)] for i in range(total)]),
        "intercepts": table(
            [Free(f"intercept_{i}", 0.0) if freed[i] and depth < 3 else 0.0 for i in range(total)]
        ),
        "means": table([Free(f"mean_{t}", 0.0) if depth >= 3 and t else 0.0 for t in waves]),
        "thresholds": table(_cuts(sample, p, depth)),
    }


def _cuts(sample: OrdinalSample, p: int, depth: int) -> list[Free]:
    place = np.concatenate([np.arange(count) for count in np.bincount(sample.item)])
    own = sample.item % p if depth >= 1 else sample.item
    return [
        Free(f"threshold_{i}_{c}", 1.4 * cut) for i, c, cut in zip(own, place, sample.thresholds, strict=True)
    ]


def _metric(found: OrdinalFit, t: int, p: int) -> tuple[float, float]:
    """Return mean and standard deviation of the factor at a wave, where only thresholds are equal."""
    loadings, intercepts = (
        found.model.groups[0][name].at(found.theta) for name in ("loadings", "intercepts")
    )
    first, own = loadings[:p, 0], slice(t * p, (t + 1) * p)
    with np.errstate(divide="ignore", invalid="ignore"):
        return focal_metric(loadings[own, t] / first, intercepts[own] / first)


def _explained(found: OrdinalFit, values: Sequence[Matrix], mean: float, spread: float) -> Matrix:
    """Return the change of the mean answers if all items measured as at the first wave."""
    part = found.model.groups[0]
    loading = part["loadings"].at(found.theta)[: len(values), 0]
    item = np.repeat(np.arange(len(values)), [len(own) - 1 for own in values])
    cut, slope = part["thresholds"].at(found.theta)[: item.size], loading[item]
    passed = [
        special.ndtr((slope * m - cut) / np.sqrt(slope**2 * s**2 + 1)) for m, s in ((0, 1), (mean, spread))
    ]
    return np.bincount(item, np.concatenate([np.diff(own) for own in values]) * (passed[1] - passed[0]))
