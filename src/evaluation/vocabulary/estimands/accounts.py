"""Yearly accounts of those who take part and of a comparison group: growth, its path, and what would remain."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.estimands.impact import IMPACT
from evaluation.vocabulary.message import msg, pmsg

ROWS = pmsg("column", "Amount in the accounts")
CANNOT = Line(msg("{Term}: cannot be computed."), unless=("estimate",))
GROWN = ("mean_growth", "mean_growth_others", "points")
SIDES = ("in_programme", "in_comparison")

ACCOUNTS: dict[str, Estimand] = {
    "growth_effect": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Estimated effect on growth, in percentage points"),
        figure="difference",
        columns=IMPACT["growth_difference"].columns,
        rows=ROWS,
        short=(Line(msg("{Term}: {estimate} percentage points.")), CANNOT),
        report=(
            Line(
                msg(
                    "{Term}: the estimated effect of taking part on growth is {estimate} percentage points "
                    "({level_percent} interval {conf_low} to {conf_high}; {n_level} organisations that take part and "
                    "{n_reference} that do not)."
                )
            ),
            Line(
                msg(
                    "{Term}: the estimated effect of taking part on growth is {estimate} percentage points "
                    "({n_level} organisations that take part and {n_reference} that do not)."
                ),
                unless=("conf_low",),
            ),
            CANNOT,
        ),
        checked_by=("did", "staggered", "closed form: weighted difference of means"),
    ),
    "growth_path": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Growth since the last year before the start"),
        figure="path",
        columns=(*GROWN, *SIDES),
        rows=pmsg("column", "Year"),
        short=(Line(msg("{Term}, {wave}: {mean_level} and {mean_reference}.")),),
        report=(
            Line(
                msg(
                    "{Term}, {wave}: {mean_level} since the last year before the start among those who take part, and "
                    "{mean_reference} among those they are compared with."
                )
            ),
        ),
        checked_by=("staggered",),
    ),
    "growth_since_start": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Difference in growth by year since the start, in percentage points"),
        figure="event",
        columns=("points", "interval", "p_adjusted", "mean_growth", "mean_growth_others", *SIDES),
        rows=pmsg("column", "Year since the start"),
        short=(Line(msg("{Term}, {wave}: {estimate} percentage points.")), CANNOT),
        report=(
            Line(
                msg(
                    "{Term}, {wave}: a difference in growth of {estimate} percentage points ({level_percent} interval "
                    "{conf_low} to {conf_high})."
                )
            ),
            Line(
                msg("{Term}, {wave}: a difference in growth of {estimate} percentage points."),
                unless=("conf_low",),
            ),
            CANNOT,
        ),
        checked_by=("staggered", "closed form: Welch's interval"),
    ),
    "growth_by_start": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "Difference in growth by year of the start, in percentage points"),
        figure="difference",
        columns=("points", "interval", "mean_growth", "mean_growth_others", *SIDES),
        rows=pmsg("column", "Year of the start"),
        short=(Line(msg("{Term}, started {wave}: {estimate} percentage points.")), CANNOT),
        report=(
            Line(
                msg(
                    "{Term}, started {wave}: a difference in growth of {estimate} percentage points ({level_percent} "
                    "interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg("{Term}, started {wave}: a difference in growth of {estimate} percentage points."),
                unless=("conf_low",),
            ),
            CANNOT,
        ),
        checked_by=("staggered", "closed form: Welch's interval"),
    ),
    "bounded_growth": Estimand(
        unit="share_difference",
        label=pmsg("estimand", "What would remain if trends differed, in percentage points"),
        figure="difference",
        columns=("times_as_apart", "bounds_of_it", "interval"),
        rows=ROWS,
        short=(Line(msg("{Term}, {ratio} times: between {bound_low} and {bound_high} percentage points.")),),
        report=(
            Line(
                msg(
                    "{Term}: if trends differed by {ratio} times as much from the start on as they did at most before "
                    "it, between {bound_low} and {bound_high} percentage points would remain, and with chance taken "
                    "into account between {conf_low} and {conf_high}."
                )
            ),
        ),
        checked_by=("closed form: the estimate moved by the violation", "closed form: published intervals"),
    ),
    "bent_growth": Estimand(
        unit="share_difference",
        label=pmsg(
            "estimand", "What would remain if the trend before the start went on, in percentage points"
        ),
        figure="difference",
        columns=("bend_of_trend", "points", "interval"),
        rows=ROWS,
        short=(Line(msg("{Term}, at most {bend}: {estimate} percentage points.")),),
        report=(
            Line(
                msg(
                    "{Term}: if the difference in trends from before the start goes on and changes by at most {bend} "
                    "percentage points from one year to the next, {estimate} percentage points would remain "
                    "({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
        ),
        checked_by=("closed form: a straight line is taken off", "closed form: published intervals"),
    ),
    "tolerated_trend": Estimand(
        unit="ratio",
        label=pmsg("estimand", "How much trends may differ before the difference is uncertain"),
        figure="level",
        columns=("tolerated_times", "tolerated_bend"),
        rows=ROWS,
        short=(
            Line(msg("{Term}: up to {estimate} times.")),
            Line(msg("{Term}: not even trends that did not differ."), unless=("estimate",)),
        ),
        report=(
            Line(
                msg(
                    "{Term}: the interval leaves out zero as long as trends differ from the start on by at most "
                    "{estimate} times as much as they did at most before it."
                )
            ),
            Line(
                msg("{Term}: the interval holds zero even if trends did not differ from the start on."),
                unless=("estimate",),
            ),
            Line(
                msg(
                    "If instead the difference in trends from before the start goes on, the interval leaves out zero "
                    "as long as it changes by at most {bend} percentage points from one year to the next."
                )
            ),
            Line(
                msg(
                    "If instead the difference in trends from before the start goes on as a straight line, the "
                    "interval holds zero."
                ),
                unless=("bend",),
            ),
        ),
        checked_by=("closed form: where the intervals reach zero",),
    ),
    "hidden_bias_odds": Estimand(
        unit="ratio",
        label=pmsg("estimand", "How unlike the organisations of a pair may be (Rosenbaum)"),
        figure="level",
        columns=("odds_in_pair", "pairs"),
        rows=ROWS,
        short=(Line(msg("{Term}: {estimate} times.")),),
        report=(
            Line(
                msg(
                    "{Term}: the difference between the {n} matched pairs is certain as long as neither organisation "
                    "of a pair was more than {estimate} times as likely to take part as the other."
                )
            ),
        ),
        checked_by=("rosenbaum",),
    ),
    "account_count": Estimand(
        unit="count",
        label=pmsg("estimand", "Organisations in the accounts"),
        figure="level",
        columns=SIDES,
        rows=ROWS,
        short=(Line(msg("{Term}, {level}: {n_level} and {n_reference}.")),),
        report=(
            Line(
                msg(
                    "{Term}, {level}: {n_level} of those who take part and {n_reference} of the comparison group."
                )
            ),
        ),
        checked_by=("closed form: count",),
    ),
}
