from math import nan

import pytest
from tests.figures.cases import AGREE, percent

from evaluation.figures.ticks import axis_ticks, extended, is_scale, number_limits, scale_limits, share_limits


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([0.45, 0.97], (0.4, 1.0)),
        ([0.6, 0.95], (0.5, 1.0)),
        ([0.5, 0.52], (0.4, 0.8)),
        ([0.0], (0.0, 0.4)),
        ([1.0], (0.6, 1.0)),
        ([0.0, 1.0], (0.0, 1.0)),
        ([0.2, 0.5], (0.0, 0.6)),
        ([nan], (0.0, 1.0)),
        ([], (0.0, 1.0)),
    ],
)
def test_share_axis(values, ends):
    assert share_limits(values) == pytest.approx(ends)


@pytest.mark.parametrize("values", [[1.2, 3.4], [-0.2, 0.5]])
def test_numbers_that_are_not_shares_get_their_own_axis(values):
    low, high = share_limits(values)
    assert low < min(values) < max(values) < high


@pytest.mark.parametrize("values", [[3.0], [0.0], [-2, 5], [0.001, 0.002], [1e4, 2e4], [1, 60]])
def test_number_axis_has_air(values):
    low, high = number_limits(values)
    assert low < min(values) <= max(values) < high


@pytest.mark.parametrize(
    "values", [[1.9, 3.5], [3.0, 3.0], [2.5, 3.0], [4.99], [1, 5], [0.001, 0.002], [5.0], [1, 60]]
)
def test_scale_axis_has_two_whole_numbers(values):
    low, high = scale_limits(values)
    assert low <= min(values)
    assert high >= max(values)
    assert sum(low <= whole <= high for whole in range(-1, 70)) >= 2


def test_limits_without_numbers():
    assert number_limits([nan]) == scale_limits([]) == (0.0, 1.0)
    assert extended((0, 1), [nan, 2]) == (0, 2)


def test_scales_are_recognised():
    assert is_scale((1, 5))
    assert not is_scale((0, 1))
    assert not is_scale((0.5, 5))
    assert not is_scale(None)


def test_ticks_are_round_and_apart():
    ticks = axis_ticks((0.0, 1.0), 300, percent)
    assert [tick.value for tick in ticks] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert [tick.text for tick in ticks] == [percent(tick.value) for tick in ticks]


def test_ticks_that_say_the_same_are_left_out():
    ticks = axis_ticks((0.0, 1.0), 400, lambda value: f"{value:.0f}")
    assert [tick.text for tick in ticks] == ["0", "1"]


def test_long_words_for_ticks_are_wrapped_or_thinned():
    def say(value):
        return AGREE[int(value)]

    wide = axis_ticks((0, 4), 400, say, whole=True)
    assert len(wide) == 5
    assert any("\n" in tick.text for tick in wide)
    assert len(axis_ticks((0, 4), 180, say, whole=True)) < 5


def test_ticks_of_more_than_three_lines_are_thinned():
    ticks = axis_ticks((0, 6), 400, lambda value: f"{value:.0f} i viss grad och mer än så i år", whole=True)
    assert [tick.value for tick in ticks] == [0, 2, 4, 6]
    assert max(tick.text.count("\n") for tick in ticks) <= 2


def test_no_round_tick_fits():
    assert [tick.value for tick in axis_ticks((0, 4), 90, lambda value: "Självständigt")] == [0, 4]
