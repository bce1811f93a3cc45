"""What is told of a network by its ties alone: how many there are, whether they are answered, who stands between."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csgraph, csr_matrix

from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.message import msg

Matrix = NDArray[np.float64]


def checked(adjacency: ArrayLike) -> Matrix:
    """Return a network as a matrix of 0 and 1 with an empty diagonal.

    Parameters
    ----------
    adjacency
        Who names whom, shape (n, n): rows send, columns receive; not 0 is a tie. The diagonal is not read.

    Raises
    ------
    EstimationError
        If it is not square, has fewer than two actors or holds missing values.
    """
    ties = np.array(adjacency, dtype=float)
    if ties.ndim != 2 or ties.shape[0] != ties.shape[1] or len(ties) < 2:
        raise EstimationError(
            msg("A network is a square table of at least two actors; found {found}.", found=str(ties.shape)),
            do=msg("Give one row and one column for each actor."),
        )
    np.fill_diagonal(ties, 0.0)
    if not np.isfinite(ties).all():
        raise EstimationError(
            msg("The network has ties that are not known."),
            do=msg("Leave out the actors who did not answer."),
        )
    return (ties != 0).astype(float)


def density(adjacency: ArrayLike) -> float:
    """Compute the share of all possible ties that are there.

    Parameters
    ----------
    adjacency
        As for `checked`.

    Examples
    --------
    >>> density([[0, 1, 1], [1, 0, 0], [0, 0, 0]])
    0.5
    """
    ties = checked(adjacency)
    return float(ties.sum() / (len(ties) * (len(ties) - 1)))


@dataclass(frozen=True, slots=True)
class Dyads:
    """How many pairs of actors name each other, are named one way only, or not at all."""

    mutual: int
    asymmetric: int
    null: int

    @property
    def answered(self) -> float:
        """Return the share of ties that are answered; missing without ties."""
        ties = 2 * self.mutual + self.asymmetric
        return 2 * self.mutual / ties if ties else float("nan")

    @property
    def alike(self) -> float:
        """Return the share of all pairs in which both name, or do not name, each other."""
        return (self.mutual + self.null) / (self.mutual + self.asymmetric + self.null)

    @property
    def mutual_share(self) -> float:
        """Return the share of the pairs with any tie that are mutual; missing without ties."""
        tied = self.mutual + self.asymmetric
        return self.mutual / tied if tied else float("nan")


def dyads(adjacency: ArrayLike) -> Dyads:
    """Count pairs of actors by whether they name each other.

    Parameters
    ----------
    adjacency
        As for `checked`.

    References
    ----------
    wasserman1994
    """
    ties = checked(adjacency)
    n = len(ties)
    mutual = int((ties * ties.T).sum() / 2)
    asymmetric = int(ties.sum()) - 2 * mutual
    return Dyads(mutual, asymmetric, n * (n - 1) // 2 - mutual - asymmetric)


def triads(adjacency: ArrayLike) -> dict[str, int]:
    """Count triples of actors by their kind: mutual, one-way and empty pairs, and a letter where they differ.

    Parameters
    ----------
    adjacency
        As for `checked`.

    Returns
    -------
    dict
        By name ("030T" is the transitive triple, "300" the one in which all name each other).

    References
    ----------
    holland1970
    """
    ties = checked(adjacency).astype(int)
    found: Counter[tuple[int, ...]] = Counter(
        tuple(ties[np.ix_(part, part)].ravel()) for part in map(list, combinations(range(len(ties)), 3))
    )
    kinds: Counter[str] = Counter()
    for cells, count in found.items():
        kinds[_kind(np.array(cells).reshape(3, 3))] += count
    return dict(kinds)


def _kind(part: NDArray[np.int64]) -> str:
    mutual = int((part * part.T).sum() // 2)
    one_way = part * (1 - part.T)
    asymmetric = int(one_way.sum())
    out, into = one_way.sum(axis=1), one_way.sum(axis=0)
    name = f"{mutual}{asymmetric}{3 - mutual - asymmetric}"
    if name == "030":
        return name + ("C" if out.max() == 1 else "T")
    if name in ("021", "120"):
        return name + ("D" if out.max() == 2 else "U" if into.max() == 2 else "C")
    if name == "111":
        in_pair = (part * part.T).sum(axis=1) > 0
        return name + ("D" if in_pair[into.argmax()] else "U")
    return name


def transitivity(adjacency: ArrayLike) -> float:
    """Compute how often the contact of a contact is a contact too, following the ties' direction.

    Parameters
    ----------
    adjacency
        As for `checked`.

    Returns
    -------
    float
        Share of the two-step paths i → j → k with a tie i → k; missing without such paths.
    """
    ties = checked(adjacency)
    paths = ties @ ties
    np.fill_diagonal(paths, 0.0)
    return float((paths * ties).sum() / paths.sum()) if paths.sum() else float("nan")


def clustering(adjacency: ArrayLike) -> tuple[float, float]:
    """Compute how often two contacts of an actor are in contact, whichever way the ties go.

    Parameters
    ----------
    adjacency
        As for `checked`; a tie in either direction counts.

    Returns
    -------
    tuple
        The share among all pairs of contacts, and the mean of the actors' own shares, 0 where an actor has
        fewer than two contacts.

    References
    ----------
    wasserman1994
    """
    ties = checked(adjacency)
    either = np.maximum(ties, ties.T)
    degree = either.sum(axis=1)
    pairs, closed = degree * (degree - 1), np.diag(either @ either @ either)
    own = np.divide(closed, pairs, out=np.zeros(len(ties)), where=pairs > 0)
    whole = float(closed.sum() / pairs.sum()) if pairs.sum() else float("nan")
    return whole, float(own.mean())


def centralisation(values: ArrayLike, most: float) -> float:
    """Compute how far a network leans on its most central actor.

    Parameters
    ----------
    values
        Each actor's centrality, shape (n,).
    most
        The sum of differences to the largest value in a star of as many actors.

    Returns
    -------
    float
        From 0 (all alike) to 1 (a star).

    References
    ----------
    freeman1979
    """
    centrality = np.asarray(values, dtype=float)
    return float((centrality.max() - centrality).sum() / most) if most > 0 else float("nan")


def distances(adjacency: ArrayLike) -> Matrix:
    """Compute the fewest ties from each actor to each other.

    Parameters
    ----------
    adjacency
        As for `checked`.

    Returns
    -------
    numpy.ndarray
        Shape (n, n); infinite where there is no way.
    """
    return csgraph.shortest_path(csr_matrix(checked(adjacency)), method="D", unweighted=True)


def betweenness(adjacency: ArrayLike) -> Matrix:
    """Compute on how many shortest ways between others each actor stands.

    Parameters
    ----------
    adjacency
        As for `checked`. In a network without directions every pair is counted both ways.

    Returns
    -------
    numpy.ndarray
        Shape (n,): the sum over ordered pairs of the share of their shortest ways that pass the actor.

    References
    ----------
    freeman1979
    """
    ties = checked(adjacency)
    steps = distances(ties)
    ways = np.eye(len(ties))
    for length in range(1, int(steps[np.isfinite(steps)].max()) + 1):
        before = np.where(steps == length - 1, ways, 0.0)
        ways = np.where(steps == length, before @ ties, ways)
    between = np.zeros(len(ties))
    safe = np.where(ways > 0, ways, 1.0)
    for actor in range(len(ties)):
        on_the_way = (steps[:, [actor]] + steps[[actor], :] == steps) & np.isfinite(steps)
        share = np.where(on_the_way, ways[:, [actor]] * ways[[actor], :] / safe, 0.0)
        share[actor, :] = share[:, actor] = 0.0
        np.fill_diagonal(share, 0.0)
        between[actor] = share.sum()
    return between


def components(adjacency: ArrayLike, *, strong: bool = False) -> int:
    """Count the parts into which a network falls.

    Parameters
    ----------
    adjacency
        As for `checked`.
    strong
        Whether the ties must lead both ways; otherwise their direction does not matter.
    """
    kind = "strong" if strong else "weak"
    return int(
        csgraph.connected_components(csr_matrix(checked(adjacency)), connection=kind, return_labels=False)
    )
