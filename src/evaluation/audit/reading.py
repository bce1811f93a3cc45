"""How the attacker reads the counts of every quantity; written apart from what disclosure control declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Asked = tuple[Any, ...]
"""What a row asks: of whom, on which subject, what, which part, when, and against when."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader takes the counts of a quantity for.

    Attributes
    ----------
    subject
        Rows with the same subject count the same people.
    counts
        What each count is; see `attack._Board`.
    told_apart
        What else the subject is told apart by: "what", "part", "wave", "against".
    attends
        Whether the row says who takes part rather than what anybody answered.
    wider
        Whether others than the registered may be counted, in levels that overlap.
    in_wave
        Whether all who are counted answered in the wave, or in both waves.
    """

    subject: str
    counts: Mapping[str, str]
    told_apart: str = "what part wave"
    attends: bool = False
    wider: bool = False
    in_wave: bool = False


YES = {"k": "yes", "n": "answered", "n_total": "asked"}
TWO = {"n_level": "here", "n_reference": "there", "n": "either"}
ONLY, OPTION = {"n": "answered"}, {"k": "option", "n": "answered"}


def _of_answers() -> Iterator[tuple[str, Reading | None]]:
    """Declare shares, means and gaps at one wave, and what registers count."""
    for name in ("attained_share", "described_share", "described_mean", "group_mean"):
        yield name, Reading("survey", YES, in_wave=True)
    for name in ("target_answer", "answers_needed", "stratum_mean"):
        yield name, Reading("survey", YES, "what wave", in_wave=True)
    yield "answer_share", Reading("survey", OPTION, "what wave", in_wave=True)
    for name in ("mean_gap", "share_gap"):
        yield name, Reading("survey", TWO, in_wave=True)
    yield "gap_part", Reading("survey", TWO, "what wave", in_wave=True)
    yield "adjusted_gap", Reading("adjusted", TWO)
    yield "gap_movement", Reading("moved apart", TWO, "what")
    for name in ("covered_share", "covered_count", "eligible_share", "limited_share", "time_share"):
        yield name, Reading("register", YES)


def _of_changes() -> Iterator[tuple[str, Reading | None]]:
    """Declare what is about two waves."""
    yield "mean_change", Reading("both waves", ONLY, "what part against", in_wave=True)
    for name in ("standardised_change", "share_change", "net_rise", "odds_ratio"):
        yield name, Reading("both waves", ONLY, "what against", in_wave=True)
    yield "direction_share", Reading("both waves", OPTION, "what against", in_wave=True)
    yield "gap_change", Reading("both waves", TWO, "what against", in_wave=True)
    for name in ("change_check", "assumed_change", "relinked_change", "wave_change", "response_shift"):
        yield name, Reading(name, ONLY, "what part against")
    for name in (
        "relinked_share",
        "dose_slope",
        "wave_mean",
        "stratum_share",
        "chance_matches",
        "conclusion",
    ):
        yield name, Reading(name, ONLY)


def _of_links_and_scales() -> Iterator[tuple[str, Reading | None]]:
    """Declare links between waves, and how well a scale measures."""
    for name in ("moved_share", "link_rate", "coded_share", "company_link_share"):
        yield name, Reading(name, YES)
    yield "ceiling_share", Reading("at the ceiling", YES, in_wave=True)
    yield "reliable_share", Reading("beyond error", OPTION, "what")
    yield "leaver_gap", Reading("left", {"n": "answered", "n_level": "yes", "n_reference": "no"})
    for name in ("reliability", "item_rest"):
        yield name, Reading("all questions", ONLY, in_wave=True)
    for name in ("measurement_shift", "item_change", "ordinal_shift", "equality_step"):
        yield name, Reading("alike", TWO, "what part wave against")


def _of_participation() -> Iterator[tuple[str, Reading | None]]:
    """Declare who took part."""
    yield "response_rate", Reading("wave", {"k": "yes", "n": "asked"}, "wave", attends=True)
    yield "stage_count", Reading("wave", {"n": "yes"}, "wave", attends=True)
    yield "response_pattern", Reading("pattern", OPTION, "", attends=True)
    yield "attrition", Reading("attrition", YES, "", attends=True)
    yield "differential_attrition", Reading("attrition", TWO, "", attends=True)
    belongs = {"k": "yes", "n": "whole yes", "n_reference": "belongs"}
    yield "group_share", Reading("composition", belongs, "what part", attends=True)
    yield "common_indicator", Reading("common", YES | {"estimate": "yes"}, "part", attends=True)


def _of_stages() -> Iterator[tuple[str, Reading | None]]:
    """Declare steps, stages and resources."""
    yield "step_share", Reading("steps", {"k": "yes", "n": "whole yes"}, "part", attends=True)
    ratio = {"k": "yes", "n": "belongs", "n_reference": "belongs elsewhere"}
    yield "step_ratio", Reading("steps", ratio, "part", attends=True)
    yield "stage_rate", Reading("steps", {"k": "yes", "n": "belongs"}, "part", attends=True)
    yield "stage_gap", Reading("steps apart", TWO, "part")
    for name in ("resource_mean", "resource_share", "resource_inequality"):
        yield name, Reading(name, ONLY, "part", attends=True)
    for name in ("hour_share", "followed_up"):
        yield name, Reading(name, {"n": "yes"}, "what part", wider=True)
    yield "stratum_count", Reading("strata", {"n": "belongs"}, "")
    yield "link_step_share", Reading("links", OPTION, "what wave")


def _of_comparisons() -> Iterator[tuple[str, Reading | None]]:
    """Declare comparisons with others, and needs."""
    for name in ("association", "effect", "bounded_difference", "baseline_difference"):
        yield name, Reading(name, TWO)
    for name in ("agreement", "pooled_change", "heterogeneity", "detectable_change", "plan_precision"):
        yield name, Reading(name, ONLY)
    for name in ("company_prediction", "company_heterogeneity"):
        yield name, Reading("companies", ONLY)
    for name in ("growth_difference", "growth_effect", "bounded_growth", "bent_growth", "tolerated_trend"):
        yield name, Reading("growth", TWO)
    for name in ("growth_path", "growth_since_start", "growth_by_start"):
        yield name, Reading(name, TWO, "part wave")
    yield "hidden_bias_odds", Reading("hidden bias", ONLY)
    yield "account_count", Reading("accounts", TWO, "part", attends=True)
    yield "compared_count", Reading("compared", TWO, "part", attends=True)
    yield "compared_attrition", Reading("compared attrition", TWO, "", attends=True)
    yield "project_total", Reading("totals", {"k": "yes", "n": "answered"}, "what part")
    for name in ("hidden_bias_ratio", "hidden_bias_share"):
        yield name, Reading("hidden bias", ONLY)
    for name in ("need_area", "need_rank"):
        yield name, Reading("needs", ONLY, "what wave")


def _of_nobody() -> Iterator[tuple[str, Reading | None]]:
    """Declare quantities whose counts are not of people, or of people who are counted nowhere else."""
    for name in ("network_share_change", "network_mean_change", "network_share", "network_mean"):
        yield name, None
    for name in ("network_shape", "network_ties", "network_place"):
        yield name, None
    for name in ("project_change", "project_points", "project_share"):
        yield name, None
    for name in ("project_count", "project_left_out", "project_verdict"):
        yield name, None
    for name in ("planned_power", "needed_answers", "verdict_chance", "evidence_step"):
        yield name, None
    for name in ("verdict_count", "design", "workshop_field", "permeation", "same_verdict", "kept_share"):
        yield name, None
    for name in ("cell_share", "dropped_rows", "not_collected", "workshop_share"):
        yield name, None


FAMILIES = (
    _of_answers,
    _of_changes,
    _of_links_and_scales,
    _of_participation,
    _of_stages,
    _of_comparisons,
    _of_nobody,
)

READINGS: dict[str, Reading | None] = {name: how for family in FAMILIES for name, how in family()}
"""Per quantity how its counts are read; None where they count no people."""
GUESSED = Reading(
    "", {"k": "yes", "n": "answered", "n_total": "asked", "n_level": "here", "n_reference": "there"}
)
"""How rows of a workbook are read, which do not say what quantity they hold."""


def reading_of(row: Row) -> Reading | None:
    """Return how a row is read; None if it counts no people."""
    return READINGS.get(row["estimand"], GUESSED)


def asked_of(row: Row) -> Asked:
    """Return what a row asks; rows that ask the same count the same people."""
    reading = reading_of(row) or GUESSED
    subject, part = reading.subject, row.get("term")
    if row["estimand"] == "stage_count":
        subject, part = ("wave", None) if "wave" in row else ("stage", part)
    elif reading.wider and "level" in row:
        part = f"{part} {row.get('group')} {row['level']}"
    known = {
        "what": row.get("indicator") or row.get("item") or row.get("scale") or row.get("exhibit"),
        "part": part,
        "wave": row.get("wave"),
        "against": None if compares_two(row) else row.get("contrast"),
    }
    wanted = {*reading.told_apart.split(), *(("part",) if subject == "stage" else ())}
    if subject == "":
        wanted = set(known)
    found = (known[name] if name in wanted else None for name in known)
    return (row.get("unit", "person"), subject, *found)


def is_split(row: Row) -> bool:
    """Tell whether a row is about one of several levels that add up."""
    return "level" in row and "group" in row and not (reading_of(row) or GUESSED).wider


def compares_two(row: Row) -> bool:
    """Tell whether a row compares its level with another."""
    return is_split(row) and str(row.get("contrast", "")).startswith(f"{row['level']} - ")


def other_level(row: Row) -> str:
    """Return the level that a row compares its own with."""
    return str(row["contrast"]).removeprefix(f"{row['level']} - ")


def is_staged(row: Row) -> bool:
    """Tell whether a row counts who has reached a stage."""
    return row["estimand"] == "stage_count" and "wave" not in row
