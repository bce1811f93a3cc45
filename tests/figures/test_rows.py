import pandas as pd

from evaluation.figures import Labels
from evaluation.figures.rows import blocks_of, level_name, lines_of, place


def lines(levels, rows, **columns):
    table = pd.DataFrame({"estimate": range(len(rows)), "level": levels, **columns})
    return lines_of(table, Labels(rows=tuple(rows)))


def test_women_first_within_a_label():
    found = lines(["men", "women", "other", "men", "women", "other"], ["a"] * 3 + ["b"] * 3)
    assert [line.index for line in found] == [1, 0, 2, 4, 3, 5]


def test_women_first_within_a_classification():
    found = lines(["old", "men", "women"], ["Äldre", "Män", "Kvinnor"], group=["age", "sex", "sex"])
    assert [line.index for line in found] == [0, 2, 1]


def test_order_is_kept_otherwise():
    assert [line.index for line in lines(["b", "a", "c"], ["x", "y", "z"])] == [0, 1, 2]


def test_numbers_of_withheld_rows_are_not_read():
    (line,) = lines(["women"], ["a"], suppressed=[True])
    assert line.withheld
    assert not any(line.has(column) for column in line.numbers)
    assert line.value == ""


def test_blocks_share_a_label_until_a_level_returns():
    blocks = blocks_of(lines(["women", "men", "women"], ["a", "a", "a"]))
    assert [len(block.lines) for block in blocks] == [2, 1]
    assert [len(block.lines) for block in blocks_of(lines(["women", "men"], ["a", "a"]), alone=True)] == [
        1,
        1,
    ]


def test_places_leave_room_for_long_labels():
    rows = ["Yrkesverksamma med aktuell kompetens i minst ett av områdena", "Kort"]
    stack = place(blocks_of(lines(["", ""], rows)), body=10, gap=5)
    first, second = stack.blocks
    assert first.label.count("\n") == 2
    assert second.y - first.y >= 36 / 2 + 5 + 5
    assert stack.height >= second.y + 6
    assert [line.y for line in stack.lines] == [first.y, second.y]


def test_level_named_by_its_row_has_no_name():
    (line,) = lines(["women"], ["Digitalisering, kvinnor"])
    labels = Labels(rows=(), levels={"women": "Kvinnor"})
    assert level_name(line, labels) == ""
    assert level_name(lines(["women"], ["Digitalisering"])[0], labels) == "Kvinnor"
    assert level_name(lines(["x"], ["Digitalisering"])[0], labels) == ""
