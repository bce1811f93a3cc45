"""What the design of a survey does not allow: following people whose answers must not be linked."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.vocabulary.errors import LinkageError, Problem
from evaluation.vocabulary.message import msg


@dataclass(frozen=True, slots=True)
class Request:
    """Something that is asked for about individuals.

    Attributes
    ----------
    name
        The statement's or the table's key.
    where
        Where it is asked for: file and dotted path.
    """

    name: str
    where: str = ""


def refuse_individual(requests: Sequence[Request], *, linkable: bool) -> None:
    """Refuse what needs the answers of one person together, where the design does not allow it.

    Parameters
    ----------
    requests
        What is asked for about individuals.
    linkable
        Whether the definition says that background answers may be linked to a person's other answers.

    Raises
    ------
    LinkageError
        With every request, if the background answers are not linkable.

    Examples
    --------
    >>> refuse_individual([Request("gap_women_men")], linkable=True)
    """
    if linkable or not requests:
        return
    raise LinkageError(
        [
            Problem(
                msg(
                    "{name} needs each person's answers together, but the definition says that background "
                    "answers are not linkable.",
                    name=request.name,
                ),
                request.where,
                msg("Report the waves or the groups side by side as shares, or change the design first."),
            )
            for request in requests
        ]
    )
