"""The command that writes questionnaires from a definition."""

from pathlib import Path
from typing import Annotated

import typer

from evaluation.cli.options import ProjectFile
from evaluation.project.load import load_project
from evaluation.project.questionnaire import questionnaire as asked_in
from evaluation.project.questionnaire import surveys_of
from evaluation.report.questionnaire import WRITERS, write_questionnaires
from evaluation.vocabulary.message import nmsg


def questionnaire(
    context: typer.Context,
    project: ProjectFile,
    out: Annotated[Path, typer.Option("--out", help="The folder of the questionnaires.")] = Path(
        "questionnaires"
    ),
    source: Annotated[str, typer.Option("--source", help="Only this survey.")] = "",
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", help="limesurvey, excel or print; may be given several times. All if not given."
        ),
    ] = None,
) -> None:
    """Write questionnaires from the definition and the codebook."""
    loaded = load_project(project)
    surveys = [asked_in(loaded, key) for key in surveys_of(loaded, source)]
    written = write_questionnaires(surveys, loaded.definition, out, tuple(formats or WRITERS))
    context.obj.tell(
        nmsg(
            "One file is in {folder}.",
            "{count} files are in {folder}.",
            count=len(written),
            folder=str(out),
        )
    )
