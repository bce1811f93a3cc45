"""Sums over projects do not give away what a project withholds; the attacker knows nothing of how."""

import numpy as np
import pytest

from evaluation.audit.across import attack_across
from evaluation.programme.sums import TOTAL, Part, safe_sums

LEVELS = ("women", "men", "other")


def as_rows(parts):
    """Write the parts as their projects' own reports show them."""
    about = {"indicator": "who", "estimand": "group_share", "group": "sex"}
    for part in parts:
        for level, count in part.counts.items():
            row = {**about, "project": part.project, "level": level}
            yield row | ({"k": count, "n": part.total} if level in part.shown else {"suppressed": True})


def as_sums(sums):
    about = {"indicator": "who", "estimand": "group_share", "group": "sex"}
    total = sums.get(TOTAL)
    for level in LEVELS:
        yield {**about, "level": level, "k": sums.get(level), "n": total}


def drawn(rng, projects):
    """Draw projects that withhold small levels and, with one small level, the next smallest too."""
    for number in range(projects):
        counts = {level: int(rng.poisson(mean)) for level, mean in zip(LEVELS, (9, 8, 1.5), strict=True)}
        hidden = {level for level, count in counts.items() if 0 < count < 5}
        open_levels = sorted(
            (count, level) for level, count in counts.items() if level not in hidden and count
        )
        if len(hidden) == 1 and open_levels:
            hidden.add(open_levels[0][1])
        yield Part(f"p{number}", sum(counts.values()), counts, frozenset(set(LEVELS) - hidden), 5)


def recovered(parts, *, protect):
    return attack_across(list(as_rows(parts)), list(as_sums(safe_sums(parts, protect=protect))))


def test_sums_of_projects_that_show_everything_are_shown():
    parts = [Part(str(n), 30, {"women": 10, "men": 20}, frozenset({"women", "men"}), 5) for n in range(3)]
    assert safe_sums(parts) == {"women": 30, "men": 60, TOTAL: 90}


def test_one_project_that_withholds_is_not_what_is_left_of_the_sum():
    full = Part("a", 20, {"women": 12, "men": 8, "other": 0}, frozenset(LEVELS), 5)
    few = Part("b", 9, {"women": 2, "men": 7, "other": 0}, frozenset({"other"}), 5)
    assert [one.about for one in recovered([full, few], protect=False)] == ["b: women"]
    assert recovered([full, few], protect=True) == ()


def test_a_small_group_that_every_project_withholds_can_be_shown_of_all_together():
    parts = [
        Part(str(n), 20, {"women": 13, "men": 4, "other": 3}, frozenset({"women"}), 5) for n in range(12)
    ]
    sums = safe_sums(parts)
    assert sums["other"] == 36
    assert attack_across(list(as_rows(parts)), list(as_sums(sums))) == ()


@pytest.mark.parametrize("projects", [2, 3, 6, 15])
@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_recovered_across_projects(projects, seed):
    parts = list(drawn(np.random.default_rng(seed), projects))
    assert recovered(parts, protect=True) == ()


def test_without_protection_something_is_recovered():
    found = [recovered(list(drawn(np.random.default_rng(seed), 3)), protect=False) for seed in range(5)]
    assert sum(map(len, found)) > 0
