"""Several projects side by side: what each finds, their mean, and sums over them."""

from evaluation.vocabulary.estimands.estimand import Estimand, Line
from evaluation.vocabulary.message import Message, msg, pmsg

PROJECT = pmsg("column", "Project")


def _over_projects(unit: str, label: Message, mean: Message, further: Message) -> Estimand:
    """Return what projects find of one statement, with their mean in the first row."""
    spread = msg("{heterogeneity} of the spread between the projects is more than chance.")
    careful = msg(
        "The {n_groups} projects differ in many ways, so differences between them are associations, not effects."
    )
    return Estimand(
        unit=unit,
        label=label,
        figure="caterpillar",
        columns=("estimate", "interval", "shrunken", "n"),
        rows=PROJECT,
        short=(Line(mean),),
        report=(Line(mean), Line(further), Line(spread, sure=True), Line(careful, sure=True)),
        checked_by=("meta",),
    )


PROGRAMME: dict[str, Estimand] = {
    "project_change": _over_projects(
        "score_difference",
        pmsg("estimand", "Difference in each project"),
        msg(
            "The mean over {n_groups} projects is {estimate} steps ({level_percent} interval {conf_low} to "
            "{conf_high})."
        ),
        msg(
            "A further project of the same kind is likely to lie between {predicted_low} and {predicted_high} steps."
        ),
    ),
    "project_points": _over_projects(
        "share_difference",
        pmsg("estimand", "Difference in percentage points in each project"),
        msg(
            "The mean over {n_groups} projects is {estimate} percentage points ({level_percent} interval {conf_low} "
            "to {conf_high})."
        ),
        msg(
            "A further project of the same kind is likely to lie between {predicted_low} and {predicted_high} "
            "percentage points."
        ),
    ),
    "project_share": _over_projects(
        "share",
        pmsg("estimand", "Share in each project"),
        msg(
            "In a typical one of the {n_groups} projects the share is {estimate} ({level_percent} interval {conf_low} "
            "to {conf_high})."
        ),
        msg(
            "In a further project of the same kind it is likely to lie between {predicted_low} and {predicted_high}."
        ),
    ),
    "project_count": Estimand(
        unit="count",
        label=pmsg("estimand", "Projects"),
        figure="level",
        columns=("finding",),
        rows=pmsg("column", "Programme"),
        short=(Line(msg("{estimate} of the {n_total} projects on the list are evaluated.")),),
        report=(Line(msg("{estimate} of the {n_total} projects on the list are evaluated.")),),
        checked_by=("closed form: count",),
    ),
    "project_left_out": Estimand(
        unit="count",
        label=pmsg("estimand", "Projects that are left out"),
        figure="level",
        columns=("finding",),
        rows=PROJECT,
        short=(Line(msg("{why}")),),
        report=(Line(msg("{Label}: {why}")),),
        checked_by=("closed form: nothing is computed",),
    ),
    "project_verdict": Estimand(
        unit="count",
        label=pmsg("estimand", "Projects by verdict and reason"),
        figure="level",
        columns=("verdict", "of_projects"),
        short=(Line(msg("{Label}: {verdict} in {k} of {n} projects.")),),
        report=(Line(msg("{Label}: {verdict} in {k} of {n} projects.")),),
        checked_by=("closed form: count",),
    ),
    "project_total": Estimand(
        unit="share",
        label=pmsg("estimand", "Sum over the projects"),
        figure="level",
        columns=("counted", "projects"),
        short=(Line(msg("{Label}: {k} of {n}, over {n_groups} projects.")),),
        report=(Line(msg("{Label}: {k} of {n}, over {n_groups} projects.")),),
        checked_by=("closed form: sum",),
    ),
}
