"""What the likelihood of a linear mixed model needs of its rows, so that no row is looked at twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.linalg import lapack

from evaluation.stats.design import Matrix

# Random effects that hang together, up to which they are solved block by block.
LARGEST_BLOCK = 12


@dataclass(frozen=True, slots=True)
class TermRows:
    """A random term with its groups numbered.

    Attributes
    ----------
    group
        Shape (n,), from 0.
    groups
        How many there are.
    columns
        Shape (n, r).
    """

    group: NDArray[np.intp]
    groups: int
    columns: Matrix

    @property
    def size(self) -> int:
        """Elements of the relative factor: those of a lower triangle."""
        r = self.columns.shape[1]
        return r * (r + 1) // 2

    def factor(self, theta: Matrix) -> Matrix:
        """Lower triangular factor of the covariance relative to the residual variance, shape (r, r)."""
        r = self.columns.shape[1]
        if r == 1:
            return theta.reshape(1, 1)
        triangle = np.zeros((r, r))
        triangle[_triangle(r)] = theta
        return triangle

    def dense(self) -> Matrix:
        """Columns of the random effects, group by group, shape (n, groups * r)."""
        r = self.columns.shape[1]
        table = np.zeros((self.group.size, self.groups, r))
        table[np.arange(self.group.size), self.group] = self.columns
        return table.reshape(self.group.size, self.groups * r)


class Products(Protocol):
    """Products of the columns of x and y, p + 1 of them, from which random effects can be taken out."""

    def solved(self, scale: float, factors: Sequence[Matrix]) -> tuple[float, Matrix]:
        """Log determinant of the relative variance, and the products of x and y it leaves, (p + 1, p + 1).

        Parameters
        ----------
        scale
            Relative standard deviation of the term taken out first.
        factors
            Relative factor of every other term.
        """


@dataclass(frozen=True, slots=True)
class CrossedProducts:
    """Products for random effects that all hang together.

    Attributes
    ----------
    counts, links, sums
        Of the term that is taken out first, with m groups: rows in each group (m,), products with the other
        random effects (m, q), and with x and y (m, p + 1).
    zz, zx, xx
        Products of the other random effects and of x and y: (q, q), (q, p + 1) and (p + 1, p + 1).
    groups
        How many the other terms have.
    """

    counts: Matrix
    links: Matrix
    sums: Matrix
    zz: Matrix
    zx: Matrix
    xx: Matrix
    groups: tuple[int, ...]

    def solved(self, scale: float, factors: Sequence[Matrix]) -> tuple[float, Matrix]:
        """As in `Products`."""
        shrunk = (scale**2 / (1 + scale**2 * self.counts))[:, None]
        left = self.xx - self.sums.T @ (shrunk * self.sums)
        log_z = float(np.sum(np.log1p(scale**2 * self.counts)))
        if not self.groups:
            return log_z, left
        others = list(zip(self.groups, factors, strict=True))
        inner = self.zz - self.links.T @ (shrunk * self.links)
        cross = self.zx - self.links.T @ (shrunk * self.sums)
        inner, cross = _stretched(others, _stretched(others, inner).T), _stretched(others, cross)
        inner.flat[:: len(inner) + 1] += 1.0
        root = cholesky(inner)
        part, _ = lapack.dtrtrs(root, cross, lower=True)
        return log_z + 2 * float(np.sum(np.log(np.diag(root)))), left - part.T @ part


def cholesky(table: Matrix) -> Matrix:
    """Lower triangular root of a small table, without the checks that take longer than the root itself.

    Parameters
    ----------
    table
        Symmetric, shape (q, q).

    Returns
    -------
    numpy.ndarray
        L with L L' equal to the table, zero above the diagonal, shape (q, q).

    Raises
    ------
    scipy.linalg.LinAlgError
        If the table is not positive definite.

    Examples
    --------
    >>> cholesky(np.array([[4.0, 2.0], [2.0, 10.0]])).tolist()
    [[2.0, 0.0], [1.0, 3.0]]
    """
    root, failed = lapack.dpotrf(table, lower=True)
    if failed:
        raise linalg.LinAlgError("the products of the random effects are not positive definite")
    return root


@cache
def _triangle(r: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    return np.tril_indices(r)


def _stretched(factors: Sequence[tuple[int, Matrix]], table: Matrix) -> Matrix:
    """Multiply the rows of a table, group by group, by the transposed factors."""
    if all(len(factor) == 1 for _, factor in factors):
        scales = [factor[0, 0] for _, factor in factors]
        return np.repeat(scales, [groups for groups, _ in factors])[:, None] * table
    parts, start = [], 0
    for groups, factor in factors:
        rows = table[start : start + groups * len(factor)].reshape(groups, len(factor), -1)
        moved = np.einsum("ji,gjc->gic", factor, rows)
        parts.append(moved.reshape(groups * len(factor), -1))
        start += groups * len(factor)
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the groups of a term stand.

    Attributes
    ----------
    block, start
        Block and first place in it of each group, shape (groups,).
    """

    block: NDArray[np.intp]
    start: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class NestedProducts:
    """Products for random effects in c blocks of at most b that share no rows, such as people in companies.

    Attributes
    ----------
    block
        Block of each of the m groups of the term that is taken out first, shape (m,).
    counts, links, sums
        As in `CrossedProducts`, with links to the b places of the block: (m,), (m, b), (m, p + 1).
    zz, zx, xx
        Products of the other random effects, block by block, and of x and y: (c, b, b), (c, b, p + 1) and
        (p + 1, p + 1).
    places
        Of the groups of each other term.
    """

    block: NDArray[np.intp]
    counts: Matrix
    links: Matrix
    sums: Matrix
    zz: Matrix
    zx: Matrix
    xx: Matrix
    places: tuple[_Place, ...]

    def solved(self, scale: float, factors: Sequence[Matrix]) -> tuple[float, Matrix]:
        """As in `Products`."""
        shrunk = (scale**2 / (1 + scale**2 * self.counts))[:, None]
        left = self.xx - self.sums.T @ (shrunk * self.sums)
        weighed, blocks = shrunk * self.links, len(self.zz)
        inner = self.zz - _block_products(weighed, self.links, self.block, blocks)
        cross = self.zx - _block_products(weighed, self.sums, self.block, blocks)
        spread = np.zeros_like(inner)
        for place, factor in zip(self.places, factors, strict=True):
            for i, j in zip(*np.tril_indices(len(factor)), strict=True):
                spread[place.block, place.start + i, place.start + j] = factor[i, j]
        turned = spread.transpose(0, 2, 1)
        root = np.linalg.cholesky(turned @ inner @ spread + np.eye(inner.shape[1]))
        part = _forward(root, turned @ cross).reshape(-1, len(left))
        log_z = float(np.sum(np.log1p(scale**2 * self.counts)))
        log_z += 2 * float(np.sum(np.log(np.einsum("cii->ci", root))))
        return log_z, left - part.T @ part


def _forward(root: Matrix, table: Matrix) -> Matrix:
    """Solve lower triangular systems, one in each block."""
    solved = np.empty_like(table)
    for i in range(root.shape[1]):
        known = np.einsum("cj,cjk->ck", root[:, i, :i], solved[:, :i]) if i else 0.0
        solved[:, i] = (table[:, i] - known) / root[:, i, i, None]
    return solved


def _block_products(one: Matrix, other: Matrix, block: NDArray[np.intp], blocks: int) -> Matrix:
    """Sum one_i other_j over the rows of each block, shape (blocks, columns of one, columns of other)."""
    sums = np.empty((blocks, one.shape[1], other.shape[1]))
    for i, left in enumerate(one.T):
        for j, right in enumerate(other.T):
            sums[:, i, j] = np.bincount(block, left * right, blocks)
    return sums


def products(y: Matrix, x: Matrix, terms: Sequence[TermRows]) -> tuple[int, Products]:
    """Products of all columns; the largest term of levels alone never becomes a table of its own.

    Parameters
    ----------
    y, x
        Outcome (n,) and columns (n, p).
    terms
        Random terms.

    Returns
    -------
    tuple
        The place of the term that is taken out first, -1 if there is none, and the products.

    Notes
    -----
    Random effects that share no rows, even by way of others, stand in different blocks. Where blocks have at most
    12 of them, every block is solved by itself, and the work grows with the number of rows only.

    Examples
    --------
    >>> pairs = TermRows(np.array([0, 0, 1, 1]), 2, np.ones((4, 1)))
    >>> alone, found = products(np.arange(4.0), np.ones((4, 1)), [pairs])
    >>> alone, round(found.solved(1.0, [])[0], 3)
    (0, 2.197)
    """
    levels = [k for k, term in enumerate(terms) if term.columns.shape[1] == 1]
    alone = max(levels, key=lambda k: terms[k].groups, default=-1)
    others = [term for k, term in enumerate(terms) if k != alone]
    xy = np.column_stack([x, y])
    if others:
        places, rows = _blocks(others, terms[alone] if alone >= 0 else None)
        width = 1 + max(
            int(np.max(p.start)) + t.columns.shape[1] - 1 for p, t in zip(places, others, strict=True)
        )
        if width <= LARGEST_BLOCK and rows.max() > 0:
            return alone, _nested(xy, others, terms[alone] if alone >= 0 else None, places, rows, width)
    z = np.hstack([term.dense() for term in others]) if others else np.zeros((y.size, 0))
    nothing = TermRows(np.zeros(y.size, dtype=np.intp), 1, np.zeros((y.size, 1)))
    first = terms[alone] if alone >= 0 else nothing
    own, groups = first.columns[:, 0], tuple(term.groups for term in others)
    counts = np.bincount(first.group, own**2, first.groups)
    links, sums = (_sums(own[:, None] * table, first) for table in (z, xy))
    return alone, CrossedProducts(counts, links, sums, z.T @ z, z.T @ xy, xy.T @ xy, groups)


def _sums(table: Matrix, term: TermRows) -> Matrix:
    sums = np.zeros((term.groups, table.shape[1]))
    np.add.at(sums, term.group, table)
    return sums


def _blocks(
    others: Sequence[TermRows], first: TermRows | None
) -> tuple[tuple[_Place, ...], NDArray[np.intp]]:
    """Find the random effects that hang together: places of all groups, and the block of every row."""
    linked = [*others, *([first] if first is not None else [])]
    ends = np.cumsum([0, *(term.groups for term in linked)])
    nodes = [term.group + end for term, end in zip(linked, ends[:-1], strict=True)]
    hub = np.concatenate([nodes[0]] * (len(nodes) - 1)) if len(nodes) > 1 else nodes[0]
    far = np.concatenate(nodes[1:]) if len(nodes) > 1 else nodes[0]
    edges = sparse.coo_array((np.ones(hub.size), (hub, far)), shape=(ends[-1], ends[-1]))
    block = sparse.csgraph.connected_components(edges, directed=False)[1].astype(np.intp)
    widths = np.concatenate([np.full(term.groups, term.columns.shape[1]) for term in others])
    kept = block[: widths.size]
    order = np.argsort(kept, kind="stable")
    before = np.cumsum(widths[order]) - widths[order]
    begins = before[np.searchsorted(kept[order], kept[order])]
    start = np.empty(widths.size, dtype=np.intp)
    start[order] = before - begins
    bounds = pairwise(ends[: len(others) + 1])
    return tuple(_Place(kept[a:b], start[a:b]) for a, b in bounds), block[nodes[0]]


def _nested(
    xy: Matrix,
    others: Sequence[TermRows],
    first: TermRows | None,
    places: tuple[_Place, ...],
    rows: NDArray[np.intp],
    width: int,
) -> NestedProducts:
    """Give the products block by block; without a term to take out first, nothing is."""
    blocks, n = int(rows.max()) + 1, len(xy)
    z = np.zeros((n, width))
    for place, term in zip(places, others, strict=True):
        for i in range(term.columns.shape[1]):
            z[np.arange(n), place.start[term.group] + i] += term.columns[:, i]
    nothing = TermRows(rows, blocks, np.zeros((n, 1)))
    out = first if first is not None else nothing
    own = out.columns[:, 0]
    block = np.zeros(out.groups, dtype=np.intp)
    block[out.group] = rows
    return NestedProducts(
        block=block,
        counts=np.bincount(out.group, own**2, out.groups),
        links=np.asfortranarray(_sums(own[:, None] * z, out)),
        sums=np.asfortranarray(_sums(own[:, None] * xy, out)),
        zz=_block_products(z, z, rows, blocks),
        zx=_block_products(z, xy, rows, blocks),
        xx=xy.T @ xy,
        places=places,
    )
