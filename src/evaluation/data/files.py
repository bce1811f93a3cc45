"""The files that a programme's numbers are made from."""

from pathlib import Path

from evaluation.data.manifest import SIMULATED
from evaluation.project.model import LoadedProject


def input_files(project: LoadedProject) -> list[Path]:
    """List the files that a programme's tables and thresholds are made from; some need not be there.

    Parameters
    ----------
    project
        The checked definition.
    """
    definition, raw = project.definition, project.raw_folder
    files = [project.file, project.codebook.file]
    if definition.privacy.exceptions:
        files.append(project.file.parent / definition.privacy.exceptions)
    for source in definition.sources.values():
        files += [raw / name for name in (source.file, source.dictionary) if name]
    if definition.linkage:
        files.append(raw / definition.linkage.decisions)
    return [*files, raw / SIMULATED]
