"""Linear mixed models: people, companies or both as random levels, by restricted maximum likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from evaluation.stats.checks import as_float
from evaluation.stats.design import Matrix, cluster_numbers, model_rows
from evaluation.stats.differences import curvatures, slopes
from evaluation.stats.mixed_products import Products, TermRows, cholesky, products
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

# A relative standard deviation below this is zero.
NOTHING = 1e-4
# Sizes from which the search begins, and from which a zero is tried again.
SIZES = (0.1, 0.3, 1.0, 3.0)
AGAIN = 0.02


@dataclass(frozen=True, slots=True)
class RandomTerm:
    """What varies at random between the groups of one grouping.

    Attributes
    ----------
    group
        The group of each row, shape (n,).
    columns
        What varies, shape (n, r): a column of ones for the level, the column of a slope for it; None
        for the level alone.
    """

    group: ArrayLike
    columns: ArrayLike | None = None


@dataclass(frozen=True, slots=True)
class MixedProblem:
    """Rows of a mixed model with the products that its likelihood needs.

    Attributes
    ----------
    y, x
        Outcome (n,) and columns (n, p).
    terms
        Random terms.
    alone
        Place of the term whose levels are taken out first, group by group; -1 if there is none.
    products
        What is needed of the rows.
    """

    y: Matrix
    x: Matrix
    terms: tuple[TermRows, ...]
    alone: int
    products: Products

    def split(self, theta: Matrix) -> list[Matrix]:
        """Relative factor of every term."""
        ends = list(accumulate((term.size for term in self.terms), initial=0))
        return [term.factor(theta[a:b]) for term, (a, b) in zip(self.terms, pairwise(ends), strict=True)]

    def solved(self, theta: Matrix) -> tuple[float, Matrix]:
        """Log determinant of the relative variance, and the products of x and y it leaves, (p + 1, p + 1)."""
        factors = self.split(theta)
        scale = factors[self.alone][0, 0] if self.alone >= 0 else 0.0
        return self.products.solved(scale, [f for k, f in enumerate(factors) if k != self.alone])

    def deviance(self, theta: Matrix, sigma: float | None = None) -> float:
        """-2 restricted log likelihood, at the best residual standard deviation unless one is given."""
        log_z, products = self.solved(theta)
        p = self.x.shape[1]
        root = cholesky(products)
        squares, free = root[p, p] ** 2, self.y.size - p
        log_x = 2 * float(np.sum(np.log(np.diag(root)[:p])))
        variance = squares / free if sigma is None else sigma**2
        return float(log_z + log_x + free * np.log(2 * np.pi * variance) + squares / variance)

    def covariance(self, theta: Matrix, sigma: float) -> Matrix:
        """Of the coefficients, shape (p, p)."""
        p = self.x.shape[1]
        return sigma**2 * np.linalg.inv(self.solved(theta)[1][:p, :p])


@dataclass(frozen=True, slots=True)
class MixedFit:
    """A linear mixed model; p columns.

    Attributes
    ----------
    coefficients
        Shape (p,), in the unit of the outcome per unit of each column.
    covariance
        Of the coefficients, shape (p, p), as if the variances were known.
    random
        Covariance matrix of each random term, shape (r, r).
    residual_variance
        In squared units of the outcome.
    log_likelihood
        Restricted.
    theta
        Relative factors, all terms in one vector.
    singular
        Whether a term has no variance, or random effects are perfectly related: take CR2 then.
    problem
        The rows, for `mixed_contrast`.
    n
        Rows.
    """

    coefficients: Matrix
    covariance: Matrix
    random: tuple[Matrix, ...]
    residual_variance: float
    log_likelihood: float
    theta: Matrix
    singular: bool
    problem: MixedProblem
    n: int


def mixed_model(y: ArrayLike, x: ArrayLike, terms: Sequence[RandomTerm]) -> MixedFit:
    """Coefficients when people, companies or both have levels, or slopes, of their own.

    Parameters
    ----------
    y
        Outcome, shape (n,), without missing values.
    x
        Columns of the model, shape (n, p), the column of ones included.
    terms
        What varies at random, nested or crossed, one or more.

    Returns
    -------
    MixedFit
        To be passed to `mixed_contrast` for tests and intervals.

    Notes
    -----
    y = x b + sum z_k u_k + e, u_k and e normal, by restricted maximum likelihood: the deviance is
    profiled over coefficients and residual variance and minimised over the relative factors of the covariances.
    Uses everyone with at least one measurement, right if gaps depend on what was measured only.
    The levels of the largest grouping are eliminated group by group, so it may have any number of groups. What
    is left is solved in blocks where groups are nested, such as people in companies; where they are
    crossed the work grows with the cube of the number of all other random effects.

    References
    ----------
    bates2015

    Examples
    --------
    >>> y = [1.0, 2.0, 4.0, 5.0, 3.0, 2.5, 6.0, 4.5]
    >>> fit = mixed_model(y, np.ones((8, 1)), [RandomTerm(list("aabbccdd"))])
    >>> fit.coefficients.round(3).tolist(), round(float(fit.random[0][0, 0]), 3)
    ([3.5], 2.594)
    """
    problem = _problem(y, x, terms)
    theta, spreads = _most_likely(problem)
    _, products = problem.solved(theta)
    p, n = problem.x.shape[1], problem.y.size
    b = np.linalg.solve(products[:p, :p], products[:p, p])
    variance = float(products[p, p] - products[:p, p] @ b) / (n - p)
    factors = problem.split(theta)
    return MixedFit(
        coefficients=b,
        covariance=problem.covariance(theta, np.sqrt(variance)),
        random=tuple(variance * factor @ factor.T for factor in factors),
        residual_variance=variance,
        log_likelihood=-problem.deviance(theta) / 2,
        theta=theta,
        singular=bool(np.any(theta[spreads] < NOTHING)),
        problem=problem,
        n=n,
    )


def _problem(y: ArrayLike, x: ArrayLike, terms: Sequence[RandomTerm]) -> MixedProblem:
    if not terms:
        raise EstimationError(msg("A mixed model needs at least one random term."))
    outcome, design, _, _ = model_rows(y, x, np.asarray(terms[0].group))
    rows = []
    for term in terms:
        numbers, groups = cluster_numbers(np.asarray(term.group))
        columns = np.ones((outcome.size, 1)) if term.columns is None else as_float(term.columns, "columns")
        if numbers.size != outcome.size or columns.shape[:1] != outcome.shape or columns.ndim != 2:
            raise EstimationError(msg("Every random term needs a group and its columns for each row."))
        if groups * columns.shape[1] > outcome.size - design.shape[1]:
            raise EstimationError(
                msg(
                    "There are {groups} groups for {n} rows, too many to tell their levels from the rest.",
                    groups=groups,
                    n=outcome.size,
                )
            )
        rows.append(TermRows(numbers, groups, columns))
    alone, found = products(outcome, design, rows)
    return MixedProblem(outcome, design, tuple(rows), alone, found)


def _most_likely(problem: MixedProblem) -> tuple[Matrix, NDArray[np.bool_]]:
    """Relative factors with the smallest deviance, and which of them are spreads.

    The deviance is flat where a spread is zero, so a search that strays there stays: it begins at the best of
    some sizes, and zeros are tried again from nearby.
    """
    widths = [term.columns.shape[1] for term in problem.terms]
    unit = np.concatenate([np.eye(width)[np.tril_indices(width)] for width in widths])
    spreads, theta = unit > 0, min((size * unit for size in SIZES), key=problem.deviance)

    def gradient(at: Matrix) -> Matrix:
        return slopes(problem.deviance, at)

    for _ in range(3):
        found = optimize.minimize(
            problem.deviance, theta, method="BFGS", jac=gradient, options={"gtol": 1e-4}
        )
        theta = np.where(spreads, np.abs(found.x), found.x)
        again = np.where(spreads & (theta < NOTHING), AGAIN, theta)
        if np.array_equal(again, theta) or problem.deviance(again) >= problem.deviance(theta) - 1e-9:
            break
        theta = again
    return _polished(problem, theta, spreads), spreads


def _polished(problem: MixedProblem, theta: Matrix, bounded: NDArray[np.bool_]) -> Matrix:
    """Two steps of Newton for what is not at its boundary."""
    inside = ~(bounded & (theta < NOTHING))
    theta = np.where(inside, theta, 0.0)

    def deviance(part: Matrix) -> float:
        whole = theta.copy()
        whole[inside] = part
        return problem.deviance(whole)

    part = theta[inside]
    for _ in range(2 if part.size else 0):
        step = np.linalg.lstsq(curvatures(deviance, part), slopes(deviance, part), rcond=None)[0]
        moved = part - step
        if np.any(moved[bounded[inside]] < 0) or deviance(moved) > deviance(part) + 1e-9:
            break
        part = moved
    theta[inside] = part
    return theta
