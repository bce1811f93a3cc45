"""Who is where in a network: numbered actors, the ties between them, and what shape they make."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.network.graph import betweenness, centralisation, dyads, transitivity
from evaluation.network.homophily import homophily
from evaluation.network.matrices import actors_of, kinds_of, network_of
from evaluation.network.qap import qap
from evaluation.result import Meta, Result

META = Meta(method="network_shape", references=("wasserman1994", "freeman1979"))


def numbered(ties: pd.DataFrame) -> list[str]:
    """List all actors by kind, and within a kind as they are written; an actor's place is its number.

    Parameters
    ----------
    ties
        As for `places`, of every wave.
    """
    actors = actors_of(ties)
    kinds = kinds_of(ties, actors)
    return [actor for _, actor in sorted(zip([kind or "~" for kind in kinds], actors, strict=True))]


def places(ties: pd.DataFrame, *, wave: str, at_least: float = 2.0) -> Result:
    """Show how every actor stands in the network at a wave.

    Parameters
    ----------
    ties
        One row per pair that an actor answered about.
    wave
        The wave.
    at_least
        From which frequency there is a tie.

    Returns
    -------
    Result
        One row per actor: `term` its number, `level` its kind, `named_by` and `names` how many, `estimate` on
        how many of a hundred shortest ways between others it stands. A silent actor names nobody.

    References
    ----------
    freeman1979

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "wave": ["w1"] * 6 + ["w3"] * 6, "actor": list("aabbcc") * 2, "to": list("bcacab") * 2,
    ...     "frequency": [3, 0, 3, 1, 0, 3, 3, 3, 3, 0, 0, 3], "actor_kind": "firm",
    ...     "trust": None, "value": None})
    >>> places(pairs, wave="w1").table["named_by"].tolist()
    [1, 2, 0]
    """
    actors = numbered(ties)
    there = _there(ties, wave, actors, at_least)
    kinds, n = kinds_of(ties, actors), len(actors)
    most = max(1, (n - 1) * (n - 2))
    rows = [
        {
            "estimand": "network_place",
            "unit": "actor",
            "wave": wave,
            "term": str(place + 1),
            "group": "actor_kind" if kinds[place] else None,
            "level": kinds[place],
            "estimate": 100 * between / most,
            "named_by": int(there[:, place].sum()),
            "names": int(there[place].sum()),
            "n": n,
        }
        for place, between in enumerate(betweenness(there))
    ]
    return Result(pd.DataFrame(rows), META)


def network_map(
    ties: pd.DataFrame, *, wave: str, other: str, otherwise: str, at_least: float = 2.0
) -> Result:
    """Place the actors of a wave and the ties between them, and tell which ties the other wave lacks.

    Parameters
    ----------
    ties, at_least
        As for `places`.
    wave
        The wave that is shown.
    other
        The wave before or after it.
    otherwise
        What a tie is that the other wave lacks: `new` or `lost`.

    Returns
    -------
    Result
        The rows of `places`, and one per tie: `term` both numbers, `estimate` how many of the two name the
        other, `level` `kept` if it is there at the other wave too, or `otherwise`. Pairs of which nothing
        is known at the other wave have no `level`.

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "wave": ["w1"] * 6 + ["w3"] * 6, "actor": list("aabbcc") * 2, "to": list("bcacab") * 2,
    ...     "frequency": [3, 0, 3, 1, 0, 3, 3, 3, 3, 0, 0, 3], "actor_kind": "firm",
    ...     "trust": None, "value": None})
    >>> shown = network_map(pairs, wave="w3", other="w1", otherwise="new").table
    >>> shown.loc[shown["group"] == "tie", ["term", "level"]].values.tolist()
    [['1-2', 'kept'], ['1-3', 'new'], ['2-3', 'kept']]
    """
    found = places(ties, wave=wave, at_least=at_least)
    actors = numbered(ties)
    here, there = (_there(ties, when, actors, at_least) for when in (wave, other))
    known = _asked(ties, other, actors)
    rows = [
        {
            "estimand": "network_place",
            "unit": "actor",
            "wave": wave,
            "term": f"{one + 1}-{two + 1}",
            "group": "tie",
            "level": _state(there[one, two] + there[two, one] > 0, bool(known[one, two]), otherwise),
            "estimate": here[one, two] + here[two, one],
            "n": len(actors),
        }
        for one, two in _pairs(here)
    ]
    return Result(pd.concat([found.table, pd.DataFrame(rows)], ignore_index=True), META)


def shape(ties: pd.DataFrame, *, before: str, after: str, at_least: float = 2.0) -> Result:
    """Describe the network of those who answered both times, before and after.

    Parameters
    ----------
    ties, at_least
        As for `places`.
    before, after
        The two waves.

    Returns
    -------
    Result
        One row per wave and measure (`term`): share of ties that are answered, closed triples, how far the
        network leans on one actor (indegree), ties between kinds minus within; and for the later wave the
        correlation with the earlier one, with its p value by permutation of the actors.

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "wave": ["w1"] * 6 + ["w3"] * 6, "actor": list("aabbcc") * 2, "to": list("bcacab") * 2,
    ...     "frequency": [3, 0, 3, 1, 0, 3, 3, 3, 3, 0, 0, 3], "actor_kind": "firm",
    ...     "trust": None, "value": None})
    >>> shape(pairs, before="w1", after="w3").table["estimate"].round(2).tolist()[:2]
    [0.67, 0.0]
    """
    actors, kinds, matrices = _both(ties, before, after, at_least)
    rows: list[dict[str, object]] = []
    for wave, there in matrices.items():
        star = (len(actors) - 1) ** 2
        numbers = {
            "reciprocity": dyads(there).answered,
            "transitivity": transitivity(there),
            "centralisation": centralisation(there.sum(axis=0), star),
        }
        if all(kinds):
            numbers["ei_index"] = homophily(there, kinds).ei_index
        rows += [_measure(wave, term, value, len(actors)) for term, value in numbers.items()]
    alike = qap(*matrices.values())
    rows.append(
        _measure(after, "ties_correlation", alike.correlation, len(actors)) | {"p_value": alike.greater}
    )
    rows.append(_measure(after, "ties_jaccard", alike.jaccard, len(actors)))
    references = (*META.references, "krackhardt1988", "krackhardt1988b")
    return Result(pd.DataFrame(rows), Meta(method="network_shape", references=references))


def tie_counts(ties: pd.DataFrame, *, before: str, after: str, at_least: float = 2.0) -> Result:
    """Count the ties that are kept, new and lost among those who answered both times.

    Parameters
    ----------
    ties, before, after, at_least
        As for `shape`.

    Returns
    -------
    Result
        One row per kind of tie (`term`); a tie is one actor naming another.

    Examples
    --------
    >>> pairs = pd.DataFrame({
    ...     "wave": ["w1"] * 6 + ["w3"] * 6, "actor": list("aabbcc") * 2, "to": list("bcacab") * 2,
    ...     "frequency": [3, 0, 3, 1, 0, 3, 3, 3, 3, 0, 0, 3], "actor_kind": "firm",
    ...     "trust": None, "value": None})
    >>> tie_counts(pairs, before="w1", after="w3").table["estimate"].tolist()
    [3.0, 1.0, 0.0]
    """
    actors, _, matrices = _both(ties, before, after, at_least)
    first, second = matrices.values()
    counts = {
        "ties_kept": (first * second).sum(),
        "ties_new": ((1 - first) * second).sum(),
        "ties_lost": (first * (1 - second)).sum(),
    }
    rows = [
        {"estimand": "network_ties", "unit": "tie", "term": term, "estimate": count, "n": len(actors)}
        for term, count in counts.items()
    ]
    return Result(pd.DataFrame(rows), META)


def answered_both(ties: pd.DataFrame, before: str, after: str) -> int:
    """Count the actors who answered at both waves.

    Parameters
    ----------
    ties
        As for `places`, of every wave.
    before, after
        The two waves.
    """
    return len(_respondents(ties, before) & _respondents(ties, after))


def _respondents(ties: pd.DataFrame, wave: str) -> set[str]:
    return set(ties.loc[ties["wave"] == wave, "actor"])


def _both(
    ties: pd.DataFrame, before: str, after: str, at_least: float
) -> tuple[list[str], list[str | None], dict[str, np.ndarray]]:
    both = _respondents(ties, before) & _respondents(ties, after)
    actors = [actor for actor in numbered(ties) if actor in both]
    own = ties[ties["actor"].isin(actors) & ties["to"].isin(actors)]
    matrices = {wave: _there(own, wave, actors, at_least) for wave in (before, after)}
    return actors, kinds_of(ties, actors), matrices


def _there(ties: pd.DataFrame, wave: str, actors: list[str], at_least: float) -> np.ndarray:
    network = network_of(ties, wave, actors)
    return np.where(network.known, network.frequency >= at_least, False).astype(float)


def _asked(ties: pd.DataFrame, wave: str, actors: list[str]) -> np.ndarray:
    known = network_of(ties, wave, actors).known
    return known | known.T


def _pairs(there: np.ndarray) -> Iterator[tuple[int, int]]:
    rows, columns = np.nonzero(np.triu(np.maximum(there, there.T), 1))
    return zip(rows.tolist(), columns.tolist(), strict=True)


def _state(also: bool, known: bool, otherwise: str) -> str | None:
    return "kept" if also else otherwise if known else None


def _measure(wave: str, term: str, value: float, n: int) -> dict[str, object]:
    return {
        "estimand": "network_shape",
        "unit": "actor",
        "wave": wave,
        "term": term,
        "estimate": value,
        "n": n,
    }
