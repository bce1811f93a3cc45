from itertools import combinations

import numpy as np
import pytest

from evaluation.figures import theme

SEEN_BY = {
    "everyone": np.eye(3),
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
"""How colours are seen with a full colour-vision deficiency (Machado, Oliveira & Fernandes, 2009)."""


def lab(colour: str, seen: np.ndarray) -> np.ndarray:
    part = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(seen @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_is_wcags():
    assert theme.contrast("#000000") == pytest.approx(21)
    assert theme.contrast("#ffffff") == pytest.approx(1)
    assert theme.contrast("#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", theme.PALETTE)
def test_every_colour_that_carries_data_stands_out_from_white(name):
    assert theme.contrast(theme.PALETTE[name]) >= 3


@pytest.mark.parametrize("name", ["ink", "soft", "teal", "brown text", "purple", "indigo", "maroon"])
def test_every_text_colour_can_be_read(name):
    assert theme.contrast(theme.PALETTE[name], "#f5f7f8") >= 4.5


@pytest.mark.parametrize("who", SEEN_BY)
def test_series_are_told_apart_without_full_colour_vision(who):
    marks = [theme.WOMEN, theme.MEN, *theme.OTHERS]
    seen = [lab(mark.colour, np.asarray(SEEN_BY[who])) for mark in marks]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 25
    assert len({mark.shape for mark in marks}) == len(marks)


@pytest.mark.parametrize("n", range(1, 8))
def test_answer_options_get_darker_and_carry_readable_text(n):
    colours = theme.sequence(n)
    lightness = [theme.contrast(colour) for colour in colours]
    assert len(colours) == n
    assert lightness == sorted(lightness)
    assert all(
        theme.contrast(theme.text_colour(colour), colour) >= 4.5 for colour in (*colours, *theme.GREYS)
    )


def test_outlines_stand_out_from_white():
    assert theme.contrast(theme.OUTLINE) >= 3
    assert theme.contrast(theme.GREY_OUTLINE) >= 3


@pytest.mark.parametrize(
    "levels", [["men", "women"], ["women", "a", "b", "c", "d"], ["a", "b"], ["men", "x"], [""]]
)
def test_women_and_men_always_have_their_own_marks(levels):
    marks = theme.series(levels)
    assert list(marks) == levels
    assert len({mark.shape for mark in marks.values()}) == len(levels)
    if "women" in marks:
        assert marks["women"] == theme.WOMEN
    if "men" in marks:
        assert marks["men"] == theme.MEN
    if levels == ["men", "x"]:
        assert marks["x"] != theme.WOMEN


def test_more_than_five_levels_share_one_mark():
    assert set(theme.series("abcdef").values()) == {theme.NEUTRAL}
