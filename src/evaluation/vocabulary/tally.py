"""How many of a programme's statements got a verdict, where it is all of them or the only one."""

from evaluation.vocabulary.message import Message, nmsg, pmsg

BOTH = pmsg("tally", "both")
ALL = pmsg("tally", "all {number}")
"""What `{every}` is: "both", or "all" and how many."""

EVERY: dict[str, Message] = {
    "reached": nmsg("The only target is reached.", "{every} targets are reached."),
    "not_reached": nmsg("The only target is not reached.", "Not one of the {number} targets is reached."),
    "undecided": nmsg(
        "In the only case nothing can be determined.", "In {every} cases nothing can be determined."
    ),
    "increased": nmsg("The only measure has increased.", "{every} measures have increased."),
    "decreased": nmsg("The only measure has decreased.", "{every} measures have decreased."),
    "increased_unwanted": nmsg(
        "The only measure has increased, against what was wanted.",
        "{every} measures have increased, against what was wanted.",
    ),
    "decreased_unwanted": nmsg(
        "The only measure has decreased, against what was wanted.",
        "{every} measures have decreased, against what was wanted.",
    ),
    "no_certain_change": nmsg(
        "For the only measure no certain change can be shown.",
        "For not one of the {number} measures a certain change can be shown.",
    ),
    "small_change": nmsg(
        "The only measure has changed too little to matter.",
        "{every} measures have changed too little to matter.",
    ),
    "covered": nmsg("The only requirement is met.", "{every} requirements are met."),
    "not_covered": nmsg("The only requirement is not met.", "Not one of the {number} requirements is met."),
    "gap": nmsg(
        "The only comparison shows a certain difference.", "{every} comparisons show a certain difference."
    ),
    "possible_gap": nmsg(
        "The only comparison shows a difference that may be chance.",
        "{every} comparisons show a difference that may be chance.",
    ),
    "no_certain_gap": nmsg(
        "The only comparison shows no certain difference.",
        "Not one of the {number} comparisons shows a certain difference.",
    ),
    "small_gap": nmsg(
        "The only comparison shows a difference too small to matter.",
        "{every} comparisons show a difference too small to matter.",
    ),
    "negligible_gap": nmsg(
        "In the only comparison a difference that matters is ruled out.",
        "In {every} comparisons a difference that matters is ruled out.",
    ),
    "effect_shown": nmsg("The only comparison shows an effect.", "{every} comparisons show an effect."),
    "effect_unwanted": nmsg(
        "The only comparison shows an unwanted effect.", "{every} comparisons show an unwanted effect."
    ),
    "effect_small": nmsg(
        "The only comparison shows an effect too small to matter.",
        "{every} comparisons show an effect too small to matter.",
    ),
    "effect_uncertain": nmsg(
        "The only comparison shows no certain effect.",
        "Not one of the {number} comparisons shows a certain effect.",
    ),
    "association_shown": nmsg(
        "The only comparison shows a wanted difference.", "{every} comparisons show a wanted difference."
    ),
    "association_unwanted": nmsg(
        "The only comparison shows an unwanted difference.",
        "{every} comparisons show an unwanted difference.",
    ),
    "association_small": nmsg(
        "The only comparison shows a difference too small to matter.",
        "{every} comparisons show a difference too small to matter.",
    ),
    "association_uncertain": nmsg(
        "The only comparison shows no certain difference.",
        "Not one of the {number} comparisons shows a certain difference.",
    ),
    "even": nmsg(
        "The only share lies within an even distribution.", "{every} shares lie within an even distribution."
    ),
    "uneven": nmsg(
        "The only share is part of an uneven distribution.",
        "{every} shares are part of an uneven distribution.",
    ),
    "proportionate": nmsg(
        "The only share is about as large as among all.", "{every} shares are about as large as among all."
    ),
    "under_represented": nmsg(
        "The only group is smaller than expected.", "{every} groups are smaller than expected."
    ),
    "over_represented": nmsg(
        "The only group is larger than expected.", "{every} groups are larger than expected."
    ),
    "low_attrition": nmsg("Attrition is low.", "In {every} cases attrition is low."),
    "high_attrition": nmsg("Attrition is high.", "In {every} cases attrition is high."),
    "not_applicable": nmsg(
        "In the only case the rule does not apply.", "In {every} cases the rule does not apply."
    ),
    "consistent": nmsg(
        "The only measurement of a scale is consistent enough.",
        "{every} measurements of scales are consistent enough.",
    ),
    "perhaps_consistent": nmsg(
        "The only measurement of a scale is perhaps consistent enough.",
        "{every} measurements of scales are perhaps consistent enough.",
    ),
    "inconsistent": nmsg(
        "The only measurement of a scale is not consistent enough.",
        "Not one of the {number} measurements of scales is consistent enough.",
    ),
    "holds": nmsg(
        "The only verdict holds under every assumption about those who are missing.",
        "{every} verdicts hold under every assumption about those who are missing.",
    ),
    "holds_but_extremes": nmsg(
        "The only verdict changes only if anything at all is assumed about those who are missing.",
        "{every} verdicts change only if anything at all is assumed about those who are missing.",
    ),
    "depends": nmsg(
        "The only verdict depends on what is assumed about those who are missing.",
        "{every} verdicts depend on what is assumed about those who are missing.",
    ),
    "described": nmsg("One statement is only described.", "{number} statements are only described."),
    "all_eligible": nmsg("The only requirement is met by all.", "{every} requirements are met by all."),
    "exceptions": nmsg(
        "For the only requirement there are exceptions.", "For {every} requirements there are exceptions."
    ),
}
"""By verdict: that the only statement of a kind got it, or that every one of `{number}` did."""


def every(verdict: str, count: int, number: object) -> Message:
    """Return the sentence for a verdict that a programme's every statement of a kind got.

    Parameters
    ----------
    verdict
        A key of `VERDICTS`.
    count
        How many there are.
    number
        The same number as it is to be written.
    """
    all_of_them = BOTH if count == 2 else ALL.with_fields(number=number)
    return EVERY[verdict].with_fields(count=count, number=number, every=all_of_them)
