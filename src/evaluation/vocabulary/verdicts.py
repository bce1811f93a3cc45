"""Verdicts and the reasons for them: the only words in which a result is judged.

A verdict says what was found, a reason says why it could be said. Both are keys in a result
and become words when shown. Marks carry the verdict without colour.
"""

from dataclasses import dataclass

from evaluation.vocabulary.message import Message, msg, nmsg, pmsg


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement.

    Attributes
    ----------
    label
        The word in tables.
    tone
        `good`, `open`, `bad` or `plain`: how it is coloured, never the only carrier.
    easy
        The judgement in one short sentence.
    counted
        How many of the programme's statements got it, with the fields `count` and `n_total`.
    """

    label: Message
    tone: str
    easy: Message
    counted: Message


MARKS = {"good": "●", "open": "◐", "bad": "○", "plain": "–"}
"""The mark of each tone, so that colour is never the only carrier."""

VERDICTS: dict[str, Verdict] = {
    "reached": Verdict(
        pmsg("verdict", "Reached"),
        "good",
        msg("The target is reached."),
        nmsg("One of {n_total} targets is reached.", "{count} of {n_total} targets are reached."),
    ),
    "not_reached": Verdict(
        pmsg("verdict", "Not reached"),
        "bad",
        msg("The target is not reached."),
        nmsg("One of {n_total} targets is not reached.", "{count} of {n_total} targets are not reached."),
    ),
    "undecided": Verdict(
        pmsg("verdict", "Cannot be determined"),
        "open",
        msg("We do not know."),
        nmsg(
            "For one of {n_total} nothing can be determined.",
            "For {count} of {n_total} nothing can be determined.",
        ),
    ),
    "increased": Verdict(
        pmsg("verdict", "Increased"),
        "good",
        msg("It has increased."),
        nmsg("One of {n_total} measures has increased.", "{count} of {n_total} measures have increased."),
    ),
    "decreased": Verdict(
        pmsg("verdict", "Decreased"),
        "good",
        msg("It has decreased."),
        nmsg("One of {n_total} measures has decreased.", "{count} of {n_total} measures have decreased."),
    ),
    "increased_unwanted": Verdict(
        pmsg("verdict", "Increased, against what was wanted"),
        "bad",
        msg("It has increased. That is not what was wanted."),
        nmsg(
            "One of {n_total} measures has increased, against what was wanted.",
            "{count} of {n_total} measures have increased, against what was wanted.",
        ),
    ),
    "decreased_unwanted": Verdict(
        pmsg("verdict", "Decreased, against what was wanted"),
        "bad",
        msg("It has decreased. That is not what was wanted."),
        nmsg(
            "One of {n_total} measures has decreased, against what was wanted.",
            "{count} of {n_total} measures have decreased, against what was wanted.",
        ),
    ),
    "no_certain_change": Verdict(
        pmsg("verdict", "No certain change"),
        "open",
        msg("We see no certain change."),
        nmsg(
            "For one of {n_total} measures no certain change can be shown.",
            "For {count} of {n_total} measures no certain change can be shown.",
        ),
    ),
    "small_change": Verdict(
        pmsg("verdict", "Small change"),
        "open",
        msg("The change is too small to matter."),
        nmsg(
            "One of {n_total} measures has changed too little to matter.",
            "{count} of {n_total} measures have changed too little to matter.",
        ),
    ),
    "covered": Verdict(
        pmsg("verdict", "Met"),
        "good",
        msg("The requirement is met."),
        nmsg("One of {n_total} requirements is met.", "{count} of {n_total} requirements are met."),
    ),
    "not_covered": Verdict(
        pmsg("verdict", "Not met"),
        "bad",
        msg("The requirement is not met."),
        nmsg("One of {n_total} requirements is not met.", "{count} of {n_total} requirements are not met."),
    ),
    "gap": Verdict(
        pmsg("verdict", "Certain difference"),
        "bad",
        msg("There is a difference."),
        nmsg(
            "One of {n_total} comparisons shows a certain difference.",
            "{count} of {n_total} comparisons show a certain difference.",
        ),
    ),
    "possible_gap": Verdict(
        pmsg("verdict", "Possible difference"),
        "open",
        msg("There may be a difference. It is not certain."),
        nmsg(
            "One of {n_total} comparisons shows a difference that may be chance.",
            "{count} of {n_total} comparisons show a difference that may be chance.",
        ),
    ),
    "no_certain_gap": Verdict(
        pmsg("verdict", "No certain difference"),
        "open",
        msg("We see no certain difference."),
        nmsg(
            "One of {n_total} comparisons shows no certain difference.",
            "{count} of {n_total} comparisons show no certain difference.",
        ),
    ),
    "small_gap": Verdict(
        pmsg("verdict", "Certain but small difference"),
        "open",
        msg("There is a difference. It is too small to matter."),
        nmsg(
            "One of {n_total} comparisons shows a difference too small to matter.",
            "{count} of {n_total} comparisons show a difference too small to matter.",
        ),
    ),
    "negligible_gap": Verdict(
        pmsg("verdict", "No difference that matters"),
        "good",
        msg("If there is a difference, it is too small to matter."),
        nmsg(
            "In one of {n_total} comparisons a difference that matters is ruled out.",
            "In {count} of {n_total} comparisons a difference that matters is ruled out.",
        ),
    ),
    "effect_shown": Verdict(
        pmsg("verdict", "Effect shown"),
        "good",
        msg("It has had an effect."),
        nmsg(
            "One of {n_total} comparisons shows an effect.",
            "{count} of {n_total} comparisons show an effect.",
        ),
    ),
    "effect_unwanted": Verdict(
        pmsg("verdict", "Effect in the unwanted direction"),
        "bad",
        msg("It has had an effect that was not wanted."),
        nmsg(
            "One of {n_total} comparisons shows an unwanted effect.",
            "{count} of {n_total} comparisons show an unwanted effect.",
        ),
    ),
    "effect_small": Verdict(
        pmsg("verdict", "Certain but small effect"),
        "open",
        msg("It has had an effect. It is too small to matter."),
        nmsg(
            "One of {n_total} comparisons shows an effect too small to matter.",
            "{count} of {n_total} comparisons show an effect too small to matter.",
        ),
    ),
    "effect_uncertain": Verdict(
        pmsg("verdict", "No certain effect"),
        "open",
        msg("We see no certain effect."),
        nmsg(
            "One of {n_total} comparisons shows no certain effect.",
            "{count} of {n_total} comparisons show no certain effect.",
        ),
    ),
    "association_shown": Verdict(
        pmsg("verdict", "Differs in the wanted direction"),
        "good",
        msg("Those who take part differ as was wanted."),
        nmsg(
            "One of {n_total} comparisons shows a wanted difference.",
            "{count} of {n_total} comparisons show a wanted difference.",
        ),
    ),
    "association_unwanted": Verdict(
        pmsg("verdict", "Differs in the unwanted direction"),
        "bad",
        msg("Those who take part differ, but not as was wanted."),
        nmsg(
            "One of {n_total} comparisons shows an unwanted difference.",
            "{count} of {n_total} comparisons show an unwanted difference.",
        ),
    ),
    "association_small": Verdict(
        pmsg("verdict", "Differs by too little to matter"),
        "open",
        msg("There is a difference. It is too small to matter."),
        nmsg(
            "One of {n_total} comparisons shows a difference too small to matter.",
            "{count} of {n_total} comparisons show a difference too small to matter.",
        ),
    ),
    "association_uncertain": Verdict(
        pmsg("verdict", "Does not differ with certainty"),
        "open",
        msg("We see no certain difference."),
        nmsg(
            "One of {n_total} comparisons shows no certain difference.",
            "{count} of {n_total} comparisons show no certain difference.",
        ),
    ),
    "even": Verdict(
        pmsg("verdict", "Even"),
        "good",
        msg("The share lies within an even distribution."),
        nmsg(
            "One of {n_total} shares lies within an even distribution.",
            "{count} of {n_total} shares lie within an even distribution.",
        ),
    ),
    "uneven": Verdict(
        pmsg("verdict", "Uneven"),
        "bad",
        msg("The distribution is not even."),
        nmsg(
            "One of {n_total} shares is part of an uneven distribution.",
            "{count} of {n_total} shares are part of an uneven distribution.",
        ),
    ),
    "proportionate": Verdict(
        pmsg("verdict", "As among all"),
        "good",
        msg("The share is about the same as among all."),
        nmsg(
            "One of {n_total} shares is about as large as among all.",
            "{count} of {n_total} shares are about as large as among all.",
        ),
    ),
    "under_represented": Verdict(
        pmsg("verdict", "Fewer than expected"),
        "bad",
        msg("The group is smaller than expected."),
        nmsg(
            "One of {n_total} groups is smaller than expected.",
            "{count} of {n_total} groups are smaller than expected.",
        ),
    ),
    "over_represented": Verdict(
        pmsg("verdict", "More than expected"),
        "bad",
        msg("The group is larger than expected."),
        nmsg(
            "One of {n_total} groups is larger than expected.",
            "{count} of {n_total} groups are larger than expected.",
        ),
    ),
    "low_attrition": Verdict(
        pmsg("verdict", "Low attrition"),
        "good",
        msg("Few enough left."),
        nmsg("In one of {n_total} attrition is low.", "In {count} of {n_total} attrition is low."),
    ),
    "high_attrition": Verdict(
        pmsg("verdict", "High attrition"),
        "bad",
        msg("Too many left."),
        nmsg("In one of {n_total} attrition is high.", "In {count} of {n_total} attrition is high."),
    ),
    "not_applicable": Verdict(
        pmsg("verdict", "Not applicable"),
        "plain",
        msg("This cannot be judged here."),
        nmsg(
            "For one of {n_total} the rule does not apply.",
            "For {count} of {n_total} the rule does not apply.",
        ),
    ),
    "consistent": Verdict(
        pmsg("verdict", "Consistent enough"),
        "good",
        msg("The questions belong together."),
        nmsg(
            "One of {n_total} measurements of a scale is consistent enough.",
            "{count} of {n_total} measurements of a scale are consistent enough.",
        ),
    ),
    "perhaps_consistent": Verdict(
        pmsg("verdict", "Perhaps consistent enough"),
        "open",
        msg("The questions may belong together well enough."),
        nmsg(
            "One of {n_total} measurements of a scale is perhaps consistent enough.",
            "{count} of {n_total} measurements of a scale are perhaps consistent enough.",
        ),
    ),
    "inconsistent": Verdict(
        pmsg("verdict", "Not consistent enough"),
        "bad",
        msg("The questions do not belong together well enough."),
        nmsg(
            "One of {n_total} measurements of a scale is not consistent enough.",
            "{count} of {n_total} measurements of a scale are not consistent enough.",
        ),
    ),
    "holds": Verdict(
        pmsg("verdict", "Holds"),
        "good",
        msg("It holds, whoever is missing."),
        nmsg(
            "One of {n_total} verdicts holds under every assumption about those who are missing.",
            "{count} of {n_total} verdicts hold under every assumption about those who are missing.",
        ),
    ),
    "holds_but_extremes": Verdict(
        pmsg("verdict", "Holds but for extremes"),
        "good",
        msg("It holds, unless those who are missing are very different."),
        nmsg(
            "One of {n_total} verdicts changes only if anything at all is assumed about those who are missing.",
            "{count} of {n_total} verdicts change only if anything at all is assumed about those who are missing.",
        ),
    ),
    "depends": Verdict(
        pmsg("verdict", "Depends on the missing"),
        "open",
        msg("It depends on those who are missing."),
        nmsg(
            "One of {n_total} verdicts depends on what is assumed about those who are missing.",
            "{count} of {n_total} verdicts depend on what is assumed about those who are missing.",
        ),
    ),
    "described": Verdict(
        pmsg("verdict", "Described"),
        "plain",
        msg("This is only described."),
        nmsg(
            "One of {n_total} statements is only described.",
            "{count} of {n_total} statements are only described.",
        ),
    ),
    "all_eligible": Verdict(
        pmsg("verdict", "All meet it"),
        "good",
        msg("All meet the requirement."),
        nmsg(
            "One of {n_total} requirements is met by all.",
            "{count} of {n_total} requirements are met by all.",
        ),
    ),
    "exceptions": Verdict(
        pmsg("verdict", "Exceptions"),
        "bad",
        msg("Not all meet the requirement."),
        nmsg(
            "For one of {n_total} requirements there are exceptions.",
            "For {count} of {n_total} requirements there are exceptions.",
        ),
    ),
}
