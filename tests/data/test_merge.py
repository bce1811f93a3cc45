"""Facts from several files are brought together; contradictions are told, values are not."""

import pandas as pd

from evaluation.data.merge import merge_facts
from evaluation.data.registers import Facts


def facts(file, **columns):
    size = len(next(iter(columns.values())))
    frame = pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})
    return Facts(frame.set_axis(pd.Index(range(2, size + 2), name="row")), file)


def test_each_file_fills_what_the_others_lack():
    first = facts("a.csv", person=["p2", "p1"], sex=["men", None])
    second = facts("b.csv", person=["p1", "p3", "p2"], sex=["women", "men", "men"], unit=["x", "y", None])
    table, problems = merge_facts([first, second], "person", ["sex", "unit"])
    assert problems == []
    assert table["person"].tolist() == ["p1", "p2", "p3"]
    assert table["sex"].tolist() == ["women", "men", "men"]
    assert table["unit"].fillna("-").tolist() == ["x", "-", "y"]


def test_contradictions_name_both_places_and_no_value():
    first = facts("a.csv", person=["p1", "p2"], sex=["women", "men"])
    second = facts("b.csv", person=["p2", "p1"], sex=["women", "women"])
    table, problems = merge_facts([first, second], "person", ["sex"])
    assert [str(problem) for problem in problems] == [
        "b.csv:2: The column sex says something else of the same person than a.csv:3. "
        "Correct one of the rows, or take the column out of one of the sources."
    ]
    assert table["sex"].tolist() == ["women", "men"]


def test_levels_keep_their_order():
    levels = pd.CategoricalDtype(["women", "men", "other"])
    part = facts("a.csv", person=["p1", "p2"], sex=["men", None])
    part.frame["sex"] = part.frame["sex"].astype(levels)
    table, _ = merge_facts([part], "person", ["sex"])
    assert table["sex"].dtype == levels


def test_no_files_give_no_units():
    table, problems = merge_facts([], "organisation", [])
    assert (list(table.columns), len(table), problems) == (["organisation"], 0, [])
