"""The rows of a model, checked and made orthonormal."""

import numpy as np
import pytest

from evaluation.stats.design import cluster_numbers, model_rows, orthonormal_columns
from evaluation.vocabulary.errors import EstimationError

ONES = np.ones((4, 1))


@pytest.mark.parametrize(
    "labels", [["b", "a", "b", "a"], [7.5, 1.0, 7.5, 1.0], np.array(["b", "a", "b", "a"], dtype=object)]
)
def test_clusters_may_be_text_or_numbers(labels):
    numbers, clusters = cluster_numbers(np.asarray(labels))
    assert numbers.tolist() == [1, 0, 1, 0]
    assert clusters == 2


@pytest.mark.parametrize(
    "labels",
    [[1.0, np.nan, 2.0, 2.0], np.array(["a", None, "b", "b"], dtype=object), [np.nan, "a", "b", "b"]],
)
def test_every_row_needs_a_cluster(labels):
    array = labels if isinstance(labels, np.ndarray) else np.array(labels, dtype=object)
    with pytest.raises(EstimationError, match="belong to no cluster"):
        cluster_numbers(array)
    if all(isinstance(label, float) for label in array):
        with pytest.raises(EstimationError, match="belong to no cluster"):
            cluster_numbers(array.astype(float))


def test_one_cluster_is_not_enough():
    with pytest.raises(EstimationError, match="one cluster"):
        cluster_numbers(np.array(["a", "a"]))


@pytest.mark.parametrize(
    ("y", "x", "cluster", "words"),
    [
        ([1.0, 2, 3, 4], np.ones(4), [1, 1, 2, 2], "one row per person"),
        ([1.0, 2, 3, 4], np.ones((3, 1)), [1, 1, 2, 2], "one row per person"),
        ([1.0, 2, 3, 4], ONES, [1, 2], "one row per person"),
        ([1.0, 2, 3, np.nan], ONES, [1, 1, 2, 2], "The outcome has 1 values"),
        (
            [1.0, 2, 3, 4],
            np.array([[1], [1], [1], [np.inf]]),
            [1, 1, 2, 2],
            "columns of the model have missing",
        ),
        ([], np.ones((0, 1)), [], "at least 1"),
    ],
)
def test_rows_must_fit_together(y, x, cluster, words):
    with pytest.raises(EstimationError, match=words):
        model_rows(y, x, cluster)


def test_the_root_makes_the_columns_orthonormal():
    rng = np.random.default_rng(2)
    design = np.column_stack([np.ones(30), 1e6 * rng.normal(size=30), 1e-6 * rng.normal(size=30)])
    orthonormal, root = orthonormal_columns(design)
    np.testing.assert_allclose(orthonormal.T @ orthonormal, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(design @ root, orthonormal, atol=1e-10)


@pytest.mark.parametrize(
    "design",
    [
        np.array([[1.0, 2], [1, 2], [1, 2]]),
        np.column_stack([np.ones(4), [1, 1, 0, 0], [0, 0, 1, 1]]),
        np.column_stack([np.ones(3), np.zeros(3)]),
        np.array([[1.0, 2, 3]]),
        np.ones((3, 0)),
    ],
)
def test_columns_that_repeat_one_another_are_refused(design):
    with pytest.raises(EstimationError, match="repeat one another"):
        orthonormal_columns(design)
