"""Keep, list and put together what was said at workshops, and mark actions as done."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from evaluation.cli.options import ProjectFile
from evaluation.project.load import load_project
from evaluation.report.workshop.annotation import Comments, read_comments, write_comments
from evaluation.report.workshop.store import (
    ACTIONS,
    STATUS,
    actions,
    add_comments,
    combined,
    comments_folder,
    set_status,
    stored_comments,
)
from evaluation.report.workshop.words import QUESTIONS, REACTIONS
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg, nmsg

comments = typer.Typer(no_args_is_help=True, help="What was said at workshops.")
Files = Annotated[list[Path], typer.Argument(help="Files that the workshop's page has saved.")]


@comments.command()
def add(context: typer.Context, project: ProjectFile, files: Files) -> None:
    """Check files of comments and keep them for the next report."""
    loaded = load_project(project)
    found = add_comments(loaded, files)
    context.obj.tell(_counted(found))
    context.obj.tell(
        msg(
            "The next report shows them. What is to be done stands in {file}.",
            file=str(comments_folder(loaded) / ACTIONS),
        )
    )


@comments.command(name="list")
def list_comments(context: typer.Context, project: ProjectFile) -> None:
    """List what was said, figure by figure, and what is to be done."""
    loaded, lang = load_project(project), context.obj.lang
    kept = stored_comments(loaded)
    context.obj.tell(_counted(kept))
    for figure, _ in Counter(remark.figure for remark in kept.remarks).items():
        typer.echo(figure)
        for remark in (one for one in kept.remarks if one.figure == figure):
            reaction = say(REACTIONS[remark.reaction], lang) if remark.reaction else "–"
            texts = (" ".join(getattr(remark, name).split()) for name in QUESTIONS)
            typer.echo("  " + " | ".join([reaction, *(text for text in texts if text)]))
    for action in actions(loaded, kept):
        text = " ".join(action.text.split())
        typer.echo(f"{action.id}  {say(STATUS[action.status], lang)}  {action.remark.figure}  {text}")


@comments.command()
def merge(
    context: typer.Context,
    project: ProjectFile,
    files: Files,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")] = Path("workshop.jsonld"),
) -> None:
    """Put several tables' files together in one file, which the page can read."""
    loaded = load_project(project)
    found = combined([read_comments(path, loaded.key) for path in files])
    write_comments(found, out)
    context.obj.tell(_counted(found))
    context.obj.tell(msg("{file} is written.", file=str(out)))


@comments.command()
def done(
    context: typer.Context,
    project: ProjectFile,
    names: Annotated[list[str], typer.Argument(help="The actions' names in the list.")],
    again: Annotated[bool, typer.Option("--again", help="Mark them as open again.")] = False,
) -> None:
    """Mark actions as done."""
    status = "open" if again else "done"
    set_status(load_project(project), names, status)
    context.obj.tell(nmsg("One action is marked.", "{count} actions are marked.", count=len(set(names))))


def _counted(found: Comments) -> Message:
    return msg("Tables: {tables}. Remarks: {remarks}.", tables=len(found.tables), remarks=len(found.remarks))
