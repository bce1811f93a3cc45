import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.data.linkage.review import read_review, write_review
from evaluation.data.linkage.series import linked_series, series_review
from evaluation.vocabulary.errors import LinkageError

from .build import wave

CODE = st.tuples(*[st.sampled_from("ab")] * 3).map(" ".join)
ROWS = st.lists(st.tuples(st.sampled_from("xy"), CODE), min_size=1, max_size=6)
THREE = {
    "before": wave([("1", "x", "an 7 st"), ("2", "x", "bo 3 gö"), ("3", "x", "eva 9 lu")]),
    "during": wave([("1", "x", "bo 3 gö"), ("2", "x", "per 5 um")]),
    "after": wave([("1", "x", "an 7 st"), ("2", "x", "per 5 un"), ("3", "x", "bo 3 gö")]),
}


def test_whoever_misses_a_wave_is_found_again():
    found = linked_series(THREE).persons
    assert found["during"].tolist() == ["before:2", "during:2"]
    assert found["after"].tolist() == ["before:1", "during:2", "before:2"]


@given(st.lists(ROWS, min_size=2, max_size=4), st.sampled_from(["strict", "default", "loose"]))
def test_nobody_is_twice_at_a_wave(parts, rule):
    waves = {
        f"w{number}": wave([(str(place), *row) for place, row in enumerate(rows)])
        for number, rows in enumerate(parts)
    }
    found = linked_series(waves, rule=rule)
    for key, persons in found.persons.items():
        assert not persons.duplicated().any()
        assert list(persons.index) == list(waves[key].respondent)


def test_decisions_about_any_wave(tmp_path):
    waves = {
        "before": wave([("1", "x", "an 7 st"), ("2", "x", "an 7 st")]),
        "during": wave([("1", "x", "an 7 st")]),
        "after": wave([("1", "x", "an 7 st")]),
    }
    path = tmp_path / "decisions.csv"
    first = linked_series(waves)
    table = series_review(first)
    wanted = (table["before"] == "before:2") & (table["after"] == "during:1")
    write_review(table.assign(decision=np.where(wanted, "accept", "")), path)
    entries = read_review(path)
    found = linked_series(waves, entries=entries, file=path.name)
    assert found.persons["during"].tolist() == ["before:2"]
    again = series_review(found, entries)
    assert again["decision"].tolist().count("accept") == 1
    with pytest.raises(LinkageError, match=r"decisions\.csv:\d+: .* no longer exists"):
        linked_series({"before": waves["before"], "after": waves["after"]}, entries=entries, file=path.name)


def test_one_wave_has_nothing_to_review():
    assert series_review(linked_series({"before": THREE["before"]})).empty
