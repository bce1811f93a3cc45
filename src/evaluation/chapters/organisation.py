"""How the organisations work with skills, and whether their people agree about it."""

import pandas as pd

from evaluation.chapters import statements
from evaluation.chapters.evaluate import results_of, rows_where, stacked
from evaluation.organisation.agreement import agreement
from evaluation.project.measure import ScaleMeasure
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.study import Study
from evaluation.vocabulary.message import msg

CHAPTER = "organisation"
GAPS = ("mean_gap", "share_gap")


def lead(study: Study) -> Exhibit:
    """Count the verdicts on the organisations."""
    return statements.lead(study, CHAPTER)


def results(study: Study) -> Exhibits:
    """Show every statement on the organisations, without those that compare groups."""
    kinds = [kind for kind in statements.TITLES if kind not in GAPS]
    return statements.results(study, CHAPTER, *kinds)


def roles(study: Study) -> Exhibits:
    """Show how differently groups see the same organisation."""
    title = msg("Do groups see the same thing?")
    if not results_of(study, kind="gap", chapter=CHAPTER):
        why = msg("The programme's definition compares no groups here.")
        return Exhibits([absent("organisation-roles", study, title=title, why=why)])
    return statements.results(study, CHAPTER, *GAPS)


def agree(study: Study) -> Exhibit:
    """Show whether people of the same organisation answer alike enough for their mean to stand for it."""
    title = msg("Do people of the same organisation answer alike?")
    found = stacked([_agreement(study, scale, wave) for scale, wave in _scales(study).items()])
    if found is None:
        why = msg("Not applicable: no statement uses the mean of an organisation's people on a scale.")
        return absent("organisation-agreement", study, title=title, why=why)
    assessed = rows_where(found, found.table["estimate"].notna())
    return exhibit(
        "organisation-agreement",
        found,
        study,
        title=title,
        layout="table" if assessed else "folded",
        columns=("estimate", "reference", "n_groups", "n", "reason"),
        notes=(
            msg(
                "Agreement says how alike people of an organisation answer, compared with answers at random; the "
                "reliability says how well the means tell organisations apart. People can agree everywhere and "
                "organisations still not differ."
            ),
            msg("The limit 0.70 is custom, not law."),
        ),
    )


def _scales(study: Study) -> dict[str, str]:
    """Return the scales that statements about organisations average over people, with the last wave asked."""
    found: dict[str, str] = {}
    for indicator in study.indicators(chapter=CHAPTER).values():
        means = indicator.unit == "organisation" and indicator.answered_by == "mean"
        if means and isinstance(indicator.measure, ScaleMeasure):
            rule = indicator.rule
            wave = getattr(rule, "after", None) or getattr(rule, "wave", None)
            if wave is not None:
                found.setdefault(indicator.measure.scale, wave)
    return found


def _agreement(study: Study, scale: str, wave: str) -> Result:
    items = study.project.scales[scale].items
    rows = study.answers_to(items, [wave])
    values = rows.assign(value=_turned(study, rows)).astype({"item": "str", "person": "str"})
    wide = values.pivot_table(index="person", columns="item", values="value").reindex(columns=list(items))
    known = study.participants.set_index("person")["organisation"]
    table = wide[wide.index.isin(known.index)].join(known)
    result = agreement(table, items=items, options=len(study.response(items[0]).options))
    named = result.table.assign(scale=scale, wave=wave, unit="person")
    return Result(named, result.meta)


def _turned(study: Study, rows: pd.DataFrame) -> pd.Series:
    """Return the answers with reversed questions turned round."""
    values = rows["value"].astype(float)
    for item in rows["item"].astype("str").unique():
        if study.entry(item).reverse:
            low, high = study.response(item).limits
            own = rows["item"] == item
            values = values.mask(own, low + high - values)
    return values
