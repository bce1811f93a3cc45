"""Until when data may be kept, and how they are deleted."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.data.linkage.pipeline import REVIEW
from evaluation.data.manifest import MANIFEST, SIMULATED, TABLES, simulated_files, source_sha256
from evaluation.data.store import TEXTS
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import PrivacyError
from evaluation.vocabulary.message import msg

TRUTH = "truth.json"


def is_expired(project: LoadedProject, today: date) -> bool:
    """Tell whether the last day on which the data may be kept has passed; never for made-up files alone."""
    until = project.definition.privacy.keep_until
    return until is not None and today > until and _holds_real_files(project)


def _holds_real_files(project: LoadedProject) -> bool:
    made_up = simulated_files(project.raw_folder)
    sources = project.definition.sources.values()
    there = [(source, path) for source in sources if (path := project.raw_folder / source.file).is_file()]
    return not there or any(source_sha256(path, source) not in made_up for source, path in there)


def refuse_expired(project: LoadedProject, today: date) -> None:
    """Refuse to process exports after the last day on which they may be kept.

    Parameters
    ----------
    project
        The project.
    today
        The day of the run.

    Raises
    ------
    PrivacyError
        If the day has passed and any of the files is real.
    """
    if is_expired(project, today):
        until = project.definition.privacy.keep_until
        raise PrivacyError(
            msg("The exports could be kept until {date}; that day has passed.", date=until.isoformat()),
            where=f"{project.file.name} privacy.keep_until",
            do=msg("Delete them with `evaluation purge PROJECT --raw`, or correct the date."),
        )


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted.

    Attributes
    ----------
    folder
        The folder.
    files, size
        How many files, and how many bytes they held.
    left
        Names of files that were left, because the folder is shared with something else.
    """

    folder: Path
    files: int
    size: int
    left: tuple[str, ...] = ()


def purge(project: LoadedProject, today: date, *, raw: bool = False, now: bool = False) -> list[Purged]:
    """Delete the tables of a project and, if asked for, its exports; reports are left.

    Parameters
    ----------
    project
        The project.
    today
        The day of the run.
    raw
        Whether the exports are deleted too.
    now
        Whether to delete although the day has not come, or none is stated.

    Returns
    -------
    list of Purged
        What was deleted, one entry per folder that was there.

    Raises
    ------
    PrivacyError
        If the day has not come, or none is stated, and it is not asked for now.

    Notes
    -----
    Folders in the usual place are deleted whole. Of folders elsewhere (`paths`), which may hold other
    things, only the files that the package makes or the definition names are. Copies, backups and the
    remains on a disk are beyond reach.
    """
    if not now:
        _refuse_early(project, today)
    tables = project.processed_folder
    done = [_delete(tables, project, project.definition.paths.processed, _processed_names())]
    done += [_delete(folder, project, "", ()) for folder in _remains(tables)]
    if raw:
        done.append(_delete(project.raw_folder, project, project.definition.paths.raw, _raw_names(project)))
    return [entry for entry in done if entry is not None]


def _refuse_early(project: LoadedProject, today: date) -> None:
    until = project.definition.privacy.keep_until
    where, do = f"{project.file.name} privacy.keep_until", msg("To delete them today, add `--now`.")
    if until is None:
        raise PrivacyError(
            msg("The definition does not say until when the data are kept."), where=where, do=do
        )
    if today <= until:
        what = msg("The data are kept until {date}; nothing was deleted.", date=until.isoformat())
        raise PrivacyError(what, where=where, do=do)


def _remains(folder: Path) -> Iterator[Path]:
    """Yield what is kept of executed chapters, and what interrupted runs left, beside the folder of tables."""
    if folder.parent.is_dir():
        yield from sorted(path for path in folder.parent.glob(f".{folder.name}.*") if path.is_dir())


def _processed_names() -> list[str]:
    return [*(f"{name}.parquet" for name in (*TABLES, TEXTS)), MANIFEST, REVIEW]


def _raw_names(project: LoadedProject) -> list[str]:
    sources, linkage = project.definition.sources.values(), project.definition.linkage
    named = [name for source in sources for name in (source.file, source.dictionary) if name]
    return [*dict.fromkeys(named), SIMULATED, TRUTH, *([linkage.decisions] if linkage else [])]


def _delete(folder: Path, project: LoadedProject, elsewhere: str, names: Sequence[str]) -> Purged | None:
    if not folder.is_dir():
        return None
    whole = not elsewhere and not folder.is_symlink()
    found = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    doomed = found if whole else [path for name in names if (path := folder / name).is_file()]
    size = sum(path.stat().st_size for path in doomed)
    if whole:
        shutil.rmtree(folder)
        return Purged(folder, len(doomed), size)
    for path in doomed:
        path.unlink()
    left = sorted(path.name for path in folder.iterdir())
    if not left and not folder.is_symlink():
        folder.rmdir()
    return Purged(folder, len(doomed), size, tuple(left))
