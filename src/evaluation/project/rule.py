"""The seven rule kinds: how an indicator is judged."""

from typing import Annotated, Literal

from pydantic import Field

from evaluation.project.words import Key, Model, Share


class TargetRule(Model):
    """A declared share shall be reached (R1)."""

    kind: Literal["target"]
    wave: Key
    share: Share = Field(gt=0)


class ChangeRule(Model):
    """The mean shall move between two waves (R2).

    `wanted` is the direction that counts as better; it never changes the test, which is two-sided.
    `then` names the wave in which "before" was asked in retrospect; it is shown beside, never instead.
    """

    kind: Literal["change"]
    before: Key = Field(alias="from")
    after: Key = Field(alias="to")
    smallest_important: float = Field(gt=0)
    wanted: Literal["increase", "decrease"] = "increase"
    then: Key | None = None


class CoverageRule(Model):
    """A declared share, or number, of all units shall be covered (R3).

    `limit` says whether the share is the least or the most that is wanted. Exactly one of `share` and
    `count` is given.
    """

    kind: Literal["coverage"]
    share: Share | None = None
    count: int | None = Field(default=None, ge=1)
    limit: Literal["at_least", "at_most"] = "at_least"
    wave: Key | None = None


class GapRule(Model):
    """A group is compared with the reference group (R4).

    `important` is the gap, in scale steps or as a share, from which a gap is flagged. `wanted` says
    whether a group is meant to lie `higher` or `lower` than its reference group; without it, no
    difference is wanted.
    """

    kind: Literal["gap"]
    wave: Key
    group: Key
    important: float = Field(gt=0)
    wanted: Literal["higher", "lower"] | None = None


class RepresentationRule(Model):
    """The composition of those who take part is compared with another composition (R5).

    `among` says who is looked at: all participants, or those with the listed role in design.
    Exactly one of `even` (bounds within which a distribution counts as even), `reference`
    (shares by group level) and `against: participants` says what they are compared with. A distribution is
    even between `levels`, all of the group if empty; other levels are then only described.
    """

    kind: Literal["representation"]
    group: Key
    among: Literal["participants", "designers"] = "participants"
    even: tuple[Share, Share] | None = None
    levels: tuple[Key, ...] = ()
    reference: dict[Key, Share] | None = None
    against: Literal["participants"] | None = None
    source: str = ""
    ratio_low: float = Field(default=0.80, gt=0, le=1)
    ratio_high: float = Field(default=1.25, ge=1)


class DescribeRule(Model):
    """The answers are shown without a verdict (R6)."""

    kind: Literal["describe"]
    wave: Key | None = None


class EligibilityRule(Model):
    """Every unit shall meet a condition at the start (R7)."""

    kind: Literal["eligibility"]
    one_of: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


Rule = Annotated[
    TargetRule | ChangeRule | CoverageRule | GapRule | RepresentationRule | DescribeRule | EligibilityRule,
    Field(discriminator="kind"),
]
RULE_KINDS = ("target", "change", "coverage", "gap", "representation", "describe", "eligibility")
