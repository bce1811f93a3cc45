"""How well the questions measure."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

MEASUREMENT: dict[str, Estimand] = {
    "reliability": Estimand(
        unit="score",
        label=pmsg("estimand", "Reliability"),
        figure="level",
        columns=("estimate", "interval", "n", "verdict"),
        rows=pmsg("column", "Coefficient"),
        short=(
            Line(msg("The reliability is {estimate}."), unless=("term",)),
            Line(msg("{term}: {estimate}.")),
        ),
        report=(
            Line(msg("The reliability is {estimate} ({n} answers)."), unless=("term",)),
            Line(msg("{term}: {estimate} ({n} answers).")),
        ),
        checked_by=("alpha", "omega_cfa", "splithalf", "cfa"),
    ),
    "measurement_shift": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Shift by unequal measurement"),
        figure="difference",
        columns=("contrast", "difference", "p_adjusted", "n", "verdict"),
        rows=pmsg("column", "Question"),
        short=(Line(msg("Unequal measurement moves the difference by {estimate} steps.")),),
        report=(Line(msg("Unequal measurement moves the difference by {estimate} steps ({n} answers).")),),
        checked_by=("long_invariance", "dif_ordinal"),
    ),
}
