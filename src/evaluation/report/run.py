"""Running the notebooks once with papermill; every language and format is rendered from what they stored."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.manager import AsyncKernelManager
from papermill.exceptions import PapermillExecutionError

from evaluation.report.parameters import declared_parameters, refuse_unknown
from evaluation.vocabulary.errors import MissingFileError, ReportError
from evaluation.vocabulary.message import msg

log = logging.getLogger(__name__)

SETTINGS = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TZ": "UTC",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
"""What kernels are started with, so that two runs of the same input give the same numbers."""


class PrivateKernelManager(AsyncKernelManager):
    """Starts kernels whose messages are encrypted: they carry people's answers over a local port."""

    def __init__(self, **options: Any):
        super().__init__(transport_encryption="auto", **options)


def notebook_folder(start: Path) -> Path:
    """Find the folder of notebooks beside or above a project."""
    for folder in (start, *start.parents, Path.cwd(), *Path.cwd().parents):
        if (folder / "notebooks" / "00_overview.ipynb").is_file():
            return folder / "notebooks"
    raise MissingFileError(
        msg("The notebooks are not found."),
        where=str(start),
        do=msg("Run the command from the folder of the repository, or give `--notebooks FOLDER`."),
    )


def run_chapters(
    project_file: Path,
    names: Sequence[str],
    out: Path,
    *,
    notebooks: Path,
    done: Callable[[str], None] = lambda name: None,
) -> list[Path]:
    """Execute notebooks with papermill, several at a time.

    Parameters
    ----------
    project_file
        The project's definition, given to every notebook as its parameter.
    names
        Names of notebooks without ending, in the order of the report.
    out
        The folder for the executed notebooks; a notebook that fails is kept there too.
    notebooks
        The folder of the notebooks.
    done
        Called with each name when it is finished.

    Returns
    -------
    list of pathlib.Path
        The executed notebooks, in the order of `names`.

    Raises
    ------
    ReportError
        If a cell fails: with notebook, cell and the error's own text.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _settings(), ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        running = {
            pool.submit(_run, notebooks / f"{name}.ipynb", out / f"{name}.ipynb", project_file): name
            for name in names
        }
        for future in as_completed(running):
            future.result()
            done(running[future])
    return [out / f"{name}.ipynb" for name in names]


def _run(notebook: Path, target: Path, project_file: Path) -> None:
    given = {"project_file": str(project_file)}
    refuse_unknown(given, declared_parameters(notebook), notebook.name)
    log.debug("Running %s.", notebook.name)
    try:
        papermill.execute_notebook(
            str(notebook),
            str(target),
            parameters=given,
            progress_bar=False,
            kernel_manager_class=PrivateKernelManager,
        )
    except PapermillExecutionError as error:
        raise ReportError(
            msg(
                "The cell “{source}” failed: {error}: {text}",
                source=error.source.strip()[:80],
                error=error.ename,
                text=error.evalue,
            ),
            where=notebook.name,
            do=msg("The executed notebook is kept for reading: {path}.", path=str(target)),
        ) from None


@contextmanager
def _settings() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
