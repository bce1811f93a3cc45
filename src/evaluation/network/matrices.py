"""Ties of two waves as matrices, with what is known of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LEAST = 1.0
"""The frequency that stands for no contact."""

Matrix = NDArray[np.float64]
Cells = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Network:
    """One wave of a network.

    Attributes
    ----------
    actors
        The actors, in the order of rows and columns.
    answered
        Who answered, shape (n,).
    frequency, trust, value
        What actors say of each other, shape (n, n); missing where it is not known.
    """

    actors: tuple[str, ...]
    answered: Cells
    frequency: Matrix
    trust: Matrix
    value: Matrix

    @property
    def known(self) -> Cells:
        """Return of which pairs it is known whether they are in contact."""
        return np.isfinite(self.frequency) & ~np.eye(len(self.actors), dtype=bool)


def network_of(ties: pd.DataFrame, wave: str, actors: Sequence[str]) -> Network:
    """Arrange the ties of one wave.

    Parameters
    ----------
    ties
        Columns wave, actor, to, frequency, trust, value.
    wave
        The wave.
    actors
        Everybody who belongs to the network.

    Returns
    -------
    Network
        Of those who answered, a pair without a row has no contact, and one with an empty frequency is not
        known; of those who did not answer nothing is known.
    """
    rows = ties[ties["wave"] == wave]
    place = {actor: number for number, actor in enumerate(actors)}
    answered = np.isin(np.array(actors, dtype=object), rows["actor"].unique().astype(object))
    frequency = np.where(answered[:, None], LEAST, np.nan) * np.ones((len(actors), len(actors)))
    others = {name: np.full_like(frequency, np.nan) for name in ("trust", "value")}
    at = [place[actor] for actor in rows["actor"]], [place[actor] for actor in rows["to"]]
    for matrix, name in ((frequency, "frequency"), *((others[name], name) for name in others)):
        matrix[at] = rows[name].to_numpy(float)
    return Network(tuple(actors), answered, frequency, **others)


def actors_of(ties: pd.DataFrame) -> list[str]:
    """List everybody who answered or was named at any wave.

    Parameters
    ----------
    ties
        One row per pair that an actor answered about, with the columns actor and to.
    """
    return sorted({*ties["actor"], *ties["to"]})


def kinds_of(ties: pd.DataFrame, actors: Sequence[str]) -> list[str | None]:
    """Return each actor's kind; None for those who never said it.

    Parameters
    ----------
    ties
        One row per pair that an actor answered about, with the columns actor and actor_kind.
    actors
        The actors, in the order of the answer.
    """
    told = ties.dropna(subset=["actor_kind"]).drop_duplicates("actor").set_index("actor")["actor_kind"]
    return [told.get(actor) for actor in actors]


def across_kinds(kinds: Sequence[str | None]) -> Cells:
    """Return which pairs are of two different, known kinds.

    Parameters
    ----------
    kinds
        The kind of each actor, None where it is not known.
    """
    kind = np.array([text or "" for text in kinds], dtype=object)
    told = kind != ""
    return (kind[:, None] != kind[None, :]) & told[:, None] & told[None, :]


def _density(network: Network, cells: Cells, at_least: float) -> float:
    return _mean(network.frequency[cells] >= at_least)


def _reciprocity(network: Network, cells: Cells, at_least: float) -> float:
    tied = cells & cells.T & (network.frequency >= at_least)
    return _mean((at_least <= network.frequency.T)[tied])


def _frequency(network: Network, cells: Cells, at_least: float) -> float:
    return _mean(network.frequency[cells])


def _trust(network: Network, cells: Cells, at_least: float) -> float:
    return _rated(network, network.trust, cells, at_least)


def _value(network: Network, cells: Cells, at_least: float) -> float:
    return _rated(network, network.value, cells, at_least)


def _rated(network: Network, ratings: Matrix, cells: Cells, at_least: float) -> float:
    return _mean(ratings[cells & (network.frequency >= at_least) & np.isfinite(ratings)])


def _mean(values: NDArray) -> float:
    return float(values.mean()) if values.size else float("nan")


QUANTITIES: Mapping[str, Callable[[Network, Cells, float], float]] = {
    "density": _density,
    "reciprocity": _reciprocity,
    "frequency": _frequency,
    "trust": _trust,
    "value": _value,
}
"""What can be told of a network, from the pairs that are to count and the frequency of a tie."""

SHARES = ("density", "reciprocity")
"""Quantities that are shares; the others are means of answers."""
