"""The course over waves, hours and change, and the same change computed in other ways."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

COURSE: dict[str, Estimand] = {
    "wave_mean": Estimand(
        unit="score",
        label=pmsg("estimand", "Mean at each wave"),
        figure="level",
        columns=("estimate", "interval", "n", "n_groups"),
        short=(
            Line(msg("{Label}: {estimate} at {wave}.")),
            Line(msg("{Label}: {estimate}."), unless=("wave",)),
        ),
        report=(
            Line(msg("{Label}: {estimate} at {wave} ({n} {respondents}).")),
            Line(msg("{Label}: {estimate} ({n} {respondents})."), unless=("wave",)),
        ),
        checked_by=("crv",),
    ),
    "wave_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Change between waves"),
        figure="difference",
        columns=("contrast", "change", "interval", "p_value", "n", "n_groups", "df", "method"),
        short=(
            Line(msg("{Label}: {estimate} from {earlier} to {later}.")),
            Line(msg("{Label}: {estimate}."), unless=("later",)),
        ),
        report=(
            Line(
                msg(
                    "{Label}: {estimate} {steps} from {earlier} to {later} ({level_percent} interval {conf_low} to "
                    "{conf_high})."
                )
            ),
            Line(msg("{Label}: {estimate} {steps} from {earlier} to {later}."), unless=("conf_low",)),
            Line(msg("{Label}: {estimate} {steps}."), unless=("later",)),
        ),
        checked_by=("waves_likelihood",),
    ),
    "dose_slope": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Change per ten hours"),
        figure="difference",
        columns=("change_per_hours", "interval", "p_value", "n", "n_groups", "method"),
        short=(
            Line(msg("{Label}, {term}: {estimate} {steps} per ten hours.")),
            Line(msg("{Label}: {estimate} {steps} per ten hours."), unless=("term",)),
        ),
        report=(
            Line(
                msg(
                    "{Label}, {term}: with ten hours more, the change was {estimate} {steps} ({level_percent} interval "
                    "{conf_low} to {conf_high}), at equal answers before."
                )
            ),
            Line(
                msg(
                    "{Label}: with ten hours more, the change was {estimate} {steps}, at equal answers before."
                ),
                unless=("term",),
            ),
            Line(
                msg(
                    "{Label}, {term}: with ten hours more, the change was {estimate} {steps}, at equal answers before."
                ),
                unless=("conf_low",),
            ),
        ),
        checked_by=("crv",),
    ),
    "change_check": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "The change computed in other ways"),
        figure="difference",
        columns=("change", "interval", "p_value", "n", "n_groups", "verdict"),
        short=(
            Line(msg("{Label}, {term}: {estimate}.")),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        report=(
            Line(msg("{Label}, {term}: {estimate} {steps} (p = {p_value}).")),
            Line(msg("{Label}, {term}: {estimate} {steps}."), unless=("p_value",)),
            Line(msg("{Label}: {estimate} {steps}."), unless=("term",)),
        ),
        checked_by=(
            "paired_wilcoxon_pratt",
            "paired_sign",
            "paired_yuen",
            "cluster_signflip",
            "wcb_webb",
            "cluster_means",
            "lmm",
        ),
    ),
    "same_verdict": Estimand(
        unit="share",
        label=pmsg("estimand", "Other ways of computing with the same verdict"),
        figure="target",
        columns=("verdict", "agreeing", "otherwise"),
        short=(Line(msg("{Label}: {k} of {n} other ways of computing give the same verdict.")),),
        report=(
            Line(msg("{Label}: {k} of {n} other ways of computing give the same verdict.")),
            Line(msg("Otherwise: {changes_under}."), sure=True),
        ),
        checked_by=("closed form: k / n",),
    ),
    "standardised_change": Estimand(
        unit="effect",
        label=pmsg("estimand", "Standardised change"),
        figure="difference",
        columns=("estimate", "interval", "n", "n_groups"),
        short=(
            Line(msg("{Label}, {term}: {estimate}.")),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        report=(
            Line(msg("{Label}, {term}: {estimate} ({level_percent} interval {conf_low} to {conf_high}).")),
            Line(msg("{Label}, {term}: {estimate}."), unless=("conf_low",)),
            Line(msg("{Label}: {estimate}."), unless=("term",)),
        ),
        checked_by=("paired_effect_sizes", "paired_rank_biserial"),
    ),
}
