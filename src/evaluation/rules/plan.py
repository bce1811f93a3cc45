"""What each statement of a definition can be expected to show, before anybody has answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.change.pairs import paired_values
from evaluation.planning.change import detectable_change
from evaluation.planning.target import answers_for_verdict, verdict_chances
from evaluation.project.measure import ItemMeasure, ScaleMeasure
from evaluation.project.model import Indicator, LoadedProject, Project
from evaluation.project.rule import ChangeRule, TargetRule
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.rules.measure import ID, scores
from evaluation.stats.icc import cluster_icc
from evaluation.stats.proportion import needed_positive
from evaluation.study import Study
from evaluation.vocabulary.errors import ProjectError
from evaluation.vocabulary.message import msg

AROUND = 0.10
"""How far above and below a target the true shares lie that are planned for."""
MIN_ORGANISATIONS = 2


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a plan assumes.

    Attributes
    ----------
    sizes
        People per organisation.
    attrition, linkage_loss
        Shares who are lost before the follow-up, and whose answers cannot be linked.
    sd, correlation, icc
        Spread of the score, its correlation with itself afterwards, and how alike colleagues change.
    """

    sizes: tuple[int, ...]
    attrition: float = 0.0
    linkage_loss: float = 0.0
    sd: float = 0.8
    correlation: float = 0.6
    icc: float = 0.05

    @property
    def kept(self) -> float:
        """Return the share of people who are expected to be there and linked afterwards."""
        return (1 - self.attrition) * (1 - self.linkage_loss)


def assumptions_of(
    project: Project, *, sizes: Sequence[int] = (), sd: float = 0.8, icc: float = 0.05
) -> Assumptions:
    """Return what a plan of a programme assumes, from its definition.

    Parameters
    ----------
    project
        The definition.
    sizes
        People per organisation; without, the people of the section `simulation` spread evenly.
    sd, icc
        Spread of the scores, and intraclass correlation of the change.

    Raises
    ------
    ProjectError
        If neither sizes nor the section are there.
    """
    made = project.simulation
    if made is None and not sizes:
        raise ProjectError(
            msg("A plan needs to know how many organisations and people there will be."),
            do=msg("Give `--sizes`, or `organisations` and `people` under `simulation` in the definition."),
        )
    if made is None:
        return Assumptions(tuple(sizes), sd=sd, icc=icc)
    even = [part.size for part in np.array_split(np.arange(made.people), made.organisations) if part.size]
    return Assumptions(
        tuple(sizes or even),
        made.attrition.share,
        made.code_missing if project.linkage else 0.0,
        sd,
        made.person_variance + made.organisation_variance,
        icc,
    )


def assumptions_for(study: Study) -> Assumptions:
    """Return what the chapter on planning assumes: the registered organisations where there are any.

    Parameters
    ----------
    study
        The programme; its registers may be empty.
    """
    where = study.participants["organisation"].dropna()
    sizes = where.value_counts().to_numpy().tolist()
    return assumptions_of(study.project, sizes=sizes)


def precision(study: Study) -> Result | None:
    """Show for every change what was planned beside what came out: precision, who was kept, and the spread.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        Two rows per change: `estimate` = the standard error, its `df`, `n` of `n_total` who answered both times
        and `mean_share` of them, `sd_change`, `icc` and, in `ratio`, how many times the variance is that of
        independent people. None where nobody has answered.

    Notes
    -----
    The intraclass correlation that came out is that of the analysis of variance, which can be below zero. It is
    empty where organisations answer, or where no organisation has two people.
    """
    if study.answers.empty:
        return None
    rows, assumed = [], assumptions_for(study)
    for result in plan(study.loaded, assumed):
        row = result.records()[0]
        if row["estimand"] == "detectable_change":
            for term, found in (("as_planned", _expected(row, assumed)), ("as_found", _found(row, study))):
                rows.append({"indicator": row["indicator"], "term": term} | found)
    if not rows:
        return None
    table = pd.DataFrame(rows).assign(estimand="plan_precision")
    table["n_total"] = table["indicator"].map(lambda key: _everyone(study.indicator(key), assumed))
    table["mean_share"] = table["n"] / table["n_total"]
    units = {key: one.unit for key, one in study.project.indicators.items()}
    table["unit"] = table["indicator"].map(units)
    return Result(table, Meta("planning", references=("kish1965", "eldridge2006", "searle1971")))


def _everyone(indicator: Indicator, assumed: Assumptions) -> int:
    """Return how many there are of whom a statement is about."""
    return len(assumed.sizes) if indicator.unit == "organisation" else sum(assumed.sizes)


def _expected(row: Mapping[str, float], assumed: Assumptions) -> dict[str, float]:
    """Return what was planned for a change, from its row of the plan."""
    spread = {"sd_change": assumed.sd * (2 * (1 - assumed.correlation)) ** 0.5}
    if "n_groups" in row:
        spread |= {"icc": assumed.icc, "ratio": row["ratio"], "n_groups": row["n_groups"]}
    return {"estimate": row["std_error"], "df": row["df"], "n": row["n"]} | spread


def _found(planned: Mapping[str, str], study: Study) -> dict[str, float]:
    """Return the standard error of a change that came out, and what it rests on."""
    indicator = study.indicator(planned["indicator"])
    row = evaluate(planned["indicator"], study).records()[0]
    found = {"estimate": row["std_error"], "df": row["df"], "n": row["n"], "n_groups": row["n_groups"]}
    return found | _spread(indicator, study)


def _spread(indicator: Indicator, study: Study) -> dict[str, float]:
    """Return how much the change differed between people, and how alike colleagues changed."""
    unit, rule = ID[indicator.unit], indicator.rule
    waves = (rule.before, rule.after)
    table = scores(indicator, study, waves)
    cluster = "organisation" if table["organisation"].notna().any() and unit != "organisation" else None
    pairs = paired_values(
        table, before=rule.before, after=rule.after, value="value", unit=unit, cluster=cluster
    )
    change, company = (pairs["after"] - pairs["before"]).to_numpy(), pairs["cluster"].to_numpy()
    found = {"sd_change": float(np.std(change, ddof=1))} if len(change) > 1 else {}
    groups = pd.Series(change).groupby(company)
    if cluster is None or groups.ngroups < MIN_ORGANISATIONS or not groups.std().gt(0).any():
        return found
    alike = cluster_icc(change, company)
    return found | {"icc": alike.anova, "ratio": alike.design_effect_unequal}


def chances(project: Project, assumed: Assumptions) -> Iterator[Result]:
    """Say for every target how likely the right verdict is with the answers that are expected.

    Parameters
    ----------
    project
        The definition.
    assumed
        From `assumptions_of`. That answers cannot be linked does not matter to a target.

    Yields
    ------
    Result
        A row per true share, above and below the target: `estimate` = the chance of the verdict that is right,
        `probability` = the chance that it stays undecided, `n` expected answers. The wrong verdict
        never comes. Chances are given to a tenth of a per cent.
    """
    for key, indicator in project.indicators.items():
        if not isinstance(indicator.rule, TargetRule) or indicator.unit not in ("person", "organisation"):
            continue
        everyone = _everyone(indicator, assumed)
        n = max(1, round((1 - assumed.attrition) * everyone))
        rows = [_right(everyone, n, indicator.rule.share, share) for share in _shares(indicator.rule)]
        table = pd.concat(rows, ignore_index=True).assign(indicator=key, unit=indicator.unit)
        yield Result(table, Meta("planning", references=("buonaccorsi1987", "manski1989")))


def _right(everyone: int, n: int, target: float, share: float) -> pd.DataFrame:
    """Return the row of the verdict that is right if the true share is `share`."""
    found = verdict_chances(everyone, n=n, target=target, share=share).table
    reached = round(share * everyone) >= needed_positive(everyone, target)
    right = found[found["term"] == ("chance_reached" if reached else "chance_not_reached")]
    chance = right["estimate"].round(3)
    return right.assign(estimate=chance, mean_share=share, probability=1 - chance)


def _shares(rule: TargetRule) -> list[float]:
    """Return the true shares that are planned for: below and above the target."""
    return [share for share in (rule.share - AROUND, rule.share + AROUND) if 0 <= share <= 1]


def other_units(loaded: LoadedProject) -> list[str]:
    """List the changes that are not in steps of a response scale, such as numbers, years or points of a checklist.

    One assumed spread in steps says nothing of them.
    """
    project, found = loaded.definition, []
    for key, indicator in project.indicators.items():
        measure = indicator.measure
        if not isinstance(indicator.rule, ChangeRule) or indicator.in_percent:
            continue
        if isinstance(measure, ScaleMeasure) and project.scales[measure.scale].unit:
            found.append(key)
        if isinstance(measure, ItemMeasure):
            response = project.responses[loaded.codebook.of_item(measure.item).response]
            if response.range is not None or response.unit:
                found.append(key)
    return found


def plan(loaded: LoadedProject, assumed: Assumptions) -> Iterator[Result]:
    """Plan every statement about a mean change in steps, or a target.

    Parameters
    ----------
    loaded
        The definition with its codebook.
    assumed
        From `assumptions_of`.

    Yields
    ------
    Result
        For a change the smallest that is likely to be found; for a target the answers that a verdict needs
        if the true share lies ten percentage points above or below it.
    """
    elsewhere = other_units(loaded)
    for key, indicator in loaded.definition.indicators.items():
        found = None if key in elsewhere else _planned(indicator, assumed)
        if found is not None:
            yield Result(found.table.assign(indicator=key), found.meta)


def _planned(indicator: Indicator, assumed: Assumptions) -> Result | None:
    rule, alone = indicator.rule, indicator.unit == "organisation"
    if indicator.unit not in ("person", "organisation"):
        return None
    if isinstance(rule, ChangeRule) and not indicator.in_percent:
        found = detectable_change(
            (1,) * len(assumed.sizes) if alone else assumed.sizes,
            sd=assumed.sd,
            correlation=assumed.correlation,
            icc=0.0 if alone else assumed.icc,
            attrition=assumed.attrition,
            linkage_loss=assumed.linkage_loss,
        )
        return Result(found.table.drop(columns=["n_groups", "ratio"]), found.meta) if alone else found
    if isinstance(rule, TargetRule):
        return answers_for_verdict(_everyone(indicator, assumed), target=rule.share, shares=_shares(rule))
    return None
