"""Codes that are too weak for the number of people: linked strictly, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.data.linkage.chance import expected_chance
from evaluation.data.linkage.match import Rule
from evaluation.data.linkage.series import LinkedSeries

MOST_CHANCE = 0.01
"""Expected chance matches per link above which a rule is not used (docs/linkage.md: precision 0.999)."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How many pairs of different people are expected to agree by chance, in all waves together.

    Attributes
    ----------
    exact, one_edit
        The expected number of pairs with equal codes, and with codes at most one edit apart.
    links
        How many links the default rule makes.
    """

    exact: float
    one_edit: float
    links: int


def series_chance(series: LinkedSeries) -> Chance:
    """Return the expected number of chance matches in a series of waves.

    Parameters
    ----------
    series
        The waves, linked by the default rule.

    Returns
    -------
    Chance
        Sums over the waves from the second on, each compared with everybody before it.
    """
    found = [expected_chance(part.before, part.after, part) for part in series.linkages.values()]
    return Chance(
        sum(part.expected_exact for part in found),
        sum(part.expected_one_edit for part in found),
        sum(len(part.links) for part in series.linkages.values()),
    )


def safe_rule(chance: Chance, asked: Rule) -> Rule | None:
    """Rule that a code is strong enough for.

    Parameters
    ----------
    chance
        The expected chance matches.
    asked
        The rule of the definition.

    Returns
    -------
    str or None
        The rule that was asked for if at most `MOST_CHANCE` pairs of different people per link are expected
        to be within its reach; otherwise `strict`; None if even equal codes are too often equal by chance.

    Notes
    -----
    A pair that agrees by chance is linked only if neither of the two has a better partner. In simulated
    programmes that happens to about one such pair in twelve, so that one per hundred links keeps the
    precision at 0.999.

    Examples
    --------
    >>> safe_rule(Chance(0.1, 0.2, 200), "default"), safe_rule(Chance(0.3, 12.4, 200), "default")
    ('default', 'strict')
    >>> safe_rule(Chance(9.0, 60.0, 200), "default") is None
    True
    """
    reach: Mapping[Rule, float] = {
        "strict": chance.exact,
        "default": chance.one_edit,
        "loose": chance.one_edit,
    }
    limit = MOST_CHANCE * max(chance.links, 1)
    return next((rule for rule in (asked, "strict") if reach[rule] <= limit), None)
