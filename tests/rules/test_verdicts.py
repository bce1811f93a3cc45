"""Every verdict and every reason of the seven rules is reached by a table made for it, and can be said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaluation.rules import RULES, evaluate
from evaluation.text.catalogue import languages
from evaluation.vocabulary.reasons import REASONS
from evaluation.vocabulary.verdicts import VERDICTS
from tests.rules.build import answers, people, study

ITEM = {"item": "a", "positive": [4, 5]}
TARGET = {"measure": ITEM, "rule": {"kind": "target", "wave": "w3", "share": 0.7}}
CHANGE = {"chapter": "change", "measure": {"item": "a"}}
GAP = {
    "chapter": "equality",
    "measure": {"item": "a"},
    "rule": {"kind": "gap", "wave": "w3", "group": "sex", "important": 0.5},
}
CASES: dict[str, tuple[str, str, str]] = {}


def case(rule: str, verdict: str, reason: str):
    """Register a table under the rule, the verdict and the reason it must lead to."""

    def keep(build):
        CASES[build.__name__] = (rule, verdict, reason)
        return pytest.fixture(name=build.__name__)(build)

    return keep


def target(tmp_path, yes: int, answered: int, everyone: int):
    register = people(everyone)
    given = [5.0] * yes + [1.0] * (answered - yes)
    return study(tmp_path, TARGET, people=register, answers=answers(register, "w3", given))


@case("target", "reached", "reached_whatever_silent")
def target_reached(tmp_path):
    return target(tmp_path, 21, 27, 30)


@case("target", "reached", "reached_everyone_answered")
def target_census_reached(tmp_path):
    return target(tmp_path, 21, 30, 30)


@case("target", "not_reached", "missed_whatever_silent")
def target_missed(tmp_path):
    return target(tmp_path, 16, 26, 30)


@case("target", "not_reached", "missed_everyone_answered")
def target_census_missed(tmp_path):
    return target(tmp_path, 20, 30, 30)


@case("target", "undecided", "all_silent_needed")
def target_needs_all(tmp_path):
    return target(tmp_path, 15, 24, 30)


@case("target", "undecided", "silent_decide")
def target_open(tmp_path):
    return target(tmp_path, 18, 24, 30)


@case("target", "undecided", "no_answers")
def target_silent(tmp_path):
    return target(tmp_path, 0, 0, 30)


def change(tmp_path, moved, *, firms: int = 10, wanted: str = "increase", base: float = 3.0):
    register = people(len(moved), firms=firms)
    waves = [
        answers(register, "w1", [base] * len(moved)),
        answers(register, "w3", [base + step for step in moved]),
    ]
    rule = {"kind": "change", "from": "w1", "to": "w3", "smallest_important": 0.5, "wanted": wanted}
    return study(tmp_path, {**CHANGE, "rule": rule}, people=register, answers=pd.concat(waves))


def steps(mean: float, count: int = 40, spread: float = 0.4) -> list[float]:
    noise = np.random.default_rng(7).normal(0, spread, count)
    return list(mean + noise - noise.mean())


@case("change", "increased", "increase_clear")
def change_up(tmp_path):
    return change(tmp_path, steps(1.0))


@case("change", "decreased", "decrease_clear")
def change_down(tmp_path):
    return change(tmp_path, steps(-1.0), wanted="decrease")


@case("change", "increased_unwanted", "increase_clear")
def change_up_unwanted(tmp_path):
    return change(tmp_path, steps(1.0), wanted="decrease")


@case("change", "decreased_unwanted", "decrease_clear")
def change_down_unwanted(tmp_path):
    return change(tmp_path, steps(-1.0))


@case("change", "no_certain_change", "interval_includes_zero")
def change_uncertain(tmp_path):
    return change(tmp_path, steps(0.1, spread=1.5))


@case("change", "small_change", "smaller_than_important")
def change_small(tmp_path):
    return change(tmp_path, steps(0.3, spread=0.2))


@case("change", "undecided", "too_few_clusters")
def change_few_firms(tmp_path):
    return change(tmp_path, steps(1.0), firms=4)


@case("change", "undecided", "too_few_pairs")
def change_one_pair(tmp_path):
    return change(tmp_path, [1.0])


def phases(tmp_path, complete: int, efforts: int):
    rows = [
        {"effort": f"e{i}", "person": "p0", "phase": phase, "hours": 1.0}
        for i in range(efforts)
        for phase in (("before", "during", "after") if i < complete else ("during",))
    ]
    indicator = {
        "chapter": "data_quality",
        "unit": "effort",
        "measure": {"records": "log", "column": "phase", "has": ["before", "during", "after"]},
        "rule": {"kind": "coverage", "share": 0.9},
    }
    return study(tmp_path, indicator, log=pd.DataFrame(rows), people=people(1))


@case("coverage", "covered", "requirement_met")
def coverage_met(tmp_path):
    return phases(tmp_path, 9, 10)


@case("coverage", "not_covered", "requirement_not_met")
def coverage_missed(tmp_path):
    return phases(tmp_path, 8, 10)


@case("coverage", "undecided", "unknown_decide")
def coverage_open(tmp_path):
    register = people(10)
    indicator = {
        "chapter": "data_quality",
        "measure": ITEM,
        "rule": {"kind": "coverage", "share": 0.7, "wave": "w3"},
    }
    return study(tmp_path, indicator, people=register, answers=answers(register, "w3", [5.0] * 6 + [1.0]))


def gap(tmp_path, women, men, *, firms: int = 8):
    register = people(len(women) + len(men), firms=firms, sex=["women"] * len(women) + ["men"] * len(men))
    return study(tmp_path, GAP, people=register, answers=answers(register, "w3", [*women, *men]))


@case("gap", "gap", "gap_clear")
def gap_certain(tmp_path):
    return gap(tmp_path, steps(3.9, 24), list(reversed(steps(3.0, 24))))


@case("gap", "possible_gap", "gap_large_uncertain")
def gap_possible(tmp_path):
    return gap(tmp_path, steps(3.7, 10, 2.0), steps(3.1, 10, 2.0))


@case("gap", "no_certain_gap", "gap_small_uncertain")
def gap_none(tmp_path):
    return gap(tmp_path, steps(3.1, 20, 1.0), list(reversed(steps(3.0, 20, 1.2))))


@case("gap", "undecided", "too_few_in_group")
def gap_few(tmp_path):
    return gap(tmp_path, steps(3.9, 3), steps(3.0, 24))


@case("gap", "undecided", "too_few_clusters_in_group")
def gap_few_firms(tmp_path):
    return gap(tmp_path, steps(3.9, 16), steps(3.0, 16), firms=4)


def composition(tmp_path, women: int, men: int, designers: tuple[int, int] | None = None, *, other: int = 0):
    sexes = ["women"] * women + ["men"] * men + ["other"] * other
    register = people(len(sexes), sex=sexes)
    even = {"kind": "representation", "group": "sex", "even": [0.4, 0.6]}
    against = {"kind": "representation", "group": "sex", "among": "designers", "against": "participants"}
    indicator = {"chapter": "equality", "measure": {"column": "sex"}, "rule": against if designers else even}
    names = [] if designers is None else [*range(designers[0]), *range(women, women + designers[1])]
    log = pd.DataFrame(
        [{"effort": "e", "person": f"p{i}", "hours": 1.0, "design_role": "participant"} for i in names]
    )
    tables = {"people": register} | ({"log": log} if len(log) else {})
    return study(tmp_path, indicator, **tables)


@case("representation", "even", "within_even")
def composition_even(tmp_path):
    return composition(tmp_path, 45, 55)


@case("representation", "under_represented", "outside_even")
def composition_uneven(tmp_path):
    return composition(tmp_path, 30, 70)


@case("representation", "uneven", "other_outside_even")
def composition_with_another_outside(tmp_path):
    return composition(tmp_path, 45, 39, other=16)


@case("representation", "proportionate", "ratio_within")
def design_as_all(tmp_path):
    return composition(tmp_path, 50, 50, (10, 10))


@case("representation", "over_represented", "ratio_outside")
def design_more_women(tmp_path):
    return composition(tmp_path, 50, 50, (15, 5))


@case("describe", "described", "only_described")
def described(tmp_path):
    register = people(10)
    indicator = {"chapter": "change", "measure": ITEM, "rule": {"kind": "describe", "wave": "w3"}}
    return study(tmp_path, indicator, people=register, answers=answers(register, "w3", [5.0] * 6 + [1.0] * 4))


def eligible(tmp_path, sizes: list[str | None]):
    firms = pd.DataFrame(
        {"organisation": [f"o{i}" for i in range(len(sizes))], "size": sizes, "contact_person": None}
    )
    indicator = {
        "chapter": "data_quality",
        "unit": "organisation",
        "measure": {"column": "size"},
        "rule": {"kind": "eligibility", "at_most": 249},
    }
    return study(tmp_path, indicator, organisations=firms)


@case("eligibility", "all_eligible", "all_meet")
def eligible_all(tmp_path):
    return eligible(tmp_path, ["3", "249", "12,5", "1", "2"])


@case("eligibility", "exceptions", "some_do_not")
def eligible_not(tmp_path):
    return eligible(tmp_path, ["3", "250", "12", "1", "2"])


@case("eligibility", "undecided", "unknown_decide")
def eligible_unknown(tmp_path):
    return eligible(tmp_path, ["3", None, "12", "1", "2"])


@case("eligibility", "undecided", "none_registered")
def eligible_nobody(tmp_path):
    return eligible(tmp_path, [])


@pytest.mark.parametrize("name", CASES)
def test_table_leads_to_its_verdict(name, request):
    rule, verdict, reason = CASES[name]
    made = request.getfixturevalue(name)
    assert made.indicator("x").rule.kind == rule
    row = evaluate("x", made).table.iloc[0]
    assert (row["verdict"], row["reason"]) == (verdict, reason)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", CASES)
def test_verdict_and_reason_are_said_at_every_level(name, lang, request):
    made = request.getfixturevalue(name)
    result = evaluate("x", made)
    for level in ("short", "report", "easy"):
        said = str(result.describe(lang, level, made.words)[0])
        assert said.strip()
        assert "{" not in said
        assert "nan" not in said


OF_METHODS = {
    *("low_attrition", "high_attrition", "not_applicable", "no_comparison_group"),
    *("attrition_within", "attrition_beyond", "conclusion_same", "conclusion_other"),
    *("fewer_than_30", "fewer_than_100", "fewer_than_200", "fewer_than_100_in_group", "no_model"),
    *("consistent", "perhaps_consistent", "inconsistent", "nobody_left", "not_comparable"),
    *("holds", "holds_but_extremes", "depends", "small_gap", "negligible_gap"),
    *("gap_clear_but_small", "gap_within_margin", "baseline_alike", "narrow_indicator", "no_column"),
    *("too_few_organisations_with_raters", "not_collected"),
    *("baseline_adjust", "baseline_apart", "check_wording", "not_of_people", "no_hours"),
    *("network_grew", "network_moved_little", "network_shrank", "too_few_actors"),
    *("no_interval", "no_interval_of_two", "no_verdict_to_change", "one_question", "two_questions"),
    *("reliability_enough", "reliability_short", "reliability_unclear", "reliability_unknown"),
    *("verdict_depends", "verdict_holds", "verdict_holds_but_extremes"),
    *("alike_none", "alike_configural", "alike_thresholds", "alike_metric", "alike_scalar"),
    *("fewer_than_three_answers", "more_than_seven_answers", "fit_kept", "fit_worse"),
    *("effect_shown", "effect_unwanted", "effect_small", "effect_uncertain"),
    *("association_shown", "association_unwanted", "association_small", "association_uncertain"),
    *("difference_clear", "difference_includes_zero", "difference_small", "growth_clear"),
}
"""Words that methods and single chapters give by themselves; their own tests reach them."""


def _named_in_tests() -> str:
    here = Path(__file__).resolve()
    paths = (path for path in here.parents[1].rglob("test_*.py") if path != here)
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def _is_named(word: str, text: str) -> bool:
    parts = (word, word.removesuffix("_attrition"), word.removeprefix("attrition_"))
    return any(f'"{part}"' in text for part in parts)


def test_words_of_methods_are_reached_by_their_own_tests():
    text = _named_in_tests()
    assert [word for word in sorted(OF_METHODS) if not _is_named(word, text)] == []


def test_every_rule_and_every_verdict_has_a_table():
    assert {rule for rule, _, _ in CASES.values()} == set(RULES)
    assert {verdict for _, verdict, _ in CASES.values()} == set(VERDICTS) - OF_METHODS


def test_every_reason_has_a_table():
    elsewhere = {"too_few_to_show", "no_spread"}  # given by disclosure control, and below
    assert {reason for _, _, reason in CASES.values()} | elsewhere == set(REASONS) - OF_METHODS


def test_without_spread_nothing_is_claimed(tmp_path):
    row = evaluate("x", change(tmp_path, [1.0] * 20)).table.iloc[0]
    assert row["reason"] == "no_spread"
    assert row["verdict"] not in ("increased", "decreased")
