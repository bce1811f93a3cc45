"""What registers, logs and answers show without a share of yes: counts, hours, means, and what is absent."""

from evaluation.vocabulary.estimands.estimand import NOT_KNOWN, Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

DESCRIBED: dict[str, Estimand] = {
    "covered_count": Estimand(
        unit="count",
        label=pmsg("estimand", "Number covered"),
        figure="target",
        columns=("target", "estimate", "n_total", "verdict"),
        short=(Line(msg("{k} {respondents} {statement}.")),),
        report=(
            Line(msg("{k} {respondents} {statement}.")),
            Line(msg("At least {target} were wanted.")),
            Line(msg("For {n_silent} of {n_total} the information is missing."), unless=("n_unknown",)),
            NOT_KNOWN,
        ),
        easy=(Line(msg("It holds for {k} {respondents}.")),),
        checked_by=("closed form: count",),
    ),
    "limited_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share that should not be exceeded"),
        figure="target",
        columns=("target", "counted", "bounds", "verdict"),
        short=(Line(msg("{k} of {n} {respondents} ({estimate}) {statement}.")), NOT_KNOWN),
        report=(
            Line(msg("{k} of {n} {respondents} ({estimate}) {statement}.")),
            Line(msg("At most {target} were wanted.")),
            Line(msg("For {n_silent} of {n_total} the information is missing."), unless=("n_unknown",)),
            NOT_KNOWN,
        ),
        easy=(Line(msg("It holds for {k} of {n} {respondents}.")),),
        checked_by=("closed form: k / n",),
    ),
    "time_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of the hours"),
        figure="target",
        columns=("target", "estimate", "mean_share", "n", "verdict"),
        short=(Line(msg("{Respondents}: {estimate} of the logged hours {statement}.")),),
        report=(
            Line(msg("{Respondents}: {estimate} of the logged hours {statement}.")),
            Line(msg("If everybody weighs the same, it is {mean_share}.")),
            Line(msg("{n} of {n_total} {respondents} have logged hours.")),
        ),
        easy=(Line(msg("The time of {n} {respondents} is counted.")),),
        checked_by=("closed form: counted hours / hours",),
    ),
    "hour_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of all logged hours"),
        figure="level",
        columns=("share_of_hours", "number_of_people"),
        rows=pmsg("column", "Part of the time"),
        short=(Line(msg("{Level}: {estimate} of the hours.")),),
        report=(Line(msg("{Level}: {estimate} of the hours, from {n} people.")),),
        checked_by=("closed form: hours / all hours",),
    ),
    "described_mean": Estimand(
        unit="score",
        label=pmsg("estimand", "Mean of those who answered"),
        figure="level",
        columns=("estimate", "interval", "n", "verdict"),
        short=(Line(msg("{Statement}: {estimate} on average.")),),
        report=(
            Line(msg("{Statement}: {estimate} on average among the {n} {respondents} who answered.")),
            Line(
                msg("The mean lies between {conf_low} and {conf_high} ({level_percent} interval)."), sure=True
            ),
        ),
        easy=(Line(msg("{n} {respondents} answered.")),),
        checked_by=("crv",),
    ),
    "not_collected": Estimand(
        unit="count",
        label=pmsg("estimand", "Not collected"),
        figure="level",
        columns=("finding", "verdict"),
        short=(Line(msg("{Label}: cannot be determined, because {why}.")),),
        report=(Line(msg("{Label}: cannot be determined, because {why}.")),),
        easy=(Line(msg("{Label}: no data.")),),
        checked_by=("closed form: nothing is computed",),
    ),
}
