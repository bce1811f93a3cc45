"""Random effects taken out block by block leave what they leave all at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.stats import mixed_products
from evaluation.stats.design import cluster_numbers
from evaluation.stats.mixed_model import RandomTerm, mixed_model
from evaluation.stats.mixed_products import CrossedProducts, NestedProducts, TermRows, products


def numbered(term, n):
    columns = np.ones((n, 1)) if term.columns is None else term.columns
    return TermRows(*cluster_numbers(np.asarray(term.group)), columns)


def people_in_companies(seed, companies=12):
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(companies), rng.integers(2, 6, companies))
    person = np.repeat(np.arange(company.size), 3)
    company, wave = company[person], np.tile([0.0, 1.0, 2.0], company.size)
    kept = rng.random(person.size) < 0.8
    person, company, wave = person[kept], company[kept], wave[kept]
    y = rng.normal(size=companies)[company] + rng.normal(size=person.max() + 1)[person]
    y += 0.3 * wave + rng.normal(size=y.size)
    ones = np.ones(y.size)
    terms = {
        "nested": [RandomTerm(person), RandomTerm(company)],
        "waves": [RandomTerm(person), RandomTerm(company), RandomTerm(3 * company + wave.astype(int))],
        "slopes": [RandomTerm(person), RandomTerm(company, np.column_stack([ones, wave]))],
        "slopes alone": [RandomTerm(company, np.column_stack([ones, wave]))],
    }
    return y, np.column_stack([ones, wave]), terms


@pytest.mark.parametrize("kind", ["nested", "waves", "slopes", "slopes alone"])
@given(seed=st.integers(0, 1000))
def test_blocks_leave_what_one_table_leaves(kind, seed):
    y, x, terms = people_in_companies(seed)
    rows = [numbered(term, y.size) for term in terms[kind]]
    with pytest.MonkeyPatch.context() as patch:
        alone, blocks = products(y, x, rows)
        patch.setattr(mixed_products, "LARGEST_BLOCK", 0)
        _, table = products(y, x, rows)
    assert isinstance(blocks, NestedProducts) and isinstance(table, CrossedProducts)
    rng = np.random.default_rng(seed)
    others = [row for k, row in enumerate(rows) if k != alone]
    factors = [row.factor(rng.normal(size=row.size)) for row in others]
    for scale in rng.exponential(size=3) if alone >= 0 else (0.0,):
        found, expected = blocks.solved(scale, factors), table.solved(scale, factors)
        assert found[0] == pytest.approx(expected[0], rel=1e-10)
        np.testing.assert_allclose(found[1], expected[1], rtol=1e-10, atol=1e-10 * np.abs(expected[1]).max())


@pytest.mark.parametrize("kind", ["nested", "waves", "slopes"])
def test_fits_do_not_depend_on_the_way_they_are_solved(kind, monkeypatch):
    y, x, terms = people_in_companies(7, companies=25)
    blocks = mixed_model(y, x, terms[kind])
    monkeypatch.setattr(mixed_products, "LARGEST_BLOCK", 0)
    table = mixed_model(y, x, terms[kind])
    assert blocks.log_likelihood == pytest.approx(table.log_likelihood, abs=1e-9)
    np.testing.assert_allclose(blocks.coefficients, table.coefficients, rtol=1e-7)
    np.testing.assert_allclose(blocks.covariance, table.covariance, rtol=1e-5)


def test_crossed_groups_stay_in_one_table():
    y, x, _ = people_in_companies(3)
    rng = np.random.default_rng(3)
    terms = [RandomTerm(rng.integers(0, 15, y.size)), RandomTerm(rng.integers(0, 6, y.size))]
    assert isinstance(mixed_model(y, x, terms).problem.products, CrossedProducts)
