import pytest

from evaluation.figures.writing import longest_word, text_height, text_width, wrap

SWEDISH = "Yrkesverksamma med aktuell kompetens i minst ett av områdena"


def test_lines_fit_and_lose_no_word():
    for width in (60, 100, 165, 400):
        text = wrap(SWEDISH, width)
        assert text_width(text) <= max(width, longest_word(SWEDISH)) + 0.01
    assert wrap(SWEDISH, 165).split() == SWEDISH.split()


def test_lines_are_about_equally_long():
    first, second = wrap("Företag: arbetar mer strategiskt", 150).split("\n")
    assert abs(text_width(first) - text_width(second)) < 25


def test_long_words_are_broken_with_a_hyphen():
    lines = wrap("Kompetensförsörjningsstrategiutveckling", 100).split("\n")
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == "Kompetensförsörjningsstrategiutveckling"


def test_soft_hyphens_say_where_and_are_not_shown():
    shy = "\u00ad"
    word = f"Kompetens{shy}försörjnings{shy}strategi"
    assert wrap(word, 110) == "Kompetens-\nförsörjningsstrategi"
    assert wrap(word, 90) == "Kompetens-\nförsörjnings-\nstrategi"
    assert wrap(word, 200) == "Kompetensförsörjningsstrategi"


def test_no_break_spaces_are_kept():
    text = wrap("mål 70\u00a0% av alla", 40)
    assert "70\u00a0%" in text.split("\n")


@pytest.mark.parametrize("text", ["", "a"])
def test_short_texts_stay(text):
    assert wrap(text, 100) == text


def test_measures():
    assert text_width("") == 0
    assert text_width("mm") == pytest.approx(2 * text_width("m"), rel=0.01)
    assert text_width("m", bold=True) > text_width("m")
    assert text_width("m", size=20) == pytest.approx(2 * text_width("m", size=10), rel=0.01)
    assert text_width("mmm\nm") == text_width("mmm")
    assert text_height("a\nb", 10) == pytest.approx(24)
    assert text_height("") == 0
