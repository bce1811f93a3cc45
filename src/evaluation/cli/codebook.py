"""Commands about the codebook: a first draft from exports, and a check of the codebook against them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from evaluation.cli.options import ProjectFile
from evaluation.data.drafting import Draft, draft_codebook, write_draft
from evaluation.data.drafting.audit import audit_codebook
from evaluation.data.export import Export
from evaluation.data.matching import plain, shorten
from evaluation.data.read import read_export
from evaluation.project.load import load_project
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import Message, msg, nmsg

codebook = typer.Typer(no_args_is_help=True, help="Draft a codebook from exports, or check it against them.")
LISTED = 12


@codebook.command()
def draft(
    context: typer.Context,
    exports: Annotated[list[Path], typer.Argument(help="Exports of surveys, in the order of time.")],
    out: Annotated[Path, typer.Option("--out", help="The codebook to write.")] = Path("codebook.csv"),
    wording: Annotated[
        Path | None,
        typer.Option(
            "--wording", help="A table with a header in its first column and its question in the second."
        ),
    ] = None,
) -> None:
    """Draft a codebook from exports, for you to correct."""
    _refuse_existing(out)
    proposed = draft_codebook([_read(path) for path in exports], _wordings(wording) if wording else None)
    own = write_draft(proposed, out, context.obj.lang)
    for message in _summary(proposed, out, own):
        context.obj.tell(message)


def _read(path: Path) -> Export:
    return read_export(path, Source(kind="answers", file=path.name))


def _refuse_existing(out: Path) -> None:
    if out.exists():
        raise ReportError(
            msg("The file {file} is there already.", file=str(out)), do=msg("Choose another name with --out.")
        )


def _wordings(path: Path) -> Mapping[str, str]:
    frame = _read(path).frame
    if frame.shape[1] < 2:
        raise ReportError(
            msg("The list of questions has only one column."),
            where=path.name,
            do=msg("Put the headers in the first column and the questions in the second."),
        )
    return {plain(str(header)): str(text) for header, text in frame.iloc[:, :2].itertuples(index=False)}


def _summary(proposed: Draft, out: Path, own: Path | None) -> list[Message]:
    unsure = sum(bool(row.notes) for row in proposed.rows)
    told = [
        msg("{file} is written. Rows: {rows}; with a note to look at: {unsure}.",
            file=str(out), rows=len(proposed.rows), unsure=unsure)
    ]  # fmt: skip
    if own is not None:
        told.append(
            msg("{file} has response scales of your own: put the options in order, then copy them to the project file.",
                file=str(own))
        )  # fmt: skip
    for file, why in dict.fromkeys((file, str(why)) for file, _, why in proposed.left_out):
        columns = [
            (name, said) for other, name, said in proposed.left_out if (other, str(said)) == (file, why)
        ]
        shown = "; ".join(shorten(name) for name, _ in columns[:LISTED])
        told.append(
            nmsg("One column of {file} was left out: {columns}. {why}",
                 "{count} columns of {file} were left out: {columns}. {why}",
                 count=len(columns), file=file, why=columns[0][1],
                 columns=f"{shown}; …" if len(columns) > LISTED else shown)
        )  # fmt: skip
    return told


@codebook.command()
def check(context: typer.Context, project: ProjectFile) -> None:
    """Check the codebook against the exports."""
    loaded = load_project(project)
    audit = audit_codebook(loaded)
    for note in audit.notes:
        context.obj.tell(note)
    audit.findings.raise_if_any()
    context.obj.tell(
        nmsg(
            "The codebook fits the exports: one question.",
            "The codebook fits the exports: {count} questions.",
            count=len(loaded.codebook.items),
        )
    )
