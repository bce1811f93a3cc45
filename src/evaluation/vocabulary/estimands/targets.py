"""Shares: who reached a target, gave an answer, took part or may take part."""

from evaluation.vocabulary.estimands.estimand import NOT_KNOWN, Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

TARGETS: dict[str, Estimand] = {
    "attained_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share who reached it"),
        figure="target",
        columns=("target", "answer", "interval", "bounds", "n_total", "verdict"),
        short=(
            Line(msg("{estimate} of the {respondents} who answered {statement}."), unless=("reading",)),
            Line(msg("{estimate} of the {respondents} who answered {statement} {reading}.")),
        ),
        report=(
            Line(
                msg("{k} of the {n} {respondents} who answered ({estimate}) {statement}."),
                unless=("reading",),
            ),
            Line(msg("{k} of the {n} {respondents} who answered ({estimate}) {statement} {reading}.")),
            Line(
                msg(
                    "The programme has {n_total} {respondents}, so the share among all is at least {bound_low} "
                    "and at most {bound_high}."
                ),
                unless=("n_everyone",),
            ),
            Line(msg("All {n_everyone} answered.")),
            Line(msg("The target was {target}.")),
            Line(
                msg(
                    "If those who did not answer are like those who did, the share among all lies between "
                    "{conf_low} and {conf_high}."
                ),
                unless=("n_everyone",),
                sure=True,
            ),
        ),
        easy=(Line(msg("{k} of {n} {respondents} say yes.")),),
        checked_by=("hypergeom", "prop_ci"),
    ),
    "described_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of those who answered"),
        figure="target",
        columns=("answer", "interval", "n_total", "verdict"),
        short=(Line(msg("{estimate} of the {respondents} who answered {statement}.")),),
        report=(
            Line(msg("{k} of the {n} {respondents} who answered ({estimate}) {statement}.")),
            Line(msg("There are {n_total} {respondents} in all."), unless=("n_everyone",)),
        ),
        easy=(Line(msg("{k} of {n} {respondents} say yes.")),),
        checked_by=("hypergeom",),
    ),
    "answer_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share who chose the answer"),
        figure="stacked",
        columns=("answer",),
        rows=pmsg("column", "Answer"),
        short=(Line(msg("{estimate} chose “{term}”.")),),
        report=(Line(msg("{k} of {n} ({estimate}) chose “{term}”.")),),
        checked_by=("closed form: k / n",),
    ),
    "covered_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share covered"),
        figure="target",
        columns=("target", "counted", "bounds", "verdict"),
        short=(Line(msg("{k} of {n} {respondents} ({estimate}) {statement}.")), NOT_KNOWN),
        report=(
            Line(msg("{k} of {n} {respondents} ({estimate}) {statement}.")),
            Line(msg("For {n_silent} of {n_total} the information is missing."), unless=("n_unknown",)),
            NOT_KNOWN,
        ),
        easy=(Line(msg("It holds for {k} of {n} {respondents}.")),),
        checked_by=("closed form: k / n",),
    ),
    "eligible_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share who meet the requirement"),
        figure="target",
        columns=("counted", "verdict"),
        short=(Line(msg("{k} of {n} {respondents} {statement}.")), NOT_KNOWN),
        report=(
            Line(msg("{k} of {n} {respondents} {statement}.")),
            Line(msg("For {n_silent} of {n_total} the information is missing."), unless=("n_unknown",)),
            NOT_KNOWN,
        ),
        easy=(Line(msg("It holds for {k} of {n} {respondents}.")),),
        checked_by=("closed form: k / n",),
    ),
}
