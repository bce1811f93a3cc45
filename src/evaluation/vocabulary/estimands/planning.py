"""What can be expected of a design before anybody has answered."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

PLANNING: dict[str, Estimand] = {
    "detectable_change": Estimand(
        unit="score",
        label=pmsg("estimand", "Smallest change that is likely to be found"),
        figure="level",
        columns=("smallest_found", "std_error", "both_times", "n_groups", "variance_ratio"),
        short=(Line(msg("{Label}: a true change of {estimate} steps.")),),
        report=(
            Line(
                msg(
                    "{Label}: with {n} people in {n_groups} organisations who answer both times, a true change of "
                    "{estimate} steps is found with a chance of {probability}."
                )
            ),
            Line(
                msg(
                    "{Label}: with {n} {respondents} who answer both times, a true change of {estimate} steps is found "
                    "with a chance of {probability}."
                ),
                unless=("n_groups",),
            ),
            Line(msg("The variance is {ratio} times that of people who have nothing to do with each other.")),
        ),
        checked_by=("mde_paired_clusters", "design_effect"),
    ),
    "planned_power": Estimand(
        unit="share",
        label=pmsg("estimand", "Chance that a true change is found"),
        figure="level",
        columns=("chance_of_it", "detectable", "df", "both_times", "n_groups"),
        short=(Line(msg("{Label}: {estimate}.")),),
        report=(
            Line(
                msg(
                    "{Label}: a true change of {detectable} steps is found with a chance of "
                    "{estimate} ({n} people in "
                    "{n_groups} organisations)."
                )
            ),
        ),
        checked_by=("power_paired_t", "mde_paired_clusters", "mdes_crt"),
    ),
    "needed_answers": Estimand(
        unit="count",
        label=pmsg("estimand", "Answers that a verdict needs"),
        figure="level",
        columns=("planned_target", "true_share", "needed_answers", "n_total"),
        rows=pmsg("column", "Statement and verdict"),
        short=(
            Line(msg("{Label}, {term}: {estimate} of {n_total}.")),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        report=(
            Line(
                msg(
                    "{Label}, {term}: if the true share is {mean_share}, {estimate} of {n_total} "
                    "have to answer for a "
                    "verdict with a chance of {probability} (target {tipping_share})."
                )
            ),
            Line(
                msg(
                    "{Label}: if the true share is {mean_share}, {estimate} of {n_total} have to "
                    "answer for a verdict."
                ),
                unless=("term",),
            ),
        ),
        checked_by=("hypergeom", "power_exact_binomial", "sample_size_prop"),
    ),
    "plan_precision": Estimand(
        unit="score",
        label=pmsg("estimand", "Standard error of the change, planned and found"),
        figure="level",
        columns=(
            "planned_error",
            "df",
            "both_times",
            "kept",
            "n_groups",
            "sd_change",
            "icc",
            "variance_ratio",
        ),
        rows=pmsg("column", "Statement, planned and found"),
        short=(Line(msg("{Label}, {term}: {estimate} steps.")),),
        report=(
            Line(
                msg(
                    "{Label}, {term}: a standard error of {estimate} steps, from {n} who answered both times in "
                    "{n_groups} organisations."
                )
            ),
            Line(msg("That is {mean_share} of the {n_total} who could have answered both times.")),
            Line(
                msg(
                    "The change has a standard deviation of {sd_change} steps and an intraclass correlation of {icc}."
                )
            ),
            Line(msg("The change has a standard deviation of {sd_change} steps."), unless=("icc",)),
        ),
        checked_by=("crv", "mde_paired_clusters", "design_effect"),
    ),
    "verdict_chance": Estimand(
        unit="share",
        label=pmsg("estimand", "Chance of each verdict"),
        figure="level",
        columns=("true_share", "chance_of_it", "stays_open", "expected_answers", "n_total"),
        rows=pmsg("column", "Statement and verdict"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(
            Line(msg("{Term}: a chance of {estimate} if {n} of {n_total} answer."), unless=("mean_share",)),
            Line(
                msg(
                    "{Label}, {term}: if the true share is {mean_share}, a chance of {estimate} with {n} of {n_total} "
                    "answers; the chance that it cannot be determined is {probability}."
                )
            ),
        ),
        checked_by=("hypergeom", "power_mcnemar", "power_props"),
    ),
}
