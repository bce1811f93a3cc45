"""Made-up people for tests: organisations of which some took part, with a known truth."""

import numpy as np
import pandas as pd


def two_groups(companies: int = 24, treated: int = 12, size: int = 8, effect: float = 0.5, seed: int = 1):
    """Return one row per person; companies differ beforehand, and change by noise of their own."""
    rng = np.random.default_rng(seed)
    company = np.repeat(np.arange(companies), size)
    took = (company < treated).astype(float)
    before = 3 + 0.4 * rng.normal(size=companies)[company] + rng.normal(size=company.size) - 0.3 * took
    noise = 0.3 * rng.normal(size=companies)[company] + 0.6 * rng.normal(size=company.size)
    return pd.DataFrame(
        {
            "organisation": [f"c{number:02d}" for number in company],
            "took": took,
            "before": before,
            "after": before + effect * took + noise,
            "age": rng.normal(40, 8, size=company.size),
            "role": rng.choice(["manager", "employee"], size=company.size),
        }
    )
