"""What everybody would answer at every wave, had everyone answered everything."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from evaluation.project.codebook import Entry
from evaluation.project.measure import ItemMeasure, ScaleMeasure
from evaluation.project.model import LoadedProject, Project
from evaluation.project.rule import ChangeRule
from evaluation.project.simulation import Simulation
from evaluation.project.source import Response
from evaluation.simulate.population import OUTSIDE, Population, addressed_roles
from evaluation.simulate.streams import Streams, fraction
from evaluation.simulate.timeline import PROGRESS, baseline_waves
from evaluation.vocabulary.errors import ProjectError
from evaluation.vocabulary.message import msg

GENERAL = 0.4
"""Share of a trait's variance that all traits have in common: those who are high in one are so in others."""

SHARED = 0.75
"""Share of the person's variance in a question that the questions of its scale have in common."""

RECALL = 0.8
"""Correlation of a then-test's latent answer with the answer that was given at the time."""

MOST_KEPT = 20_000_000
"""How many numbers are kept for later waves: a large programme makes them again instead."""

Question = tuple[str, str]
"""A question's key and a wave."""

Received = Mapping[str, NDArray[np.bool_]]
"""Who gets each survey, by source, shape (people,)."""

Answers = Mapping[Question, NDArray[np.float64]]
"""Values by question and wave, shape (people,); NaN for those who are not asked."""


@dataclass(frozen=True, slots=True)
class Variance:
    """How the latent variance of 1 is divided."""

    organisation: float
    person: float
    occasion: float


@dataclass(frozen=True, slots=True)
class Model:
    """What the latent answers are made from.

    Attributes
    ----------
    extra
        The sum of the extra changes of the groups a person belongs to, shape (people,).
    kept
        What is the same at every wave, by name, as long as it is not too much to keep.
    """

    project: LoadedProject
    population: Population
    streams: Streams
    variance: Variance
    extra: NDArray[np.float64]
    kept: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def noise(self, name: str, rows: int) -> NDArray[np.float64]:
        """Return the standard normal numbers of a name, the same whenever they are asked for."""
        return self.streams.of(f"latent.{name}").standard_normal(rows)

    def once(self, name: str, made: Callable[[], NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return what is kept under a name, or make it."""
        if name in self.kept:
            return self.kept[name]
        values = made()
        if values.size * (len(self.kept) + 1) <= MOST_KEPT:
            self.kept[name] = values
        return values


def simulate_answers(
    project: LoadedProject,
    population: Population,
    received: Received,
    streams: Streams,
    only: Collection[Question] | None = None,
) -> Answers:
    """Draw every answer that the people who get the surveys would give.

    Parameters
    ----------
    project
        The definition, with its section `simulation`.
    population
        The people and organisations.
    received
        Who gets each survey, as `recipients` returns it.
    streams
        Named random numbers.
    only
        Which questions are drawn, the same as with all others; None for all.

    Returns
    -------
    dict
        Values by question and wave, as they are written in the file (not reversed).

    Notes
    -----
    The latent answer of person i in organisation j to question k of trait T at wave t is

        z = sqrt(o) U + sqrt(p) (sqrt(0.75) V + sqrt(0.25) w_ik) + sqrt(1 - o - p) e_ikt + h_t d_ik
        U = s_T sqrt(0.4) G_j + sqrt(0.6) u_jT,    V = s_T sqrt(0.4) g_i + sqrt(0.6) v_iT

    with all of G, u, g, v, w, e standard normal and independent, so that z has variance 1 before any
    change. A trait is a scale, or a question that is in no scale. o and p are `organisation_variance`
    and `person_variance`; o belongs to the person where no file shows organisations. U, V and w
    are the same at all waves. A stated `level` of a question is
    added at all waves. s_T is -1 for a trait that a rule of the kind change wants to decrease,
    otherwise 1. h_t is 0 at the start, 1/2 during and 1 at follow-up.

    d_ik is the change of the question, of its scale or else the default, plus the extra changes of
    the groups that i belongs to, as far as the files show them; in a comparison group the stated
    part of it. It is in the direction of what is measured; a reversed question is answered
    by -z. The change stated for a single question is that of its answers as written.

    A then-test is answered by -`then_shift` + 0.8 z + sqrt(1 - 0.8^2) e, with z from the baseline.

    With options, the answer is the highest option whose threshold z reaches. The threshold above
    option m of K is 1.3 q((m + a) / K) + b, with q the normal quantile and a in ±0.25 and b in ±0.45
    fixed by the question's key: distributions are uneven and differ between questions, but not between
    runs. A number from l to h is l + (h - l) (c + 0.22 z), with c in 0.35 to 0.65 fixed by the key,
    cut at the limits and rounded.
    """
    model = _model(project, population, streams)
    answers: dict[Question, NDArray[np.float64]] = {}
    for source, mask in received.items():
        entries = project.codebook.of_source(source)
        for entry, question in zip(entries, questions_of(project, source), strict=True):
            if only is not None and question not in only:
                continue
            values = answers.setdefault(question, np.full(len(mask), np.nan))
            values[mask] = _written(model, entry, question[1])[mask]
    return answers


def latent_variance(simulation: Simulation, visible: bool) -> Variance:
    """Return how the latent variance is divided, or say that the shares are too large."""
    organisation, person = simulation.organisation_variance, simulation.person_variance
    if organisation + person > 1 + 1e-9:
        raise ProjectError(
            msg(
                "The shares of the variance add up to {total}, which is more than 1.",
                total=round(organisation + person, 4),
            ),
            where="simulation.organisation_variance",
            do=msg("Lower organisation_variance or person_variance."),
        )
    occasion = max(0.0, 1 - organisation - person)
    return Variance(organisation, person, occasion) if visible else Variance(0.0, 1 - occasion, occasion)


def recipients(project: LoadedProject, population: Population) -> Received:
    """Return who gets each survey.

    A survey goes to the roles it names (see `addressed_roles`), otherwise to everybody; but nobody gets
    the same question of the same wave twice. Where surveys have questions of a wave in common, one that
    names roles comes first; of several that are alike in this, each goes to its share of the organisations.
    """
    definition = project.definition
    keys = [key for key, source in definition.sources.items() if source.kind == "answers"]
    roles = {key: addressed_roles(definition, key) if "role" in population.people else () for key in keys}
    taken: dict[Question, NDArray[np.bool_]] = {}
    received = {}
    nobody = np.zeros(len(population.people), dtype=bool)
    for key in sorted(keys, key=lambda key: not roles[key]):
        alike = [other for other in keys if roles[other] == roles[key]]
        mask = _in_roles(population, roles[key]) & _own_share(project, population, key, alike)
        for question in questions_of(project, key):
            mask = mask & ~taken.get(question, nobody)
        received[key] = mask
        taken |= {question: taken.get(question, nobody) | mask for question in questions_of(project, key)}
    return {key: received[key] for key in keys}


def questions_of(project: LoadedProject, source: str) -> list[Question]:
    """Return question and wave of every column with answers in a source, in the order of the codebook."""
    only = project.definition.sources[source].waves[0]
    return [(entry.item, entry.wave or only) for entry in project.codebook.of_source(source)]


def _in_roles(population: Population, roles: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return who has one of the roles; without roles, everybody who belongs to an organisation."""
    if roles:
        return population.people["role"].isin(roles).to_numpy()
    return (population.people["organisation"] != OUTSIDE).to_numpy()


def _own_share(
    project: LoadedProject, population: Population, source: str, alike: list[str]
) -> NDArray[np.bool_]:
    """Return whose organisations a survey is for, where others like it ask the same at the same wave."""
    questions = set(questions_of(project, source))
    rivals = [other for other in alike if questions & set(questions_of(project, other))]
    people = population.people
    firms = people["organisation"].to_numpy() if population.visible else np.arange(len(people))
    return firms % max(1, len(rivals)) == (rivals.index(source) if source in rivals else 0)


def scale_of(project: Project, item: str) -> str | None:
    """Return the first scale that a question belongs to."""
    return next((key for key, scale in project.scales.items() if item in scale.items), None)


def entry_of(project: LoadedProject, item: str, wave: str) -> Entry:
    """Return the codebook's first entry of a question at a wave, or of the question at all."""
    for entry in project.codebook:
        waves = project.definition.sources[entry.source].waves
        if entry.item == item and (entry.wave or next(iter(waves), "")) == wave:
            return entry
    return project.codebook.of_item(item)


def direction(entry: Entry) -> int:
    """Return -1 for a question whose high answers mean less of what is measured, otherwise 1."""
    return -1 if entry.reverse else 1


def wanted_direction(project: Project, item: str) -> int:
    """Return -1 for a question whose trait a rule of the kind change wants to decrease, otherwise 1."""
    for indicator in project.indicators.values():
        rule, measure = indicator.rule, indicator.measure
        if isinstance(rule, ChangeRule) and rule.wanted == "decrease":
            scale = measure.scale if isinstance(measure, ScaleMeasure) else None
            if (isinstance(measure, ItemMeasure) and measure.item == item) or (
                scale and scale == scale_of(project, item)
            ):
                return -1
    return 1


def latent_change(project: LoadedProject, item: str) -> float:
    """Return the stated change of a question in standard deviations, in the direction of what is measured."""
    wanted = project.definition.simulation
    if item in wanted.change:
        return wanted.change[item] * direction(project.codebook.of_item(item))
    return wanted.change.get(scale_of(project.definition, item), wanted.default_change)


def thresholds(item: str, options: int) -> NDArray[np.float64]:
    """Return the latent values from which each higher option is chosen, shape (options - 1,)."""
    steps = [(m + 0.5 * fraction(f"{item} step {m}") - 0.25) / options for m in range(1, options)]
    return (
        1.3 * np.array([NormalDist().inv_cdf(step) for step in steps])
        + 0.9 * fraction(f"{item} level")
        - 0.45
    )


def as_answered(latent: NDArray[np.float64], response: Response, item: str) -> NDArray[np.float64]:
    """Turn latent answers into values of the response scale, shape (people,)."""
    if response.options:
        values = np.sort([option.value for option in response.options])
        return values[np.searchsorted(thresholds(item, len(values)), latent, side="right")]
    if response.range is None:
        raise ProjectError(
            msg("The response scale of the question {item} has neither options nor a range.", item=item),
            where="responses",
            do=msg("Add `options: [...]` or `range: [LOWEST, HIGHEST]`."),
        )
    low, high = response.range
    centre = 0.35 + 0.3 * fraction(f"{item} level")
    return _rounded(low + (high - low) * (centre + 0.22 * latent), response)


def _rounded(values: NDArray[np.float64], response: Response) -> NDArray[np.float64]:
    low, high = response.range
    if response.whole:
        return np.clip(np.rint(values), np.ceil(low), max(np.ceil(low), np.floor(high)))
    decimals = max(0, 2 - int(np.floor(np.log10(high - low)))) if high > low else 2
    return np.clip(np.round(values, decimals), low, high)


def _model(project: LoadedProject, population: Population, streams: Streams) -> Model:
    variance = latent_variance(project.definition.simulation, population.visible)
    groups = population.groups(project.definition)
    extra = np.zeros(len(groups))
    for group, levels in project.definition.simulation.group_change.items():
        if group in groups:
            extra += groups[group].astype(object).map(levels).fillna(0.0).to_numpy(dtype=float)
    return Model(project, population, streams, variance, extra)


def _written(model: Model, entry: Entry, wave: str) -> NDArray[np.float64]:
    definition = model.project.definition
    latent = LATENT.get(definition.waves[wave].kind, _at_the_time)(model, entry.item, wave)
    return as_answered(direction(entry) * latent, definition.responses[entry.response], entry.item)


def _at_the_time(model: Model, item: str, wave: str) -> NDArray[np.float64]:
    noise = model.noise(f"occasion.{item}.{wave}", len(model.population.people))
    wanted, compared = model.project.definition.simulation, model.population.compared
    level = wanted.level.get(item, 0.0) + wanted.comparison.level * compared
    lasting = model.once(f"lasting.{item}", lambda: _lasting(model, item))
    latent = level + lasting + np.sqrt(model.variance.occasion) * noise
    progress = PROGRESS[model.project.definition.waves[wave].kind]
    part = np.where(compared, wanted.comparison.without, 1.0)
    return (
        latent + progress * part * (latent_change(model.project, item) + model.extra) if progress else latent
    )


def _in_retrospect(model: Model, item: str, wave: str) -> NDArray[np.float64]:
    before = next(iter(baseline_waves(model.project.definition)), wave)
    noise = model.noise(f"recall.{item}.{wave}", len(model.population.people))
    shift = model.project.definition.simulation.then_shift
    return RECALL * _at_the_time(model, item, before) + np.sqrt(1 - RECALL**2) * noise - shift


LATENT = {"then_test": _in_retrospect}
"""Kinds of waves whose answers do not come from how things are at the time."""


def _lasting(model: Model, item: str) -> NDArray[np.float64]:
    """Return the part of the latent answers that is the same at every wave, shape (people,)."""
    firms = model.population.people["organisation"].to_numpy()
    drawn = _trait(model, item, "organisations", len(model.population.organisations))
    firm = np.where(firms == OUTSIDE, 0.0, drawn[firms])
    own = model.noise(f"question.{item}", len(firms))
    person = np.sqrt(SHARED) * _trait(model, item, "people", len(firms)) + np.sqrt(1 - SHARED) * own
    return np.sqrt(model.variance.organisation) * firm + np.sqrt(model.variance.person) * person


def _trait(model: Model, item: str, of: str, rows: int) -> NDArray[np.float64]:
    project = model.project.definition
    scale = scale_of(project, item)
    drawn = model.once(f"{of}.general", lambda: model.noise(f"{of}.general", rows))
    general, shared = wanted_direction(project, item) * drawn, f"{of}.scale.{scale}"
    own = (
        model.once(shared, lambda: model.noise(shared, rows))
        if scale
        else model.noise(f"{of}.question.{item}", rows)
    )
    return np.sqrt(GENERAL) * general + np.sqrt(1 - GENERAL) * own
