import pytest

from evaluation.data.linkage.guard import MOST_CHANCE, Chance, safe_rule, series_chance
from evaluation.data.linkage.series import linked_series

from .build import wave


@pytest.mark.parametrize("asked", ["strict", "default", "loose"])
def test_a_strong_code_is_linked_as_asked(asked):
    assert safe_rule(Chance(0.1, 1.0, 100), asked) == asked


@pytest.mark.parametrize("asked", ["default", "loose"])
def test_a_weak_code_is_linked_strictly(asked):
    assert safe_rule(Chance(0.1, MOST_CHANCE * 100 + 0.01, 100), asked) == "strict"


@pytest.mark.parametrize("asked", ["strict", "default", "loose"])
def test_a_code_that_many_share_is_not_used(asked):
    assert safe_rule(Chance(1.01, 20.0, 100), asked) is None


def test_chance_is_added_up_over_waves():
    rows = [(str(place), "A", f"{name} {place} x") for place, name in enumerate(("an", "bo", "cy"))]
    series = linked_series({"one": wave(rows), "two": wave(rows), "three": wave(rows)})
    chance = series_chance(series)
    assert chance.links == 6
    assert chance.exact == 0.0
    assert chance.one_edit == 0.0
