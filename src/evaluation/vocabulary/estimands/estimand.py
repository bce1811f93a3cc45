"""What is known of a quantity: unit, label, figure and sentences, each once.

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
        `share`, `share_difference`, `score`, `score_difference`, `coefficient`, `fit` or `count`; decides how its
        numbers are written.
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


NOT_KNOWN = Line(msg("There is no information yet on the {n_unknown} {respondents} that this is about."))
"""Instead of a share where nothing is known of anybody."""
