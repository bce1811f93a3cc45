"""Change or effect: how strong the evidence is, who is compared with whom, and what could be wrong."""

from collections.abc import Iterator

import pandas as pd

from evaluation.chapters.evaluate import adjusted, main_rows, rows_where, shown, tally
from evaluation.chapters.impact_years import growth_notes, yearly
from evaluation.impact.evidence import Evidence
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Meta, Result
from evaluation.rules import evaluate
from evaluation.rules.accounts import deflator, growths
from evaluation.rules.impact import (
    attrition_between,
    balance,
    balanced,
    compared,
    design_terms,
    estimates,
    evidence,
    has_comparison,
    main_estimates,
    measured_people,
    placebos,
)
from evaluation.rules.impact_doubt import (
    bounds,
    company_spread,
    placebo_rows,
    returns_to_mean,
    stacked,
    strengths,
)
from evaluation.study import Study
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.terms import TERMS

NO_COMPARISON = msg("There is no comparison group, so this cannot be shown.")
NOTHING = Meta(method="none")
VERDICT_TITLES = {
    "effect": msg("How large is the estimated effect?"),
    "association": msg("How much do those who take part differ in their change?"),
}
WHY_APART = (msg("In these the groups were not alike beforehand, so a difference is shown, not an effect."),)
LADDERS = {"maryland": 5, "nesta": 5}


def lead(study: Study) -> Exhibit:
    """Count the verdicts of the comparisons, or say which words are allowed."""
    title = msg("In short")
    if not has_comparison(study):
        return exhibit("impact-lead", _said(*_design(study)), study, title=title, layout="lead")
    counted = tally([main_rows(estimates(key, study)) for key in compared(study)])
    return shown("impact-lead", counted, study, title=title, layout="lead")


def label(study: Study) -> Exhibit:
    """Show the design's place on the ladders of evidence, why, and which words it allows."""
    found = evidence(study)
    steps = {"maryland": found.step, "nesta": found.nesta}
    rows = [
        {"estimand": "evidence_step", "unit": "statement", "term": term, "estimate": step, "n": 0}
        | {"reference": LADDERS[term]}
        for term, step in steps.items()
    ]
    stated = study.project.impact.comparison
    notes = [TERMS[term] for term in _design(study)] if has_comparison(study) else []
    if stated is not None and stated.found:
        notes.append(msg("{label}", label=stated.found))
    references = ("sherman1998", "puttick2013")
    result = Result(pd.DataFrame(rows), Meta(method="none", references=references))
    title = msg("How strong is the evidence?")
    return exhibit("impact-evidence", result, study, title=title, layout="table", notes=tuple(notes))


def needed(study: Study) -> Exhibit:
    """Say what would be needed to conclude more."""
    return exhibit(
        "impact-needed",
        _said(*_needs(study)),
        study,
        title=msg("What would be needed to say more?"),
        layout="list",
    )


def groups(study: Study) -> Exhibits:
    """Show how many are compared with how many, and whether the two groups lost unequally many."""
    title = msg("Who is compared with whom?")
    if not has_comparison(study):
        return Exhibits([absent("impact-groups", study, title=title, why=NO_COMPARISON)])
    sides = (study, study.comparison)
    counts = {
        "compared_organisations": [len(side.organisations) for side in sides],
        "compared_people": [len(side.participants) for side in sides],
        "compared_measured": [measured_people(side) for side in sides],
    }
    rows = [
        {"estimand": "compared_count", "unit": "person", "term": term, "estimate": own + others}
        | {"n": own + others, "n_level": own, "n_reference": others}
        for term, (own, others) in counts.items()
        if own + others
    ]
    result = Result(pd.DataFrame(rows), Meta(method="count"))
    counted = exhibit("impact-groups", result, study, title=title, layout="table")
    return Exhibits([counted, _attrition(study)])


def baseline(study: Study) -> Exhibits:
    """Show whether the groups were alike beforehand, as a picture and as numbers."""
    title = msg("Were the groups alike beforehand?")
    found = balance(study) if has_comparison(study) else None
    if found is None:
        return Exhibits()
    notes = (
        msg(
            "Differences in standard deviations before the programme. Within the dotted lines groups count as alike, "
            "within the band as alike if the analysis adjusts for it."
        ),
    )
    picture = balanced(found)
    numbers = rows_where(picture, picture.table["method"] == "unweighted")
    return Exhibits(
        [
            exhibit(
                "impact-balance", picture, study, title=title, layout="brief", notes=notes, level="short"
            ),
            exhibit(
                "impact-equivalence",
                numbers,
                study,
                title=msg("Which differences beforehand are too large?"),
                layout="folded",
                columns=("estimate", "mean_level", "mean_reference", "n_level", "n_reference", "reason"),
            ),
        ]
    )


def _attrition(study: Study) -> Exhibit:
    title, found = msg("Did the groups lose unequally many?"), attrition_between(study)
    if found is None:
        return absent("impact-attrition", study, title=title, why=NO_COMPARISON)
    return exhibit("impact-attrition", found, study, title=title, layout="table")


def verdicts(study: Study) -> Exhibits:
    """Show the main estimate of every change against the comparison group, and its verdict."""
    title = msg("How much more did those who take part change?")
    if not has_comparison(study):
        return Exhibits()
    found = main_estimates(compared(study), study)
    if not found:
        return Exhibits([absent("impact-verdicts", study, title=title, why=NO_COMPARISON)])
    return Exhibits(
        exhibit(
            f"impact-verdicts-{kind}",
            result,
            study,
            title=VERDICT_TITLES[kind],
            layout="table",
            columns=("difference", "interval", "p_adjusted", "in_programme", "in_comparison", "verdict"),
            notes=WHY_APART if kind == "association" and "effect" in found else (),
        )
        for kind, result in found.items()
    )


def estimated(study: Study) -> Exhibits:
    """Show each change against the comparison group, computed in several ways side by side."""
    return Exhibits(
        exhibit(
            f"impact-{key}",
            estimates(key, study),
            study,
            title=msg("{label}", label=study.indicator(key).label),
            level="short",
            notes=(
                msg("The first row is the one that is judged. Line: {level_percent} interval."),
                msg("If the rows agree, the finding does not rest on one way of making the groups alike."),
            ),
        )
        for key in (compared(study) if has_comparison(study) else ())
    )


def placebo(study: Study) -> Exhibit:
    """Show what happened to what the programme does not aim at."""
    title, keys = msg("Did anything move that should not have moved?"), placebos(study)
    if not keys:
        why = msg("The definition names nothing that the programme should not move.")
        return absent("impact-placebo", study, title=title, why=why)
    if has_comparison(study):
        found = placebo_rows(keys, study)
        notes = (
            msg("A clear difference here is a warning: the groups may differ in more than the programme."),
        )
        return shown("impact-placebo", found and adjusted(found), study, title=title, notes=notes)
    found = stacked([main_rows(evaluate(key, study)) for key in keys])
    return exhibit(
        "impact-placebo",
        found,
        study,
        title=title,
        layout="table",
        columns=("change", "interval", "n", "verdict"),
        notes=(
            msg(
                "The programme does not aim at this. If it moved as much as what the programme aims at, something else "
                "than the programme may lie behind both."
            ),
        ),
    )


def regression(study: Study) -> Exhibit:
    """Show how much low scores would have risen by themselves."""
    title, found = msg("How much would have come back by itself?"), returns_to_mean(study)
    if found is None:
        why = msg("The definition does not say that those who take part were chosen by a score.")
        return absent("impact-regression", study, title=title, why=why)
    sources = dict.fromkeys(one.source for one in study.project.impact.selected_on.values())
    return exhibit(
        "impact-regression",
        found,
        study,
        title=title,
        notes=(
            msg("Those who are chosen because they are low rise by themselves, and those who are high fall."),
            msg("Source of mean and reliability: {sources}.", sources="; ".join(sources)),
        ),
    )


def doubts(study: Study) -> Exhibits:
    """Show how strong something unmeasured would have to be, and what would remain if the trends differed."""
    keys = compared(study) if has_comparison(study) else []
    ratios, shares = (strengths(keys, study, f"hidden_bias_{name}") for name in ("ratio", "share"))
    title = msg("What would have to be wrong?")
    if ratios is None or shares is None:
        return Exhibits()
    parts = [
        exhibit("impact-hidden-ratio", ratios, study, title=title, layout="table"),
        exhibit(
            "impact-hidden-share",
            shares,
            study,
            title=msg("How much would something unmeasured have to explain?"),
            layout="folded",
        ),
    ]
    return Exhibits([*parts, *(one for key in keys if (one := _bounded(key, study)))])


def _bounded(key: str, study: Study) -> Exhibit | None:
    found = bounds(key, study)
    if found is None:
        return None
    return exhibit(
        f"impact-if-{key}",
        found,
        study,
        title=msg("What would remain? {label}", label=study.indicator(key).label),
        layout="folded",
        columns=("difference", "method", "shift", "bounds_of_it", "interval"),
        notes=(msg("In each row one thing is assumed to be less favourable than in the judged row."),),
    )


def accounts(study: Study) -> Exhibits:
    """Show how the accounts of organisations grew, against organisations of the same kind."""
    return Exhibits([*_two_years(study), *yearly(study)])


def _two_years(study: Study) -> Iterator[Exhibit]:
    title, stated = msg("How did organisations grow, by their accounts?"), study.project.impact.accounts
    if stated is None:
        if study.project.impact.panel is None:
            why = msg("The definition follows no accounts of organisations.")
            yield absent("impact-accounts", study, title=title, why=why)
        return
    found, index = growths(study), deflator(study)
    if found is None:
        yield absent("impact-accounts", study, title=title, why=NO_COMPARISON)
        return
    notes = [msg("From {first} to {last}.", first=str(stated.before), last=str(stated.after))]
    notes += growth_notes({one.growth for one in stated.outcomes.values()})
    if index is not None:
        notes.append(msg("Price index: {source}, {date}.", source=index.source, date=index.date))
    yield exhibit("impact-accounts", found, study, title=title, layout="table", notes=tuple(notes))


def companies(study: Study) -> Exhibits:
    """Show how unlike the organisations are, without showing any of them."""
    title = msg("Is it the same in every organisation?")
    keys = [key for key in compared(study) if not {f"steps.{key}", f"percent.{key}"} & study.words.keys()]
    found = company_spread(keys, study)
    if found is None:
        why = msg("Too few organisations have several people who answered both times.")
        return Exhibits([absent("impact-companies", study, title=title, why=why)])
    predicted, apart = found
    prediction = exhibit(
        "impact-companies",
        predicted,
        study,
        title=title,
        notes=(
            msg(
                "The line shows where the mean change of a further organisation is likely to lie, not how sure the "
                "mean is."
            ),
        ),
    )
    heading = msg("How much of the spread between organisations is more than chance?")
    return Exhibits(
        [prediction, exhibit("impact-heterogeneity", apart, study, title=heading, layout="folded")]
    )


def _needs(study: Study) -> list[str]:
    found: Evidence = evidence(study)
    lost = attrition_between(study)
    wanted = {
        "need_repeat": len(study.survey_waves) < 2,
        "need_comparison": not has_comparison(study),
        "need_answers": lost is not None and lost.table["verdict"].iloc[0] == "high_attrition",
        "need_earlier": len(study.survey_waves) < 3 or found.step < 4,
        "need_draw": found.step < 5,
    }
    return [term for term, missing in wanted.items() if missing]


def _said(*terms: str) -> Result:
    rows = [{"estimand": "design", "unit": "statement", "term": term, "n": 0} for term in terms]
    return Result(pd.DataFrame(rows).assign(estimate=float("nan")), NOTHING)


def _design(study: Study) -> list[str]:
    return list(dict.fromkeys([*design_terms(study), f"words_{evidence(study).words}"]))
