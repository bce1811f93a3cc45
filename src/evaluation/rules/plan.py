"""What each statement of a definition can be expected to show, before anybody has answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.planning.change import detectable_change
from evaluation.planning.target import answers_for_verdict
from evaluation.project.model import Indicator, Project
from evaluation.project.rule import ChangeRule, TargetRule
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.study import Study
from evaluation.vocabulary.errors import ProjectError
from evaluation.vocabulary.message import msg

AROUND = 0.10
"""How far above and below a target the true shares lie that are planned for."""


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
    """Show for every change its planned standard error beside the one that came out.

    Parameters
    ----------
    study
        The programme with its data.

    Returns
    -------
    Result or None
        Two rows per change; `ratio` is how many times the variance is that of independent people. None where
        nobody has answered.
    """
    if study.answers.empty:
        return None
    rows = []
    for result in plan(study.project, assumptions_for(study)):
        row = result.records()[0]
        if row["estimand"] == "detectable_change":
            kept = {name: row[name] for name in ("n", "n_groups", "ratio") if name in row}
            rows.append(
                {"indicator": row["indicator"], "term": "as_planned", "estimate": row["std_error"]} | kept
            )
            rows.append({"indicator": row["indicator"], "term": "as_found"} | _found(row["indicator"], study))
    table = pd.DataFrame(rows).assign(estimand="plan_precision")
    units = {key: one.unit for key, one in study.project.indicators.items()}
    table["unit"] = table["indicator"].map(units)
    return Result(table, Meta("planning", references=("kish1965", "eldridge2006"))) if rows else None


def _found(key: str, study: Study) -> dict[str, float]:
    """Return the standard error that came out, and what it rests on."""
    row = evaluate(key, study).records()[0]
    return {"estimate": row["std_error"], "n": row["n"], "n_groups": row["n_groups"]}


def plan(project: Project, assumed: Assumptions) -> Iterator[Result]:
    """Plan every statement about a mean change or a target.

    Parameters
    ----------
    project
        The definition.
    assumed
        From `assumptions_of`.

    Yields
    ------
    Result
        For a change the smallest that is likely to be found; for a target the answers that a verdict needs
        if the true share lies ten percentage points above or below it.
    """
    for key, indicator in project.indicators.items():
        found = _planned(indicator, assumed)
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
        everyone = len(assumed.sizes) if alone else sum(assumed.sizes)
        shares = [share for share in (rule.share - AROUND, rule.share + AROUND) if 0 <= share <= 1]
        return answers_for_verdict(everyone, target=rule.share, shares=shares)
    return None
