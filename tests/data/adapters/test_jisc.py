"""Exports in the style of Jisc: numbers of options are no values."""

ROWS = [
    ["Unique Response Number", "1. How are you?", "2.1.a. Years", "3. Other"],
    ["123-1", "1. Very well", "2 years", "1 - x"],
    ["123-2", "3. Not well", "10 years", "y"],
    ["123-3", "", "", ""],
]


def test_numbers_of_options_are_taken_off(reading):
    export = reading(ROWS)
    assert export.tool == "jisc"
    assert export.frame.iloc[:, 1].tolist() == ["Very well", "Not well", ""]
    assert export.frame.iloc[:, 2].tolist() == ["2 years", "10 years", ""]
    assert export.frame.iloc[:, 3].tolist() == ["1 - x", "y", ""]
    assert export.wording["2.1.a. Years"] == "Years"
    assert str(export.notes[1]).startswith("In 1 column of x.csv")


def test_one_number_with_two_labels_is_left_alone(reading):
    rows = [["id", "a"], ["1", "1. yes"], ["2", "1. no"]]
    assert reading(rows, tool="jisc").frame["a"].tolist() == ["1. yes", "1. no"]


def test_other_files_need_the_tool_to_be_stated(reading):
    rows = [["Id", "a"], ["1", "2: ja"], ["2", "1: nej"]]
    assert reading(rows).tool == "plain"
    assert reading(rows, tool="jisc").frame["a"].tolist() == ["ja", "nej"]
