import pandas as pd

from evaluation.data.linkage.match import linked_waves
from evaluation.data.linkage.quality import link_rates, linked_persons, linkings
from evaluation.vocabulary.columns import GLOSSARY

from .build import wave

BEFORE = wave([("1", "x", "an 7 st"), ("2", "x", "an 7 st"), ("3", "x", "- - -"), ("4", "y", "bo 3 gö")])
AFTER = wave([("5", "x", "an 7 st"), ("6", "y", "bo 4 gö")])
WAVES = ("before", "after")


def test_three_linkings():
    assert {rule: len(found.links) for rule, found in linkings(BEFORE, AFTER).items()} == {
        "strict": 0,
        "default": 1,
        "loose": 2,
    }


def test_everybody_is_somebody():
    first, second = linked_persons(linked_waves(BEFORE, AFTER), WAVES)
    assert first.to_dict() == {"1": "before:1", "2": "before:2", "3": "before:3", "4": "before:4"}
    assert second.to_dict() == {"5": "after:5", "6": "before:4"}


def test_rates_count_everybody():
    sex = pd.Series(["women", "men", None], index=["1", "2", "4"]), pd.Series(["women"], index=["6"])
    table = link_rates(linked_waves(BEFORE, AFTER), WAVES, groups={"sex": sex})
    assert set(table.columns) <= set(GLOSSARY)
    rows = table.set_index(["estimand", "wave", "group", "level"])[["k", "n"]]
    assert rows.loc[("link_rate", "before", "", "")].tolist() == [1, 4]
    assert rows.loc[("coded_share", "before", "", "")].tolist() == [3, 4]
    assert rows.loc[("link_rate", "before", "organisation", "y")].tolist() == [1, 1]
    assert rows.loc[("link_rate", "after", "sex", "women")].tolist() == [1, 1]
    assert rows.loc[("link_rate", "before", "sex", "")].tolist() == [1, 2]
    assert (table["estimate"] == table["k"] / table["n"]).all()
    parts = table[table["group"] != ""].groupby(["estimand", "wave", "group"])["n"].sum()
    assert set(parts.xs("before", level="wave")) == {4}
    assert set(parts.xs("after", level="wave")) == {2}
