"""What the report rests on: answers, waves, rows, and how many verdicts of each kind."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import msg, pmsg

DATA: dict[str, Estimand] = {
    "response_rate": Estimand(
        unit="share",
        label=pmsg("estimand", "Response rate"),
        figure="level",
        columns=("rate",),
        rows=pmsg("column", "Occasion and group"),
        short=(
            Line(msg("{wave}: {k} of {n} answered ({estimate})."), unless=("level",)),
            Line(msg("{wave}: {k} of {n} {level} answered ({estimate}).")),
        ),
        report=(
            Line(msg("{wave}: {k} of {n} answered ({estimate})."), unless=("level",)),
            Line(msg("{wave}: {k} of {n} {level} answered ({estimate}).")),
        ),
        checked_by=("closed form: k / n",),
    ),
    "stage_count": Estimand(
        unit="count",
        label=pmsg("estimand", "Number"),
        figure="flow",
        columns=("number",),
        rows=pmsg("column", "Step"),
        short=(Line(msg("{term}: {n}."), unless=("wave",)), Line(msg("{term}, {wave}: {n}."))),
        report=(Line(msg("{term}: {n}."), unless=("wave",)), Line(msg("{term}, {wave}: {n}."))),
        checked_by=("closed form: count",),
    ),
    "verdict_count": Estimand(
        unit="count",
        label=pmsg("estimand", "Number of statements"),
        figure="flow",
        columns=("verdict", "estimate"),
        short=(Line(msg("{tally}")),),
        report=(Line(msg("{tally}")),),
        easy=(Line(msg("{verdict}: {counted} of {n_total}.")),),
        checked_by=("closed form: count",),
    ),
    "kept_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Rows read and kept"),
        figure="level",
        columns=("rows_read", "rows_kept"),
        rows=pmsg("column", "File"),
        short=(Line(msg("{term}: {k} of {n} rows were kept.")),),
        report=(Line(msg("{term}: {k} of {n} rows were kept.")),),
        checked_by=("closed form: k / n",),
    ),
    "cell_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Cells read"),
        figure="level",
        columns=("cells", "of_read", "cause"),
        rows=pmsg("column", "What became of them"),
        short=(Line(msg("{Term}: {k} of {n} cells ({estimate}).")),),
        report=(
            Line(msg("{Term}: {k} of {n} cells ({estimate})."), unless=("cause",)),
            Line(msg("{Term}, because {cause}: {k} of {n} cells ({estimate}).")),
        ),
        checked_by=("closed form: k / n",),
    ),
    "dropped_rows": Estimand(
        unit="count",
        label=pmsg("estimand", "Rows left out"),
        figure="flow",
        columns=("number",),
        rows=pmsg("column", "File"),
        short=(Line(msg("{term}: rows left out: {n}.")),),
        report=(
            Line(msg("{term}: {cause} (rows left out: {n})."), unless=("wave",)),
            Line(msg("{term}, {wave}: {cause} (rows left out: {n}).")),
        ),
        checked_by=("closed form: count",),
    ),
}
