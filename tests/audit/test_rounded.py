"""The attacker reads rounded rows by itself, and as well as disclosure control does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evaluation.audit import Published, attack
from evaluation.audit.published import Mention
from evaluation.audit.rounded import lines_of, possible
from evaluation.disclosure.rounding import limits, rounded_count


def rate(k: int, n: int, **more) -> dict:
    fixed = {"estimand": "described_share", "unit": "person", "indicator": "q", "wave": "w1"}
    return {**fixed, "estimate": round(k / n, 1), "k": k, "n": n, **more}


def published(*rows: dict) -> Published:
    return Published(rows, (), 0, 0, 0, None)


@given(count=some.integers(0, 3000), base=some.integers(1, 40))
def test_both_readings_of_a_rounded_number_agree(count, base):
    told = rounded_count(count, base)
    assert possible(told, base) == limits(told, base)


@given(n=some.integers(13, 300), part=some.floats(0.2, 0.8))
def test_the_truth_fits_what_is_read(n, part):
    true = {"n": n, "k": max(round(part * n), 5)}
    fewest = possible(rounded_count(n, 5), 5)[0]
    row = rate(rounded_count(true["k"], 5), rounded_count(n, 5), rounded=5)
    row["estimate"] = round(true["k"] / n, len(str(fewest)) - 1)
    if fewest < 10 or n - true["k"] < 5:
        return
    for terms, low, high in lines_of(row, {"n": {0: 1.0}, "k": {1: 1.0}}, "survey", answers=True):
        value = sum(weight * (true["n"], true["k"])[place] for place, weight in terms.items())
        assert low - 1e-6 <= value <= high + 1e-6


def rates(base: int) -> Published:
    """Return a report with one withheld level beside two that are rounded."""
    fixed = {"estimand": "response_rate", "unit": "person", "wave": "w1"}
    rows = [{**fixed, "estimate": 0.8, "k": 80, "n": 100}]
    for name in ("a", "b"):
        row = {**fixed, "estimate": 0.8, "k": 40, "n": 50 if name == "a" else 48 if base == 2 else 50}
        rows.append({**row, "group": "g", "level": name, "rounded": base})
    return published(*rows, {**fixed, "group": "g", "level": "c", "suppressed": True})


def test_a_base_that_is_too_small_hides_nothing():
    assert attack(rates(2)).recovered
    assert not attack(rates(10)).recovered
    assert attack(rates(10)).rounded == 2


def test_an_exact_number_in_the_text_is_not_explained_by_a_rounded_row():
    told = replace(published(rate(15, 20, rounded=5)), mentions=(Mention("a.html", 15, 20),), notebooks=1)
    assert attack(told).unexplained == ("a.html: 15 / 20",)
    exact = replace(told, rows=(rate(15, 20),))
    assert attack(exact).unexplained == ()


@pytest.mark.parametrize("base", [5, 10])
def test_how_many_there_are_is_known_as_closely_as_it_is_told(base):
    found = attack(published({**rate(40, 60), "rounded": base}))
    assert found.published == 0
    assert found.contradictions == 0


def test_the_largest_exact_number_is_how_many_there_are_if_a_rounded_one_can_be_the_same():
    fixed = {"estimand": "group_share", "unit": "person"}
    levels = [
        {**fixed, "indicator": "a", "group": "a", "level": name, "estimate": k / 69, "k": k, "n": 69}
        for name, k in (("x", 45), ("y", 24))
    ]
    near = {
        **fixed,
        "indicator": "b",
        "group": "b",
        "level": "z",
        "estimate": 0.2,
        "k": 15,
        "n": 70,
        "rounded": 5,
    }
    gone = {**fixed, "indicator": "b", "group": "b", "level": "u", "suppressed": True}
    assert not attack(published(*levels, near, gone)).recovered
