"""Which part of a gap goes together with differences in background."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.equality.levels import demand_levels
from evaluation.equality.rows import cluster_codes, company_order, complete_rows, indicator_columns
from evaluation.result import Meta, Result
from evaluation.stats.company_decomposition import CompanyDecomposition, company_decomposition
from evaluation.vocabulary.errors import EstimationError

FEWEST = 5
SEED = 1


def gap_parts(
    table: pd.DataFrame,
    *,
    group: str,
    level: str,
    reference: str,
    covariates: Sequence[str],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    draws: int = 1_999,
) -> Result:
    """Estimate which part of a gap goes together with differences in background, and which does not.

    Parameters
    ----------
    table
        One row per person.
    group, level, reference
        The classification, the group looked at and the one it is compared with.
    covariates
        Columns known before the programme; never what came of it.
    value
        The column with the score.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.
    draws
        How many times companies are drawn anew; the same draws every time.

    Returns
    -------
    Result
        Rows `gap`, `explained` and `unexplained`, then for each covariate its part of the explained. With
        too few people or companies only the counts.

    Notes
    -----
    Oaxaca and Blinder's twofold form. Background is valued as among both groups together, with the group
    itself in the model, which keeps the gap out of the values. "Explained" means that it goes together
    with background; it is not thereby fair, and the rest is not thereby discrimination. The
    unexplained part is not split further: its split would depend on which level of a
    classification is left out. Limits from whole companies drawn anew.

    References
    ----------
    oaxaca1973, blinder1973, jann2008, field2007

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> people = pd.DataFrame({"organisation": np.repeat(np.arange(10), 12), "sex": ["w", "m"] * 60})
    >>> people["hours"] = rng.normal(size=120) + (people["sex"] == "w")
    >>> people["value"] = people["hours"] + rng.normal(size=120)
    >>> found = gap_parts(
    ...     people, group="sex", level="w", reference="m", covariates=["hours"], draws=99
    ... )
    >>> found.table["term"].tolist()
    ['gap', 'explained', 'unexplained', 'hours']
    """
    rows = complete_rows(table, [group, value, *covariates], cluster)
    demand_levels(table[group], (level, reference))
    rows = rows[rows[group].isin([level, reference])].reset_index(drop=True)
    member = (rows[group] == level).to_numpy()
    clusters = cluster_codes(rows, cluster)
    blocks = indicator_columns(rows, covariates)
    sizes = {"n": len(rows), "n_level": int(member.sum()), "n_reference": int((~member).sum())}
    sizes["n_groups"] = min((len(np.unique(clusters[side])) for side in (member, ~member)), default=0)
    found = _found(
        rows[value].to_numpy(float), blocks, member, clusters, sizes["n_groups"], conf_level, draws
    )
    terms = ["gap", "explained", "unexplained", *blocks]
    places: list[list[int]] = [[0], [1], [2], *_places(blocks)]
    row = {"estimand": "gap_part", "level": level, "contrast": f"{level} - {reference}"} | sizes
    records = [row | {"term": term} | _numbers(found, own) for term, own in zip(terms, places, strict=True)]
    references = ("oaxaca1973", "blinder1973", "jann2008", "field2007")
    meta = Meta(
        method="gap_parts",
        conf_level=conf_level,
        references=references,
        assumptions=("clusters_independent",),
    )
    return Result(pd.DataFrame(records), meta)


def _places(blocks: dict[str, np.ndarray]) -> list[list[int]]:
    """Return where each covariate's explained contributions stand, after gap, parts and the constant."""
    places, start = [], 4
    for block in blocks.values():
        places.append(list(range(start, start + block.shape[1])))
        start += block.shape[1]
    return places


def _found(
    y: np.ndarray,
    blocks: dict[str, np.ndarray],
    member: np.ndarray,
    clusters: np.ndarray,
    groups: int,
    conf_level: float,
    draws: int,
) -> CompanyDecomposition | None:
    if groups < FEWEST or not blocks:
        return None
    x = np.column_stack([np.ones(len(y)), *blocks.values()])
    order = np.lexsort((*x.T, y, member))
    codes = company_order(y, np.column_stack([x, member]), clusters)
    try:
        return company_decomposition(
            y[order],
            x[order],
            member[order],
            codes[order],
            conf_level,
            rng=np.random.default_rng(SEED),
            draws=draws,
        )
    except EstimationError:
        return None


def _numbers(found: CompanyDecomposition | None, places: Sequence[int]) -> dict[str, Any]:
    names = ("estimate", "std_error", "conf_low", "conf_high")
    if found is None:
        return dict.fromkeys(names, math.nan)
    if len(places) == 1:
        return {name: float(getattr(found, name)[places[0]]) for name in names}
    return {"estimate": float(found.estimate[list(places)].sum())} | dict.fromkeys(names[1:], math.nan)
