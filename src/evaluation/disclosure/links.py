"""What the counts of every quantity count: whom, and which rows count the same people."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """What the counts in the rows of a quantity are.

    Attributes
    ----------
    population
        Rows of the same population with the same `by` count the same units.
    counts
        Per column, whom it counts: `asked`, `answered`, `yes` or `no` (at the row's level, if it has one);
        `all_yes` (of every level); `members` (registered at the level) and `others` (registered at other
        levels); `level`, `reference` and `pooled` (answered at the two levels compared); `part` (chose one of several
        answers).
    by
        Which of `asked` (indicator, item or scale), `term`, `wave` and `pair` (waves compared) tell the
        questions of a population apart. A wave or pair that a row leaves out is the usual one.
    overlapping
        Whether levels overlap, so that they need not add up.
    answer
        Whether nobody at all among the yes, or the no, tells what all the others answered.
    """

    population: str
    counts: Mapping[str, str]
    by: tuple[str, ...] = ("asked", "term", "wave")
    overlapping: bool = False
    answer: bool = True
    kinds: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset(self.counts.values()))

    @property
    def parts(self) -> bool:
        """Tell whether the rows are the several answers to one question."""
        return "part" in self.kinds


SHARE = {"n": "answered", "k": "yes", "n_total": "asked"}
MEAN = {"n": "answered", "n_total": "asked"}
GAP = {"n": "pooled", "n_level": "level", "n_reference": "reference"}
PART = {"n": "answered", "k": "part"}
ANSWERED = {"n": "answered"}
BOTH = ("asked", "term", "pair")
SAME = ("asked", "pair")
WAVE = ("asked", "wave")

PARTICIPATION = (
    "waves",
    "attrition",
    "composition",
    "steps",
    "common",
    "resources",
    "resource_shares",
    "patterns",
)
"""Populations whose rows say who takes part, which nobody answered in a question."""

IN_WAVES = ("answers", "pairs", "ceiling", "complete")
"""Populations who all answered in the wave, or the waves, of their question."""
WIDER = ("hours", "records", "stages")
"""Populations that others than those who are registered may belong to."""

LINKS: dict[str, Link | None] = {
    "attained_share": Link("answers", SHARE),
    "described_share": Link("answers", SHARE),
    "described_mean": Link("answers", MEAN),
    "target_answer": Link("answers", SHARE, WAVE),
    "answers_needed": Link("answers", MEAN, WAVE),
    "answer_share": Link("answers", PART, WAVE),
    "mean_gap": Link("answers", GAP),
    "share_gap": Link("answers", GAP),
    "adjusted_gap": Link("adjusted", GAP),
    "gap_part": Link("answers", GAP, WAVE),
    "gap_movement": Link("movement", GAP, ("asked",)),
    "group_mean": Link("answers", ANSWERED),
    "stratum_mean": Link("answers", ANSWERED, WAVE),
    "stratum_share": Link("strata", ANSWERED),
    "covered_share": Link("register", SHARE),
    "covered_count": Link("register", SHARE),
    "eligible_share": Link("register", SHARE),
    "limited_share": Link("register", SHARE),
    "time_share": Link("register", MEAN),
    "mean_change": Link("pairs", ANSWERED, BOTH),
    "response_shift": Link("shift", ANSWERED, BOTH),
    "standardised_change": Link("pairs", ANSWERED, SAME),
    "change_check": Link("checks", ANSWERED, BOTH),
    "assumed_change": Link("assumed", MEAN, BOTH),
    "relinked_change": Link("relinked", ANSWERED, BOTH),
    "relinked_share": Link("relinked", ANSWERED),
    "share_change": Link("pairs", ANSWERED, SAME),
    "net_rise": Link("pairs", ANSWERED, SAME),
    "odds_ratio": Link("pairs", ANSWERED, SAME),
    "direction_share": Link("pairs", PART, SAME),
    "moved_share": Link("moved", {"n": "answered", "k": "yes"}),
    "reliable_share": Link("reliable", PART, ("asked",)),
    "ceiling_share": Link("ceiling", {"n": "answered", "k": "yes"}),
    "gap_change": Link("pairs", GAP, SAME),
    "conclusion": Link("conclusion", ANSWERED, ("asked",)),
    "dose_slope": Link("dose", ANSWERED),
    "wave_mean": Link("course", ANSWERED),
    "wave_change": Link("course", ANSWERED, BOTH),
    "leaver_gap": Link("leavers", {"n": "answered", "n_level": "yes", "n_reference": "no"}),
    "reliability": Link("complete", ANSWERED),
    "item_rest": Link("complete", ANSWERED),
    **dict.fromkeys(
        ("measurement_shift", "item_change", "ordinal_shift", "equality_step"),
        Link("alike", GAP, ("asked", "term", "wave", "pair")),
    ),
    "response_rate": Link("waves", {"n": "asked", "k": "yes"}, ("wave",)),
    "stage_count": Link("waves", {"n": "yes"}, ("term", "wave"), answer=False),
    "response_pattern": Link("patterns", PART, ()),
    "attrition": Link("attrition", {"n": "answered", "k": "yes"}, ()),
    "differential_attrition": Link("attrition", GAP, ()),
    "group_share": Link(
        "composition", {"n": "all_yes", "k": "yes", "n_reference": "members"}, ("asked", "term"), answer=False
    ),
    "common_indicator": Link("common", SHARE | {"estimate": "yes"}, ("term",), answer=False),
    "step_share": Link("steps", {"n": "all_yes", "k": "yes"}, ("term",), answer=False),
    "step_ratio": Link(
        "steps", {"n": "members", "k": "yes", "n_reference": "others"}, ("term",), answer=False
    ),
    "stage_rate": Link("steps", {"n": "members", "k": "yes"}, ("term",)),
    "stage_gap": Link("steps_compared", GAP, ("term",)),
    "resource_mean": Link("resources", ANSWERED, ("term",)),
    "resource_share": Link("resource_shares", ANSWERED, ("term",)),
    "resource_inequality": Link("inequality", ANSWERED, ("term",)),
    "hour_share": Link("hours", {"n": "yes"}, ("asked", "term"), overlapping=True, answer=False),
    "followed_up": Link("records", {"n": "yes"}, ("term",), overlapping=True, answer=False),
    "stratum_count": Link("strata", {"n": "members"}, (), answer=False),
    "link_rate": Link("links", {"n": "answered", "k": "yes"}),
    "coded_share": Link("codes", {"n": "answered", "k": "yes"}),
    "link_step_share": Link("link_steps", PART, ("asked", "wave")),
    "company_link_share": Link("company_links", {"n": "answered", "k": "yes"}),
    "chance_matches": Link("chance", ANSWERED),
    "association": Link("association", GAP),
    "effect": Link("effect", GAP),
    "bounded_difference": Link("bounded", GAP),
    "baseline_difference": Link("baseline", GAP),
    "pooled_change": Link("pooled", ANSWERED),
    "heterogeneity": Link("heterogeneity", ANSWERED),
    "hidden_bias_ratio": Link("hidden_bias", ANSWERED),
    "hidden_bias_share": Link("hidden_bias", ANSWERED),
    "detectable_change": Link("detectable", ANSWERED),
    "plan_precision": Link("precision", ANSWERED),
    "compared_count": Link("compared", GAP, ("term",), answer=False),
    "compared_attrition": Link("compared_attrition", GAP, ()),
    "growth_difference": Link("growth", GAP),
    "growth_effect": Link("growth", GAP),
    "growth_path": Link("growth_path", GAP, ("term", "wave")),
    "growth_since_start": Link("growth_since_start", GAP, ("term", "wave")),
    "growth_by_start": Link("growth_by_start", GAP, ("term", "wave")),
    **dict.fromkeys(("bounded_growth", "bent_growth", "tolerated_trend"), Link("growth", GAP)),
    "hidden_bias_odds": Link("hidden_bias", ANSWERED),
    "account_count": Link("accounts", GAP, ("term",), overlapping=True, answer=False),
    "company_prediction": Link("companies", ANSWERED),
    "company_heterogeneity": Link("companies", ANSWERED),
    "evidence_step": None,
    "project_total": Link("totals", {"n": "answered", "k": "yes"}),
    **dict.fromkeys(
        (
            "project_change",
            "project_points",
            "project_share",
            "project_count",
            "project_left_out",
            "project_verdict",
        )
    ),
    "planned_power": None,
    "needed_answers": None,
    "verdict_chance": None,
    "verdict_count": None,
    "design": None,
    "workshop_field": None,
    "workshop_share": None,
    "permeation": None,
    "same_verdict": None,
    "kept_share": None,
    "cell_share": None,
    "dropped_rows": None,
    "not_collected": None,
    "agreement": Link("agreement", ANSWERED),
    "need_area": Link("needs", ANSWERED, WAVE),
    "need_rank": Link("needs", ANSWERED, WAVE),
    "network_share_change": None,
    "network_mean_change": None,
    "network_share": None,
    "network_mean": None,
    "network_shape": None,
    "network_ties": None,
    "network_place": None,
}
"""For every quantity what its counts are; None where its rows count statements, rows,
cells, actors or planned answers, not people."""
