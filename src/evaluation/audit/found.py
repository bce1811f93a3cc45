"""What an attack on a published report found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recovered:
    """A withheld count that is told too closely.

    Attributes
    ----------
    about
        What it counts: the row's keys, and which of its counts.
    low, high
        The least and the largest value that the published numbers leave possible.
    """

    about: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """What an attack found.

    Attributes
    ----------
    published
        Counts of people or organisations that the report shows, each once.
    withheld
        Rows that are withheld, each once.
    attacked
        Counts that were attacked: those of withheld rows, and remainders that no row shows.
    recovered
        Those that are told too closely.
    unexplained
        Parts of wholes in the text that no shown row explains.
    contradictions
        Rows that contradict the others and were left out.
    rounded
        Rows that are told in rounded numbers, each once.
    """

    published: int
    withheld: int
    attacked: int
    recovered: tuple[Recovered, ...]
    unexplained: tuple[str, ...]
    contradictions: int
    rounded: int = 0
