"""Do items measure the same in all groups and at all times? Models of increasing equality."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evaluation.measurement.cfa import Factors
from evaluation.measurement.items import Matrix, item_matrix
from evaluation.measurement.likelihood import MaximumLikelihood, Sample, fit_model, sample_of
from evaluation.measurement.structure import Free, build, table
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

LEVELS = ("configural", "metric", "scalar", "strict")
SMALL_SAMPLE = 300


@dataclass(frozen=True, slots=True)
class InvarianceStep:
    """One model and its distance to the one before.

    Attributes
    ----------
    name
        "configural" (same items), "metric" (equal loadings), "scalar" (and equal intercepts) or
        "strict" (and equal residual variances).
    estimates
        The fitted model.
    chi2, df, p_value
        Difference to the model before; NaN for the first.
    holds
        Whether the fit gets no worse than Chen's limits; True for the first.
    """

    name: str
    estimates: MaximumLikelihood
    chi2: float
    df: float
    p_value: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Invariance:
    """Models of increasing equality, and what inequality does to a difference in means.

    Attributes
    ----------
    steps
        The four models.
    latent_difference, latent_std_error
        Mean of each factor, later minus first wave or group minus first group, under equal
        intercepts, shape (times or groups - 1, m), in the factor's unit.
    observed
        Difference of the mean item answer, same shape, in steps of the scale.
    invariant
        The part that the factor explains, same shape: loadings times the median over items of difference
        divided by loading, which is right if more than half of the items measure alike.
    item_shift
        For each item, difference in means beyond what its factor explains, shape (.., p).
    """

    steps: tuple[InvarianceStep, ...]
    latent_difference: Matrix
    latent_std_error: Matrix
    observed: Matrix
    invariant: Matrix
    item_shift: Matrix

    @property
    def effect(self) -> Matrix:
        """Steps of the scale by which unequal measurement moves the difference in means."""
        return self.observed - self.invariant


def group_invariance(items: Sequence[ArrayLike], factors: Factors) -> Invariance:
    """Whether items measure the same in different groups of people.

    Parameters
    ----------
    items
        For each group complete answers, shape (n, p); the first group is compared with.
    factors
        For each factor the numbers of its items; the first loading of each is 1.

    Returns
    -------
    Invariance
        With the effect on the difference in means.

    Notes
    -----
    Maximum likelihood for groups, see `fit_model`. A model holds if CFI falls by less than 0.005 or RMSEA rises by
    less than 0.010 (below 300 people; above 0.010 and 0.015). Groups below about 50 are too small:
    look at `dif_ordinal` instead. For four or fewer answers use `ordinal_invariance`.

    References
    ----------
    meredith1993, chen2007

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=(300, 1)) + rng.normal(size=(300, 4))
    >>> [step.estimates.fit.df for step in group_invariance([x[:150], x[150:]], [[0, 1, 2, 3]]).steps]
    [4.0, 7.0, 10.0, 14.0]
    """
    samples = [sample_of(item_matrix(group, 3, 4)) for group in items]
    if len(samples) < 2 or len({sample.mean.size for sample in samples}) > 1:
        raise EstimationError(msg("Invariance compares at least two groups with the same items."))
    fitted = [
        fit_model(
            build([group_specification(sample, factors, g, depth) for g, sample in enumerate(samples)]),
            samples,
        )
        for depth in range(4)
    ]
    m, loadings = len(factors), fitted[1].model.groups[0]["loadings"].at(fitted[1].theta)
    labels = [[f"mean_{f}_{g}" for f in range(m)] for g in range(1, len(samples))]
    shift = np.array([sample.mean - samples[0].mean for sample in samples[1:]])
    return _compared(fitted, labels, shift, loadings, [list(factor) for factor in factors])


def group_specification(sample: Sample, factors: Factors, g: int, depth: int) -> dict[str, np.ndarray]:
    """Return the matrices of one group: labels without its number are shared.

    Parameters
    ----------
    sample
        Moments of the group, for the starting values.
    factors
        For each factor the numbers of its items.
    g
        The group's number.
    depth
        Place in `LEVELS`.

    Returns
    -------
    dict
        Entries for `build`.

    Examples
    --------
    >>> sample = Sample(np.eye(3), np.zeros(3), 10)
    >>> group_specification(sample, [[0, 1, 2]], 1, 0)["loadings"][1, 0]
    'loading_1_0_1|1.0'
    """
    p, m, variance = len(sample.mean), len(factors), np.diag(sample.covariance)
    own = f"_{g}"
    loadings = [[0.0] * m for _ in range(p)]
    factor = [[Free(f"factor_{min(a, b)}_{max(a, b)}{own}", 0.0) for b in range(m)] for a in range(m)]
    for f, members in enumerate(factors):
        factor[f][f] = Free(f"factor_{f}_{f}{own}", 0.5 * variance[members[0]])
        for i in members[1:]:
            size = np.sqrt(variance[i] / variance[members[0]])
            loadings[i][f] = Free(f"loading_{i}_{f}{'' if depth >= 1 else own}", size)
        loadings[members[0]][f] = 1.0
    noise = "" if depth >= 3 else own
    residuals = [
        [Free(f"residual_{i}{noise}", 0.5 * variance[i]) if i == j else 0.0 for j in range(p)]
        for i in range(p)
    ]
    level = "" if depth >= 2 else own
    return {
        "loadings": table(loadings),
        "factors": table(factor),
        "residuals": table(residuals),
        "intercepts": table([Free(f"intercept_{i}{level}", sample.mean[i]) for i in range(p)]),
        "means": table([Free(f"mean_{f}{own}", 0.0) if depth >= 2 and g else 0.0 for f in range(m)]),
    }


def wave_invariance(waves: Sequence[ArrayLike]) -> Invariance:
    """Whether the items of a scale measure the same at all times.

    Parameters
    ----------
    waves
        For each wave answers of the same people in the same order to the same items, shape (n, p).

    Returns
    -------
    Invariance
        With the effect on the mean change.

    Notes
    -----
    One factor per wave, with variance 1 and mean 0 at the first; residuals of the same item are related over
    time. Limits and cautions as in `group_invariance`. People who answered every item at all waves.

    References
    ----------
    widaman2010, liu2017, chen2007

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> skill = rng.normal(size=(300, 1))
    >>> x, y = (skill + rng.normal(size=(300, 4)) for _ in range(2))
    >>> [step.estimates.fit.df for step in wave_invariance([x, y]).steps]
    [15.0, 18.0, 21.0, 25.0]
    """
    tables = [item_matrix(wave, 3, 4) for wave in waves]
    if len(tables) < 2 or len({part.shape for part in tables}) > 1:
        raise EstimationError(msg("Invariance over time compares the same people and items at each wave."))
    sample, k = sample_of(np.hstack(tables)), tables[0].shape[1]
    fitted = [fit_model(build([wave_specification(sample, k, depth)]), [sample]) for depth in range(4)]
    loadings = fitted[1].model.groups[0]["loadings"].at(fitted[1].theta)[:k, :1]
    means = sample.mean.reshape(len(tables), k)
    labels = [[f"mean_{t}"] for t in range(1, len(tables))]
    return _compared(fitted, labels, means[1:] - means[0], loadings, [list(range(k))])


def wave_specification(sample: Sample, k: int, depth: int) -> dict[str, np.ndarray]:
    """Return the matrices of one factor at each wave: labels without the wave's number are shared.

    Parameters
    ----------
    sample
        Moments of the items of the first wave, then the next, for the starting values.
    k
        Number of items.
    depth
        Place in `LEVELS`.

    Returns
    -------
    dict
        Entries for `build`.

    Examples
    --------
    >>> sample = Sample(np.eye(6), np.zeros(6), 10)
    >>> wave_specification(sample, 3, 0)["loadings"][3].tolist()
    [0.0, 'loading_0_1|0.7']
    """
    p = len(sample.mean)
    waves, variance = p // k, np.diag(sample.covariance)

    def name(what: str, i: int, shared: bool) -> str:
        return f"{what}_{i % k}" if shared else f"{what}_{i % k}_{i // k}"

    loadings = [
        [
            Free(name("loading", i, depth >= 1), 0.7 * np.sqrt(variance[i % k])) if i // k == t else 0.0
            for t in range(waves)
        ]
        for i in range(p)
    ]
    factor = [[Free(f"factor_{min(a, b)}_{max(a, b)}", 0.5) for b in range(waves)] for a in range(waves)]
    for t in range(waves):
        factor[t][t] = Free(f"factor_{t}_{t}", 1.0) if depth >= 1 and t else 1.0

    def residual(i: int, j: int) -> Free | float:
        if i == j:
            return Free(name("residual", i, depth >= 3), 0.5 * variance[i])
        same = i % k == j % k
        return Free(f"residual_{i % k}_{min(i, j) // k}_{max(i, j) // k}", 0.0) if same else 0.0

    return {
        "loadings": table(loadings),
        "factors": table(factor),
        "residuals": table([[residual(i, j) for j in range(p)] for i in range(p)]),
        "intercepts": table([Free(name("intercept", i, depth >= 2), sample.mean[i]) for i in range(p)]),
        "means": table([Free(f"mean_{t}", 0.0) if depth >= 2 and t else 0.0 for t in range(waves)]),
    }


def _compared(fitted, labels, shift: Matrix, loadings: Matrix, members: list[list[int]]) -> Invariance:
    scalar = fitted[2]
    anchor = np.column_stack(
        [np.median(shift[:, part] / loadings[part, f], axis=1) for f, part in enumerate(members)]
    )
    explained = anchor @ loadings.T
    return Invariance(
        steps=tuple(_step(fitted, depth) for depth in range(4)),
        latent_difference=np.array([[scalar.value(label) for label in row] for row in labels]),
        latent_std_error=np.array([[scalar.std_error(label) for label in row] for row in labels]),
        observed=np.column_stack([shift[:, part].mean(axis=1) for part in members]),
        invariant=np.column_stack([explained[:, part].mean(axis=1) for part in members]),
        item_shift=shift - explained,
    )


def _step(fitted: Sequence[MaximumLikelihood], depth: int) -> InvarianceStep:
    now, nan = fitted[depth].fit, float("nan")
    if depth == 0:
        return InvarianceStep(LEVELS[0], fitted[0], nan, nan, nan, True)
    before = fitted[depth - 1].fit
    chi2, df = now.chi2 - before.chi2, now.df - before.df
    worse = now.cfi - before.cfi <= (-0.005 if now.n < SMALL_SAMPLE else -0.010)
    error = now.rmsea - before.rmsea >= (0.010 if now.n < SMALL_SAMPLE else 0.015)
    p_value = float(special.chdtrc(df, max(chi2, 0.0)))
    return InvarianceStep(LEVELS[depth], fitted[depth], chi2, df, p_value, not (worse and error))
