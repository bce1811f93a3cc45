"""Bounds in whole numbers do not depend on how fast a machine is, and hold where the search is cut short."""

import numpy as np
import pytest
from scipy import sparse

from evaluation.disclosure import block, whole
from evaluation.disclosure.block import Block, Found


def hard(seed: int) -> tuple[Block, np.ndarray]:
    """Make up sums whose least value in parts of people is below that in whole people."""
    rng = np.random.default_rng(seed)
    sums = (rng.integers(0, 2, (4, 16)) * rng.integers(1, 9, (4, 16))).astype(float)
    values = sums @ rng.integers(0, 4, 16)
    limits = values, values, np.zeros(16), np.full(16, 5.0)
    made = Block(np.arange(16), sparse.csr_matrix(sums), *limits, Found())
    return made, rng.integers(1, 6, 16).astype(float)


def least(seed: int) -> float:
    made, aim = hard(seed)
    return made.least(aim)


@pytest.mark.parametrize("seed", range(6))
def test_a_search_that_is_cut_short_leaves_a_bound_that_holds(seed, monkeypatch):
    exact = least(seed)
    monkeypatch.setattr(block, "NODES", 1)
    assert least(seed) <= exact


def test_some_of_these_searches_are_cut_short(monkeypatch):
    exact = [least(seed) for seed in range(6)]
    monkeypatch.setattr(block, "NODES", 1)
    assert [least(seed) for seed in range(6)] != exact


def test_no_search_is_limited_by_the_clock(monkeypatch):
    asked, solve = [], whole.Conditions.least_whole

    def watched(conditions, weights, nodes):
        asked.append((nodes, conditions._solver.getOptionValue("time_limit")[1]))
        return solve(conditions, weights, nodes)

    monkeypatch.setattr(whole.Conditions, "least_whole", watched)
    for seed in range(6):
        least(seed)
    assert asked
    assert set(asked) == {(block.NODES, np.inf)}
