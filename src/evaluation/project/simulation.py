"""What a rehearsal with made-up answers shall assume."""

from typing import Literal

from pydantic import Field

from evaluation.project.words import Key, Model, Share


class Attrition(Model):
    """Who is lost between waves: at random, by what was answered before, or by what would be answered."""

    mechanism: Literal["completely_at_random", "by_baseline", "by_outcome"] = "by_baseline"
    share: Share = 0.2
    strength: float = Field(default=0.5, ge=0)


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
    missing_items, dont_know
        Shares of single answers that are skipped, or answered "don't know".
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
    attrition: Attrition = Attrition()
