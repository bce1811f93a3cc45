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
    "even": Verdict(
        pmsg("verdict", "Even"),
        "good",
        msg("The share lies within an even distribution."),
        nmsg(
            "One of {n_total} shares lies within an even distribution.",
            "{count} of {n_total} shares lie within an even distribution.",
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

REASONS: dict[str, Message] = {
    "reached_whatever_silent": nmsg(
        "The target is reached, whatever the one who did not answer would have said.",
        "The target is reached, whatever the {count} who did not answer would have said.",
    ),
    "reached_everyone_answered": msg("Everybody answered, and the target is reached."),
    "missed_whatever_silent": nmsg(
        "The target is not reached, whatever the one who did not answer would have said.",
        "The target is not reached, whatever the {count} who did not answer would have said.",
    ),
    "missed_everyone_answered": msg("Everybody answered, and the target is not reached."),
    "silent_decide": nmsg(
        "It cannot be said whether the target is reached: the one who did not answer decides.",
        "It cannot be said whether the target is reached: at least {n_needed} of the {count} who did not "
        "answer ({tipping_share}) would have to meet the condition.",
    ),
    "no_answers": msg("Nobody has answered, so nothing can be said."),
    "none_registered": msg("The registers hold nothing that this is about, so nothing can be said."),
    "increase_clear": msg(
        "The increase is statistically certain and at least as large as the smallest change that was "
        "agreed to matter ({smallest_important} steps)."
    ),
    "decrease_clear": msg(
        "The decrease is statistically certain and at least as large as the smallest change that was "
        "agreed to matter ({smallest_important} steps)."
    ),
    "interval_includes_zero": msg(
        "The interval includes no change at all, so the change cannot be told apart from chance."
    ),
    "smaller_than_important": msg(
        "The change can be told apart from chance, but it is smaller than the smallest change that was "
        "agreed to matter ({smallest_important} steps)."
    ),
    "no_spread": msg("There is no variation to measure chance by, so it cannot be said how sure this is."),
    "too_few_clusters": msg(
        "Organisations in the comparison: {n_groups}. Fewer than five are too few for a judgement."
    ),
    "too_few_clusters_in_group": msg(
        "Organisations behind one of the groups: {n_groups}. Fewer than five are too few for a judgement."
    ),
    "too_few_pairs": msg("Too few answered both times for a judgement."),
    "requirement_met": msg("The requirement was {target}, and it is met."),
    "requirement_not_met": msg("The requirement was {target}, and it is not met."),
    "unknown_decide": msg("What is not known decides whether the requirement is met."),
    "gap_clear": msg("The difference is statistically certain: its interval does not include zero."),
    "gap_large_uncertain": msg(
        "The difference is large enough to matter ({smallest_important} steps), but it cannot be told apart "
        "from chance."
    ),
    "gap_small_uncertain": msg(
        "The difference cannot be told apart from chance. That does not mean that the groups are equal."
    ),
    "too_few_in_group": msg("One of the groups has too few answers for a comparison."),
    "within_even": msg("Between {bound_low} and {bound_high} counts as an even distribution."),
    "outside_even": msg("Only between {bound_low} and {bound_high} counts as an even distribution."),
    "ratio_within": msg(
        "The share is {ratio} times the one it is compared with; between {bound_low} and {bound_high} "
        "counts as about the same."
    ),
    "ratio_outside": msg(
        "The share is {ratio} times the one it is compared with; only between {bound_low} and {bound_high} "
        "counts as about the same."
    ),
    "no_comparison_group": msg("Not applicable: there is no comparison group."),
    "attrition_within": msg(
        "Attrition, overall and between the groups, lies within the boundary of the What Works Clearinghouse."
    ),
    "attrition_beyond": msg(
        "Attrition, overall or between the groups, lies beyond the boundary of the What Works Clearinghouse."
    ),
    "conclusion_same": msg("The conclusion is the same as among those who answered both times."),
    "conclusion_other": msg("The conclusion is another than among those who answered both times."),
    "only_described": msg("The programme has set no target for this; it is described."),
    "all_meet": msg("All meet the requirement."),
    "some_do_not": nmsg("One does not meet the requirement.", "{count} do not meet the requirement."),
    "fewer_than_30": msg("Not assessed, because the method needs 30 complete answers and there are {n}."),
    "fewer_than_100": msg("Not assessed, because the method needs 100 complete answers and there are {n}."),
    "fewer_than_200": msg("Not assessed, because the method needs 200 complete answers and there are {n}."),
    "no_model": msg("Not assessed, because no model of the answers could be fitted."),
    "too_few_to_show": msg("There are too few answers to show the result without exposing anybody."),
}
