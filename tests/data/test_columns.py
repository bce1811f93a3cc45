"""Columns that are asked for and absent, and columns nobody asks for."""

import pytest

from evaluation.data.columns import missing_columns, unused_columns
from evaluation.data.read import read_export


@pytest.fixture
def read(make_project):
    def make(header, **parts):
        project = make_project({"one.csv": [header, ["x"] * len(header)]}, **parts)
        export = read_export(project.raw_folder / "one.csv", project.definition.sources["one"])
        return export, project

    return make


def test_absent_columns_are_named_with_the_nearest(read):
    export, project = read(["ID", "A", "Beta", "Tid"], questions=[("a", "one", "A"), ("b", "one", "Betta")])
    assert [str(problem) for problem in missing_columns(export, "one", project)] == [
        "one.csv:1: There is no column “Betta”, which line 3 of the codebook names. Did you mean “Beta”?"
    ]


def test_a_column_of_the_project_file_is_told_by_its_name(read):
    export, project = read([*"ABC"])
    (problem,) = missing_columns(export, "one", project)
    assert str(problem) == "one.csv:1: There is no column “id” for person. The columns are: A, B, C."
    export, project = read([*"ABC", *(f"Fråga {number}" for number in range(20))])
    (problem,) = missing_columns(export, "one", project)
    assert "The first columns are: A, B, C, Fråga 0" in str(problem)
    assert str(problem).endswith("Fråga 8.")


def test_joined_columns_must_all_be_there(read):
    sources = {
        "one": {
            "kind": "answers",
            "file": "one.csv",
            "waves": ["before"],
            "columns": {"person": ["id", "del"]},
        }
    }
    export, project = read(["id", "A"], sources=sources, questions=[("a", "one", "A")])
    (problem,) = missing_columns(export, "one", project)
    assert "no column “del” for person" in str(problem)


def test_unused_columns_are_those_no_source_of_the_file_mentions(read):
    columns = {"person": "id", "organisation": "Org"}
    sources = {
        "one": {"kind": "answers", "file": "one.csv", "waves": ["before"], "columns": {"person": "id"}},
        "register": {"kind": "people", "file": "one.csv", "columns": columns},
    }
    export, project = read(["id", "A", "Org", "Tid"], sources=sources, questions=[("a", "one", "A")])
    assert unused_columns({"one": export, "register": export}, project) == {"one.csv": ("Tid",)}
    assert unused_columns({"one": export}, project) == {"one.csv": ("Org", "Tid")}
