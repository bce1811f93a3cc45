"""A reader who is told nothing of quantities, and goes by the printed labels alone."""

from dataclasses import replace

from evaluation.audit.published import Published


def by_labels_alone(published: Published) -> Published:
    """Return what a report shows without the names of its quantities.

    Parameters
    ----------
    published
        What the report shows.

    Returns
    -------
    Published
        The same rows, to be attacked. Rows with the same question, part and wave are then taken to be about
        the same people, levels to add up to the row about everybody, and n and k to be those who answered
        and those who said yes, whatever the quantity is declared to be. Where that is wrong the rows
        contradict each other and are left out, as few as possible.
    """
    return replace(published, rows=tuple({**row, "estimand": ""} for row in published.rows))
