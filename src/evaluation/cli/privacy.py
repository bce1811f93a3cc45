"""Commands that keep people unknown: keys, deletion, and a last look before anything is published."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from evaluation.cli.options import ProjectFile
from evaluation.cli.speaker import Speaker
from evaluation.data.linkage.hashed import create_key
from evaluation.data.privacy.register_names import register_names
from evaluation.data.privacy.retention import purge as purged
from evaluation.data.privacy.scan import known_people, scan_folder
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import PrivacyError, Problem
from evaluation.vocabulary.message import msg, nmsg

CONFIRM = msg("Delete the data of {project} now? They cannot be brought back.")


def key(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A new file outside every repository.")]
) -> None:
    """Make a secret key for hashes of identifiers, in a file that only you can read."""
    create_key(file)
    context.obj.tell(
        msg(
            "The key is in {file}. Keep it as long as waves are linked: without it nobody is recognised again.",
            file=str(file),
        )
    )


def purge(
    context: typer.Context,
    project: ProjectFile,
    raw: Annotated[bool, typer.Option("--raw", help="Delete the exports too.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Do not wait for `privacy.keep_until`.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete the tables, and with --raw the exports, once they may no longer be kept. Reports are left."""
    loaded = load_project(project)
    if now:
        _make_sure(context.obj, loaded, yes)
    done = purged(loaded, date.today(), raw=raw, now=now)
    for entry in done:
        context.obj.tell(
            nmsg(
                "Deleted {count} file ({size} bytes) in {folder}.",
                "Deleted {count} files ({size} bytes) in {folder}.",
                count=entry.files,
                size=entry.size,
                folder=str(entry.folder),
            )
        )
        if entry.left:
            context.obj.tell(
                msg("Left, since not made from this programme: {files}.", files=", ".join(entry.left))
            )
    if not done:
        context.obj.tell(msg("There was nothing to delete."))


def _make_sure(speaker: Speaker, loaded: LoadedProject, yes: bool) -> None:
    """Ask at a terminal; elsewhere `--yes` must be given."""
    if yes or (
        sys.stdin.isatty() and typer.confirm(say(CONFIRM, speaker.lang, project=loaded.key), err=True)
    ):
        return
    raise PrivacyError(
        msg("Nothing was deleted."),
        where=str(loaded.processed_folder),
        do=msg("To delete before the date without being asked, add `--yes`."),
    )


def look_through(speaker: Speaker, loaded: LoadedProject) -> None:
    """Look through the tables and reports of a project for anything that identifies a person.

    Raises
    ------
    PrivacyError
        With every file and kind that was seen.
    """
    reports = loaded.file.parent.parent.parent / "reports" / loaded.key
    names = register_names(loaded)
    in_tables, tables = scan_folder(loaded.processed_folder, names=names)
    in_reports, pages = scan_folder(reports, known_people(loaded.processed_folder), names)
    problems = [
        Problem(
            msg("{count} × {kind}.", count=seen.count, kind=seen.kind),
            str(seen.file),
            msg("Look at the file; take out what identifies somebody at its source, and make it anew."),
        )
        for seen in (*in_tables, *in_reports)
    ]
    if problems:
        raise PrivacyError(problems)
    speaker.tell(
        nmsg(
            "Nothing that looks like an identifier was seen in {count} file.",
            "Nothing that looks like an identifier was seen in {count} files.",
            count=tables + pages,
        )
    )
