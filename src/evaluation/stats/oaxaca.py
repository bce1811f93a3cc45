"""How much of a gap goes together with differences in background: Oaxaca and Blinder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evaluation.stats.checks import pick
from evaluation.stats.design import model_rows
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg, pmsg

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GroupModel:
    """A group's means, coefficients and how sure both are; p columns, the column of ones first.

    Attributes
    ----------
    mean
        Mean of the outcome.
    means, coefficients
        Shape (p,).
    means_covariance, coefficients_covariance
        Shape (p, p): of the means, the columns taken as drawn with the people; and of least squares.
    n
        People.
    """

    mean: float
    means: Array
    coefficients: Array
    means_covariance: Array
    coefficients_covariance: Array
    n: int


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A gap, group minus reference, in parts that add up to it; p columns, q parts.

    Attributes
    ----------
    gap, gap_std_error
        In the unit of the outcome.
    parts, parts_std_error
        Shape (q,). Twofold: explained, unexplained. Threefold: endowments, coefficients, interaction.
    detail, detail_std_error
        Shape (p, q): contributions of each column.
    n, n_reference
        People on each side.
    """

    gap: float
    gap_std_error: float
    parts: Array
    parts_std_error: Array
    detail: Array
    detail_std_error: Array
    n: int
    n_reference: int


def group_model(y: ArrayLike, x: ArrayLike) -> GroupModel:
    """Mean background of a group, and what background goes together with in it.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    x
        Columns, shape (n, p), the column of ones first; categories without their first level.

    Returns
    -------
    GroupModel
        To be compared with that of another group by `twofold` or `threefold`.

    Raises
    ------
    EstimationError
        If the first column is not one for all, or the columns cannot be told apart in the group.

    References
    ----------
    jann2008

    Examples
    --------
    >>> group_model([1.0, 2.0, 4.0], [[1, 0], [1, 1], [1, 2]]).coefficients.round(3).tolist()
    [0.833, 1.5]
    """
    outcome, design, _, _ = model_rows(y, x, np.arange(np.size(y)))
    n, p = design.shape
    if not np.all(design[:, 0] == 1) or n <= p:
        raise EstimationError(
            msg(
                "A decomposition needs a column of ones first and more people than columns in each group; "
                "found {n} people and {p} columns.",
                n=n,
                p=p,
            )
        )
    inverse = np.linalg.inv(design.T @ design)
    b = inverse @ design.T @ outcome
    residual = float(np.sum((outcome - design @ b) ** 2)) / (n - p)
    means_covariance = np.atleast_2d(np.cov(design, rowvar=False)) / n
    return GroupModel(float(outcome.mean()), design.mean(axis=0), b, means_covariance, residual * inverse, n)


def normalised(model: GroupModel, categories: Sequence[Sequence[int]]) -> GroupModel:
    """Make the contributions of categories independent of which level was left out.

    Parameters
    ----------
    model
        A group's model.
    categories
        For each category the places of its columns, all levels but the first.

    Returns
    -------
    GroupModel
        With one more column for each category, its left-out level, after all others, in order.

    Notes
    -----
    Coefficients of a category, the left-out level included, are measured from their plain mean, which is
    added to the constant. The parts of a gap stay as they are; only their detail changes.

    References
    ----------
    yun2005, gardeazabal2004

    Examples
    --------
    >>> one = group_model([1.0, 3.0, 2.0, 4.0], [[1, 0], [1, 1], [1, 0], [1, 1]])
    >>> normalised(one, [[1]]).coefficients.round(3).tolist()
    [2.5, 1.0, -1.0]
    """
    p = model.means.size
    turn, extend = np.eye(p), np.eye(p)
    for places in categories:
        mean = np.zeros(p)
        mean[list(places)] = 1.0 / (len(places) + 1)
        turn[list(places)] -= mean
        turn[0] += mean
        share = np.zeros(p)
        share[0], share[list(places)] = 1.0, -1.0
        turn, extend = np.vstack([turn, -mean]), np.vstack([extend, share])
    return GroupModel(
        model.mean,
        extend @ model.means,
        turn @ model.coefficients,
        extend @ model.means_covariance @ extend.T,
        turn @ model.coefficients_covariance @ turn.T,
        model.n,
    )


def threefold(group: GroupModel, reference: GroupModel, *, second_order: bool = False) -> Decomposition:
    """How much of a gap goes together with background, with what background is worth, and with both.

    Parameters
    ----------
    group, reference
        Models of the two groups, with the same columns.
    second_order
        As in `twofold`.

    Returns
    -------
    Decomposition
        Parts: endowments, coefficients and their interaction, seen from the reference group.

    Notes
    -----
    gap = dx'b0 + x0'db + dx'db, d = group minus reference. Standard errors take the columns as drawn with
    the people, which fixed columns would make far too small. The detail of the second and third part
    depends on the zero of each column. No part is an effect, and none is discrimination by itself.

    References
    ----------
    oaxaca1973, blinder1973, jann2008

    Examples
    --------
    >>> one = group_model([2.0, 3.0, 5.0], [[1, 0], [1, 1], [1, 2]])
    >>> two = group_model([1.0, 2.0, 2.5], [[1, 0], [1, 1], [1, 1]])
    >>> threefold(one, two).parts.round(3).tolist()
    [0.417, 1.0, 0.083]
    """
    dx, db = group.means - reference.means, group.coefficients - reference.coefficients
    s = group.means_covariance + reference.means_covariance
    v = group.coefficients_covariance + reference.coefficients_covariance
    v0 = reference.coefficients_covariance
    pairs = (
        (dx, s, reference.coefficients, v0),
        (reference.means, reference.means_covariance, db, v),
        (dx, s, db, v),
    )
    return _decomposition(group, reference, pairs, second_order)


def twofold(
    group: GroupModel, reference: GroupModel, *, weight: float = 0.0, second_order: bool = False
) -> Decomposition:
    """How much of a gap goes together with differences in background, and how much does not.

    Parameters
    ----------
    group, reference
        Models of the two groups, with the same columns.
    weight
        Weight of the group's coefficients in those that background is valued by, between 0 and 1;
        0 takes the reference group's, 1 the group's own.
    second_order
        Whether the variances have the term that vanishes in large groups, trace of V(b) V(m).

    Returns
    -------
    Decomposition
        Parts: explained and unexplained.

    Notes
    -----
    b* = w b1 + (1 - w) b0; gap = dx'b* + [(1 - w) x1 + w x0]'db. The variance of a product of
    independent m and b is m'V(b)m + b'V(m)b, and a term of second order. Explained means: goes
    together with the columns, not: justified. What happened after the groups came to differ must not
    stand among the columns.

    References
    ----------
    oaxaca1973, blinder1973, jann2008

    Examples
    --------
    >>> one = group_model([2.0, 3.0, 5.0], [[1, 0], [1, 1], [1, 2]])
    >>> two = group_model([1.0, 2.0, 2.5], [[1, 0], [1, 1], [1, 1]])
    >>> twofold(one, two).parts.round(3).tolist()
    [0.417, 1.083]
    """
    if not 0 <= weight <= 1:
        raise EstimationError(
            msg("The weight of the group must be between 0 and 1; found {found}.", found=str(weight))
        )
    one, two, rest = group, reference, 1 - weight
    v1, v2 = one.coefficients_covariance, two.coefficients_covariance
    s1, s2 = one.means_covariance, two.means_covariance
    standard = weight * one.coefficients + rest * two.coefficients
    pairs = (
        (one.means - two.means, s1 + s2, standard, weight**2 * v1 + rest**2 * v2),
        (
            rest * one.means + weight * two.means,
            rest**2 * s1 + weight**2 * s2,
            one.coefficients - two.coefficients,
            v1 + v2,
        ),
    )
    return _decomposition(one, two, pairs, second_order)


def twofold_by(group: GroupModel, reference: GroupModel, standard: ArrayLike) -> Decomposition:
    """How much of a gap goes together with background valued by given coefficients.

    Parameters
    ----------
    group, reference
        Models of the two groups, with the same columns.
    standard
        Coefficients, shape (p,), for example from `pooled_coefficients`.

    Returns
    -------
    Decomposition
        Without standard errors: the coefficients come from the same people, so resample companies.

    References
    ----------
    neumark1988, jann2008

    Examples
    --------
    >>> one = group_model([2.0, 3.0, 5.0], [[1, 0], [1, 1], [1, 2]])
    >>> two = group_model([1.0, 2.0, 2.5], [[1, 0], [1, 1], [1, 1]])
    >>> twofold_by(one, two, [1.0, 1.5]).parts.round(3).tolist()
    [0.5, 1.0]
    """
    b = np.asarray(standard, dtype=float)
    explained = (group.means - reference.means) * b
    unexplained = group.means * (group.coefficients - b) + reference.means * (b - reference.coefficients)
    detail = np.column_stack([explained, unexplained])
    unknown = np.full(detail.shape, np.nan)
    gap = group.mean - reference.mean
    return Decomposition(
        gap,
        _gap_error(group, reference),
        detail.sum(axis=0),
        unknown[0],
        detail,
        unknown,
        group.n,
        reference.n,
    )


def _pooled(y: Array, x: Array, member: NDArray[np.bool_]) -> Array:
    return np.linalg.lstsq(x, y, rcond=None)[0]


def _pooled_with_indicator(y: Array, x: Array, member: NDArray[np.bool_]) -> Array:
    return np.linalg.lstsq(np.column_stack([x, member]), y, rcond=None)[0][:-1]


POOLED: dict[str, Callable[[Array, Array, NDArray[np.bool_]], Array]] = {
    "with_indicator": _pooled_with_indicator,
    "without_indicator": _pooled,
}
"""How coefficients of both groups together are found."""


def pooled_coefficients(
    y: ArrayLike, x: ArrayLike, member: ArrayLike, *, pooled: str = "with_indicator"
) -> Array:
    """Coefficients of background among both groups together.

    Parameters
    ----------
    y, x
        Outcome and columns of both groups.
    member
        Who belongs to the group, shape (n,).
    pooled
        "with_indicator" keeps the gap itself out of the coefficients; "without_indicator" lets
        background that differs between the groups take over a part of the gap.

    Returns
    -------
    numpy.ndarray
        Shape (p,).

    References
    ----------
    neumark1988, jann2008

    Examples
    --------
    >>> x = [[1, 0], [1, 1], [1, 1], [1, 2]]
    >>> pooled_coefficients([1.0, 2.0, 4.0, 5.0], x, [False, False, True, True]).round(3).tolist()
    [1.0, 1.0]
    """
    fit = pick(POOLED, pooled, pmsg("argument", "The pooled model"))
    inside = np.asarray(member, dtype=bool)
    return fit(np.asarray(y, dtype=float), np.asarray(x, dtype=float), inside)


def _decomposition(
    group: GroupModel,
    reference: GroupModel,
    pairs: Sequence[tuple[Array, Array, Array, Array]],
    second_order: bool,
) -> Decomposition:
    """Multiply means and coefficients of each part; their errors are independent."""
    detail = np.column_stack([m * b for m, _, b, _ in pairs])
    own = [
        m**2 * np.diag(v) + b**2 * np.diag(s) + second_order * np.diag(v) * np.diag(s) for m, s, b, v in pairs
    ]
    whole = [m @ v @ m + b @ s @ b + second_order * np.trace(v @ s) for m, s, b, v in pairs]
    return Decomposition(
        group.mean - reference.mean,
        _gap_error(group, reference, second_order),
        detail.sum(axis=0),
        np.sqrt(whole),
        detail,
        np.sqrt(np.column_stack(own)),
        group.n,
        reference.n,
    )


def _gap_error(group: GroupModel, reference: GroupModel, second_order: bool = False) -> float:
    return float(np.sqrt(sum(_mean_variance(model, second_order) for model in (group, reference))))


def _mean_variance(model: GroupModel, second_order: bool) -> float:
    b, m, v, s = model.coefficients, model.means, model.coefficients_covariance, model.means_covariance
    return float(b @ s @ b + m @ v @ m + second_order * np.trace(v @ s))
