"""The model of the answers; tolerances are four Monte Carlo standard errors unless stated."""

from statistics import NormalDist

import numpy as np
import pytest

from evaluation.project.source import Response
from evaluation.simulate.answers import (
    as_answered,
    latent_change,
    latent_variance,
    thresholds,
    wanted_direction,
)
from tests.simulate.parts import parts_of
from tests.simulate.projects import COURSE, COURSE_CODEBOOK, assuming, write_project

PEOPLE = 6000


@pytest.fixture(scope="module")
def many(halland):
    return assuming(halland, people=PEOPLE, organisations=600, group_change={})


@pytest.fixture(scope="module")
def parts(many):
    return parts_of(many, 11)


def expected_mean(item, shift, options=5):
    """Return the mean of 1 … options when the latent answer is normal with variance 1 and mean `shift`."""
    return 1 + sum(1 - NormalDist(shift).cdf(cut) for cut in thresholds(item, options))


def four_errors(values):
    return 4 * values.std(ddof=1) / np.sqrt(len(values))


def test_thresholds_rise_and_differ_between_questions(halland):
    cuts = np.array([thresholds(item, 5) for item in halland.codebook.items])
    assert (np.diff(cuts, axis=1) > 0.1).all()
    assert cuts[:, 1].std() > 0.1
    np.testing.assert_array_equal(thresholds("learn_share", 5), thresholds("learn_share", 5))


def test_baseline_distributions_are_uneven_but_use_every_option(parts):
    for (item, wave), values in parts.answers.items():
        if wave == "before":
            shares = np.unique(values[~np.isnan(values)], return_counts=True)[1] / np.isfinite(values).sum()
            assert len(shares) == 5, item
            assert shares.min() > 0.02, item
            assert abs(shares[0] - shares[-1]) > 0 < shares.max() < 0.6, item


@pytest.mark.parametrize(
    ("item", "change"),
    [("change_ability", 0.6), ("learn_share", 0.1), ("need_green", -0.3), ("novelty", 0.6)],
)
def test_change_in_points_is_what_the_latent_change_implies(many, parts, item, change):
    assert latent_change(many, item) == change
    after = parts.answers[item, "after"]
    assert abs(after.mean() - expected_mean(item, change)) < 1.6 * four_errors(after)  # clustering: deff < 2
    if (item, "before") in parts.answers:
        moved = after - parts.answers[item, "before"]
        assert abs(moved.mean() - (expected_mean(item, change) - expected_mean(item, 0))) < four_errors(moved)


def test_groups_change_more(halland):
    project = assuming(halland, people=PEOPLE, organisations=600, group_change={"sex": {"women": 0.4}})
    parts = parts_of(project, 12)
    women = (parts.population.people["sex"] == "women").to_numpy()
    moved = parts.answers["change_ability", "after"] - parts.answers["change_ability", "before"]
    for mask, change in ((women, 1.0), (~women, 0.6)):
        implied = expected_mean("change_ability", change) - expected_mean("change_ability", 0)
        assert abs(moved[mask].mean() - implied) < four_errors(moved[mask])


def test_before_is_judged_lower_in_retrospect(parts):
    shift = parts.answers["change_ability", "then"] - parts.answers["change_ability", "before"]
    implied = expected_mean("change_ability", -0.3) - expected_mean("change_ability", 0)
    assert abs(shift.mean() - implied) < four_errors(shift)
    together = np.corrcoef(
        parts.answers["change_ability", "then"], parts.answers["change_ability", "before"]
    )[0, 1]
    assert 0.6 < together < 0.8


def test_only_managers_are_asked_what_managers_are_asked(parts):
    managers = (parts.population.people["role"] == "manager").to_numpy()
    np.testing.assert_array_equal(np.isfinite(parts.answers["ssi_use", "after"]), managers)
    assert np.isfinite(parts.answers["learn_share", "after"]).all()


def test_questions_of_a_scale_belong_together(parts):
    together = np.corrcoef(parts.answers["learn_share", "before"], parts.answers["learn_try", "before"])[0, 1]
    apart = np.corrcoef(parts.answers["learn_share", "before"], parts.answers["change_ability", "before"])[
        0, 1
    ]
    against = np.corrcoef(parts.answers["learn_share", "before"], parts.answers["need_green", "before"])[0, 1]
    assert 0.38 < together < 0.5
    assert against < 0 < apart < together


def test_traits_that_shall_decrease_are_turned(halland):
    wanted = {item: wanted_direction(halland.definition, item) for item in halland.codebook.items}
    assert {item for item, sign in wanted.items() if sign < 0} == {
        "difficult_identify",
        "need_digitalisation",
        "need_green",
        "need_automation",
    }


def test_waves_correlate_as_the_lasting_part_is_large(course):
    parts = parts_of(assuming(course, people=PEOPLE, group_change={}), 13)
    together = np.corrcoef(parts.answers["skill", "start"], parts.answers["skill", "end"])[0, 1]
    assert abs(together - 0.6) < 4 * (1 - 0.6**2) / np.sqrt(PEOPLE) + 0.01  # cut at the limits: 0.01


def test_half_the_change_has_happened_in_the_middle(course):
    parts = parts_of(assuming(course, people=PEOPLE, group_change={}), 13)
    start, middle, end = (parts.answers["skill", wave].mean() for wave in ("start", "middle", "end"))
    assert abs((middle - start) / (end - start) - 0.5) < 0.05


def test_reversed_questions_move_the_other_way(course):
    parts = parts_of(assuming(course, people=PEOPLE), 13)
    sure = parts.answers["sure_a", "end"].mean() - parts.answers["sure_a", "start"].mean()
    doubt = parts.answers["sure_b", "end"].mean() - parts.answers["sure_b", "start"].mean()
    assert sure > 0.1 > -0.1 > doubt


def test_a_change_stated_for_a_reversed_question_is_that_of_its_answers(tmp_path):
    definition = COURSE.replace("sure: 0.4", "sure_b: 0.4")
    project = write_project(tmp_path / "course", definition, COURSE_CODEBOOK)
    parts = parts_of(assuming(project, people=PEOPLE, group_change={}), 13)
    assert parts.answers["sure_b", "end"].mean() > parts.answers["sure_b", "start"].mean()


def test_variance_belongs_to_the_person_where_no_organisation_is_shown(halland):
    shown = latent_variance(halland.definition.simulation, visible=True)
    hidden = latent_variance(halland.definition.simulation, visible=False)
    assert (shown.organisation, shown.person, round(shown.occasion, 12)) == (0.1, 0.5, 0.4)
    assert (hidden.organisation, round(hidden.person, 12), round(hidden.occasion, 12)) == (0.0, 0.6, 0.4)


@pytest.mark.parametrize(
    ("response", "allowed"),
    [
        (
            Response(range=(0, 1)),
            lambda values: ((values >= 0) & (values <= 1)).all() and len(set(values)) > 20,
        ),
        (Response(range=(1, 7), whole=True), lambda values: set(values) <= set(range(1, 8))),
        (Response(range=(0.5, 2.5), whole=True), lambda values: set(values) == {1.0, 2.0}),
        (Response(range=(3, 3)), lambda values: set(values) == {3.0}),
        (Response(range=(0, 5000)), lambda values: (values % 1 == 0).all()),
        (Response(options=({"value": 1, "label": {}},)), lambda values: set(values) == {1.0}),
        (
            Response(options=({"value": 1, "label": {}}, {"value": 0, "label": {}})),
            lambda values: set(values) == {0, 1},
        ),
    ],
)
def test_answers_stay_on_the_response_scale(response, allowed):
    latent = np.random.default_rng(1).normal(size=500)
    values = as_answered(latent, response, "question")
    assert allowed(values)
    assert np.corrcoef(np.argsort(np.argsort(latent)), values)[0, 1] > 0.5 if len(set(values)) > 1 else True
