"""What must not matter to a table of change, targets or gaps does not, and intervals lie where they must."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.change.answers import binary_change, share_improved
from evaluation.change.dose import dose_response
from evaluation.change.level import described_mean
from evaluation.change.ordinal import marginal_homogeneity, ordinal_change, ordinal_odds
from evaluation.change.paired import mean_change
from evaluation.change.ranks import change_checks, rank_change
from evaluation.change.standardised import ceiling, effect_sizes
from evaluation.change.waves import wave_contrasts, wave_means
from evaluation.equality.adjusted import adjusted_gap, gap_closing, gap_movement
from evaluation.equality.decomposition import gap_parts
from evaluation.equality.funnel import stage_rates
from evaluation.equality.gap import group_mean, mean_gap
from evaluation.equality.intersection import strata_map, strata_means
from evaluation.equality.representation import representation
from evaluation.equality.resources import resource_inequality, resource_means, resource_shares
from evaluation.equality.steps import step_rates, step_shares
from evaluation.missing.change import bounded_change, complete_change
from evaluation.missing.waves import two_waves
from evaluation.targets.answers import answers_still_needed, target_answers
from evaluation.targets.attainment import attained_share, covered_share

from .test_methods import METHODS

pytestmark = pytest.mark.slow
STEPS = {"before": "w1", "after": "w2"}
SEX = {"group": "sex", "level": "women", "reference": "men"}
HIGHEST = 5
SHIFT = 7.0
NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "p_value", "bound_low", "bound_high")


ORDERS = {
    "within": (
        ("bound_low", "conf_low", "estimate", "conf_high", "bound_high"),
        ("bound_low", "estimate", "bound_high"),
        ("conf_low", "estimate", "conf_high"),
    ),
    "around": (("conf_low", "bound_low", "estimate", "bound_high", "conf_high"),),
}


@dataclass(frozen=True)
class Case:
    """A function with a table of two waves.

    `moved`: what adding a constant adds to the estimates, None if it is not to be asked. `turned`: what the
    estimates become when the scale is turned round, None likewise. `around`: whether the interval is one for the
    bounds, which adds what chance can do to them.
    """

    found: Callable
    moved: float | None = 0.0
    turned: Callable | None = np.negative
    tolerance: float = 1e-7
    around: bool = False


def changed(method, **more):
    return lambda table: method(table, **STEPS, **more)


def first(table):
    return table[table["wave"] == "w1"]


def wide(table):
    sides = two_waves(table, before="w1", after="w2", known=["sex"])
    return sides.rename(columns={"before": "w1", "after": "w2"}).dropna()


def yes(table):
    own = first(table)
    return own.assign(positive=(own["value"] >= 3).where(own["answered"]))


def split_at(method, **more):
    """Answers of 3 and more are yes."""
    return lambda table: method(table.assign(value=(table["value"] > 2.5).astype(float)), **STEPS, **more)


def counted(method, **more):
    return lambda table: method(first(table), group="sex", levels=["women", "men"], **more)


CASES = {
    "mean_change": Case(changed(mean_change)),
    "ordinal_change": Case(changed(ordinal_change)),
    "share_improved": Case(changed(share_improved), turned=None),
    "binary_change": Case(split_at(binary_change), moved=None, turned=None),
    "effect_sizes": Case(changed(effect_sizes), turned=None, tolerance=1e-6),
    "rank_change": Case(changed(rank_change), turned=None),
    "change_checks": Case(changed(change_checks), tolerance=1e-4, turned=None),
    "marginal_homogeneity": Case(changed(marginal_homogeneity), turned=lambda share: share),
    "ordinal_odds": Case(changed(ordinal_odds), turned=np.reciprocal, tolerance=1e-4),
    "ceiling": Case(changed(ceiling, best=HIGHEST), moved=None, turned=None),
    "wave_means": Case(
        lambda table: wave_means(table, waves=["w1", "w2"]), moved=SHIFT, turned=lambda mean: 6 - mean
    ),
    "wave_contrasts": Case(lambda table: wave_contrasts(table, waves=["w1", "w2"]), tolerance=1e-4),
    "dose_response": Case(changed(dose_response)),
    "described_mean": Case(
        lambda table: described_mean(first(table)), moved=SHIFT, turned=lambda mean: 6 - mean
    ),
    "complete_change": Case(lambda table: complete_change(two_waves(table, before="w1", after="w2"))),
    "bounded_change": Case(
        lambda table: bounded_change(two_waves(table, before="w1", after="w2"), low=1, high=5),
        moved=None,
        around=True,
    ),
    "mean_gap": Case(lambda table: mean_gap(first(table), group="sex", reference="men")),
    "group_mean": Case(
        lambda table: group_mean(first(table), group="sex", levels=["women", "men"]),
        moved=SHIFT,
        turned=lambda mean: 6 - mean,
    ),
    "adjusted_gap": Case(lambda table: adjusted_gap(wide(table), **SEX, covariates=["w1"], value="w2")),
    "gap_movement": Case(
        lambda table: gap_movement(wide(table), **SEX, covariates=["w1"], value="w2"), tolerance=1e-6
    ),
    "gap_closing": Case(lambda table: gap_closing(table, **SEX, **STEPS)),
    "gap_parts": Case(
        lambda table: gap_parts(wide(table), **SEX, covariates=["w1"], value="w2", draws=99), tolerance=1e-6
    ),
    "strata_means": Case(
        lambda table: strata_means(first(table), groups={"sex": ["women", "men"], "age": ["old", "young"]}),
        turned=None,
        moved=None,
        tolerance=1e-4,
    ),
    "representation": Case(
        lambda table: representation(first(table), group="sex", reference={"women": 0.5, "men": 0.5}),
        turned=None,
    ),
    "strata_map": Case(
        lambda table: strata_map(first(table), groups={"sex": ["women", "men"], "age": ["old", "young"]}),
        turned=None,
    ),
    **{
        method.__name__: Case(counted(method, **more), turned=None)
        for method, more in (
            (stage_rates, {"stages": ["began", "answered"]}),
            (step_shares, {"steps": ["began", "answered"]}),
            (step_rates, {"steps": ["began", "answered"]}),
            (resource_means, {"resources": ["hours"]}),
            (resource_shares, {"resources": ["hours"]}),
        )
    },
    "resource_inequality": Case(
        lambda table: resource_inequality(first(table), resources=["hours"]), turned=None
    ),
    "answers_still_needed": Case(
        lambda table: answers_still_needed(yes(table), n_total=len(first(table)), target=0.7),
        moved=None,
        turned=None,
    ),
    "attained_share": Case(
        lambda table: attained_share(yes(table), n_total=len(first(table)), target=0.7),
        moved=None,
        turned=None,
    ),
    "target_answers": Case(
        lambda table: target_answers(
            yes(table), n_total=len(first(table)), target=0.7, cluster="organisation"
        ),
        moved=None,
        turned=None,
    ),
    "covered_share": Case(
        lambda table: covered_share(yes(table), covered="positive"), moved=None, turned=None
    ),
}


def people(seed: int, companies: int) -> pd.DataFrame:
    """Draw answers 1 to 5 of people in unequal companies, two waves, all of both."""
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(companies), rng.integers(2, 9, companies))
    n = company.size
    behind = 0.5 * rng.normal(size=companies)[company] + rng.normal(size=n) + 3
    waves = [behind, behind + 0.3 + 0.7 * rng.normal(size=n)]
    known = {"person": np.arange(n), "organisation": company, "sex": rng.choice(["women", "men"], n)}
    known |= {"age": rng.choice(["old", "young"], n), "answered": rng.random(n) < 0.8}
    known |= {"hours": rng.integers(1, 40, n).astype(float), "began": rng.random(n) < 0.9}
    parts = [
        pd.DataFrame({**known, "wave": wave, "value": np.clip(np.round(value), 1, 5)})
        for wave, value in zip(("w1", "w2"), waves, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def numbers(found) -> pd.DataFrame:
    """Numbers of a result, in the order of what the rows are about."""
    keys = [name for name in ("estimand", "term", "level", "wave", "contrast") if name in found.table]
    kept = [name for name in NUMBERS if name in found.table]
    return found.table.astype({key: "str" for key in keys}).sort_values(keys)[kept].reset_index(drop=True)


def same(found: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> None:
    np.testing.assert_allclose(found.astype(float), expected.astype(float), rtol=tolerance, atol=tolerance)


ELSEWHERE = {
    "stage_gap": "limits are drawn by chance; names and order: test_methods",
    "strata_shares": "limits are drawn by chance; names and order: test_methods",
    "time_share": "hours by week and kind, not scores: tests/targets",
}


def test_every_public_method_is_here_or_says_why_not():
    assert set(CASES) - {"complete_change", "bounded_change"} == set(METHODS) - set(ELSEWHERE)


@pytest.fixture(params=sorted(CASES))
def case(request):
    return CASES[request.param]


drawn = given(seed=st.integers(0, 10_000), companies=st.integers(5, 24))
few = settings(max_examples=3)


@few
@drawn
def check_order_and_names(case, seed, companies):
    table = people(seed, companies)
    rng = np.random.default_rng(seed + 1)
    expected = numbers(case.found(table))
    shuffled = table.sample(frac=1, random_state=seed).reset_index(drop=True)
    same(numbers(case.found(shuffled)), expected, case.tolerance)
    names = rng.permutation([f"n{i:04d}" for i in range(2000)])
    renamed = shuffled.assign(
        person=names[shuffled["person"]], organisation=names[::-1][shuffled["organisation"]]
    )
    same(numbers(case.found(renamed)), expected, case.tolerance)


def test_neither_the_order_of_rows_nor_names_matter(case):
    check_order_and_names(case)


@few
@drawn
def check_constant(case, seed, companies):
    table = people(seed, companies)
    expected, moved = (numbers(case.found(t)) for t in (table, table.assign(value=table["value"] + SHIFT)))
    # The p value of a level is about zero, which a constant moves.
    asked = [name for name in NUMBERS if name in expected and not (case.moved and name == "p_value")]
    levels = [name for name in ("estimate", "conf_low", "conf_high") if name in expected]
    expected[levels] += case.moved
    same(moved[asked], expected[asked], case.tolerance)


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.moved is not None))
def test_a_constant_moves_levels_and_nothing_else(name):
    check_constant(CASES[name])


@few
@drawn
def check_turned(case, seed, companies):
    table = people(seed, companies)
    plain, turned = (case.found(t) for t in (table, table.assign(value=6 - table["value"])))
    expected, found = numbers(plain), numbers(turned)
    same(found[["estimate"]], case.turned(expected[["estimate"]].astype(float)), case.tolerance)
    # Patterns that are drawn by chance are not drawn in mirror image.
    if plain.table.get("method", pd.Series(["drawn"])).eq("cr2_satterthwaite").all():
        swapped = case.turned(expected[["conf_high", "conf_low"]])
        same(found[["conf_low", "conf_high"]], swapped, case.tolerance)
        same(found[["p_value"]], expected[["p_value"]], case.tolerance)


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.turned is not None))
def test_a_scale_turned_round_turns_the_result_round(name):
    check_turned(CASES[name])


@few
@drawn
def check_limits(case, seed, companies):
    table = case.found(people(seed, companies)).table
    for order in ORDERS["around" if case.around else "within"]:
        kept = [name for name in order if name in table]
        rows = table[kept].astype(float).dropna()
        assert (rows.diff(axis=1).iloc[:, 1:] > -1e-9).all(axis=None), rows


def test_bounds_contain_intervals_and_intervals_contain_estimates(case):
    check_limits(case)
