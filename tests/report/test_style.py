"""The colours of the pages can be read on every ground, in light and in dark."""

import re

import pytest

from evaluation.figures.theme import GREY_OUTLINE, GREYS, OUTLINE, contrast, sequence
from evaluation.report.document import stylesheet

WRITTEN = ("ink", "soft", "accent", "good", "open", "bad", "plain")
GROUNDS = ("paper", "wash")


def colours(scheme: str) -> dict[str, str]:
    """Return the page's colours by name."""
    light, dark = re.findall(r":root\{(.*?)\}", stylesheet())[:2]
    named = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", light))
    if scheme == "dark":
        named |= dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", dark))
    return {name: _long(colour) for name, colour in named.items()}


def _long(colour: str) -> str:
    return "#" + "".join(sign * 2 for sign in colour[1:]) if len(colour) == 4 else colour


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", WRITTEN)
def test_every_written_colour_can_be_read(scheme, ground, name):
    found = colours(scheme)
    assert contrast(found[name], found[ground]) >= 4.5


@pytest.mark.parametrize("n", range(2, 8))
def test_answers_and_missing_answers_beside_each_other_have_a_line_between(n):
    """Neighbours in a bar need not differ by 3:1 because a line that does lies between them and the page."""
    for lightest, line in ((sequence(n)[0], OUTLINE), (GREYS[0], GREY_OUTLINE)):
        assert contrast(line, "#ffffff") >= 3
        assert contrast(line, lightest) >= 3
    ends = sequence(n)
    assert contrast(ends[0], ends[-1]) >= 3


def test_the_notice_of_made_up_data_can_be_read():
    background, text = re.search(r"\.sim\{background:(#\w+);color:(#\w+)", stylesheet()).groups()
    assert contrast(_long(text), _long(background)) >= 7
