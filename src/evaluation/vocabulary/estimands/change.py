"""Changes between waves."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

CHANGE: dict[str, Estimand] = {
    "mean_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Mean change"),
        figure="change",
        columns=("mean_before", "mean_after", "change", "interval", "p_adjusted", "n", "verdict"),
        short=(
            Line(
                msg("{Statement} went from {mean_before} to {mean_after} ({estimate} {steps})."),
                unless=("retrospect", "level"),
            ),
            Line(
                msg(
                    "Among {level}, {statement} went from {mean_before} to {mean_after} ({estimate} {steps})."
                )
            ),
        ),
        report=(
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high})."
                ),
                unless=("retrospect", "level"),
            ),
            Line(
                msg(
                    "Among the {n} {level} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} {steps}."
                ),
                unless=("retrospect", "level", "conf_low"),
            ),
            Line(
                msg(
                    "Among the {n} {level} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} {steps}."
                ),
                unless=("conf_low",),
            ),
            Line(msg("In standard deviations the change is {std_change}."), unless=("retrospect",)),
            Line(
                msg(
                    "{label}: judged in {retrospect}, before was {mean_before} among {n} {respondents}, and the change "
                    "would be {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high})."
                ),
                sure=True,
            ),
        ),
        easy=(Line(msg("{n} {respondents} answered both times."), unless=("retrospect",)),),
        checked_by=("paired_t", "crv", "paired_effect_sizes"),
    ),
    "response_shift": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Difference with the retrospect"),
        figure="difference",
        columns=("difference", "interval", "n", "verdict"),
        short=(Line(msg("With the retrospect, the difference is {estimate} {steps}.")),),
        report=(
            Line(
                msg(
                    "{Statement}, {term}: {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high}; {n} "
                    "answers)."
                ),
            ),
            Line(msg("{Statement}, {term}: {estimate} {steps} ({n} answers)."), unless=("conf_low",)),
            Line(
                msg(
                    "With the retrospect, the difference is {estimate} {steps} ({level_percent} interval {conf_low} "
                    "to {conf_high}; {n} answers)."
                ),
                unless=("term",),
            ),
            Line(
                msg("With the retrospect, the difference is {estimate} {steps} ({n} answers)."),
                unless=("conf_low", "term"),
            ),
        ),
        checked_by=("crv",),
    ),
}
