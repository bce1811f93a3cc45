"""How well waves could be linked, and whether results depend on it."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

LINKAGE: dict[str, Estimand] = {
    "link_rate": Estimand(
        unit="share",
        label=pmsg("estimand", "Link rate"),
        figure="level",
        columns=("linked",),
        rows=pmsg("column", "Occasion and group"),
        short=(
            Line(msg("{wave}: {k} of {n} who answered were linked ({estimate})."), unless=("level",)),
            Line(msg("{wave}: {k} of {n} {level} who answered were linked ({estimate}).")),
        ),
        report=(
            Line(msg("{wave}: {k} of {n} who answered were linked ({estimate})."), unless=("level",)),
            Line(msg("{wave}: {k} of {n} {level} who answered were linked ({estimate}).")),
        ),
        checked_by=("closed form: k / n",),
    ),
    "coded_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Answers that can be linked at all"),
        figure="level",
        columns=("with_code",),
        rows=pmsg("column", "Occasion"),
        short=(Line(msg("{wave}: {k} of {n} who answered wrote a code to link by ({estimate}).")),),
        report=(Line(msg("{wave}: {k} of {n} who answered wrote a code to link by ({estimate}).")),),
        checked_by=("closed form: k / n",),
    ),
    "link_step_share": Estimand(
        unit="share",
        label=pmsg("estimand", "How answers were linked"),
        figure="level",
        columns=("of_links",),
        rows=pmsg("column", "Codes"),
        short=(Line(msg("{Term}: {k} of {n} links ({estimate}).")),),
        report=(Line(msg("{Term}: {k} of {n} links ({estimate}).")),),
        checked_by=("closed form: k / n",),
    ),
    "company_link_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Companies by how many were linked"),
        figure="level",
        columns=("of_companies",),
        rows=pmsg("column", "Of those who answered"),
        short=(Line(msg("{Term}: {k} of {n} companies ({estimate}).")),),
        report=(Line(msg("{Term}: {k} of {n} companies ({estimate}).")),),
        checked_by=("closed form: k / n",),
    ),
    "chance_matches": Estimand(
        unit="score",
        label=pmsg("estimand", "Pairs of different people that agree by chance"),
        figure="level",
        columns=("expected",),
        rows=pmsg("column", "Codes"),
        short=(Line(msg("{Term}: {estimate} pairs of different people are expected.")),),
        report=(
            Line(
                msg(
                    "{Term}: {estimate} pairs of different people are expected to agree by chance, beside {n} links. "
                    "Most of them have better partners and are not linked."
                )
            ),
        ),
        checked_by=("closed form: pairs × agreement of the elements",),
    ),
    "relinked_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Mean change under another linking rule"),
        figure="difference",
        columns=("estimate", "interval", "n", "verdict"),
        short=(
            Line(msg("{Label}, {term}: {estimate} {steps}.")),
            Line(msg("{Label}: {estimate} {steps}."), unless=("term",)),
        ),
        report=(
            Line(
                msg(
                    "{Label}, {term}: {estimate} {steps} ({level_percent} interval {conf_low} to {conf_high}) among "
                    "{n}."
                )
            ),
            Line(msg("{Label}, {term}: {estimate} {steps} among {n}."), unless=("conf_low",)),
            Line(msg("{Label}: {estimate} {steps} among {n}."), unless=("term",)),
        ),
        checked_by=("paired_t", "crv"),
    ),
    "relinked_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share under another linking rule"),
        figure="target",
        columns=("estimate", "interval", "n", "verdict"),
        short=(
            Line(msg("{Label}, {term}: {estimate} of those who answered.")),
            Line(msg("{Label}: {estimate} of those who answered."), unless=("term",)),
        ),
        report=(
            Line(msg("{Label}, {term}: {k} of the {n} who answered ({estimate}).")),
            Line(msg("{Label}: {k} of the {n} who answered ({estimate})."), unless=("term",)),
        ),
        checked_by=("hypergeom", "prop_ci"),
    ),
}
