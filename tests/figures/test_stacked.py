from itertools import pairwise

import pytest
from tests.figures.cases import AGREE, CASES, stacked_table
from tests.figures.reading import bar_of, by_gid, rows_with, said

from evaluation.figures import Labels, draw
from evaluation.figures.stacked import parts_of
from evaluation.figures.theme import GREYS, SEQUENCE, contrast


def figure_of(name):
    kind, table, labels = CASES[name]()
    return table, labels, draw(table, kind, labels)


@pytest.mark.parametrize("name", ["stacked_usual", "stacked_direct", "stacked_six"])
def test_segments_follow_each_other(name):
    table, labels, figure = figure_of(name)
    per_row = len(table) // len(set(labels.rows))
    for first in range(0, len(table), per_row):
        end = 0.0
        for i in range(first, first + per_row):
            low, high = bar_of(figure, f"estimate-{i}")
            assert low == pytest.approx(end)
            assert high - low == pytest.approx(table["estimate"][i])
            end = high


def test_values_are_written_where_they_fit():
    table, labels, figure = figure_of("stacked_usual")
    written = rows_with(figure, "value")
    assert all(said(figure, f"value-{i}") == labels.values[i] for i in written)
    assert all(table["estimate"][i] < 0.08 for i in set(range(len(table))) - set(written))
    assert set(range(1, 5)) <= set(written)


def test_values_can_be_read_on_their_colour():
    from matplotlib.colors import to_hex

    _, _, figure = figure_of("stacked_six")
    for i in rows_with(figure, "value"):
        ground = to_hex(by_gid(figure)[f"estimate-{i}"][0].get_facecolor())
        assert contrast(by_gid(figure)[f"value-{i}"][0].get_color(), ground) >= 4.5


def test_names_stand_above_the_first_bar_or_in_a_key():
    _, labels, figure = figure_of("stacked_direct")
    assert [said(figure, f"name-{i}") for i in range(3)] == list(labels.categories)
    assert not by_gid(figure)["key"]
    _, labels, figure = figure_of("stacked_usual")
    assert [text.get_text() for text in by_gid(figure)["key"]] == list(labels.categories)
    assert rows_with(figure, "name") == []


def test_what_is_no_answer_is_grey():
    labels = Labels(rows=(), categories=AGREE)
    parts = parts_of(["1", "2", "3", "4", "5", "dont_know"], labels)
    assert [part.colour for part in parts.values()] == [*SEQUENCE, GREYS[0]]
    own = Labels(rows=(), categories=("Ja", "98"), non_answers=("98",))
    assert parts_of(["1", "98"], own)["98"].colour == GREYS[0]


def test_neighbours_differ_by_pattern_too():
    for n in range(2, 8):
        parts = list(parts_of([str(i) for i in range(n)], Labels(rows=())).values())
        assert all(a.hatch != b.hatch for a, b in pairwise(parts))
        assert len({part.colour for part in parts}) == n


def test_options_are_ordered_by_number_and_named_by_row_or_by_option():
    by_option = parts_of(["2", "10", "1"], Labels(rows=(), categories=("ett", "två", "tio")))
    assert {term: part.name for term, part in by_option.items()}["10"] in {"tio", "två"}
    twice = ["2", "1", "2", "1"]
    for names in (("ett", "två"), ("två", "ett", "två", "ett")):
        parts = parts_of(twice, Labels(rows=(), categories=names))
        assert [(term, part.name) for term, part in parts.items()] == [("1", "ett"), ("2", "två")]


def test_a_bar_with_a_withheld_part_is_withheld():
    _, labels, figure = figure_of("stacked_suppressed")
    assert rows_with(figure, "estimate") == [0, 1, 2, 6, 7, 8]
    assert rows_with(figure, "missing") == [3]
    assert said(figure, "missing-3") == labels.too_few


def test_same_label_twice_gives_two_bars():
    table = stacked_table([[0.5, 0.5], [0.2, 0.8]], ["no", "yes"])
    figure = draw(table, "stacked", Labels(rows=("Lika",) * 4, categories=("Nej", "Ja")))
    assert bar_of(figure, "estimate-2") == (0.0, 0.2)
    assert rows_with(figure, "row") == [0, 2]
