"""What may be said about a target, and about whom."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

ANSWERS: dict[str, Estimand] = {
    "target_answer": Estimand(
        unit="share",
        label=pmsg("estimand", "What may be said, and about whom"),
        figure="target",
        columns=("target", "answer", "range", "probability"),
        rows=pmsg("column", "About whom"),
        short=(
            Line(msg("{Label}, {term}: {estimate}."), unless=("bound_low", "conf_low")),
            Line(msg("{Label}, {term}: between {bound_low} and {bound_high}."), unless=("conf_low",)),
            Line(msg("{Label}, {term}: {conf_low} to {conf_high}.")),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        report=(
            Line(
                msg("{Label}, {term}: {k} of {n} ({estimate})."),
                unless=("bound_low", "conf_low", "probability"),
            ),
            Line(msg("{Label}, {term}: {estimate}."), unless=("bound_low", "conf_low", "k")),
            Line(
                msg(
                    "{Label}, {term}: between {bound_low} and {bound_high}, whatever the silent would have said."
                ),
                unless=("conf_low",),
            ),
            Line(msg("{Label}, {term}: {conf_low} to {conf_high}.")),
            Line(msg("The chance that the target {target} is reached is {probability}.")),
            Line(msg("{Label}: {k} of {n} ({estimate})."), unless=("term",)),
        ),
        checked_by=("manski", "hypergeom", "prop_cr2", "svyprop", "beta_posterior", "prop_ci"),
    ),
    "answers_needed": Estimand(
        unit="count",
        label=pmsg("estimand", "Answers still needed"),
        figure="composition",
        columns=("answers_more", "n", "n_total"),
        short=(
            Line(msg("{Label}, {term}: {estimate}.")),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        report=(
            Line(msg("{Label}, {term}: {estimate} more answers, if they are as those before them.")),
            Line(
                msg("{Label}: {estimate} more answers, if they are as those before them."), unless=("term",)
            ),
        ),
        checked_by=("closed form: least m for which the target lies outside the bounds",),
    ),
}
