"""Factor models as matrices of free and fixed numbers, with the moments that they imply."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.measurement.items import Matrix
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

BLOCKS = ("loadings", "factors", "residuals", "intercepts", "means", "thresholds")
MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Free:
    """A number to be estimated: entries with one label are equal.

    Attributes
    ----------
    label
        Name of the parameter.
    start
        Where the search begins.
    """

    label: str
    start: float


@dataclass(frozen=True, slots=True)
class Block:
    """One matrix of a model.

    Attributes
    ----------
    number
        Which parameter stands where; -1 where the value is fixed.
    value
        The fixed values.
    """

    number: NDArray[np.intp]
    value: Matrix

    def at(self, theta: Matrix) -> Matrix:
        """Return the matrix for these values of the parameters."""
        return np.where(self.number >= 0, theta[self.number], self.value) if theta.size else self.value


@dataclass(frozen=True, slots=True)
class Model:
    """A factor model of one or more groups.

    Attributes
    ----------
    labels
        Names of the parameters, shape (q,).
    start
        Values to start from, shape (q,).
    groups
        For each group its matrices by name: loadings (p, m), factors (m, m), residuals (p, p),
        intercepts (p,), means (m,) and thresholds.
    """

    labels: tuple[str, ...]
    start: Matrix
    groups: tuple[Mapping[str, Block], ...]


@dataclass(frozen=True, slots=True)
class Moments:
    """What a model implies for one group, with derivatives by the q parameters.

    Attributes
    ----------
    covariance, mean
        Shapes (p, p) and (p,).
    covariance_by, mean_by
        Shapes (q, p, p) and (q, p).
    """

    covariance: Matrix
    mean: Matrix
    covariance_by: Matrix
    mean_by: Matrix


@dataclass(frozen=True, slots=True)
class Minimum:
    """Where a discrepancy is smallest.

    Attributes
    ----------
    theta
        Parameters, shape (q,).
    value
        The discrepancy.
    converged
        Whether no direction leads further down.
    """

    theta: Matrix
    value: float
    converged: bool


def build(specifications: Sequence[Mapping[str, NDArray[np.object_]]]) -> Model:
    """Give the free entries of the matrices of each group their numbers.

    Parameters
    ----------
    specifications
        For each group, arrays of `Free` and fixed numbers by name; absent ones are zero.

    Returns
    -------
    Model
        Entries with the same label share a parameter, within and across groups.

    Examples
    --------
    >>> build([{"loadings": np.array([[1.0], [0.0]])}]).labels
    ()
    """
    starts: dict[str, float] = {}
    for group in specifications:
        for name in BLOCKS:
            for entry in np.ravel(group.get(name, ())):
                if isinstance(entry, str):
                    starts.setdefault(*_split(entry))
    place = {label: number for number, label in enumerate(starts)}
    groups = tuple(
        {name: _block(group[name], place) for name in BLOCKS if name in group} for group in specifications
    )
    return Model(tuple(starts), np.array(list(starts.values()), dtype=float), groups)


def table(rows: Sequence[Sequence[Free | float]] | Sequence[Free | float]) -> NDArray[np.object_]:
    """Return entries as an array that `build` reads.

    Parameters
    ----------
    rows
        Entries of a matrix, or of a vector.

    Returns
    -------
    numpy.ndarray
        Of fixed numbers, and of texts that hold a label and a start.

    Examples
    --------
    >>> table([Free("a", 1.0), 0.0]).tolist()
    ['a|1.0', 0.0]
    """

    def written(entry):
        return f"{entry.label}|{float(entry.start)}" if isinstance(entry, Free) else float(entry)

    nested = len(rows) > 0 and not isinstance(rows[0], (Free, float, int))
    texts = [[written(e) for e in row] for row in rows] if nested else [written(e) for e in rows]
    return np.array(texts, dtype=object)


def _split(text: str) -> tuple[str, float]:
    label, _, start = text.rpartition("|")
    return label, float(start)


def _block(entries: NDArray[np.object_], place: Mapping[str, int]) -> Block:
    number, value = np.full(entries.shape, -1, dtype=np.intp), np.zeros(entries.shape)
    for index in np.ndindex(entries.shape):
        entry = entries[index]
        if isinstance(entry, str):
            number[index] = place[_split(entry)[0]]
        else:
            value[index] = entry
    return Block(number, value)


def moments(group: Mapping[str, Block], theta: Matrix) -> Moments:
    """Covariances and means that a factor model implies, with their derivatives.

    Parameters
    ----------
    group
        The matrices of one group.
    theta
        Parameters, shape (q,).

    Returns
    -------
    Moments
        covariance = loadings factors loadings' + residuals; mean = intercepts + loadings means.

    Examples
    --------
    >>> spec = {"loadings": table([[Free("a", 2.0)]]), "factors": table([[1.0]])}
    >>> spec |= {"residuals": table([[0.5]]), "intercepts": table([0.0]), "means": table([3.0])}
    >>> model = build([spec])
    >>> found = moments(model.groups[0], model.start)
    >>> float(found.covariance[0, 0]), float(found.mean[0]), float(found.covariance_by[0, 0, 0])
    (4.5, 6.0, 4.0)
    """
    loadings, factors, residuals, intercepts, means = (group[name].at(theta) for name in BLOCKS[:5])
    p, q, common = len(loadings), theta.size, factors @ loadings.T
    by, mean_by = np.zeros((q, p, p)), np.zeros((q, p))
    t, (i, j) = _free(group["loadings"])
    np.add.at(by, (t, i), common[j])
    by = by + by.transpose(0, 2, 1)
    np.add.at(mean_by, (t, i), means[j])
    t, (a, b) = _free(group["factors"])
    np.add.at(by, t, loadings.T[a][:, :, None] * loadings.T[b][:, None, :])
    t, (i, j) = _free(group["residuals"])
    np.add.at(by, (t, i, j), 1.0)
    t, (i,) = _free(group["intercepts"])
    np.add.at(mean_by, (t, i), 1.0)
    t, (a,) = _free(group["means"])
    np.add.at(mean_by, t, loadings.T[a])
    return Moments(loadings @ common + residuals, intercepts + loadings @ means, by, mean_by)


def _free(block: Block) -> tuple[NDArray[np.intp], tuple[NDArray[np.intp], ...]]:
    where = np.nonzero(block.number >= 0)
    return block.number[where], where


def minimise(
    evaluate: Callable[[Matrix], tuple[float, Matrix, Matrix]], start: Matrix, tolerance: float = 1e-9
) -> Minimum:
    """Find the parameters at which a discrepancy is smallest.

    Parameters
    ----------
    evaluate
        Function of the parameters: value (infinite where impossible), gradient (q,) and an
        approximate matrix of second derivatives (q, q).
    start
        Where to begin, shape (q,).
    tolerance
        Largest gradient, in units of the parameters' spread, that counts as flat.

    Returns
    -------
    Minimum
        `converged` says whether the gradient vanished.

    Notes
    -----
    Scoring with Levenberg damping: damping falls after a step that succeeds and grows after one
    that does not. Raises when the second derivatives are singular, as in a model that is not identified.

    Examples
    --------
    >>> found = minimise(lambda x: (float((x - 2) @ (x - 2)), 2 * (x - 2), 2 * np.eye(1)), np.zeros(1))
    >>> round(float(found.theta[0]), 6)
    2.0
    """
    theta, damping, flat = start.astype(float), 1e-3, False
    value, gradient, curvature = evaluate(theta)
    if not np.isfinite(value):
        raise EstimationError(msg("The model cannot be fitted: the covariances allow no starting point."))
    for _ in range(MOST_STEPS):
        size = np.sqrt(np.maximum(np.diag(curvature), 1e-12))
        flat = bool(np.max(np.abs(gradient) / size, initial=0.0) < tolerance)
        if flat or damping > 1e12:
            break
        step = np.linalg.lstsq(curvature + damping * np.diag(size**2), -gradient, rcond=None)[0]
        trial = evaluate(theta + step)
        if trial[0] <= value + 1e-13 * max(1.0, abs(value)):
            theta, damping = theta + step, damping / 10 if damping > 1e-12 else 0.0
            value, gradient, curvature = trial
        else:
            damping = max(damping, 1e-8) * 10
    return Minimum(theta, float(value), flat or float(np.max(np.abs(gradient), initial=0.0)) < 1e-6)
