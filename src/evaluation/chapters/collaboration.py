"""Whether actors work together more than before, who works with whom, and who stands between."""

from evaluation.chapters import statements
from evaluation.network.change import network_level
from evaluation.network.places import answered_both, network_map, places, shape, tie_counts
from evaluation.project.measure import NetworkMeasure
from evaluation.project.model import Indicator
from evaluation.project.rule import ChangeRule
from evaluation.report.exhibit import Exhibit, Exhibits, absent, exhibit
from evaluation.result import Result
from evaluation.rules.network import settings
from evaluation.study import Study
from evaluation.vocabulary.message import msg

CHAPTER = "collaboration"
FEW = msg("Too few actors answered both times to show the network.")
NUMBERS = msg("Actors have numbers instead of names, by kind; the same number is the same actor both times.")
SILENT = msg(
    "A pair counts where one of the two has answered. Ties of actors who did not answer are known only from the others."
)
SILENT_COLUMNS = ("wave", "estimate", "interval", "bounds", "n", "n_total")
ALL_TIES = msg("All ties are drawn; the statement counts only those between actors of different kinds.")
MOST = 8
"""How many actors are listed as bridges."""


def lead(study: Study) -> Exhibit:
    """Count the verdicts on the collaboration."""
    return statements.lead(study, CHAPTER)


def results(study: Study) -> Exhibits:
    """Show every statement on the collaboration with its verdict."""
    return statements.results(study, CHAPTER)


def maps(study: Study) -> Exhibits:
    """Draw the network before and after."""
    title = msg("Who works with whom?")
    found = _first(study)
    if found is None:
        return Exhibits([absent("network-maps", study, title=title, why=FEW)])
    rule, at_least = found.rule, found.measure.at_least
    shown = (
        ("network-before", rule.before, rule.after, "lost", msg("Who worked with whom before?")),
        ("network-after", rule.after, rule.before, "new", msg("Who works with whom afterwards?")),
    )
    notes = (NUMBERS, msg("A thick line: both say so. A thin line: one of them does."), SILENT)
    notes = (*notes, ALL_TIES) if found.measure.across else notes
    return Exhibits(
        exhibit(
            key,
            network_map(study.ties, wave=wave, other=other, otherwise=otherwise, at_least=at_least),
            study,
            title=asked,
            layout="brief",
            level="short",
            notes=notes,
        )
        for key, wave, other, otherwise, asked in shown
    )


def new_and_lost(study: Study) -> Exhibit:
    """Count the ties that are there both times, new and lost."""
    title, found = msg("How many ties are new, and how many are lost?"), _first(study)
    if found is None:
        return absent("network-ties", study, title=title, why=FEW)
    rule = found.rule
    counts = tie_counts(study.ties, before=rule.before, after=rule.after, at_least=found.measure.at_least)
    note = msg("A tie is one actor naming another. Only those who answered both times count.")
    return exhibit("network-ties", counts, study, title=title, layout="table", notes=(note,))


def bridges(study: Study) -> Exhibit:
    """List the actors that most shortest ways between others pass."""
    title, found = msg("Who stands between the others?"), _first(study)
    if found is None:
        return absent("network-bridges", study, title=title, why=FEW)
    everyone = places(study.ties, wave=found.rule.after, at_least=found.measure.at_least)
    most = everyone.table.sort_values("estimate", ascending=False, kind="stable").head(MOST)
    note = msg(
        "The actors that others depend on most to reach each other, afterwards. If one of them leaves, contacts "
        "may break."
    )
    kept = Result(most.drop(columns="wave").reset_index(drop=True), everyone.meta)
    return exhibit("network-bridges", kept, study, title=title, layout="table", notes=(note, NUMBERS))


def form(study: Study) -> Exhibit:
    """Describe the shape of the network before and after."""
    title, found = msg("What does the network look like as a whole?"), _first(study)
    if found is None:
        return absent("network-shape", study, title=title, why=FEW)
    rule = found.rule
    whole = shape(study.ties, before=rule.before, after=rule.after, at_least=found.measure.at_least)
    columns = ("estimate", "p_value", "n")
    return exhibit("network-shape", whole, study, title=title, layout="folded", columns=columns)


def silent(study: Study) -> Exhibit:
    """Say how dense the network can be at most and at least, whatever the silent would have said."""
    title, found = msg("What do we not know?"), _first(study)
    if found is None:
        return absent("network-silent", study, title=title, why=FEW)
    parts = [_level(study, found, wave) for wave in (found.rule.before, found.rule.after)]
    note = msg("Each wave by itself, with everyone who answered then.")
    return exhibit(
        "network-silent",
        parts[0].stack(parts[1]),
        study,
        title=title,
        layout="table",
        columns=SILENT_COLUMNS,
        notes=(note,),
    )


def _level(study: Study, indicator: Indicator, wave: str) -> Result:
    found = network_level(study.ties, wave=wave, **settings(indicator.measure))
    key = next(key for key, one in study.project.indicators.items() if one == indicator)
    return Result(found.table.drop(columns="term").assign(indicator=key, unit="actor"), found.meta)


def _first(study: Study) -> Indicator | None:
    """Return the statement on a change of the network that the pictures follow, on the density if there is one.

    There is none where too few actors answered both times.
    """
    found = [
        indicator
        for indicator in study.indicators(chapter=CHAPTER).values()
        if isinstance(indicator.measure, NetworkMeasure) and isinstance(indicator.rule, ChangeRule)
    ]
    for indicator in sorted(found, key=lambda one: one.measure.network != "density"):
        both = answered_both(study.ties, indicator.rule.before, indicator.rule.after)
        return indicator if both >= study.policy.min_cell else None
    return None
