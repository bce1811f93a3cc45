import numpy as np

from evaluation.simulate.streams import fraction, named_streams


def test_streams_depend_on_seed_and_name_only():
    first, again = (named_streams(np.random.default_rng(1)) for _ in range(2))
    assert first.of("a").random() == again.of("a").random() == first.of("a").random()
    assert first.of("a").random() != first.of("b").random()
    assert first.of("a").random() != named_streams(np.random.default_rng(2)).of("a").random()


def test_the_generator_is_moved_on():
    rng = np.random.default_rng(1)
    assert named_streams(rng) != named_streams(rng)


def test_fractions_never_change():
    """Baseline distributions must stay the same between versions and machines."""
    assert round(fraction("learn_share"), 6) == 0.322647
    assert 0.45 < np.mean([fraction(f"item {n}") for n in range(2000)]) < 0.55
