"""Outcomes of many projects side by side, made up here so that the truth is plain."""

import json

import numpy as np
import pandas as pd
import pytest

from evaluation.programme import chapter
from evaluation.programme.gather import gather, open_programme, sums_of, write_programme
from evaluation.programme.pool import main_rows, over_projects
from evaluation.programme.registry import Entry, Registry

REACHED = {
    "indicator": "reached",
    "estimand": "covered_share",
    "unit": "person",
    "group": None,
    "level": None,
}


def run(key, change=0.5, error=0.1, **more):
    row = {"indicator": "ability", "estimand": "mean_change", "unit": "person", "n": 30.0}
    return {
        "key": key, "status": "evaluated", "name": {"sv": f"Projekt {key}", "en": f"Project {key}"},
        "languages": ["sv", "en"], "simulated": False, "min_cell": 5, "inputs": f"files of {key}", "identity": key,
        "rows": [{**row, "estimate": change, "std_error": error}],
        "words": {"label.ability": {"sv": "Förmåga", "en": "Ability"}}, "counts": [], **more,
    }  # fmt: skip


def programme_of(*runs, **same):
    entries = tuple(Entry(one["key"], None, same=same.get(one["key"], {})) for one in runs)
    return gather(Registry("west", entries), {one["key"]: one for one in runs})


def test_the_same_files_are_counted_once():
    found = programme_of(run("a"), run("b", inputs="files of a"), run("c"))
    assert [one["key"] for one in found.projects] == ["a", "c"]
    assert "same as those of" in json.dumps(found.left_out)


def test_statements_are_mapped_by_the_list():
    other = run("b")
    other["rows"] = [{**other["rows"][0], "indicator": "own"}]
    assert programme_of(run("a"), other).shared == []
    assert programme_of(run("a"), other, b={"own": "ability"}).shared == ["ability"]


def test_simulated_if_any_is():
    assert not programme_of(run("a"), run("b")).simulated
    assert programme_of(run("a"), run("b", simulated=True)).simulated


def test_it_is_read_as_it_was_written(tmp_path):
    made = programme_of(run("a"), run("b"))
    write_programme(made, tmp_path / "programme.json")
    assert open_programme(tmp_path / "programme.json").shared == made.shared == ["ability"]


def test_small_projects_are_drawn_further_towards_the_mean():
    made = programme_of(run("a", 0.9, 0.3), run("b", 0.9, 0.05), run("c", 0.1, 0.05), run("d", 0.3, 0.05))
    table = over_projects(main_rows(made.table, "ability")).table.set_index("term")
    assert table.loc["a", "shrunken"] < table.loc["b", "shrunken"] < 0.9
    whole = table.loc["over_projects"]
    assert (
        whole["predicted_low"]
        < whole["conf_low"]
        < whole["estimate"]
        < whole["conf_high"]
        < whole["predicted_high"]
    )
    assert whole["n_groups"] == 4


def test_projects_that_withhold_their_number_are_not_part_of_the_mean():
    hidden = run("c")
    hidden["rows"] = [
        {"indicator": "ability", "estimand": "mean_change", "unit": "person", "suppressed": True}
    ]
    made = programme_of(run("a"), run("b", 0.7), hidden)
    assert main_rows(made.table, "ability")["project"].tolist() == ["a", "b"]


def test_a_share_is_pooled_between_none_and_all():
    rows = pd.DataFrame(
        [{"estimand": "attained_share", "project": key, "estimate": k / 20, "k": k, "n": 20} for key, k in
         zip("abc", (19, 14, 17), strict=True)]
    )  # fmt: skip
    whole = over_projects(rows).table.iloc[0]
    assert 0 < whole["predicted_low"] < whole["estimate"] < whole["predicted_high"] < 1


@pytest.mark.parametrize("protect", [True, False])
def test_a_sum_does_not_tell_what_one_project_withholds(protect):
    counts = [
        {**REACHED, "part": None, "k": k, "n": 20, "threshold": 5, "shown": k < 18} for k in (12, 9, 18)
    ]
    runs = [{"key": str(place), "same": {}, "counts": [count]} for place, count in enumerate(counts)]
    (row,) = sums_of(runs, protect=protect)
    assert row.get("suppressed", False) is protect
    assert (row.get("k") == 39) is not protect


def test_exhibits_of_hundreds_of_projects_fit_a_page():
    rng = np.random.default_rng(3)
    made = programme_of(*(run(f"p{n}", rng.normal(0.5, 0.2), 0.1) for n in range(300)))
    figure, table = chapter.changes(made)
    width, height = figure.figure("sv").get_size_inches()
    assert (width, height) <= (7.3, 8)
    assert len(table.table("en").rows) == 301
    assert sum(bool(str(one)) for one in figure.findings("en")) == 1
    assert "associations" in figure.to_html("en")


def test_projects_that_tell_a_number_rounded_are_not_part_of_the_mean():
    near = run("c")
    near["rows"] = [{**row, "rounded": 5.0} for row in near["rows"]]
    made = programme_of(run("a"), run("b", 0.7), near)
    assert main_rows(made.table, "ability")["project"].tolist() == ["a", "b"]


def test_a_rounded_count_is_no_part_of_a_sum():
    fixed = {**REACHED, "part": None, "n": 40, "threshold": 5, "shown": True}
    counts = [{**fixed, "k": k, "rounded": k == 22} for k in (20, 21, 22)]
    runs = [{"key": str(place), "same": {}, "counts": [count]} for place, count in enumerate(counts)]
    (row,) = sums_of(runs)
    assert (row["k"], row["n"], row["n_groups"]) == (41, 80, 2)
