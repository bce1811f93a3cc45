"""What a chapter reads is noted where it is handed out, and nothing can be read without being noted."""

from dataclasses import fields, replace

import pandas as pd
import pytest

from evaluation.data.manifest import Manifest
from evaluation.data.places import Rows
from evaluation.report.watched import HandedOut, WatchedStudy, only_by_study, watched
from evaluation.study import Study, handed_down, open_study

STATED = {
    "loaded",
    "lang",
    "project",
    "policy",
    "words",
    "definition_fingerprint",
    "kept",
    "once",
    "shown_in",
}
"""What is the same whatever the data are, or shares what was computed from the rest."""
GIVEN = {
    "answers_to": (["change_ability"], ["before"]),
    "scores_of": ("learning",),
    "present": ("before",),
    "indicators": (),
    "indicator": ("strategic_goal",),
    "entry": ("change_ability",),
    "response": ("change_ability",),
}
NAMES = sorted(name for name in {*dir(Study), *(one.name for one in fields(Study))} if name[0] != "_")


def changed(study: Study, table: str) -> Study:
    """Return the study without the first row of a table, or with another manifest."""
    if table == "manifest":
        return replace(study, manifest=Manifest("other", "", "", ""))
    return replace(study, **{table: getattr(study, table).iloc[1:]})


def asked(study: Study, name: str) -> object:
    found = getattr(study, name)
    return found(*GIVEN[name]) if name in GIVEN else found


@pytest.mark.parametrize(
    "table", [one.name for one in fields(Study) if one.name not in ("loaded", "lang", "comparison")]
)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in STATED | {"comparison"}])
def test_whatever_comes_out_differently_has_been_noted(halland_study, name, table):
    reads: set[str] = set()
    before = asked(WatchedStudy.of(halland_study, reads), name)
    other = changed(halland_study, table)
    after = asked(other, name)
    same = all(
        HandedOut(halland_study).fingerprint(one) == HandedOut(other).fingerprint(one) for one in reads
    )
    assert not same or equal(before, after)


def equal(one: object, other: object) -> bool:
    if isinstance(one, pd.DataFrame | pd.Index):
        return one.equals(other)
    return one.keys() == other.keys() if is_places(one) else one == other


def is_places(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(rows, Rows) for rows in value.values())


def test_less_than_a_table_is_noted_as_that(halland_study):
    reads: set[str] = set()
    study = WatchedStudy.of(halland_study, reads)
    assert study.answers_to(iter(["change_ability"])).equals(halland_study.answers_to(["change_ability"]))
    assert study.simulated is halland_study.simulated
    assert study.project is halland_study.project
    assert reads == {'["answers_to", ["change_ability"], null]', '["simulated"]'}


def test_a_comparison_group_is_watched_too(compared_study):
    reads: set[str] = set()
    side = WatchedStudy.of(compared_study, reads).comparison
    assert side.present("before").equals(compared_study.comparison.present("before"))
    assert reads == {'["comparison"]', '["comparison.present", "before"]'}
    fewer = replace(compared_study.comparison, answers=compared_study.comparison.answers.iloc[:5])
    before = HandedOut(compared_study).fingerprint('["comparison.present", "before"]')
    assert (
        HandedOut(replace(compared_study, comparison=fewer)).fingerprint('["comparison.present", "before"]')
        != before
    )
    assert '["comparison.people"]' in HandedOut(compared_study).everything()


def test_a_copy_with_another_table_has_read_all_others(halland_study):
    reads: set[str] = set()
    copy = replace(WatchedStudy.of(halland_study, reads), log=halland_study.log.iloc[:3])
    assert {*HandedOut(halland_study).everything()} - reads == {'["log"]'}
    assert len(copy.log) == 3
    assert copy.simulated
    assert len(copy.present("before"))


def test_a_study_that_was_not_handed_down_is_not_told(halland_study, monkeypatch):
    with handed_down(halland_study), watched() as reads:
        assert len(open_study(halland_study.loaded.file, "sv").people)
        assert reads() == ['["people"]']
        monkeypatch.setattr("evaluation.study.is_current", lambda loaded: True)
        monkeypatch.setattr("evaluation.study.read_processed", lambda folder: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_study(halland_study.loaded.file.parent)
        assert reads() is None
    with watched() as reads:
        assert reads() is None


@pytest.mark.parametrize(
    ("source", "only"),
    [
        (
            "from evaluation import open_study\nfrom evaluation.chapters import targets\ntargets.lead(study)",
            True,
        ),
        ("from evaluation import open_study, read_study", False),
        ("from evaluation.data.store import read_processed", False),
        ("import pandas as pd", False),
        ("open('data')", False),
        ("%run other.py", False),
    ],
)
def test_a_notebook_with_other_imports_rests_on_all_data(source, only):
    assert only_by_study({"cells": [{"cell_type": "code", "source": source}]}) == only
