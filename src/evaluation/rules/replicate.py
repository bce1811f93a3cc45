"""How often each verdict would come out, found by making the programme up many times."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.data.manifest import Manifest
from evaluation.data.score import score_scales
from evaluation.project.measure import (
    AbsentMeasure,
    ItemsMeasure,
    Measure,
    ScaleMeasure,
    ShortfallMeasure,
)
from evaluation.project.model import Indicator, LoadedProject
from evaluation.project.rule import ChangeRule, TargetRule
from evaluation.rules.change import judge as judge_change
from evaluation.rules.measure import ID, positives, scores
from evaluation.rules.target import judge as judge_target
from evaluation.simulate.replicate import Replicated, chunks, replicate
from evaluation.simulate.streams import Streams, named_streams
from evaluation.stats.cluster_choice import ENOUGH
from evaluation.stats.replicated import replicated_means
from evaluation.study import Study

TOGETHER = 50
"""How many programmes are made up at a time."""


@dataclass(frozen=True, slots=True)
class VerdictShare:
    """How often a statement got a verdict.

    Attributes
    ----------
    indicator, verdict
        Which.
    share, std_error
        Of the made-up programmes, and its Monte Carlo error.
    """

    indicator: str
    verdict: str
    share: float
    std_error: float


def verdict_shares(
    loaded: LoadedProject, times: int, rng: np.random.Generator, *, jobs: int = 1
) -> list[VerdictShare]:
    """Count the verdicts of every change and target over made-up programmes.

    Parameters
    ----------
    loaded
        A checked definition with a section `simulation`.
    times
        How many programmes.
    rng
        The source of randomness.
    jobs
        How many processes share the work; -1 for as many as there are processors. The numbers are the same.

    Notes
    -----
    Answers are scored, read and judged by what the report uses, without files and without notebooks. Left out are
    readings that need a time log, and changes with fewer organisations than CR2 can carry.
    """
    from joblib import Parallel, delayed  # takes a while, and only planning needs it

    drawn = [(size, named_streams(rng)) for size in chunks(times, TOGETHER)]
    many = Parallel(n_jobs=jobs if len(drawn) > 1 else 1)
    found: Counter[tuple[str, str]] = sum(
        many(delayed(_counted)(loaded, size, streams) for size, streams in drawn), Counter()
    )
    shares = ((key, verdict, count / times) for (key, verdict), count in found.items())
    order = list(countable(loaded))
    listed = [
        VerdictShare(key, verdict, share, float(np.sqrt(share * (1 - share) / times)))
        for key, verdict, share in shares
    ]
    return sorted(listed, key=lambda one: (order.index(one.indicator), -one.share, one.verdict))


def _counted(loaded: LoadedProject, times: int, streams: Streams) -> Counter[tuple[str, str]]:
    """Count the verdicts of programmes that are made up together."""
    made = replicate(loaded, times, streams, only=_asked(loaded))
    study = replicated_study(loaded, made)
    return Counter(
        (key, verdict)
        for key, indicator in countable(loaded).items()
        for verdict in _verdicts(indicator, study, made)
    )


def _asked(loaded: LoadedProject) -> set[tuple[str, str]]:
    """Return the questions, with their waves, that the counted statements are read from."""
    asked = set()
    for indicator in countable(loaded).values():
        measure, rule = indicator.measure, indicator.rule
        waves = [rule.wave] if isinstance(rule, TargetRule) else [rule.before, rule.after]
        asked |= {(item, wave) for item in _items(measure, loaded) for wave in waves}
    return asked


def _items(measure: Measure, loaded: LoadedProject) -> tuple[str, ...]:
    """Return the questions that a measure of people or organisations is made from."""
    if isinstance(measure, ScaleMeasure):
        return loaded.definition.scales[measure.scale].items
    if isinstance(measure, ShortfallMeasure):
        return (*measure.needed, *measure.current)
    return measure.items if isinstance(measure, ItemsMeasure) else (measure.item,)


def countable(loaded: LoadedProject) -> dict[str, Indicator]:
    """Return the statements whose verdicts can be counted: changes and targets of people and organisations."""
    return {
        key: one
        for key, one in loaded.definition.indicators.items()
        if isinstance(one.rule, ChangeRule | TargetRule)
        and one.unit in ("person", "organisation")
        and not isinstance(one.measure, AbsentMeasure)
        and one.among is None
        and not (
            isinstance(one.measure, ItemsMeasure) and (one.measure.main == "trained" or one.measure.areas)
        )
    }


def replicated_study(loaded: LoadedProject, made: Replicated) -> Study:
    """Return many made-up programmes as one study, their people and organisations numbered through."""
    answers = made.answers
    firms = len(made.population.organisations)
    contacts = made.population.organisations["contact_person"].to_numpy()
    shift = np.repeat(np.arange(made.times), firms) * len(made.population.people)
    organisations = pd.DataFrame(
        {
            "organisation": np.arange(firms * made.times),
            "contact_person": np.tile(contacts, made.times) + shift,
        }
    )
    people = made.people if "role" in made.people else made.people.assign(role=None)
    people = people.assign(registered=True)
    nothing = pd.DataFrame({"effort": [], "person": []})
    manifest = Manifest(loaded.key, "", "", "")
    return Study(
        loaded, people, organisations, answers, score_scales(answers, loaded), nothing, manifest=manifest
    )


def _verdicts(indicator: Indicator, study: Study, made: Replicated) -> Iterator[str]:
    rule = indicator.rule
    if isinstance(rule, TargetRule):
        yield from _of_target(indicator, study, made)
        return
    values, cluster = replicated_changes(indicator, study, made)
    found = replicated_means(values, cluster)
    clustered = indicator.unit == "person"
    for place in range(made.times):
        row = {
            "n": found.n[place],
            "n_groups": found.n_clusters[place],
            "estimate": found.estimate[place],
            "conf_low": found.conf_low[place],
            "conf_high": found.conf_high[place],
            "smallest_important": rule.smallest_important,
        }
        few = row["n_groups"] < ENOUGH
        yield "undecided" if few else str(judge_change(row, clustered=clustered, wanted=rule.wanted)[0])


def replicated_changes(indicator: Indicator, study: Study, made: Replicated) -> tuple[np.ndarray, np.ndarray]:
    """Return the changes of one statement, a made-up programme in each row, and whom they belong to.

    Parameters
    ----------
    indicator
        A statement with a rule of the kind change.
    study
        From `replicated_study`.
    made
        What it was made from.
    """
    unit, rule = ID[indicator.unit], indicator.rule
    size = len(made.population.people if unit == "person" else made.population.organisations)
    table = scores(indicator, study, [rule.before, rule.after])
    sides = []
    for wave in (rule.before, rule.after):
        rows = table[table["wave"] == wave]
        side = np.full(size * made.times, np.nan)
        side[rows[unit].astype(int).to_numpy()] = rows["value"].to_numpy()
        sides.append(side)
    change = sides[1] - sides[0]
    if unit == "person":
        change[made.unlinked] = np.nan
    firms = made.population.people["organisation"].to_numpy()
    alone = np.arange(size) + len(made.population.organisations)
    cluster = np.where(firms < 0, alone, firms) if unit == "person" else np.arange(size)
    return change.reshape(made.times, size), cluster


def _of_target(indicator: Indicator, study: Study, made: Replicated) -> Iterator[str]:
    reading = next(iter(positives(indicator, study, indicator.rule.wave).values()))
    unit = ID[indicator.unit]
    size = len(made.population.people if unit == "person" else made.population.organisations)

    def counted(numbers: pd.Series) -> np.ndarray:
        return np.bincount(numbers.astype(int).to_numpy() // size, minlength=made.times)

    everyone = counted(pd.Series(reading.units))
    answered = counted(reading.table[unit])
    yes = counted(reading.table.loc[reading.table["positive"].astype(bool), unit])
    for k, n, n_total in zip(yes, answered, everyone, strict=True):
        total = max(int(n_total), 1)
        row = {"n": n, "n_total": n_total, "target": indicator.rule.share}
        row |= {"bound_low": k / total, "bound_high": (k + n_total - n) / total}
        yield str(judge_target(row)[0])
