"""Gaps between people who were alike beforehand, and how gaps develop."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation.equality.levels import demand_levels
from evaluation.equality.rows import cluster_codes, complete_rows, indicator_columns
from evaluation.result import Meta, Result
from evaluation.stats.checks import demand_known
from evaluation.stats.cluster_choice import cluster_inference
from evaluation.stats.gelbach import gelbach
from evaluation.stats.step_down import null_scores

INFERENCE = ("std_error", "conf_low", "conf_high", "statistic", "df", "p_value")
META = {
    "references": ("bell2002", "cameron2008", "pustejovsky2018"),
    "assumptions": ("clusters_independent",),
}


def adjusted_gap(
    table: pd.DataFrame,
    *,
    group: str,
    level: str,
    reference: str,
    covariates: Sequence[str],
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Result:
    """Estimate a gap between people who are alike in what is known from before.

    Parameters
    ----------
    table
        One row per person.
    group, level, reference
        The classification, the group looked at and the one it is compared with.
    covariates
        Columns known before the programme, such as the value before; never what came of it.
    value
        The column with the score.
    cluster
        The column whose members resemble each other; None if people are independent.
    conf_level
        Level of the interval, between 0 and 1.
    rng
        Where the chance of the wild bootstrap comes from; None draws the same patterns every time.

    Returns
    -------
    Result
        Two rows about the same people: the gap as it is (`raw`), and `adjusted`. What cannot be computed
        from too few people or companies is missing.

    Notes
    -----
    Least squares of the score on the group and the covariates: the same as predicting everyone as if
    they belonged to each group and taking the difference (g-computation), since the model has no
    interactions. An adjusted gap is another question than the gap, never a truer answer.

    References
    ----------
    bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> rows = {"value": [3, 4, 5, 2, 3, 4.5], "sex": ["w"] * 3 + ["m"] * 3, "before": [1, 2, 3, 1, 2, 3]}
    >>> found = adjusted_gap(
    ...     pd.DataFrame(rows), group="sex", level="w", reference="m", covariates=["before"], cluster=None
    ... )
    >>> found.table["estimate"].round(3).tolist()
    [0.833, 0.833]
    """
    rows = complete_rows(table, [group, value, *covariates], cluster)
    demand_levels(table[group], (level, reference))
    rows = rows[rows[group].isin([level, reference])].reset_index(drop=True)
    blocks = list(indicator_columns(rows, covariates).values())
    models = {"raw": [], "adjusted": blocks}
    records = [
        _contrast(rows, term, columns, (group, level, reference, value, cluster), conf_level, rng)
        for term, columns in models.items()
    ]
    return Result(
        pd.DataFrame(records), Meta(method="adjusted_gap", figure="difference", conf_level=conf_level, **META)
    )


def gap_closing(
    table: pd.DataFrame,
    *,
    group: str,
    level: str,
    reference: str,
    before: str,
    after: str,
    value: str = "value",
    cluster: str | None = "organisation",
    conf_level: float = 0.95,
    rng: np.random.Generator | None = None,
) -> Result:
    """Estimate whether a gap has grown or shrunk from one wave to another, in two ways.

    Parameters
    ----------
    table
        One row per person and wave, with the columns "person", "wave", `value`, `group` and `cluster`.
    group, level, reference
        The classification, the group looked at and the one it is compared with.
    before, after
        The waves.
    value, cluster, conf_level, rng
        As in `adjusted_gap`.

    Returns
    -------
    Result
        Two rows about people who answered both times: `in_change` = difference of the mean changes, and
        `from_same_start` = gap afterwards between people who answered alike before.

    Notes
    -----
    The two differ when groups start apart (Lord's paradox), and neither is the right one in general. The
    first asks whether the groups have come closer; the second whether people who stood alike have
    come equally far. Errors of measurement before pull the second towards the gap as it was.

    References
    ----------
    lord1967, vanbreukelen2006, bell2002, cameron2008, pustejovsky2018

    Examples
    --------
    >>> rows = [(i, "before", i % 3) for i in range(6)] + [(i, "after", i % 3 + i // 3) for i in range(6)]
    >>> long = pd.DataFrame(rows, columns=["person", "wave", "value"])
    >>> long["sex"] = ["m"] * 3 + ["w"] * 3 + ["m"] * 3 + ["w"] * 3
    >>> gaps = gap_closing(
    ...     long, group="sex", level="w", reference="m", before="before", after="after", cluster=None
    ... )
    >>> gaps.table["estimate"].round(3).tolist()
    [1.0, 1.0]
    """
    both = _both_waves(table, (group, level, reference), (before, after), value, cluster)
    names = (group, level, reference)
    records = [
        _contrast(both, "in_change", [], (*names, "_change", cluster), conf_level, rng),
        _contrast(
            both,
            "from_same_start",
            [both[["_before"]].to_numpy(float)],
            (*names, value, cluster),
            conf_level,
            rng,
        ),
    ]
    meta = Meta(
        method="gap_closing",
        conf_level=conf_level,
        references=("lord1967", "vanbreukelen2006", *META["references"]),
        assumptions=("clusters_independent", "both_waves"),
    )
    return Result(pd.DataFrame(records).assign(estimand="gap_change"), meta)


def _both_waves(
    table: pd.DataFrame, names: tuple[str, str, str], waves: tuple[str, str], value: str, cluster: str | None
) -> pd.DataFrame:
    """Return one row per person who answered both times, with the answer before and the change."""
    group, level, reference = names
    rows = complete_rows(table, ["person", "wave", group, value], cluster)
    demand_known(table["wave"], waves)
    demand_levels(table[group], (level, reference))
    first, later = (rows[rows["wave"] == wave].drop_duplicates("person") for wave in waves)
    both = later.merge(first[["person", value]].rename(columns={value: "_before"}), on="person")
    both = both[both[group].isin([level, reference])].reset_index(drop=True)
    return both.assign(_change=both[value] - both["_before"])


def closing_scores(
    table: pd.DataFrame,
    *,
    group: str,
    level: str,
    reference: str,
    before: str,
    after: str,
    value: str = "value",
    cluster: str = "organisation",
) -> pd.DataFrame:
    """Return what each company adds to the two rows of `gap_closing` if the gap truly has not moved.

    Parameters
    ----------
    table, group, level, reference, before, after, value, cluster
        As in `gap_closing`.

    Returns
    -------
    pandas.DataFrame
        One row per company, one column per row of `gap_closing`; zero where a row cannot be computed. A person
        without a company is a company of their own.

    References
    ----------
    westfall1993

    Examples
    --------
    >>> rows = [(i, "before", i % 3) for i in range(6)] + [(i, "after", i % 3 + i // 3) for i in range(6)]
    >>> long = pd.DataFrame(rows, columns=["person", "wave", "value"])
    >>> long["sex"], long["organisation"] = long["person"].lt(3).map({True: "m", False: "w"}), "a"
    >>> long.loc[long["person"] > 1, "organisation"] = "b"
    >>> named = {"group": "sex", "level": "w", "reference": "m"}
    >>> closing_scores(long, **named, before="before", after="after").shape
    (2, 2)
    """
    both = _both_waves(table, (group, level, reference), (before, after), value, cluster)
    own = "person " + both["person"].astype(str)
    labels = both[cluster].astype("object").where(both[cluster].notna(), own).to_numpy(str)
    member = (both[group] == level).to_numpy()
    found = pd.DataFrame(0.0, index=np.unique(labels), columns=["in_change", "from_same_start"])
    for term, outcome, blocks in (("in_change", "_change", []), ("from_same_start", value, ["_before"])):
        design = np.column_stack([np.ones(len(both)), member, both[blocks].to_numpy(float)])
        if _solvable(design):
            weights = np.eye(design.shape[1])[1]
            found[term] = null_scores(both[outcome].to_numpy(float), design, labels, weights)
    return found


def _solvable(design: np.ndarray) -> bool:
    """Tell whether both groups have two people, and the columns can be told apart with people to spare."""
    members, columns = design[:, 1].sum(), design.shape[1]
    return bool(
        min(members, len(design) - members) > 1
        and len(design) > columns + 1
        and np.linalg.matrix_rank(design) == columns
    )


def gap_movement(
    table: pd.DataFrame,
    *,
    group: str,
    level: str,
    reference: str,
    covariates: Sequence[str],
    value: str = "value",
    cluster: str | None = "organisation",
) -> Result:
    """Estimate how much each kind of background moves a gap, whatever order they are taken in.

    Parameters
    ----------
    table, group, level, reference, covariates, value, cluster
        As in `adjusted_gap`.

    Returns
    -------
    Result
        One row per covariate: the part of the gap that goes together with it. They add up to the raw
        minus the adjusted gap of `adjusted_gap`.

    References
    ----------
    gelbach2016

    Examples
    --------
    >>> rows = {"value": [3, 4, 5, 2, 3, 4.5], "sex": ["w"] * 3 + ["m"] * 3, "before": [2, 2, 3, 1, 2, 3]}
    >>> found = gap_movement(
    ...     pd.DataFrame(rows), group="sex", level="w", reference="m", covariates=["before"], cluster=None
    ... )
    >>> found.table["estimate"].round(3).tolist()
    [0.437]
    """
    rows = complete_rows(table, [group, value, *covariates], cluster)
    demand_levels(table[group], (level, reference))
    rows = rows[rows[group].isin([level, reference])].reset_index(drop=True)
    member, blocks = rows[group] == level, indicator_columns(rows, covariates)
    sizes = {"n_level": int(member.sum()), "n_reference": int((~member).sum())}
    row = {"estimand": "gap_movement", "level": level, "contrast": f"{level} - {reference}"}
    records: list[dict[str, Any]] = [
        row | sizes | {"term": name, "estimate": math.nan, "n": len(rows)} for name in covariates
    ]
    columns = 2 + sum(block.shape[1] for block in blocks.values())
    if blocks and min(sizes["n_level"], sizes["n_reference"]) > 1 and len(rows) > columns + 1:
        found = gelbach(rows[value], member, blocks, cluster_codes(rows, cluster))
        parts = dict(zip(found.names, zip(found.parts, found.std_error, strict=True), strict=True))
        records = [
            record | dict(zip(("estimate", "std_error"), map(float, parts[record["term"]]), strict=True))
            for record in records
            if record["term"] in parts
        ]
    return Result(pd.DataFrame(records), Meta(method="gap_movement", references=("gelbach2016",)))


def _contrast(
    rows: pd.DataFrame,
    term: str,
    blocks: Sequence[np.ndarray],
    names: tuple[str, str, str, str, str | None],
    conf_level: float,
    rng: np.random.Generator | None,
) -> dict[str, Any]:
    """Return the coefficient of belonging to the group, with the blocks held alike."""
    group, level, reference, value, cluster = names
    member = (rows[group] == level).to_numpy()
    clusters = cluster_codes(rows, cluster)
    sizes = [int(side.sum()) for side in (member, ~member)]
    row: dict[str, Any] = {
        "estimand": "adjusted_gap",
        "term": term,
        "level": level,
        "contrast": f"{level} - {reference}",
        **dict.fromkeys(("estimate", *INFERENCE), math.nan),
        "n": len(rows),
        "n_level": sizes[0],
        "n_reference": sizes[1],
        "n_groups": min((len(np.unique(clusters[side])) for side in (member, ~member)), default=0),
        "method": "too_few_clusters",
    }
    design = np.column_stack([np.ones(len(rows)), member, *blocks])
    if not _solvable(design) or len(np.unique(clusters)) < 2:
        return row
    weights = np.zeros(design.shape[1])
    weights[1] = 1.0
    y = rows[value].to_numpy(float)
    found = cluster_inference(y, design, clusters, weights, conf_level, rng=rng)
    numbers = {name: float(getattr(found, name)) for name in ("estimate", *INFERENCE)}
    return row | numbers | {"n_groups": found.identifying_clusters, "method": found.method}
