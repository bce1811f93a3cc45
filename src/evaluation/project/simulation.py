"""What a rehearsal with made-up answers shall assume."""

from typing import Literal

from pydantic import Field

from evaluation.project.words import Key, Model, Share


class Attrition(Model):
    """Who is lost between waves: at random, by what was answered before, or by what would be answered."""

    mechanism: Literal["completely_at_random", "by_baseline", "by_outcome"] = "by_baseline"
    share: Share = 0.2
    strength: float = Field(default=0.5, ge=0)


class SimulatedColumn(Model):
    """How a column of a register or log is made up: texts with weights, a number, or a day.

    Exactly one of `values` (texts, or level keys, with their weights), `between` (two numbers) and
    `days` (first and last day after the first wave, possibly negative) is given; `empty` is the share
    of rows without a value, `whole` rounds numbers.
    """

    values: dict[str, float] = {}
    between: tuple[float, float] | None = None
    days: tuple[int, int] | None = None
    empty: Share = 0.0
    whole: bool = True


class SimulatedTies(Model):
    """How a network of actors is made up.

    Attributes
    ----------
    actors
        How many there are.
    density
        The share of possible ties at the first wave.
    change
        By how much that share grows until the follow-up.
    silent
        The share of actors who do not answer, at each wave.
    """

    actors: int = Field(default=24, ge=3)
    density: Share = Field(default=0.25, gt=0, lt=1)
    change: float = Field(default=0.10, gt=-1, lt=1)
    silent: Share = 0.10


class SimulatedComparison(Model):
    """How a comparison group is made up, where the definition has one.

    Attributes
    ----------
    organisations, people
        How many there are besides those of the programme.
    without
        The part of every change that comes without the programme, and so in the comparison group too.
    level
        How far above those who take part the comparison group lies beforehand, in standard deviations.
    """

    organisations: int = Field(default=30, ge=2)
    people: int = Field(default=180, ge=4)
    without: float = 0.3
    level: float = 0.0


class SimulatedAccounts(Model):
    """How yearly accounts are made up, where the definition follows any.

    Attributes
    ----------
    effect
        What taking part adds to the logarithm of an amount from the start on, by amount.
    default_effect
        The effect on amounts that are not listed.
    growth
        By how much the logarithm grows in every year, with and without the programme.
    pre_trend
        By how much more it grows in every year among those who take part, whatever the programme does.
    spread, noise
        Standard deviations of the logarithm between organisations, and of what each year adds.
    ended, entered
        Shares of the organisations whose accounts end, or begin, within the years.
    """

    effect: dict[Key, float] = {}
    default_effect: float = 0.10
    growth: float = 0.03
    pre_trend: float = 0.0
    spread: float = Field(default=1.0, ge=0)
    noise: float = Field(default=0.08, ge=0)
    ended: Share = 0.05
    entered: Share = 0.05


class Simulation(Model):
    """Assumptions for simulated raw exports; having this section allows them.

    Attributes
    ----------
    organisations, people
        How many there are in the register.
    change
        True change from baseline to follow-up in standard deviations of the answers, by item or scale.
    default_change
        The change of items that are not listed.
    group_change
        Extra change by group and level.
    organisation_variance, person_variance
        Shares of the latent variance that lie between organisations and between people within them.
    then_shift
        How much lower "before" is judged in retrospect than it was judged at the time.
    level
        How far above the middle the answers to a question lie at the start, in standard deviations.
    others
        How many people there are besides, by level of `role`, who belong to no organisation: teachers,
        project employees, supporting actors.
    comparison
        How the comparison group is made up.
    columns
        How columns of registers and logs are made up, by name.
    ties
        How networks of actors are made up.
    accounts
        How yearly accounts are made up.
    missing_items, dont_know
        Shares of single answers that are skipped, or answered "don't know".
    code_errors, code_missing
        Where waves are linked by code: the share of its elements that are written wrongly, at each wave, and
        the share of people who write no code.
    """

    seed: int = 1
    organisations: int = Field(default=30, ge=2)
    people: int = Field(default=190, ge=4)
    change: dict[Key, float] = {}
    default_change: float = 0.5
    group_change: dict[Key, dict[Key, float]] = {}
    organisation_variance: Share = 0.10
    person_variance: Share = 0.50
    then_shift: float = 0.3
    missing_items: Share = 0.03
    dont_know: Share = 0.02
    code_errors: Share = 0.02
    code_missing: Share = 0.03
    attrition: Attrition = Attrition()
    others: dict[Key, int] = {}
    columns: dict[Key, SimulatedColumn] = {}
    level: dict[Key, float] = {}
    comparison: SimulatedComparison = SimulatedComparison()
    ties: SimulatedTies = SimulatedTies()
    accounts: SimulatedAccounts = SimulatedAccounts()
