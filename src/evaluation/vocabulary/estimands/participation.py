"""Who is there at each step, who gets on to the next, and who gets the time."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

PARTICIPATION: dict[str, Estimand] = {
    "step_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of those who are there"),
        figure="composition",
        columns=("share_of_step",),
        rows=pmsg("column", "Step and group"),
        short=(Line(msg("Of all {term}, {estimate} are {level}.")),),
        report=(
            Line(msg("Of all {term}, {estimate} are {level}."), unless=("k",)),
            Line(msg("Of all {term}, {estimate} are {level} ({k} of {n}).")),
        ),
        checked_by=("closed form: k / n",),
    ),
    "step_ratio": Estimand(
        unit="ratio",
        label=pmsg("estimand", "How often the step is taken, compared with all others"),
        figure="level",
        columns=("of_the_group", "times", "interval"),
        rows=pmsg("column", "Step and group"),
        short=(Line(msg("{Level} are {estimate} times as often {term} as others.")),),
        report=(
            Line(
                msg(
                    "Among {level}, {k} of {n} are {term}, {estimate} times as large a share as among others "
                    "({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "Among {level}, {k} of {n} are {term}, {estimate} times as large a share as among others."
                ),
                unless=("conf_low",),
            ),
            Line(msg("Among {level}, {k} of {n} are {term}."), unless=("estimate",)),
        ),
        checked_by=("two_props",),
    ),
    "stage_rate": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of those who passed the stage before"),
        figure="level",
        columns=("share_of_group", "interval"),
        rows=pmsg("column", "Stage and group"),
        short=(Line(msg("{estimate} of {level} {term}.")),),
        report=(
            Line(msg("Among {level} who got this far, {k} of {n} ({estimate}) {term}.")),
            Line(msg("Nobody among {level} got this far."), unless=("estimate",)),
        ),
        checked_by=("prop_cr2",),
    ),
    "stage_gap": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Part of the final difference"),
        figure="difference",
        columns=("contrast", "difference", "interval"),
        rows=pmsg("column", "Stage"),
        short=(Line(msg("{Term}: {estimate} percentage points.")),),
        report=(
            Line(
                msg(
                    "{Term}: {estimate} percentage points, {level} minus {reference_level} "
                    "({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg("{Term}: {estimate} percentage points, {level} minus {reference_level}."),
                unless=("conf_low",),
            ),
            Line(msg("{Term}: cannot be computed."), unless=("estimate",)),
        ),
        checked_by=("kitagawa",),
    ),
    "resource_mean": Estimand(
        unit="amount",
        label=pmsg("estimand", "Per person"),
        figure="level",
        columns=("estimate", "interval", "number"),
        rows=pmsg("column", "Resource and group"),
        short=(Line(msg("{Level}: {estimate} {term} per person.")),),
        report=(
            Line(
                msg(
                    "{Level} have {estimate} {term} per person ({n} people, {level_percent} interval {conf_low} to "
                    "{conf_high})."
                )
            ),
            Line(msg("{Level} have {estimate} {term} per person ({n} people)."), unless=("conf_low",)),
            Line(msg("{Level}: nobody takes part."), unless=("estimate",)),
        ),
        checked_by=("prop_cr2",),
    ),
    "resource_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of the resource"),
        figure="composition",
        columns=("share_of_resource", "share_of_participants", "ratio"),
        rows=pmsg("column", "Resource and group"),
        short=(Line(msg("{Level} are {reference} of the participants and have {estimate} of all {term}.")),),
        report=(Line(msg("{Level} are {reference} of the participants and have {estimate} of all {term}.")),),
        checked_by=("closed form: k / n",),
    ),
    "resource_inequality": Estimand(
        unit="coefficient",
        label=pmsg("estimand", "How evenly"),
        figure="level",
        columns=("estimate", "n", "n_groups"),
        rows=pmsg("column", "Measure"),
        short=(Line(msg("{Term}: {estimate}.")),),
        report=(Line(msg("{Term}: {estimate} ({n} people in {n_groups} organisations).")),),
        checked_by=("inequality",),
    ),
    "permeation": Estimand(
        unit="count",
        label=pmsg("estimand", "Written in"),
        figure="level",
        columns=("verdict",),
        rows=pmsg("column", "Where and what"),
        short=(Line(msg("{Term}, {level}.")),),
        report=(Line(msg("{Term}, {level}.")),),
        checked_by=("closed form: count",),
    ),
    "followed_up": Estimand(
        unit="count",
        label=pmsg("estimand", "Followed up"),
        figure="level",
        columns=("number_of_records", "verdict"),
        rows=pmsg("column", "What and half-year"),
        short=(Line(msg("{Term}, {level}: {n}.")),),
        report=(Line(msg("{Term}, {level}: {n}.")),),
        checked_by=("closed form: count",),
    ),
    "workshop_field": Estimand(
        unit="count",
        label=pmsg("estimand", "For the workshop"),
        figure="level",
        columns=("workshop",),
        rows=pmsg("column", "Question"),
        short=(Line(msg("{Term}")),),
        report=(Line(msg("{Term}")),),
        checked_by=("closed form: nothing is computed",),
    ),
}
