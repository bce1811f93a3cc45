"""Decompositions of a gap: identities, invariance to the level left out, and who is drawn anew."""

import numpy as np
import pytest

from evaluation.stats.company_decomposition import company_decomposition
from evaluation.stats.oaxaca import (
    group_model,
    normalised,
    pooled_coefficients,
    threefold,
    twofold,
    twofold_by,
)
from evaluation.vocabulary.errors import EstimationError


@pytest.fixture
def data():
    rng = np.random.default_rng(4)
    n = 300
    member, kind = rng.integers(0, 2, n) == 1, rng.integers(0, 3, n)
    score = rng.normal(size=n) + member
    y = 1 + 0.4 * score + 0.3 * (kind == 2) + 0.2 * member + rng.normal(size=n)
    return y, member, score, kind


def design(score, kind, left_out):
    levels = [level for level in range(3) if level != left_out]
    return np.column_stack([np.ones(len(score)), score, *(kind == level for level in levels)]).astype(float)


def models(data, left_out=0):
    y, member, score, kind = data
    x = design(score, kind, left_out)
    return group_model(y[member], x[member]), group_model(y[~member], x[~member])


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_parts_and_detail_add_up(data, weight):
    for found in (threefold(*models(data)), twofold(*models(data), weight=weight)):
        assert found.parts.sum() == pytest.approx(found.gap, abs=1e-12)
        assert found.detail.sum(axis=0) == pytest.approx(found.parts, abs=1e-12)


def test_the_level_left_out_changes_nothing_after_normalisation(data):
    details = []
    for left_out in (0, 2):
        one, two = (normalised(model, [[2, 3]]) for model in models(data, left_out))
        details.append(twofold(one, two))
    first, other = details
    assert first.parts == pytest.approx(other.parts)
    assert first.detail[1] == pytest.approx(other.detail[1])
    assert first.detail[[4, 2, 3]] == pytest.approx(other.detail[[2, 3, 4]])
    assert first.detail_std_error[0] == pytest.approx(other.detail_std_error[0])


def test_without_normalisation_the_detail_depends_on_the_level_left_out(data):
    first, other = (twofold(*models(data, left_out)).detail[0, 1] for left_out in (0, 2))
    assert abs(first - other) > 0.01


def test_columns_taken_as_fixed_would_look_far_surer(data):
    one, two = models(data)
    dx = one.means - two.means
    fixed = np.sqrt(dx @ two.coefficients_covariance @ dx)
    assert twofold(one, two).parts_std_error[0] > 1.2 * fixed


def test_the_term_of_second_order_is_small_and_positive(data):
    plain, full = (twofold(*models(data), second_order=order) for order in (False, True))
    assert np.all(full.parts_std_error > plain.parts_std_error)
    assert full.parts_std_error == pytest.approx(plain.parts_std_error, rel=0.05)


def test_resampled_companies_start_from_the_same_estimates(data):
    y, member, score, kind = data
    x, company = design(score, kind, 0), np.arange(300) % 30
    found = company_decomposition(y, x, member, company, rng=np.random.default_rng(1), draws=99)
    one, two = models(data)
    expected = twofold_by(one, two, pooled_coefficients(y, x, member))
    assert found.estimate[:3] == pytest.approx([expected.gap, *expected.parts])
    assert found.estimate[3:7] == pytest.approx(expected.detail[:, 0])
    for standard, weight in (("group", 1.0), ("reference", 0.0)):
        other = company_decomposition(
            y, x, member, company, rng=np.random.default_rng(1), draws=9, standard=standard
        )
        assert other.estimate[1:3] == pytest.approx(twofold(one, two, weight=weight).parts)


def test_independent_companies_give_about_the_stochastic_regressor_error(data):
    y, member, score, kind = data
    x, company = design(score, kind, 0), np.arange(300)
    found = company_decomposition(
        y, x, member, company, rng=np.random.default_rng(1), draws=999, standard="reference"
    )
    assert found.std_error[1:3] == pytest.approx(twofold(*models(data)).parts_std_error, rel=0.15)


@pytest.mark.parametrize(
    "call",
    [
        lambda: group_model([1.0, 2.0], [[1, 0], [1, 1]]),
        lambda: group_model([1.0, 2.0, 3.0], [[2.0], [1.0], [1.0]]),
        lambda: twofold(*[group_model([1.0, 2.0, 4.0], [[1, 0], [1, 1], [1, 2]])] * 2, weight=1.5),
    ],
)
def test_refuses(call):
    with pytest.raises(EstimationError):
        call()
