"""Executed notebooks: without traces of when they ran, and kept as long as nothing that they rest on changes."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from evaluation.project.model import LoadedProject
from evaluation.report.history import published_records
from evaluation.report.watched import READS, HandedOut
from evaluation.report.workshop.store import comments_folder
from evaluation.study import definition_fingerprint, open_study
from evaluation.vocabulary.fingerprint import file_fingerprint, fingerprint, program_fingerprint

SHOWS_WORKSHOPS = "workshops("
"""What stands in a notebook that rests on the comments of workshops too."""
FORM = 3
"""Raised when what is kept changes its form."""
NOTED = "noted.json"
INJECTED = "injected-parameters"
NAMED_BY_TIME = ("start_time", "end_time", "duration", "input_path", "output_path", "environment_variables")
TEXT_STATE = {"exception": False, "status": "completed"}
"""What papermill notes of a cell of text."""
Notebook = dict[str, Any]


def read(path: Path) -> Notebook:
    """Read a notebook as plain values."""
    return json.loads(path.read_text(encoding="utf-8"))


def write(notebook: Notebook, path: Path, *, indent: int | None = 1) -> None:
    """Write a notebook; it takes its place only when it is complete.

    Texts are written as lists of lines, as Jupyter does, so that the same notebook has the same bytes whoever
    wrote it before. Without `indent` it is written several times as fast, for what nobody looks at.
    """
    lined = {**notebook, "cells": [_in_lines(cell) for cell in notebook["cells"]]}
    text = json.dumps(lined, ensure_ascii=False, indent=indent, sort_keys=True) + "\n"
    made = path.with_name(f".{path.name}-{os.getpid()}")
    made.write_text(text, encoding="utf-8", newline="\n")
    os.replace(made, path)


def _in_lines(cell: Notebook) -> Notebook:
    if "outputs" in cell:
        cell = {**cell, "outputs": [_output_in_lines(output) for output in cell["outputs"]]}
    return {**cell, "source": _lines(cell["source"])}


def _output_in_lines(output: Notebook) -> Notebook:
    if "data" in output:
        data = {
            name: value if name.endswith("json") else _lines(value) for name, value in output["data"].items()
        }
        return {**output, "data": data}
    return {**output, "text": _lines(output["text"])} if "text" in output else output


def _lines(text: Any) -> Any:
    return text.splitlines(keepends=True) if isinstance(text, str) else text


def without_times(executed: Notebook, source: Notebook) -> Notebook:
    """Return an executed notebook without what differs between two runs of the same input.

    Parameters
    ----------
    executed
        What papermill wrote.
    source
        The notebook as it was before.

    Returns
    -------
    dict
        It keeps the outputs, the parameters and the state of every cell; times, paths and random names go.
    """
    papermill = executed["metadata"].get("papermill", {})
    kept = {key: value for key, value in papermill.items() if key not in NAMED_BY_TIME}
    cells = [_without_times(cell) for cell in executed["cells"]]
    return {**executed, "metadata": {**source["metadata"], "papermill": kept}, "cells": cells}


def _without_times(cell: Notebook) -> Notebook:
    metadata = {key: value for key, value in cell["metadata"].items() if key != "execution"}
    papermill = metadata.get("papermill", {})
    metadata["papermill"] = {key: value for key, value in papermill.items() if key not in NAMED_BY_TIME}
    name = INJECTED if INJECTED in metadata.get("tags", []) else cell.get("id", "")
    return {**cell, "metadata": metadata, "id": name}


class KeptChapters:
    """Executed notebooks beside the processed tables, found again by what they rest on.

    Their exhibits have been protected one by one but not yet together, so that they stay with the data and
    are deleted with them.

    Parameters
    ----------
    loaded
        The programme.
    """

    def __init__(self, loaded: LoadedProject):
        self.loaded = loaded
        self.folder = chapters_folder(loaded)
        self.stated = [definition_fingerprint(loaded), _tables_beside(loaded)]
        self.said = [file_fingerprint(path) for path in sorted(comments_folder(loaded).glob("*.jsonld"))]

    @cached_property
    def handed_out(self) -> HandedOut:
        """Return what the data are now, to compare with what was read."""
        return HandedOut(open_study(self.loaded.file))

    def key(self, notebook: Notebook, given: Mapping[str, Any]) -> str:
        """Return what a notebook's outputs rest on but data: code, parameters, definition, workshops, program."""
        code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
        said = self.said if any(SHOWS_WORKSHOPS in "".join(source) for source in code) else []
        return fingerprint(
            [FORM, code, dict(given), self.stated, said, program_fingerprint(templates=False, lang="")]
        )

    def find(self, name: str, notebook: Notebook, key: str) -> Notebook | None:
        """Return a notebook with the outputs that were kept and its text as it is now.

        Parameters
        ----------
        name
            Its name without ending.
        notebook
            The notebook as it is now.
        key
            What its outputs rest on.

        Returns
        -------
        dict or None
            None if nothing was kept, or if what was read of the data for it is not what it was.
        """
        try:
            stored = read(self._place(name, key))
            read_then = stored["metadata"].pop(READS)
        except (OSError, ValueError, KeyError):
            return None
        if not self.handed_out.are(read_then):
            return None
        return {**stored, "cells": list(_woven(notebook, stored))}

    def keep(self, name: str, executed: Notebook, key: str, reads: Sequence[str] | None = None) -> None:
        """Keep an executed notebook in place of earlier ones of its name.

        Parameters
        ----------
        name, key
            As in `find`.
        executed
            The executed notebook.
        reads
            What was read of the data, as `watched` tells it; all data if None.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        place, now = self._place(name, key), self.handed_out
        known = {one: now.fingerprint(one) for one in (now.everything() if reads is None else reads)}
        write({**executed, "metadata": {**executed["metadata"], READS: known}}, place)
        for other in self.folder.glob(f"{name}-*.ipynb"):
            if other != place:
                other.unlink(missing_ok=True)

    def find_together(self, folder: Path) -> dict[str, Any] | None:
        """Put notebooks that were protected together in the place of those in a folder.

        Parameters
        ----------
        folder
            The notebooks as they were executed, with their text as it is now.

        Returns
        -------
        dict or None
            What was noted when the same outputs were protected; None, with nothing done, if they were not.
        """
        names, place = _names(folder), self.together(folder)
        try:
            noted = json.loads((place / NOTED).read_text(encoding="utf-8"))
            kept = {name: read(place / name) for name in names}
        except (OSError, ValueError):
            return None
        for name, stored in kept.items():
            cells = list(_woven(read(folder / name), stored))
            if cells == stored["cells"]:
                shutil.copy2(place / name, folder / name)
            else:
                write({**stored, "cells": cells}, folder / name)
        return noted

    def keep_together(self, place: Path, folder: Path, noted: Mapping[str, Any]) -> None:
        """Keep notebooks that were protected together, in place of earlier ones.

        Parameters
        ----------
        place
            What `together` returned before they were protected.
        folder
            The protected notebooks.
        noted
            What is noted of them.
        """
        made = place.with_name(f".{place.name}-{os.getpid()}")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        for name in _names(folder):
            write(read(folder / name), made / name)
        (made / NOTED).write_text(json.dumps(dict(noted)), encoding="utf-8")
        for other in self.folder.glob("*together-*"):
            if other != made:
                shutil.rmtree(other)
        made.rename(place)

    def together(self, folder: Path) -> Path:
        """Return where executed notebooks are kept when they are protected: by all that they show together.

        What is withheld in one chapter depends on what others show, and on the reports published before.
        """
        shown = [[name, _outputs(read(folder / name))] for name in _names(folder)]
        published = published_records(self.loaded)
        key = fingerprint([FORM, shown, self.stated, published, program_fingerprint()])
        return self.folder / f"together-{key[:32]}"

    def _place(self, name: str, key: str) -> Path:
        return self.folder / f"{name}-{key[:32]}.ipynb"


def chapters_folder(loaded: LoadedProject) -> Path:
    """Return the folder of executed chapters, beside the processed tables."""
    return loaded.processed_folder.with_name(f".{loaded.processed_folder.name}.chapters")


def rendered_folder(loaded: LoadedProject) -> Path:
    """Return the folder of what was rendered of chapters."""
    return chapters_folder(loaded) / "rendered"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.ipynb"))


def _outputs(notebook: Notebook) -> list[Any]:
    return [cell["outputs"] for cell in notebook["cells"] if "outputs" in cell]


def _tables_beside(loaded: LoadedProject) -> list[str]:
    """Return the fingerprints of the published tables that the definition names: prices and populations."""
    accounts, population = loaded.definition.impact.accounts, loaded.definition.equality.population
    named = [accounts.deflator if accounts else None, population.file if population else None]
    paths = [loaded.file.parent / name for name in named if name]
    return [file_fingerprint(path) if path.is_file() else "" for path in paths]


def _woven(notebook: Notebook, stored: Notebook) -> Iterator[Notebook]:
    """Put the code cells that were executed between the text as it is now."""
    executed = [cell for cell in stored["cells"] if cell["cell_type"] == "code"]
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            yield {**cell, "metadata": {**cell["metadata"], "papermill": TEXT_STATE}}
            continue
        if INJECTED in cell["metadata"].get("tags", []):
            continue
        done = executed.pop(0)
        yield {**done, "id": cell.get("id", done["id"])}
        if executed and INJECTED in executed[0]["metadata"].get("tags", []):
            yield executed.pop(0)
