"""What two versions of a report tell together, worked out by the attacker."""

from dataclasses import replace

import pytest
from benchmarks.disclosure import published

from evaluation.audit import differences, recovered_together, unexplained
from evaluation.audit.published import Mention, Published

FIXED = {"estimand": "described_share", "unit": "person", "indicator": "q", "wave": "w1"}


def share(k: int, n: int, **more) -> dict:
    return {**FIXED, "estimate": k / n, "k": k, "n": n, **more}


def level(name: str, k: int, n: int) -> dict:
    return share(k, n, group="sex", level=name)


def hidden(name: str) -> dict:
    return {**FIXED, "group": "sex", "level": name, "suppressed": True}


def version(*rows: dict) -> Published:
    return replace(published([]), rows=rows)


def found(later: Published, earlier: Published) -> set[str]:
    return {one.about for one in recovered_together(later, earlier)}


def test_a_row_is_at_least_what_it_was():
    later = version(share(60, 119), hidden("a"), hidden("b"))
    earlier = version(share(55, 110), level("a", 30, 60), hidden("b"), level("c", 20, 45))
    assert not found(later, version(share(55, 110), hidden("a"), hidden("b")))
    later = version(share(60, 119), hidden("a"), level("c", 21, 50), hidden("b"))
    assert any("b: n" in about for about in found(later, earlier))


def test_a_row_was_at_most_what_it_is():
    earlier = version(share(60, 100), level("a", 30, 50), hidden("b"), hidden("c"))
    assert not found(version(share(66, 112)), earlier)
    later = version(share(66, 112), level("a", 31, 55), level("b", 30, 52), level("c", 5, 5))
    assert {about for about in found(later, earlier) if "c: n" in about}


@pytest.mark.parametrize("told", [True, False])
def test_how_many_have_come_is_known_only_where_a_row_about_everybody_tells_it(told):
    total = (share(60, 100), share(60, 108)) if told else ({**FIXED, "suppressed": True},) * 2
    earlier = version(total[0], level("a", 30, 50), level("b", 20, 40), hidden("c"))
    later = version(total[1], level("a", 30, 52), hidden("b"), hidden("c"))
    size = {
        "estimand": "described_share",
        "unit": "person",
        "indicator": "other",
        "wave": "w1",
        "estimate": 0.5,
    }
    widths = found(
        version(*later.rows, {**size, "k": 60, "n": 190}), version(*earlier.rows, {**size, "k": 48, "n": 150})
    )
    assert bool(widths) is told


@pytest.mark.parametrize("came", [0, 20])
def test_whoever_answered_before_can_come_to_both_waves_by_answering_after(came):
    fixed = {"estimand": "mean_change", "unit": "person", "indicator": "q", "contrast": "after - before"}

    def answered(after: int) -> list[dict]:
        rates = (("before", 100), ("after", after))
        return [
            {"estimand": "response_rate", "unit": "person", "wave": name, "k": k, "n": 120}
            for name, k in rates
        ]

    total, *levels = fixed, *({**fixed, "group": "sex", "level": name} for name in "ab")
    gone = [{**level, "suppressed": True} for level in levels]
    earlier = version(*answered(60), {**total, "n": 50}, *gone)
    later = version(*answered(60 + came), {**total, "suppressed": True}, {**levels[0], "n": 47}, gone[1])
    assert bool(found(later, earlier)) is (came == 0)


def test_who_is_missing_can_become_fewer():
    fixed = {"estimand": "attrition", "unit": "person"}

    def missing(k: int, n: int, **more) -> dict:
        return {**fixed, "k": k, "n": n, "estimate": k / n, **more}

    gone = [{**fixed, "group": "sex", "level": name, "suppressed": True} for name in "ab"]
    earlier = version(missing(36, 100), missing(18, 50, group="sex", level="a"), gone[1])
    later = version(missing(26, 100), *gone, missing(6, 20, group="sex", level="c"))
    assert not found(later, earlier)


def test_rows_of_different_figures_that_name_nothing_are_not_compared():
    fixed = {
        "estimand": "assumed_change",
        "unit": "organisation",
        "term": "complete",
        "contrast": "after - before",
    }
    rows = tuple(
        {**fixed, "exhibit": f"if-{name}", "n": n, "estimate": 0.4} for name, n in (("a", 22), ("b", 24))
    )
    assert not differences(version(*rows), version(*rows), threshold=lambda group: 5)
    moved = version(rows[0], {**rows[1], "n": 26})
    assert len(differences(moved, version(*rows), threshold=lambda group: 5)) == 1


def test_numbers_of_the_report_before_are_explained_by_it():
    later = replace(version(share(66, 112)), mentions=(Mention("history.html", 60, 100),), notebooks=1)
    earlier = version(share(60, 100))
    assert unexplained(later) == ("history.html: 60 / 100",)
    assert unexplained(later, earlier) == ()
