"""People in unequal organisations of whom those with low scores leave more often."""

import numpy as np
import pandas as pd

SIZES = np.array([30, 25, 20, 18, 15, 12, 12, 10, 10, 8, 8, 7, 6, 6, 5, 5, 5, 4, 4, 4])


def followed_people(seed, change=0.5, strength=0.8):
    """True mean change `change`, by less the higher the score before; attrition at random given it."""
    rng = np.random.default_rng(seed)
    firm = np.repeat(np.arange(SIZES.size), SIZES)
    before = 3 + rng.normal(0, 0.3, SIZES.size)[firm] + rng.normal(0, 0.8, firm.size)
    gain = change - 0.4 * (before - 3) + rng.normal(0, 0.2, SIZES.size)[firm] + rng.normal(0, 0.6, firm.size)
    stays = rng.random(firm.size) < 1 / (1 + np.exp(-0.6 - strength * (before - 3)))
    table = pd.DataFrame(
        {
            "before": before,
            "after": np.where(stays, before + gain, np.nan),
            "organisation": np.array([f"firm {number}" for number in firm]),
            "sex": rng.choice(["women", "men"], firm.size),
        }
    )
    return table
