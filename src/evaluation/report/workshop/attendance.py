"""Who was in the room: a workshop is itself an activity that a programme accounts for."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.report.workshop.annotation import Comments
from evaluation.report.workshop.words import COLUMNS, ROLES


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many took part in workshops; a number of too few is None, or not there.

    Attributes
    ----------
    workshops
        How many there have been: different dates; tables without a date count as one more.
    counted
        The roles in which anybody was counted.
    roles
        By role, how many; only roles that can be shown.
    total
        How many in all.
    women, men, other
        How many of each, only if all three can be shown.
    """

    workshops: int
    counted: tuple[str, ...]
    roles: Mapping[str, int]
    total: int | None
    women: int | None
    men: int | None
    other: int | None


def attendance(comments: Comments, min_cell: int) -> Attendance:
    """Count who took part in workshops, without what would tell of too few.

    Parameters
    ----------
    comments
        What the tables noted.
    min_cell
        The smallest number of people that may be shown.

    Returns
    -------
    Attendance
        People who come to two workshops are counted twice. If one role alone is withheld, or all that are
        withheld are too few together, the next smallest is too, because the total would give them away.
    """
    by_role = {role: _sum(comments, (role,), tuple(COLUMNS)) for role in ROLES}
    by_role = {role: n for role, n in by_role.items() if n}
    withheld = {role for role, n in by_role.items() if n < min_cell}
    while (
        withheld
        and len(withheld) < len(by_role)
        and (len(withheld) == 1 or sum(map(by_role.__getitem__, withheld)) < min_cell)
    ):
        withheld.add(min((role for role in by_role if role not in withheld), key=by_role.__getitem__))
    total = sum(by_role.values())
    sexes = [_sum(comments, tuple(ROLES), (name,)) for name in COLUMNS]
    split = sexes if total and all(n == 0 or n >= min_cell for n in sexes) else [None] * len(sexes)
    return Attendance(
        len({table.date for table in comments.tables}),
        tuple(by_role),
        {role: n for role, n in by_role.items() if role not in withheld},
        total if total >= min_cell else None,
        *split,
    )


def _sum(comments: Comments, roles: tuple[str, ...], columns: tuple[str, ...]) -> int:
    return sum(
        table.people.get(role, {}).get(name, 0)
        for table in comments.tables
        for role in roles
        for name in columns
    )
