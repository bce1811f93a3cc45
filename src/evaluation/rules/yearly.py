"""Yearly accounts of a programme and its comparison group: panels, evidence, verdicts, and who is left out."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from evaluation.data.amounts import year_of
from evaluation.data.deflator import Deflator, read_deflator
from evaluation.impact.evidence import Evidence, evidence_of
from evaluation.impact.yearly import growth_by_length, growth_by_start, growth_by_year, growth_over_years
from evaluation.impact.yearly_doubt import hidden_bias_in_pairs
from evaluation.impact.yearly_panel import YearlyPanel, yearly_panel
from evaluation.impact.yearly_trends import bent_growth, bounded_growth, tolerated_trend
from evaluation.project.accounts import Panel, PanelOutcome
from evaluation.result import Meta, Result
from evaluation.rules.impact import APART
from evaluation.rules.impact_doubt import stacked
from evaluation.rules.judge import TOLERANCE, Judgement
from evaluation.study import Study
from evaluation.vocabulary.errors import EstimationError

ALPHA = 0.05
"""Level at which a difference before the start counts as clear."""


def panel_of(study: Study) -> Panel | None:
    """Return what the definition follows from year to year; None without it or without a comparison group."""
    return None if study.comparison is None else study.project.impact.panel


def panel_years(stated: Panel) -> list[int]:
    """Return every year that is followed."""
    return list(range(stated.years[0], stated.years[1] + 1))


def panel_deflator(study: Study) -> Deflator | None:
    """Return the price index that the yearly accounts are put in money of the last year by, if there is one."""
    stated = study.project.impact.panel
    if stated is None or stated.deflator is None:
        return None
    return read_deflator(study.loaded.file.parent / stated.deflator)


def amounts_by_year(key: str, study: Study) -> pd.DataFrame:
    """Return the amount of every registered organisation in every year, in money of the last year.

    Parameters
    ----------
    key
        An outcome of `impact.panel`.
    study
        The programme, with a comparison group.

    Returns
    -------
    pandas.DataFrame
        One row per organisation (the index) and one column per year; NaN without accounts. An organisation without
        later accounts has 0 where the definition says so. Besides: took (1 or 0), start (0 for the others) and cells.
    """
    stated, outcome = study.project.impact.panel, study.project.impact.panel.outcomes[key]
    years = panel_years(stated)
    sides = []
    for took, side in ((1, study), (0, study.comparison)):
        rows = side.accounts[side.accounts["amount"] == outcome.amount]
        wide = rows.pivot_table(index="organisation", columns="year", values="value").reindex(columns=years)
        firms = side.organisations.set_index("organisation")
        start = _starts(firms, stated) if took else 0.0
        about = firms[list(stated.cells)].astype("object").assign(took=took, start=start)
        sides.append(wide.reindex(firms.index).join(about))
    table = pd.concat(sides)
    if outcome.deflate and (index := panel_deflator(study)) is not None:
        table[years] *= [index.factor(year, years[-1], str(stated.deflator)) for year in years]
    return table


def _starts(firms: pd.DataFrame, stated: Panel) -> pd.Series:
    """Return the year in which each organisation starts; NaN where the register does not say it."""
    if isinstance(stated.start, int):
        return pd.Series(float(stated.start), index=firms.index)
    return (
        firms[stated.start]
        .astype("object")
        .map(lambda text: year_of(str(text)), na_action="ignore")
        .astype(float)
    )


def _with_ends(table: pd.DataFrame, outcome: PanelOutcome, years: list[int]) -> pd.DataFrame:
    """Return the table with nothing in the years after an organisation's last accounts, if it is to count so."""
    if outcome.ended == "left_out":
        return table
    later = table[years].bfill(axis=1).isna() & table[years].ffill(axis=1).notna()
    return table.where(~later.reindex(columns=table.columns, fill_value=False), 0.0)


def panel(key: str, study: Study) -> YearlyPanel | None:
    """Return the yearly amounts of an outcome, arranged for comparison; None where nothing can be compared."""
    return study.once(("panel", key), lambda: _panel(key, study))


def _panel(key: str, study: Study) -> YearlyPanel | None:
    stated = study.project.impact.panel
    outcome, years = stated.outcomes[key], panel_years(stated)
    table = _with_ends(amounts_by_year(key, study), outcome, years)
    known = table[table["start"].notna()].rename_axis("organisation").reset_index()
    long = known.melt(["organisation", "start", *stated.cells], years, "year")
    long["year"] = long["year"].astype("int64")
    try:
        return yearly_panel(long, growth=outcome.growth, cells=stated.cells)
    except EstimationError:
        return None


def outcomes(study: Study) -> list[str]:
    """List the outcomes that can be compared."""
    stated = panel_of(study)
    return [key for key in (stated.outcomes if stated else ()) if panel(key, study) is not None]


def panel_evidence(key: str, study: Study) -> tuple[Evidence, str | None]:
    """Place the comparison of yearly accounts on the ladders of evidence.

    Returns
    -------
    tuple
        The evidence, and why it is no more: "no_years_before" if it cannot be seen whether both sides grew alike before
        the start, "apart_before" if they did not; None if the design alone decides. A draw needs neither.
    """
    stated = study.project.impact.comparison
    found = evidence_of(
        waves=2,
        comparison=True,
        assignment=stated.assignment,
        adjusted=bool(study.project.impact.panel.cells),
    )
    if stated.assignment == "random" or found.words != "effect":
        return found, None
    rows = growth_by_length(panel(key, study)).table
    early = rows[rows["wave"].str.startswith("since_-")]
    if early["p_adjusted"].notna().sum() == 0:
        return APART, "no_years_before"
    return (APART, "apart_before") if (early["p_adjusted"] < ALPHA).any() else (found, None)


def growth_rows(key: str, study: Study) -> Result:
    """Estimate how much more an amount grew among those who take part; the first row is judged."""
    outcome = study.project.impact.panel.outcomes[key]
    found = growth_over_years(panel(key, study), evidence=panel_evidence(key, study)[0])
    rows = found.table.assign(
        verdict=None, unit="organisation", smallest_important=outcome.smallest_important
    )
    rows["verdict"] = rows["verdict"].astype("object")
    rows["reason"] = rows["reason"].astype("object")
    rows.loc[0, ["verdict", "reason"]] = _judged(rows.iloc[0], outcome)
    rows["group"], rows["level"] = "growth_row", rows["term"].astype("object")
    rows.loc[0, ["group", "level"]] = None
    return Result(rows, found.meta)


def judged_growth(study: Study) -> dict[str, Result]:
    """Return the judged row of every outcome by what it shows, "growth_effect" or "growth_difference"."""
    by_kind: dict[str, Result] = {}
    for key in outcomes(study):
        found = growth_rows(key, study)
        first = Result(_named(found.table.head(1), key), found.meta)
        kind = str(first.table["estimand"].iloc[0])
        by_kind[kind] = by_kind[kind].stack(first) if kind in by_kind else first
    return by_kind


def other_growth(study: Study) -> Result | None:
    """Return what was computed besides: the years before the start, matched pairs, and each year of start."""
    found = []
    for key in outcomes(study):
        own = growth_rows(key, study)
        rest = own.table.iloc[1:].drop(columns="verdict").reset_index(drop=True)
        if len(rest):
            found.append(Result(_named(rest, key), own.meta))
    return stacked(found)


def started_growth(study: Study) -> Result | None:
    """Return the difference in growth by the year in which organisations start, where there are several."""
    several = [key for key in outcomes(study) if len(panel(key, study).starts) > 1]
    return _of_outcomes(growth_by_start, several, study)


def bounds(study: Study) -> Result | None:
    """Return what would remain if trends had differed as much after the start as before it."""
    return _of_outcomes(bounded_growth, outcomes(study), study)


def bends(study: Study) -> Result | None:
    """Return what would remain if the difference in trends before the start went on nearly as a straight line."""
    return _of_outcomes(bent_growth, outcomes(study), study)


def tolerated(study: Study) -> Result | None:
    """Return how much trends may have differed before a difference is no longer certain."""
    return _of_outcomes(tolerated_trend, outcomes(study), study)


def odds(study: Study) -> Result | None:
    """Return how unlike the organisations of a matched pair may be."""
    return _of_outcomes(hidden_bias_in_pairs, outcomes(study), study)


def path(key: str, study: Study) -> Result:
    """Return the growth of an amount in every year on both sides."""
    found = growth_by_year(panel(key, study))
    return Result(_named(found.table, key), found.meta)


def events(key: str, study: Study) -> Result:
    """Return the difference in growth by years since the start."""
    found = growth_by_length(panel(key, study))
    return Result(_named(found.table, key), found.meta)


def _of_outcomes(
    made: Callable[[YearlyPanel], Result | None], keys: list[str], study: Study
) -> Result | None:
    found = [(key, one) for key in keys if (one := made(panel(key, study))) is not None]
    return stacked([Result(_named(one.table, key), one.meta) for key, one in found])


def _named(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table.assign(term=f"accounts_{key}", unit="organisation")


def _judged(row: pd.Series, outcome: PanelOutcome) -> Judgement:
    said = "effect" if row["estimand"] == "growth_effect" else "association"
    if np.isnan(row["estimate"]):
        return "undecided", "not_comparable"
    if np.isnan(row["conf_low"]):
        return "undecided", "too_few_clusters_in_group"
    if row["conf_low"] <= 0 <= row["conf_high"]:
        return f"{said}_uncertain", "difference_includes_zero"
    if (
        outcome.smallest_important is not None
        and abs(row["estimate"]) < outcome.smallest_important - TOLERANCE
    ):
        return f"{said}_small", "growth_clear"
    wanted = (row["estimate"] > 0) == (outcome.wanted == "increase")
    return (f"{said}_shown" if wanted else f"{said}_unwanted"), "growth_clear"


def firms(study: Study) -> Result | None:
    """Count for every outcome, on both sides, which organisations are compared and what is told of the others."""
    stated = panel_of(study)
    if stated is None:
        return None
    rows = [row for key in stated.outcomes for row in _counted(key, study)]
    return Result(pd.DataFrame(rows), Meta(method="count"))


def _counted(key: str, study: Study) -> Iterator[dict[str, object]]:
    table, found = amounts_by_year(key, study), panel(key, study)
    years = panel_years(study.project.impact.panel)
    amounts, took = table[years], table["took"] == 1
    used = set() if found is None else set(found.amounts.index[found.used])
    any_year = amounts.notna().any(axis=1)
    states = {
        "registered": pd.Series(True, index=table.index),
        "compared": pd.Series(table.index.isin(used), index=table.index),
        "no_accounts": ~any_year,
        "no_start": took & ~(table["start"] > years[0]),
        "entered": any_year & amounts[years[0]].isna(),
        "ended": any_year & amounts[years[-1]].isna(),
        "zero": (amounts == 0).any(axis=1),
        "negative": (amounts < 0).any(axis=1),
    }
    for state, those in states.items():
        own, others = int((those & took).sum()), int((those & ~took).sum())
        if own + others:
            yield {
                "estimand": "account_count", "unit": "organisation", "term": f"accounts_{key}", "group": "account",
                "level": state, "estimate": own + others, "n": own + others, "n_level": own, "n_reference": others,
            }  # fmt: skip
