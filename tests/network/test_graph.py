"""Networks small enough to count by hand; the reference cases hold the larger ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evaluation.network.graph import betweenness, centralisation, density, dyads, transitivity, triads
from evaluation.network.homophily import homophily
from evaluation.network.qap import qap
from evaluation.vocabulary.errors import EstimationError

PATH = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]])
NETWORKS = st.integers(3, 7).flatmap(lambda n: arrays(np.int8, (n, n), elements=st.integers(0, 1)))


def test_a_path_by_hand():
    assert density(PATH) == pytest.approx(2 / 6)
    assert (dyads(PATH).mutual, dyads(PATH).asymmetric, dyads(PATH).null) == (0, 2, 1)
    assert betweenness(PATH).tolist() == [0, 1, 0]
    assert transitivity(PATH) == 0
    assert triads(PATH) == {"021C": 1}


@given(NETWORKS)
def test_parts_add_up(ties):
    n = len(ties)
    found = dyads(ties)
    assert found.mutual + found.asymmetric + found.null == n * (n - 1) // 2
    assert 2 * found.mutual + found.asymmetric == pytest.approx(density(ties) * n * (n - 1))
    assert sum(triads(ties).values()) == n * (n - 1) * (n - 2) // 6
    split = homophily(ties, ["a", "b"] + ["a"] * (n - 2))
    assert split.within + split.between == 2 * found.mutual + found.asymmetric


@given(NETWORKS, st.randoms(use_true_random=False))
def test_who_is_called_what_does_not_matter(ties, random):
    order = list(range(len(ties)))
    random.shuffle(order)
    moved = ties[np.ix_(order, order)]
    assert density(moved) == pytest.approx(density(ties))
    assert np.allclose(sorted(betweenness(moved)), sorted(betweenness(ties)))
    assert triads(moved) == triads(ties)


def test_a_star_leans_wholly_on_its_middle():
    star = np.zeros((5, 5))
    star[1:, 0] = 1
    assert centralisation(star.sum(axis=0), 16) == 1


def test_equal_networks_are_wholly_alike_and_drawn_orders_are_repeatable():
    ties = (np.random.default_rng(3).random((10, 10)) < 0.3).astype(float)
    found = qap(ties, ties, draws=199)
    assert found.correlation == pytest.approx(1)
    assert (found.lost, found.new, found.exact) == (0, 0, False)
    assert found.greater <= 2 / 200
    assert qap(ties, ties.T, draws=99) == qap(ties, ties.T, draws=99)


@pytest.mark.parametrize("ties", [[[0]], [[0, 1]], [[0, np.nan], [1, 0]]])
def test_what_is_no_network_is_refused(ties):
    with pytest.raises(EstimationError):
        density(ties)
