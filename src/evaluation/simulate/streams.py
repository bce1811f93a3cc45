"""Named streams of random numbers, and fixed fractions that belong to a name.

Every part of the simulation draws from a stream of its own. A source, question or column that is
added to a project therefore does not change the numbers of the others.
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

WORD = 2**64


@dataclass(frozen=True, slots=True)
class Streams:
    """The root from which the stream of every name is made.

    Attributes
    ----------
    root
        Two whole numbers drawn from the generator that the caller gave.
    """

    root: tuple[int, int]

    def of(self, name: str) -> np.random.Generator:
        """Return a new generator that depends on the root and the name only."""
        return np.random.default_rng([*self.root, _number(name)])


def named_streams(rng: np.random.Generator) -> Streams:
    """Return streams that depend on the state of `rng`, which is moved on by two numbers."""
    first, second = rng.integers(0, 2**63, size=2)
    return Streams((int(first), int(second)))


def fraction(name: str) -> float:
    """Return a number in [0, 1) that is the same for the same name in every run and on every machine.

    Examples
    --------
    >>> round(fraction("learn_share"), 4) == round(fraction("learn_share"), 4)
    True
    """
    return _number(name) / WORD


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
