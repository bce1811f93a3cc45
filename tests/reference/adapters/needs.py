"""Area 11: needs."""

import numpy as np
from scipy.stats import spearmanr

from evaluation.needs.discrepancy import (
    complete_pairs,
    quadrants,
    ranked_discrepancy,
    ranks,
    weighted_discrepancy,
)
from evaluation.stats.multiplicity import holm
from evaluation.stats.paired import paired_t


def _areas(case, frames):
    """Return, by number of the area, what is needed and what is there, of the people the case is about."""
    first, last = (int(part) for part in case["arguments"]["items"].split(":"))
    rows, wave = frames[0], case["arguments"]["w"]
    if case["columns"].get("subset"):
        rows = rows.query(case["columns"]["subset"].replace("d$", "").replace("&", "").strip())
    return {
        area: (rows[f"imp{area}"].to_numpy(float), rows[f"c{area}_w{wave}"].to_numpy(float))
        for area in range(first, last + 1)
    }


LOWEST, HIGHEST = 1, 5


def borich(case, frames):
    areas = _areas(case, frames)
    scores = {area: weighted_discrepancy(*pair) for area, pair in areas.items()}

    found = {
        "scale_min": HIGHEST * (LOWEST - HIGHEST),
        "scale_max": weighted_discrepancy([HIGHEST], [LOWEST]),
    }
    for (area, pair), rank in zip(areas.items(), ranks(list(scores.values())), strict=True):
        needed, current = complete_pairs(*pair)
        found |= {
            f"n_item{area}": len(needed),
            f"mean_importance_item{area}": needed.mean(),
            f"mean_competence_item{area}": current.mean(),
            f"mwds_item{area}": scores[area],
            f"rank_item{area}": rank,
        }
    return found


def rds(case, frames):
    parts = {area: ranked_discrepancy(*pair) for area, pair in _areas(case, frames).items()}
    found = {}
    for (area, part), rank in zip(
        parts.items(), ranks([-part.score for part in parts.values()]), strict=True
    ):
        found |= {
            f"negative_pct_item{area}": 100 * part.below,
            f"positive_pct_item{area}": 100 * part.above,
            f"tied_pct_item{area}": 100 * part.equal,
            f"rds_item{area}": part.score,
            f"rank_item{area}": rank,
        }
    return found


def needs_quadrant(case, frames):
    numbers = range(1, 13)
    needed = frames[0][[f"imp{area}" for area in numbers]].to_numpy(float)
    current = frames[0][[f"c{area}_w1" for area in numbers]].to_numpy(float)
    means = np.nanmean(needed, axis=0), np.nanmean(current, axis=0)
    divided = quadrants(*means)
    pairs = [complete_pairs(first, second) for first, second in zip(needed.T, current.T, strict=True)]
    tests = [paired_t(second, first) for first, second in pairs]
    adjusted = holm([test.p_value for test in tests])
    found = {
        "grand_importance": divided.needed,
        "grand_competence": divided.current,
        "spearman_importance_competence": spearmanr(*means).statistic,
        "high_importance_low_competence": divided.names.count("focus"),
        "high_high": divided.names.count("keep"),
        "low_low": divided.names.count("low"),
        "low_high": divided.names.count("enough"),
    }
    for place, area in enumerate(numbers):
        found[f"gap_item{area}"] = means[0][place] - means[1][place]
        found[f"paired_t_item{area}"] = tests[place].statistic
        found[f"holm_p_item{area}"] = adjusted[place]
    return found


ADAPTERS = {"borich": borich, "rds": rds, "needs_quadrant": needs_quadrant}
