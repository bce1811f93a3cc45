"""How alike the people of an organisation answer."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

ORGANISATION: dict[str, Estimand] = {
    "agreement": Estimand(
        unit="coefficient",
        label=pmsg("estimand", "Agreement within organisations"),
        figure="level",
        columns=("estimate", "reference", "n_groups", "n"),
        rows=pmsg("column", "Scale and measure"),
        short=(
            Line(msg("{Scale}, {term}: {estimate}.")),
            Line(msg("{Term}: {estimate}."), unless=("Scale",)),
        ),
        report=(
            Line(msg("{Scale}, {term}: {estimate}, in {n_groups} organisations with two answers or more.")),
            Line(
                msg("{Term}: {estimate}, in {n_groups} organisations with two answers or more."),
                unless=("Scale",),
            ),
            Line(msg("By custom at least {reference} is wanted.")),
        ),
        checked_by=("icc_cluster", "closed form: variance within / variance at random"),
    ),
}
