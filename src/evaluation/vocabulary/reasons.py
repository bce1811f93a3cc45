"""Why a verdict could be given, or why there is none: the words that follow a judgement."""

from evaluation.vocabulary.message import Message, msg, nmsg

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
    "all_silent_needed": msg(
        "It cannot be said whether the target is reached: all {n_silent} who did not answer would have to meet the "
        "condition."
    ),
    "no_answers": msg("Nobody has answered, so nothing can be said."),
    "not_comparable": msg("The groups are too different, or too small, for this way of computing."),
    "baseline_alike": msg("The groups were alike in this beforehand (at most 0.05 standard deviations)."),
    "baseline_adjust": msg(
        "The groups count as alike in this only where the analysis adjusts for it (at most 0.25 standard deviations)."
    ),
    "baseline_apart": msg(
        "The groups were not alike in this beforehand (more than 0.25 standard deviations)."
    ),
    "difference_clear": msg(
        "The difference is statistically certain and at least as large as the smallest one that was agreed to matter "
        "({smallest_important} {steps})."
    ),
    "difference_includes_zero": msg(
        "The interval includes no difference at all, so the difference cannot be told apart from chance."
    ),
    "difference_small": msg(
        "The difference can be told apart from chance, but it is smaller than the smallest "
        "one that was agreed to matter "
        "({smallest_important} {steps})."
    ),
    "growth_clear": msg("The difference in growth is statistically certain."),
    "not_collected": msg("The data that it would need are not collected."),
    "no_column": msg("No column is named."),
    "narrow_indicator": msg(
        "The fund counts only people who were employed at the start and moved to more secure, fuller or more "
        "demanding work, or were promoted; no column is named for that."
    ),
    "check_wording": msg("Compare the wording with the regulation before it is reported."),
    "no_hours": msg("Nobody has logged hours, so nothing can be said."),
    "none_registered": msg("The registers hold nothing that this is about, so nothing can be said."),
    "increase_clear": msg(
        "The increase is statistically certain and at least as large as the smallest change that was "
        "agreed to matter ({smallest_important} {steps})."
    ),
    "decrease_clear": msg(
        "The decrease is statistically certain and at least as large as the smallest change that was "
        "agreed to matter ({smallest_important} {steps})."
    ),
    "interval_includes_zero": msg(
        "The interval includes no change at all, so the change cannot be told apart from chance."
    ),
    "smaller_than_important": msg(
        "The change can be told apart from chance, but it is smaller than the smallest change that was "
        "agreed to matter ({smallest_important} {steps})."
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
    "gap_clear_but_small": msg(
        "The difference is statistically certain, and certainly smaller than the smallest one that was agreed "
        "to matter ({smallest_important})."
    ),
    "gap_within_margin": msg(
        "A difference as large as the smallest one that was agreed to matter ({smallest_important}) is "
        "statistically ruled out."
    ),
    "gap_large_uncertain": msg(
        "The difference is large enough to matter ({smallest_important} {steps}), but it cannot be told apart "
        "from chance."
    ),
    "gap_small_uncertain": msg(
        "The difference cannot be told apart from chance. That does not mean that the groups are equal."
    ),
    "too_few_in_group": msg("One of the groups has too few answers for a comparison."),
    "within_even": msg("Between {bound_low} and {bound_high} counts as an even distribution."),
    "outside_even": msg("Only between {bound_low} and {bound_high} counts as an even distribution."),
    "other_outside_even": msg(
        "A distribution is even if every share lies between {bound_low} and {bound_high}. This one does, another "
        "does not."
    ),
    "ratio_within": msg(
        "The share is {ratio} times the one it is compared with; between {bound_low} and {bound_high} "
        "counts as about the same."
    ),
    "ratio_outside": msg(
        "The share is {ratio} times the one it is compared with; only between {bound_low} and {bound_high} "
        "counts as about the same."
    ),
    "no_comparison_group": msg(
        "The boundary for attrition does not apply, because there is no comparison group."
    ),
    "attrition_within": msg(
        "Attrition, overall and between the groups, lies within the boundary of the What Works Clearinghouse."
    ),
    "attrition_beyond": msg(
        "Attrition, overall or between the groups, lies beyond the boundary of the What Works Clearinghouse."
    ),
    "conclusion_same": msg("The conclusion is the same as among those who answered both times."),
    "conclusion_other": msg("The conclusion is another than among those who answered both times."),
    "verdict_holds": nmsg(
        "One of {n_total} left. The verdict is the same, whatever they would have said.",
        "{count} of {n_total} left. The verdict is the same, whatever they would have said.",
    ),
    "verdict_holds_but_extremes": nmsg(
        "One of {n_total} left. Another verdict only at the extremes.",
        "{count} of {n_total} left. Another verdict only at the extremes.",
    ),
    "verdict_depends": nmsg(
        "One of {n_total} left. Another verdict with: {changes_under}.",
        "{count} of {n_total} left. Another verdict with: {changes_under}.",
    ),
    "nobody_left": msg(
        "Everybody who answered before also answered after, so nothing depends on those who left."
    ),
    "no_verdict_to_change": msg("The report has no verdict here that could be another."),
    "reliability_enough": msg(
        "All of the interval lies at or above 0.70, the usual least for comparing groups."
    ),
    "reliability_short": msg("All of the interval lies below 0.70, the usual least for comparing groups."),
    "reliability_unclear": msg("The interval includes 0.70, the usual least for comparing groups."),
    "one_question": msg("Not assessed, because the measurement error of a single question is not known."),
    "two_questions": msg("Not assessed, because the method needs three questions or more."),
    "no_interval_of_two": msg("Not judged, because with two questions the method gives no interval."),
    "no_interval": msg("Not assessed, because too few organisations answered for an interval."),
    "reliability_unknown": msg("Not assessed, because the reliability of the scale is not known."),
    "only_described": msg("The programme has set no target for this; it is described."),
    "all_meet": msg("All meet the requirement."),
    "some_do_not": nmsg("One does not meet the requirement.", "{count} do not meet the requirement."),
    "fewer_than_30": msg("Not assessed, because the method needs 30 complete answers and there are {n}."),
    "fewer_than_100": msg("Not assessed, because the method needs 100 complete answers and there are {n}."),
    "fewer_than_100_in_group": msg(
        "Not assessed, because the method needs 100 complete answers in each group; there are {n_level} and "
        "{n_reference}."
    ),
    "not_of_people": msg(
        "Not assessed, because the method is about single people and this is about organisations."
    ),
    "fewer_than_200": msg("Not assessed, because the method needs 200 complete answers and there are {n}."),
    "fewer_than_three_answers": msg(
        "Not assessed, because the method needs three answers to every question that somebody gave both times."
    ),
    "more_than_seven_answers": msg(
        "Not assessed, because a question has more than seven answers: they are as good as numbers, and few gave each."
    ),
    "alike_none": msg(
        "The questions measure more than one thing: one common factor fits poorly, so that it is not judged whether "
        "they measure alike."
    ),
    "alike_configural": msg(
        "The questions go together both times, but the thresholds between the answers are not shown to be the same."
    ),
    "alike_thresholds": msg(
        "The thresholds between the answers are the same both times, but not the weight of each question."
    ),
    "alike_metric": msg(
        "Thresholds and weights are the same both times, but some questions have become easier or harder to agree with "
        "than others."
    ),
    "alike_scalar": msg("The questions measure alike both times, as far as the fit of the models tells."),
    "fit_kept": msg("The fit is no worse than the limits allow."),
    "fit_worse": msg("The fit gets worse by more than the limits allow."),
    "no_model": msg("Not assessed, because no model of the answers could be fitted."),
    "network_grew": msg(
        "The increase is statistically certain and at least as large as the smallest change that was agreed to matter."
    ),
    "network_shrank": msg(
        "The decrease is statistically certain and at least as large as the smallest change that was agreed to matter."
    ),
    "network_moved_little": msg(
        "The change can be told apart from chance, but it is smaller than the smallest one that was agreed to matter."
    ),
    "too_few_actors": msg("Actors who answered: {n}. Fewer than eight are too few for a judgement."),
    "too_few_organisations_with_raters": msg(
        "Not assessed, because fewer than five organisations have two answers or more."
    ),
    "too_few_to_show": msg(
        "Withheld: too few people or companies here, or so few elsewhere that this number would give them away."
    ),
}
