from hypothesis import given
from hypothesis import strategies as st

from evaluation.report.workshop.annotation import Comments, Seats
from evaluation.report.workshop.attendance import attendance
from evaluation.report.workshop.words import ROLES

counts = st.fixed_dictionaries(dict.fromkeys(("women", "men", "other"), st.integers(0, 12)))
rooms = st.dictionaries(st.sampled_from(sorted(ROLES)), counts, max_size=7)


@given(rooms, st.integers(3, 10))
def test_nothing_below_the_threshold_is_told_or_can_be_reckoned(people, min_cell):
    found = attendance(Comments("x", (Seats("t", people=people),)), min_cell)
    by_role = {role: sum(each.values()) for role, each in people.items() if sum(each.values())}
    assert all(by_role[role] == n >= min_cell for role, n in found.roles.items())
    told = [n for n in (found.total, found.women, found.men, found.other) if n]
    assert all(n >= min_cell for n in told)
    assert len(set(by_role) - set(found.roles)) != 1 or len(by_role) == 1
    withheld = [n for role, n in by_role.items() if role not in found.roles]
    assert not withheld or sum(withheld) >= min_cell or len(withheld) == len(by_role)


def test_workshops_are_dates():
    tables = [Seats("a", "2026-05-14"), Seats("b", "2026-05-14"), Seats("c", "2026-09-01")]
    assert attendance(Comments("x", tuple(tables)), 5).workshops == 2


def test_large_groups_are_shown():
    people = {
        "participant": {"women": 6, "men": 7, "other": 0},
        "company": {"women": 5, "men": 5, "other": 0},
    }
    found = attendance(Comments("x", (Seats("t", people=people),)), 5)
    assert (found.total, found.women, found.men, dict(found.roles)) == (
        23,
        11,
        12,
        {"participant": 13, "company": 10},
    )
