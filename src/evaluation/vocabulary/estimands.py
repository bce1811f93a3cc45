"""The quantities that results estimate: unit, label, figure and sentences of each, once.

A sentence is used when every field it names has a value in the row, and none of the fields in
`unless` has. So the same list serves rows with and without bounds, readings or groups.
"""

from dataclasses import dataclass, field

from evaluation.vocabulary.message import Message, msg, pmsg


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a description.

    Attributes
    ----------
    message
        The sentence.
    unless
        Fields that must be without value for the sentence to be used.
    sure
        True for sentences that say how certain the finding is.
    """

    message: Message
    unless: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Estimand:
    """A quantity.

    Attributes
    ----------
    unit
        `share`, `score`, `score_difference` or `count`; decides how its numbers are written.
    label
        Its name in tables.
    figure
        The kind of figure it is drawn as unless a result says otherwise.
    columns
        The columns a table shows, in order; see `text.table.COLUMNS`.
    short, report, easy
        The sentences of the three reading levels; `easy` only where there is a verdict.
    checked_by
        Estimators in the reference cases that prove its numbers, or the closed form that does.
    rows
        What one row of its tables is about: the header of the first column.
    """

    unit: str
    label: Message
    figure: str
    columns: tuple[str, ...]
    short: tuple[Line, ...]
    report: tuple[Line, ...]
    easy: tuple[Line, ...] = ()
    checked_by: tuple[str, ...] = ()
    rows: Message = field(default_factory=lambda: pmsg("column", "Statement"))


ESTIMANDS: dict[str, Estimand] = {
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
    "mean_change": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Mean change"),
        figure="change",
        columns=("mean_before", "mean_after", "change", "interval", "p_adjusted", "n", "verdict"),
        short=(
            Line(
                msg("{Statement} went from {mean_before} to {mean_after} ({estimate})."),
                unless=("retrospect", "level"),
            ),
            Line(msg("Among {level}, {statement} went from {mean_before} to {mean_after} ({estimate}).")),
        ),
        report=(
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} steps ({level_percent} interval {conf_low} to {conf_high})."
                ),
                unless=("retrospect", "level"),
            ),
            Line(
                msg(
                    "Among the {n} {level} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} steps ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "Among the {n} {respondents} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} steps."
                ),
                unless=("retrospect", "level", "conf_low"),
            ),
            Line(
                msg(
                    "Among the {n} {level} who answered both times, {statement} went from {mean_before} to "
                    "{mean_after}, a change of {estimate} steps."
                ),
                unless=("conf_low",),
            ),
            Line(msg("In standard deviations the change is {std_change}."), unless=("retrospect",)),
            Line(
                msg(
                    "{label}: judged in {retrospect}, before was {mean_before} among {n} {respondents}, and the change "
                    "would be {estimate} steps ({level_percent} interval {conf_low} to {conf_high})."
                ),
                sure=True,
            ),
        ),
        easy=(Line(msg("{n} {respondents} answered both times."), unless=("retrospect",)),),
        checked_by=("paired_t", "crv", "paired_effect_sizes"),
    ),
    "covered_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share covered"),
        figure="target",
        columns=("target", "counted", "bounds", "verdict"),
        short=(Line(msg("{k} of {n} {respondents} ({estimate}) {statement}.")),),
        report=(
            Line(msg("{k} of {n} {respondents} ({estimate}) {statement}.")),
            Line(msg("For {n_silent} of {n_total} the information is missing.")),
        ),
        easy=(Line(msg("It holds for {k} of {n} {respondents}.")),),
        checked_by=("closed form: k / n",),
    ),
    "eligible_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share who meet the requirement"),
        figure="target",
        columns=("counted", "verdict"),
        short=(Line(msg("{k} of {n} {respondents} {statement}.")),),
        report=(
            Line(msg("{k} of {n} {respondents} {statement}.")),
            Line(msg("For {n_silent} of {n_total} the information is missing.")),
        ),
        easy=(Line(msg("It holds for {k} of {n} {respondents}.")),),
        checked_by=("closed form: k / n",),
    ),
    "mean_gap": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Difference in means"),
        figure="difference",
        columns=(
            "contrast",
            "mean_level",
            "mean_reference",
            "difference",
            "interval",
            "p_adjusted",
            "verdict",
        ),
        short=(
            Line(msg("{Statement}: {mean_level} among {level}, {mean_reference} among {reference_level}.")),
        ),
        report=(
            Line(
                msg(
                    "For {statement} the mean is {mean_level} among {level} ({n_level} answers) and "
                    "{mean_reference} among {reference_level} ({n_reference} answers), a difference of {estimate} "
                    "steps ({level_percent} interval {conf_low} to {conf_high})."
                )
            ),
            Line(
                msg(
                    "For {statement} the mean is {mean_level} among {level} ({n_level} answers) and "
                    "{mean_reference} among {reference_level} ({n_reference} answers), a difference of {estimate} "
                    "steps."
                ),
                unless=("conf_low",),
            ),
        ),
        easy=(Line(msg("{n_level} {level} and {n_reference} {reference_level} answered.")),),
        checked_by=("crv", "gap"),
    ),
    "group_share": Estimand(
        unit="share",
        label=pmsg("estimand", "Share of those who take part"),
        figure="composition",
        columns=("taking_part", "reference", "ratio", "p_value", "verdict"),
        short=(Line(msg("{Statement}, {estimate} are {level}.")),),
        report=(
            Line(msg("{Statement}, {k} of {n} are {level} ({estimate}).")),
            Line(msg("Among those they are compared with, {reference} are {level}.")),
        ),
        easy=(Line(msg("{k} of {n} are {level}.")),),
        checked_by=("representation",),
    ),
    "group_mean": Estimand(
        unit="score",
        label=pmsg("estimand", "Mean"),
        figure="level",
        columns=("estimate", "interval", "n"),
        short=(Line(msg("{Level}: {estimate}.")),),
        report=(Line(msg("Among {level} the mean is {estimate} ({n} answers).")),),
        checked_by=("prop_cr2",),
    ),
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
    "response_shift": Estimand(
        unit="score_difference",
        label=pmsg("estimand", "Difference with the retrospect"),
        figure="difference",
        columns=("contrast", "difference", "interval", "n", "verdict"),
        short=(Line(msg("With the retrospect, the difference is {estimate} steps.")),),
        report=(
            Line(
                msg(
                    "With the retrospect, the difference is {estimate} steps ({level_percent} interval {conf_low} "
                    "to {conf_high}; {n} answers)."
                )
            ),
            Line(
                msg("With the retrospect, the difference is {estimate} steps ({n} answers)."),
                unless=("conf_low",),
            ),
        ),
        checked_by=("crv",),
    ),
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
    "attrition": Estimand(
        unit="share",
        label=pmsg("estimand", "Attrition"),
        figure="level",
        columns=("rate", "verdict"),
        rows=pmsg("column", "Comparison"),
        short=(
            Line(msg("{k} of {n} left."), unless=("contrast",)),
            Line(msg("{k} of {n} left; the two groups differ by {estimate} ({contrast}).")),
        ),
        report=(
            Line(msg("{k} of {n} left before the end ({estimate})."), unless=("contrast",)),
            Line(msg("{k} of {n} left before the end; the two groups differ by {estimate} ({contrast}).")),
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
