"""The command that attacks a published report."""

from pathlib import Path
from typing import Annotated, Any

import typer

from evaluation.audit import (
    Audit,
    Published,
    attack,
    differences,
    read_published,
    recovered_together,
    unexplained,
)
from evaluation.cli.speaker import Speaker
from evaluation.disclosure import Policy
from evaluation.project.load import load_project
from evaluation.report.release import positive_answers
from evaluation.study import policy_of
from evaluation.vocabulary.errors import DisclosureError, Problem
from evaluation.vocabulary.message import Message, msg

NO_PROJECT = msg(
    "No definition was given with `--project`: the thresholds are the usual ones, and what the programme allows to be "
    "shown is not known."
)
EARLIER = msg("If it is a number of the report before, give that one with `--earlier`.")


def audit(
    context: typer.Context,
    report: Annotated[Path, typer.Argument(help="The folder of a report, as it is published.")],
    project: Annotated[
        Path | None, typer.Option("--project", help="The definition, for thresholds and what is signed off.")
    ] = None,
    earlier: Annotated[
        Path | None, typer.Option("--earlier", help="The folder of a report that was published before.")
    ] = None,
) -> None:
    """Try to work out withheld numbers from a report, as a reader could, and fail if any can be."""
    loaded = load_project(project) if project else None
    policy = policy_of(loaded) if loaded else Policy()
    if loaded is None:
        context.obj.tell(NO_PROJECT)
    published = read_published(report)
    reader: dict[str, Any] = {"threshold": policy.threshold, "allowed": policy.allowed}
    knows = {
        "answers_for_yes": positive_answers(loaded.definition) if loaded else None,
        "together": tuple(policy.together),
    }
    found = attack(published, **reader, **knows)
    before = read_published(earlier) if earlier else None
    changed = differences(published, before, **reader) if before else ()
    both = recovered_together(published, before, **reader, **knows) if before else ()
    _tell(context.obj, published, found, policy)
    problems = [Problem(_recovered(one.low, one.high), one.about) for one in (*found.recovered, *both)]
    problems += [
        Problem(
            msg("The text mentions a number that no shown row explains."), one, None if before else EARLIER
        )
        for one in (unexplained(published, before) if before else found.unexplained)
    ]
    problems += [
        Problem(msg("The difference to the earlier report is about too few."), one) for one in changed
    ]
    if problems:
        raise DisclosureError(problems)


def _tell(speaker: Speaker, published: Published, found: Audit, policy: Policy) -> None:
    speaker.tell(
        msg(
            "Read: {pages} pages, {workbooks} workbooks, {notebooks} notebooks.",
            pages=published.pages,
            workbooks=published.workbooks,
            notebooks=published.notebooks,
        )
    )
    speaker.tell(
        msg("Counts published: {shown}. Rows withheld: {rows}.", shown=found.published, rows=found.withheld)
    )
    if found.rounded:
        speaker.tell(msg("Rows rounded: {rows}.", rows=found.rounded))
    if published.withheld:
        primary, complementary = published.withheld
        speaker.tell(
            msg(
                "With repeats, {primary} rows are withheld for their own numbers and {complementary} for others'.",
                primary=primary,
                complementary=complementary,
            )
        )
    if found.contradictions:
        speaker.tell(msg("Rows that do not fit the others: {count}.", count=found.contradictions))
    for entry in policy.signed_off:
        speaker.tell(
            msg(
                "Signed off by {who}: {which}. Reason: {reason}",
                who=entry.signed_by,
                which=", ".join(f"{name} {value}" for name, value in entry.which.items()),
                reason=entry.reason,
            )
        )
    speaker.tell(
        msg(
            "Counts attacked: {attacked}. Recovered: {recovered}.",
            attacked=found.attacked,
            recovered=len(found.recovered),
        )
    )


def _recovered(low: float, high: float) -> Message:
    if low == high:
        return msg("A withheld number can be worked out: {value}.", value=int(low))
    return msg(
        "A withheld number can be worked out to lie from {low} to {high}.",
        low=int(max(low, 0)),
        high=int(high),
    )
