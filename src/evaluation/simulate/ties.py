"""A network of actors made up: who works with whom, how often, and what they think of each other."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.project.model import Project
from evaluation.project.source import Response
from evaluation.simulate.cells import Cells, delimited, workbook
from evaluation.simulate.identifier import first_header
from evaluation.simulate.register import draw_levels
from evaluation.simulate.streams import Streams
from evaluation.simulate.timeline import PROGRESS
from evaluation.simulate.wording import in_first_language, wording_of

ACTIVITY, PAIR, LASTING, NEW, OWN_KIND = 0.5, 1.0, 0.8, 0.6, 0.4
"""Standard deviations of actors' own inclination to name and be named and of what a pair shares, the parts of
the rest that last between waves and are drawn anew, and how much more likely ties of the same kind are."""

Waves = Mapping[str, pd.DataFrame]


def simulate_ties(project: Project, streams: Streams) -> dict[str, pd.DataFrame]:
    """Draw what every actor would say of every other, at each wave with a source of ties.

    Returns
    -------
    dict
        By wave one row per ordered pair: `actor`, `to` (numbers), `frequency`, `trust`, `value` (values of
        the answers; missing without contact), `actor_kind`.

    Notes
    -----
    A pair is in contact if its inclination lies among the highest; the share is that of the definition, and
    changes by the kind of wave as answers do. The inclination has a part of each of the two actors, one
    that both directions share, and one that is drawn anew in part at each wave.
    """
    waves = [wave for source in project.sources.values() if source.kind == "ties" for wave in source.waves]
    if not waves or project.simulation is None:
        return {}
    rng, n = streams.of("ties"), project.simulation.ties.actors
    kinds = _kinds(project, n, rng)
    normal = rng.standard_normal
    pair = np.triu(normal((n, n)), 1)
    lasting = ACTIVITY * (normal((n, 1)) + normal((1, n))) + PAIR * (pair + pair.T) + LASTING * normal((n, n))
    lasting = lasting + OWN_KIND * (kinds[:, None] == kinds[None, :])
    opinion = normal((2, n, n))
    return {
        wave: _at_wave(project, wave, lasting + NEW * normal((n, n)), opinion, kinds, rng)
        for wave in dict.fromkeys(waves)
    }


def _kinds(project: Project, n: int, rng: np.random.Generator) -> NDArray[np.object_]:
    group = project.groups.get("actor_kind")
    return np.full(n, None, dtype=object) if group is None else np.sort(draw_levels(group.levels, n, rng))


def _at_wave(
    project: Project, wave: str, wish: NDArray, opinion: NDArray, kinds: NDArray, rng: np.random.Generator
) -> pd.DataFrame:
    assumed, done = project.simulation.ties, PROGRESS[project.waves[wave].kind]
    share = min(max(assumed.density + done * assumed.change, 0.0), 1.0)
    off = ~np.eye(len(wish), dtype=bool)
    order = np.argsort(np.argsort(-wish[off]))
    place = order / max(1, share * off.sum())
    steps = _steps(project.responses["FR5"])
    frequency = np.where(
        place < 1, np.array(steps[1:])[::-1][np.minimum((place * 4).astype(int), 3)], steps[0]
    )
    table = pd.DataFrame({"actor": np.nonzero(off)[0], "to": np.nonzero(off)[1], "frequency": frequency})
    for number, name in enumerate(("trust", "value")):
        latent = 0.4 * done + opinion[number][off] * 0.7 + 0.4 * rng.standard_normal(off.sum())
        rated = np.clip(np.rint(3.3 + latent), 1, 5)
        table[name] = np.where(place < 1, rated, np.nan)
    return table.assign(actor_kind=kinds[table["actor"]])


def _steps(response: Response) -> list[float]:
    return sorted(option.value for option in response.options)


def tie_files(project: Project, ties: Waves, streams: Streams) -> dict[str, bytes]:
    """Return the content of every file of ties; some actors do not answer.

    Parameters
    ----------
    project
        The definition.
    ties
        What `simulate_ties` drew.
    streams
        Named random numbers.
    """
    files = {}
    for key, source in project.sources.items():
        if source.kind != "ties":
            continue
        table = ties[source.waves[0]]
        n = int(table["actor"].max()) + 1
        silent = streams.of(f"ties.{key}").random(n) < project.simulation.ties.silent
        table = table[~silent[table["actor"]]]
        sheet = {
            first_header(header): _cells(project, name, table[name], n)
            for name, header in source.columns.items()
            if name in table
        }
        files[source.file] = _content(project, source.file, source.delimiter, sheet)
    return files


def _cells(project: Project, name: str, values: pd.Series, n: int) -> Cells:
    if name in ("actor", "to"):
        digits = max(2, len(str(n)))
        return np.array([f"A{number + 1:0{digits}d}" for number in values], dtype=object)
    if name == "actor_kind":
        levels = project.groups[name].levels if name in project.groups else {}
        written = {
            key: next(iter(level.values), in_first_language(level.label, project))
            for key, level in levels.items()
        }
    else:
        options = project.responses["FR5" if name == "frequency" else "AG5"].options
        written = {option.value: in_first_language(option.label, project) for option in options}
    return np.array([written.get(value) for value in values], dtype=object)


def _content(project: Project, file: str, delimiter: str | None, sheet: dict[str, Cells]) -> bytes:
    wording = wording_of(project)
    if PurePosixPath(file).suffix.lower() == ".xlsx":
        return workbook({wording.answers_sheet: sheet}, file)
    return delimited(sheet, delimiter or wording.delimiter, wording.decimal)


def network_truth(ties: Waves, quantity: str, at_least: float, across: bool) -> dict[str, Any]:
    """Return a quantity of the network at every wave, had every actor answered.

    Parameters
    ----------
    ties
        What `simulate_ties` drew.
    quantity, at_least, across
        As in the measure `network`.
    """
    return {wave: _quantity(table, quantity, at_least, across) for wave, table in ties.items()}


def _quantity(table: pd.DataFrame, quantity: str, at_least: float, across: bool) -> float:
    if across:
        kind = table.drop_duplicates("actor").set_index("actor")["actor_kind"]
        table = table[table["actor_kind"] != table["to"].map(kind)]
    tied = table[table["frequency"] >= at_least]
    if quantity == "density":
        return len(tied) / len(table)
    if quantity == "reciprocity":
        there = set(zip(tied["actor"], tied["to"], strict=True))
        return sum((other, one) in there for one, other in there) / max(1, len(there))
    return float((table if quantity == "frequency" else tied)[quantity].mean())
