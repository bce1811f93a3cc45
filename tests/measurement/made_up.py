"""Made-up answers with a known truth."""

import numpy as np


def continuous(rng, n=300, loadings=(1.0, 0.8, 0.9, 0.7), noise=0.8):
    """Answers that depend on one trait, and the trait."""
    trait = rng.normal(size=n)
    loadings = np.asarray(loadings)
    return 3 + trait[:, None] * loadings + noise * rng.normal(size=(n, loadings.size)), trait


def ordered(rng, n=300, loadings=(0.8, 0.7, 0.75, 0.6), cuts=(-1.2, -0.4, 0.4, 1.2)):
    """Five answers that cut standard normal variables with these loadings."""
    loadings = np.asarray(loadings)
    behind = rng.normal(size=(n, 1)) * loadings
    behind = behind + np.sqrt(1 - loadings**2) * rng.normal(size=(n, loadings.size))
    return np.digitize(behind, cuts) + 1.0


def graded(rng, n, slopes, cuts, shift=0.0):
    """Answers of a graded response model: slopes (k,), cuts (k, c)."""
    trait = rng.normal(size=n) + shift
    slopes, cuts = np.asarray(slopes), np.asarray(cuts)
    above = slopes[:, None] * (trait[:, None, None] - cuts) > -rng.logistic(size=(n, slopes.size, 1))
    return above.sum(axis=2) + 1.0, trait


def ordered_waves(
    rng, n=300, loadings=(0.8, 0.7, 0.75, 0.6), cuts=(-1.2, -0.4, 0.4, 1.2), *, rise=0.0, bump=0.0
):
    """Five answers of the same people at two waves: the trait rises, and questions move by a bump of their own."""
    loadings = np.asarray(loadings)
    trait = rng.normal(size=(n, 1))
    later = 0.6 * trait + 0.8 * rng.normal(size=(n, 1)) + rise
    own = rng.normal(size=(n, loadings.size))
    again = 0.3 * own + np.sqrt(1 - 0.09) * rng.normal(size=own.shape)
    unique = np.sqrt(1 - loadings**2)
    behind = (trait * loadings + unique * own, later * loadings + unique * again + bump)
    return tuple(np.digitize(part, cuts) + 1.0 for part in behind)
