"""R2: a change is claimed only if it is certain, large enough, and rests on enough organisations."""

import math

import pandas as pd
import pytest
from scipy import stats

from evaluation.rules import evaluate
from evaluation.rules.change import judge
from tests.rules.build import answers, people, study

BASE = {
    "n": 40,
    "n_groups": 10,
    "estimate": 0.8,
    "conf_low": 0.2,
    "conf_high": 1.4,
    "smallest_important": 0.5,
}


def judged(clustered: bool = True, wanted: str = "increase", **changes: float) -> tuple:
    return judge({**BASE, **changes}, clustered=clustered, wanted=wanted)


@pytest.mark.parametrize(
    ("changes", "verdict", "reason"),
    [
        ({}, "increased", "increase_clear"),
        ({"n_groups": 5}, "increased", "increase_clear"),
        ({"n_groups": 4}, "undecided", "too_few_clusters"),
        ({"n_groups": 1, "conf_low": math.nan}, "undecided", "too_few_clusters"),
        ({"n": 1, "n_groups": 1}, "undecided", "too_few_pairs"),
        ({"n": 0, "n_groups": 0, "estimate": math.nan, "conf_low": math.nan}, "undecided", "too_few_pairs"),
        ({"conf_low": 0.0}, "no_certain_change", "interval_includes_zero"),
        (
            {"estimate": -0.8, "conf_low": -1.6, "conf_high": 0.0},
            "no_certain_change",
            "interval_includes_zero",
        ),
        ({"estimate": 0.499, "conf_high": 0.8}, "small_change", "smaller_than_important"),
        ({"estimate": 0.5, "conf_high": 0.8}, "increased", "increase_clear"),
        (
            {"estimate": 0.1 + 0.2 + 0.2, "smallest_important": 0.5, "conf_high": 0.8},
            "increased",
            "increase_clear",
        ),
        ({"estimate": 3 * 0.1, "smallest_important": 0.3}, "increased", "increase_clear"),
        ({"estimate": 1 - 0.9, "smallest_important": 0.1}, "increased", "increase_clear"),
        ({"estimate": -0.8, "conf_low": -1.4, "conf_high": -0.2}, "decreased_unwanted", "decrease_clear"),
        ({"estimate": 0.0, "conf_low": math.nan}, "no_certain_change", "no_spread"),
        ({"estimate": 1.0, "conf_low": math.nan}, "undecided", "no_spread"),
    ],
)
def test_the_order_of_the_questions(changes, verdict, reason):
    assert judged(**changes) == (verdict, reason)


def test_the_wanted_direction_never_changes_what_is_found():
    assert judged(wanted="decrease") == ("increased_unwanted", "increase_clear")
    fall = {"estimate": -0.8, "conf_low": -1.4, "conf_high": -0.2}
    assert judged(wanted="decrease", **fall) == ("decreased", "decrease_clear")
    assert judged(wanted="decrease", conf_low=-0.1)[0] == "no_certain_change"


def test_fewer_than_five_people_without_organisations_are_too_few_people():
    assert judged(clustered=False, n=4, n_groups=4) == ("undecided", "too_few_pairs")


def moved(tmp_path, steps: list[float], *, firms: int = 0, unit: str = "person"):
    register = people(len(steps), firms=firms)
    companies = pd.DataFrame({"organisation": register["organisation"].dropna().unique(), "size": "9"})
    waves = [
        answers(register, "w1", [2.0 + i % 3 for i in range(len(steps))]),
        answers(register, "w3", [2.0 + i % 3 + step for i, step in enumerate(steps)]),
    ]
    indicator = {
        "chapter": "change",
        "unit": unit,
        "measure": {"item": "a"},
        "rule": {"kind": "change", "from": "w1", "to": "w3", "smallest_important": 0.5},
    }
    made = study(tmp_path, indicator, people=register, organisations=companies, answers=pd.concat(waves))
    return evaluate("x", made), made


STEPS = [1.0, 0.0, 2.0, 1.0, 0.0, 1.0, 1.0, 2.0, 0.0, 1.0, 1.0, 2.0]


def test_without_organisations_it_is_the_paired_t_test(tmp_path):
    found, _ = moved(tmp_path, STEPS)
    known = stats.ttest_1samp(STEPS, 0)
    assert found.table["p_value"].iloc[0] == pytest.approx(known.pvalue)
    assert found.table["verdict"].tolist() == ["increased"]


def test_companies_are_their_own_units(tmp_path):
    found, _ = moved(tmp_path, STEPS * 2, firms=8, unit="organisation")
    means = pd.Series(STEPS * 2).groupby(pd.Series(range(24)) % 8).mean()
    row = found.table.iloc[0]
    assert (row["n"], row["n_groups"], row["method"]) == (8, 8, "cr2_satterthwaite")
    assert row["p_value"] == pytest.approx(stats.ttest_1samp(means, 0).pvalue)


def test_six_companies_are_judged_by_the_wild_bootstrap(tmp_path):
    found, _ = moved(tmp_path, STEPS, firms=6, unit="organisation")
    row = found.table.iloc[0]
    assert (row["n"], row["n_groups"], row["method"]) == (6, 6, "wild_bootstrap")
    assert row["verdict"] == "increased"


def test_one_company_shows_its_change_without_a_claim(tmp_path):
    found, made = moved(tmp_path, STEPS, firms=1)
    assert found.table["reason"].tolist() == ["too_few_clusters"]
    said = str(found.describe("en", words=made.words)[0])
    assert "a change of +1.00 steps." in said
    assert "Organisations in the comparison: 1." in said
    assert "interval" not in said


def test_nobody_answered_both_times(tmp_path):
    found, made = moved(tmp_path, [])
    assert found.table["reason"].tolist() == ["too_few_pairs"]
    assert str(found.describe("en", words=made.words)[0]) == "Too few answered both times for a judgement."


@pytest.mark.parametrize(("step", "verdict"), [(0.0, "no_certain_change"), (1.0, "undecided")])
def test_everyone_changed_alike(tmp_path, step, verdict):
    found, made = moved(tmp_path, [step] * 20, firms=10)
    assert found.table[["verdict", "reason"]].to_numpy().tolist() == [[verdict, "no_spread"]]
    said = str(found.describe("en", words=made.words)[0])
    assert "chance" in said
    assert "told apart from chance, but" not in said
