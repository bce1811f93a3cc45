"""How actors work together, at one wave and between two."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

CHECKED = ("network", "closed form: simulated networks with a known change")

NETWORK: dict[str, Estimand] = {
    "network_share_change": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Change of the network, in percentage points"),
        figure="difference",
        columns=("mean_before", "mean_after", "points", "interval", "n", "n_total", "verdict"),
        short=(Line(msg("{Statement} went from {mean_before} to {mean_after}.")),),
        report=(
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} percentage points ({level_percent} interval {conf_low} to "
                    "{conf_high})."
                )
            ),
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} percentage points."
                ),
                unless=("conf_low",),
            ),
            Line(msg("{n_silent} of {n_total} did not answer both times."), sure=True),
        ),
        easy=(Line(msg("{n} {respondents} answered both times.")),),
        checked_by=CHECKED,
    ),
    "network_mean_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Change of the network, in steps"),
        figure="difference",
        columns=("mean_before", "mean_after", "change", "interval", "n", "n_total", "verdict"),
        short=(Line(msg("{Statement} went from {mean_before} to {mean_after} ({estimate}).")),),
        report=(
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} steps ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} steps."
                ),
                unless=("conf_low",),
            ),
            Line(msg("{n_silent} of {n_total} did not answer both times."), sure=True),
        ),
        easy=(Line(msg("{n} {respondents} answered both times.")),),
        checked_by=CHECKED,
    ),
    "network_share": Estimand(
        unit="share",
        label=pmsg("estimand", "The network, as a share"),
        figure="level",
        columns=("estimate", "interval", "bounds", "n", "n_total"),
        short=(Line(msg("{Statement}: {estimate}.")),),
        report=(
            Line(msg("{Statement}: {estimate}, as {n} of {n_total} {respondents} say.")),
            Line(
                msg("Whatever the silent would have said, it lies between {bound_low} and {bound_high}."),
                sure=True,
            ),
        ),
        easy=(Line(msg("{n} {respondents} answered.")),),
        checked_by=CHECKED,
    ),
    "network_mean": Estimand(
        unit="score",
        label=pmsg("estimand", "The network, as a mean"),
        figure="level",
        columns=("estimate", "interval", "n", "n_total"),
        short=(Line(msg("{Statement}: {estimate} on average.")),),
        report=(Line(msg("{Statement}: {estimate} on average, as {n} of {n_total} {respondents} say.")),),
        easy=(Line(msg("{n} {respondents} answered.")),),
        checked_by=CHECKED,
    ),
    "network_shape": Estimand(
        unit="coefficient",
        label=pmsg("estimand", "The shape of the network"),
        figure="level",
        columns=("estimate", "n"),
        rows=pmsg("column", "Measure"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(Line(msg("{Term}: {estimate}, among {n} actors.")),),
        checked_by=("network", "homophily", "qap"),
    ),
    "network_ties": Estimand(
        unit="count",
        label=pmsg("estimand", "Ties"),
        figure="level",
        columns=("counted_number",),
        rows=pmsg("column", "Ties"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(Line(msg("{Term}: {estimate}.")),),
        checked_by=("qap",),
    ),
    "network_place": Estimand(
        unit="amount",
        label=pmsg("estimand", "Places in the network"),
        figure="network",
        columns=("named_by", "names", "bridging"),
        rows=pmsg("column", "Actor"),
        short=(Line(msg("Actor {term} is named by {named_by} and names {names}.")),),
        report=(
            Line(
                msg(
                    "Actor {term} is named by {named_by}, names {names}, and stands on {estimate} of a hundred "
                    "shortest ways between others."
                )
            ),
        ),
        checked_by=("network",),
    ),
}
