"""Commands about raw files and tables."""

from typing import Annotated

import numpy as np
import typer

from evaluation.cli.options import ProjectFile
from evaluation.cli.privacy import look_through
from evaluation.data.ingest import ingest as read_tables
from evaluation.data.ingest import ingest_and_store
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.simulate import simulate as simulated_exports
from evaluation.simulate import write_simulated
from evaluation.text.catalogue import languages
from evaluation.vocabulary.errors import MissingFileError
from evaluation.vocabulary.message import msg, nmsg


def check(
    context: typer.Context,
    project: ProjectFile,
    privacy: Annotated[
        bool, typer.Option("--privacy", help="Look through tables and reports for identifiers instead.")
    ] = False,
) -> None:
    """Check the definition, the codebook and, if there are any, the exports."""
    loaded = load_project(project)
    if privacy:
        look_through(context.obj, loaded)
        return
    context.obj.tell(
        nmsg(
            "The definition is in order: one statement.",
            "The definition is in order: {count} statements.",
            count=len(loaded.definition.indicators),
        )
    )
    if has_exports(loaded):
        tables = read_tables(loaded)
        for row in tables.manifest.accounting:
            label = loaded.definition.sources[row.source].label or dict.fromkeys(languages(), row.source)
            context.obj.tell(
                msg("{source}: {kept} of {read} rows kept.", source=label, kept=row.kept, read=row.read)
            )
        for note in tables.manifest.notes:
            context.obj.tell(note)
    else:
        context.obj.tell(msg("There are no exports in {folder} yet.", folder=str(loaded.raw_folder)))


def simulate(
    context: typer.Context,
    project: ProjectFile,
    seed: Annotated[int | None, typer.Option(help="Another seed than the definition's.")] = None,
) -> None:
    """Write made-up raw exports, so that the report can be rehearsed."""
    loaded = load_project(project)
    write_rehearsal(loaded, seed)
    context.obj.tell(msg("Made-up exports are in {folder}.", folder=str(loaded.raw_folder)))


def ingest(context: typer.Context, project: ProjectFile) -> None:
    """Read the exports and write the processed tables."""
    loaded = load_project(project)
    tables = ingest_and_store(loaded)
    context.obj.tell(msg("The tables are in {folder}.", folder=str(loaded.processed_folder)))
    for note in tables.manifest.notes:
        context.obj.tell(note)


def write_rehearsal(loaded: LoadedProject, seed: int | None) -> None:
    """Write made-up exports if the definition allows it."""
    if loaded.definition.simulation is None:
        raise MissingFileError(
            msg("The definition does not allow made-up data."),
            where=str(loaded.file),
            do=msg("Add a section `simulation:`; docs/project.md says what it holds."),
        )
    rng = np.random.default_rng(loaded.definition.simulation.seed if seed is None else seed)
    write_simulated(simulated_exports(loaded, rng), loaded.raw_folder)


def has_exports(loaded: LoadedProject) -> bool:
    """Tell whether any of the project's files is there."""
    return any((loaded.raw_folder / source.file).is_file() for source in loaded.definition.sources.values())
