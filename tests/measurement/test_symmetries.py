"""What must not matter to how well a scale measures does not: order, names, a constant, the scale's direction."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation import measurement
from evaluation.measurement.agreement import kappa, krippendorff_alpha
from evaluation.measurement.alpha import alpha
from evaluation.measurement.cfa import cfa, omega
from evaluation.measurement.comparability import group_comparability, response_shift, wave_comparability
from evaluation.measurement.dif import dif_mantel_haenszel, dif_ordinal, dif_screen
from evaluation.measurement.dmacs import dmacs
from evaluation.measurement.graded import graded_response
from evaluation.measurement.invariance import group_invariance, wave_invariance
from evaluation.measurement.items import pairwise_covariance
from evaluation.measurement.linking import linked_groups, linked_waves
from evaluation.measurement.ordinal import categorical_omega, ordinal_cfa, ordinal_invariance
from evaluation.measurement.ordinal_comparability import joined_answers, ordinal_wave_comparability
from evaluation.measurement.ordinal_waves import ordinal_wave_invariance
from evaluation.measurement.polychoric import polychoric_matrix
from evaluation.measurement.raters import intraclass
from evaluation.measurement.reliability import reliability
from evaluation.measurement.reliable_change import reliable_change
from evaluation.measurement.response_shift import response_shift_parts
from evaluation.measurement.robust import robust_cfa
from evaluation.measurement.split_half import split_half

from .made_up import ordered_waves

pytestmark = pytest.mark.slow
ITEMS = ["a", "b", "c", "d"]
FACTOR = [[0, 1, 2, 3]]
STEPS = {"items": ITEMS, "before": "w1", "after": "w2"}


@dataclass(frozen=True)
class People:
    """Answers of the same people at two waves, shape (n, 4), whether they belong to a group, their company, names."""

    x: np.ndarray
    y: np.ndarray
    inside: np.ndarray
    company: np.ndarray
    name: np.ndarray

    @property
    def long(self) -> pd.DataFrame:
        known = {
            "person": self.name,
            "organisation": self.company,
            "sex": np.where(self.inside, "women", "men"),
        }
        waves = zip(("w1", "w2"), (self.x, self.y), strict=True)
        return pd.concat(
            [pd.DataFrame(part, columns=ITEMS).assign(wave=wave, **known) for wave, part in waves]
        )

    @property
    def wide(self) -> pd.DataFrame:
        means = {"before": self.x[:, :2].mean(axis=1), "then": self.x[:, 2:].mean(axis=1)}
        return pd.DataFrame(means | {"after": self.y.mean(axis=1), "organisation": self.company})

    @property
    def groups(self) -> list[np.ndarray]:
        return [self.x[~self.inside], self.x[self.inside]]


@dataclass(frozen=True)
class Case:
    """A function of people that gives numbers.

    `turned`: numbers that change their sign with the direction of the scale; the others stay. `direction`: whether
    the direction may be asked for.
    """

    found: Callable[[People], list]
    turned: Callable[[People], list] = lambda people: []
    direction: bool = True
    tolerance: float = 1e-6


def columns(result, *names):
    return [result.table.set_index("item" if "item" in result.table else result.table.index)[list(names)]]


def linked(found):
    return [found.loadings, found.variance, found.spread, dmacs(found).size]


def bias(found):
    return [found.mean, dmacs(found).bias]


def fits(steps, part="fit"):
    return [[getattr(step.estimates, part).chi2, getattr(step.estimates, part).rmsea] for step in steps]


def by_sex(people):
    return group_comparability(
        people.long[lambda rows: rows["wave"] == "w1"],
        items=ITEMS,
        group="sex",
        level="women",
        reference="men",
    )


def matched(method, *names):
    def found(people):
        part = method(people.x[:, 0], people.x[:, 1:].sum(axis=1), people.inside.astype(float))
        return [getattr(part, name) for name in names]

    return found


CASES = {
    "alpha": Case(lambda p: [alpha(p.x).estimate, alpha(p.x).conf_low, alpha(p.x).conf_high]),
    "omega": Case(lambda p: [omega(p.x).estimate, omega(p.x).of_observed]),
    "cfa": Case(lambda p: [cfa(p.x, FACTOR).standardised, cfa(p.x, FACTOR).std_errors]),
    "robust_cfa": Case(lambda p: [robust_cfa(p.x, FACTOR).std_errors, robust_cfa(p.x, FACTOR).scaling]),
    "split_half": Case(lambda p: [split_half(p.x).guttman_max, split_half(p.x).spearman_brown_mean]),
    "pairwise_covariance": Case(lambda p: [pairwise_covariance(p.x)]),
    "polychoric_matrix": Case(lambda p: [polychoric_matrix(p.x)]),
    "ordinal_cfa": Case(lambda p: [ordinal_cfa(p.x, FACTOR).standardised], tolerance=1e-5),
    "categorical_omega": Case(
        lambda p: [categorical_omega(p.x).estimate, categorical_omega(p.x).latent], tolerance=1e-5
    ),
    "graded_response": Case(
        lambda p: [graded_response(p.x).discrimination, graded_response(p.x).reliability],
        lambda p: [np.mean(np.concatenate(graded_response(p.x).difficulty))],
        tolerance=1e-3,
    ),
    "dif_ordinal": Case(matched(dif_ordinal, "uniform", "non_uniform", "total", "p_total"), tolerance=1e-5),
    "dif_mantel_haenszel": Case(
        lambda p: [dif_mantel_haenszel(p.x[:, 0] > np.median(p.x), p.x[:, 1:].sum(axis=1), p.inside).p_value],
        direction=False,
    ),
    "dif_screen": Case(lambda p: [dif_screen(p.x, p.inside).flagged], tolerance=1e-4),
    "group_invariance": Case(
        lambda p: fits(group_invariance(p.groups, FACTOR).steps),
        lambda p: [group_invariance(p.groups, FACTOR).effect, group_invariance(p.groups, FACTOR).item_shift],
        tolerance=1e-5,
    ),
    "wave_invariance": Case(
        lambda p: fits(wave_invariance([p.x, p.y]).steps),
        lambda p: [wave_invariance([p.x, p.y]).effect, wave_invariance([p.x, p.y]).latent_difference],
        tolerance=1e-5,
    ),
    "linked_waves": Case(
        lambda p: linked(linked_waves(p.x, p.y)), lambda p: bias(linked_waves(p.x, p.y)), tolerance=1e-5
    ),
    "linked_groups": Case(
        lambda p: linked(linked_groups(*p.groups)), lambda p: bias(linked_groups(*p.groups)), tolerance=1e-5
    ),
    "ordinal_invariance": Case(lambda p: fits(ordinal_invariance(p.groups), "scaled"), tolerance=1e-4),
    "ordinal_wave_invariance": Case(
        lambda p: fits(ordinal_wave_invariance([p.x, p.y]).steps, "scaled"),
        lambda p: [getattr(ordinal_wave_invariance([p.x, p.y]), name) for name in ("item_shift", "observed")],
        tolerance=1e-4,
    ),
    "ordinal_wave_comparability": Case(
        lambda p: columns(ordinal_wave_comparability(p.long, **STEPS).fit, "estimate", "rmsea"),
        lambda p: columns(ordinal_wave_comparability(p.long, **STEPS).shift, "estimate"),
        tolerance=1e-4,
    ),
    "wave_comparability": Case(
        lambda p: columns(wave_comparability(p.long, **STEPS), "statistic", "p_value"),
        lambda p: columns(wave_comparability(p.long, **STEPS), "estimate"),
        tolerance=1e-4,
    ),
    "response_shift_parts": Case(
        lambda p: columns(response_shift_parts(p.long, **STEPS), "dmacs"),
        lambda p: columns(
            response_shift_parts(p.long, **STEPS), "estimate", "true_change", "by_loading", "by_intercept"
        ),
        tolerance=1e-5,
    ),
    "group_comparability": Case(
        lambda p: columns(by_sex(p), "statistic", "p_adjusted", "dmacs"),
        lambda p: columns(by_sex(p), "estimate"),
        tolerance=1e-4,
    ),
    "response_shift": Case(
        lambda p: columns(
            response_shift(p.wide, before="before", then="then", after="after"), "p_value", "df"
        ),
        lambda p: columns(response_shift(p.wide, before="before", then="then", after="after"), "estimate"),
    ),
    "reliability": Case(
        lambda p: columns(
            reliability(
                p.long[lambda rows: rows["wave"] == "w1"],
                items=ITEMS,
                rng=np.random.default_rng(1),
                cluster=None,
            ),
            "estimate",
            "n",
        ),
        tolerance=1e-5,
    ),
    "reliable_change": Case(
        lambda p: [reliable_change(p.x.mean(axis=1), p.y.mean(axis=1), 0.8).smallest_detectable],
        lambda p: [np.mean(reliable_change(p.x.mean(axis=1), p.y.mean(axis=1), 0.8).index)],
    ),
    "intraclass": Case(lambda p: [intraclass(p.x).agreement.estimate, intraclass(p.x).consistency.conf_low]),
    "kappa": Case(lambda p: [kappa(p.x[:, 0], p.y[:, 0]).estimate, kappa(p.x[:, 0], p.y[:, 0]).std_error]),
    "krippendorff_alpha": Case(lambda p: [krippendorff_alpha(p.x)]),
    "joined_answers": Case(
        lambda p: [np.vstack(joined_answers([p.x, np.maximum(p.y, p.y.min() + 1)])).std(axis=0)],
        direction=False,
    ),
}
ELSEWHERE = {
    **dict.fromkeys(
        ("explore", "likelihood_test", "sphericity", "sampling_adequacy", "heterotrait_ratio"),
        "functions of correlations, which none of this changes",
    ),
    **dict.fromkeys(
        ("hierarchical_omega", "consistency", "correlation", "spearman_brown"),
        "functions of covariances, which none of this changes",
    ),
    **dict.fromkeys(("parallel_analysis", "alpha_bootstrap"), "limits are drawn by chance"),
    **dict.fromkeys(("fleiss_kappa", "polychoric", "crossed", "thresholds"), "counts of answers"),
    **dict.fromkeys(
        ("ordinal_sample", "answer_codes"), "codes and thresholds of answers, behind ordinal_cfa"
    ),
    **dict.fromkeys(
        ("item_matrix", "sample_covariance", "sample_of", "complete_rows", "waves_of_same"), "no result"
    ),
    **dict.fromkeys(("dmacs", "change_parts", "focal_metric"), "of linked factors, asked for above"),
    **dict.fromkeys(
        ("fit_indices", "root_mean_residual", "ordinal_logit", "oblimin", "bivariate_normal", "cells"),
        "formulas without people",
    ),
    **dict.fromkeys(
        (
            "fit_model",
            "group_likelihood",
            "fit_ordinal",
            "ordinal_difference",
            "ordinal_steps",
            "factor_model",
        ),
        "of a model, asked for through its function of answers",
    ),
    **dict.fromkeys(
        (
            "factor_specification",
            "one_factor",
            "group_specification",
            "wave_specification",
            "ordinal_wave_specification",
            "build",
            "table",
            "moments",
            "minimise",
        ),
        "writes a model",
    ),
}


def public():
    for info in pkgutil.iter_modules(measurement.__path__):
        module = importlib.import_module(f"evaluation.measurement.{info.name}")
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and name[0] != "_":
                yield name


def test_every_public_function_is_here_or_says_why_not():
    assert set(public()) == set(CASES) | set(ELSEWHERE)
    assert not set(CASES) & set(ELSEWHERE)


def people(seed: int) -> People:
    rng = np.random.default_rng(seed)
    x, y = ordered_waves(rng, 300, rise=0.2, bump=(0, 0.3, 0, 0))
    inside = rng.permutation(300) < 140
    return People(x, y, inside, rng.integers(0, 12, 300), np.arange(300))


def same(found, expected, tolerance, sign=1):
    assert len(found) == len(expected)
    for own, other in zip(found, expected, strict=True):
        if isinstance(own, pd.DataFrame):
            pd.testing.assert_index_equal(own.index, other.index)
        mine, wanted = (np.asarray(part, dtype=float) for part in (own, other))
        np.testing.assert_allclose(mine, sign * wanted, rtol=tolerance, atol=tolerance)


drawn = given(seed=st.integers(0, 10_000))
few = settings(max_examples=2)


@few
@drawn
def check_order_and_names(case, seed):
    still = people(seed)
    rng = np.random.default_rng(seed + 1)
    order, names, firms = rng.permutation(300), rng.permutation(300), rng.permutation(12)
    moved = People(
        still.x[order],
        still.y[order],
        still.inside[order],
        firms[still.company[order]],
        names[still.name[order]],
    )
    same(case.found(moved), case.found(still), case.tolerance)
    same(case.turned(moved), case.turned(still), case.tolerance)


@few
@drawn
def check_constant(case, seed):
    still = people(seed)
    moved = replace(still, x=still.x + 7, y=still.y + 7)
    same(case.found(moved), case.found(still), case.tolerance)
    same(case.turned(moved), case.turned(still), case.tolerance)


@few
@drawn
def check_direction(case, seed):
    still = people(seed)
    turned = replace(still, x=6 - still.x, y=6 - still.y)
    same(case.found(turned), case.found(still), case.tolerance)
    same(case.turned(turned), case.turned(still), case.tolerance, sign=-1)


@pytest.mark.parametrize("name", sorted(CASES))
def test_neither_the_order_of_people_nor_names_matter(name):
    check_order_and_names(CASES[name])


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_constant_changes_nothing(name):
    check_constant(CASES[name])


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if case.direction))
def test_a_scale_turned_round_turns_differences_alone(name):
    check_direction(CASES[name])
