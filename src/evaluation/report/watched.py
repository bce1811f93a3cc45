"""What a chapter reads of the data: noted where the data are handed out, and asked for again later."""

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import Any

import pandas as pd

from evaluation.data.contents import contents
from evaluation.data.manifest import Manifest
from evaluation.study import READ_HERE, Study, handed_down, studies_handed_down

READS = "evaluation_reads"
"""Where an executed notebook holds what was read for it."""
DATA = frozenset({part.name for part in fields(Study)} - {"loaded", "lang"})
"""What a study holds besides its definition and a language."""
IMPORTED = ("evaluation.chapters", "evaluation.report.parameters")
"""Modules that take data from a study only."""
READING = frozenset(
    {"open", "exec", "eval", "compile", "__import__", "__builtins__", "get_ipython", "globals"}
)
"""Names by which a notebook could reach files without importing anything."""
STATED = ("project_", "codebook_")
"""What the manifest tells of the definition begins with this."""


class WatchedStudy(Study):
    """A study that notes what it hands out of its data; in everything else it is the study that it watches.

    Notes
    -----
    Every table, and all that is derived from one, is taken from an attribute, so that none can be read without
    being noted. Only what returns less than a table is noted as that. A copy with another table notes nothing
    more: to make it, all others have been read.
    """

    _study: Study
    _reads: set[str] | None = None
    _side = ""

    @classmethod
    def of(cls, study: Study, reads: set[str], side: str = "") -> "WatchedStudy":
        """Watch a study.

        Parameters
        ----------
        study
            The study.
        reads
            Gets what is asked for, as JSON: a name, and what was given with it.
        side
            What the names of a comparison group's data begin with.
        """
        held = {part.name: getattr(study, part.name) for part in fields(Study)}
        if study.comparison is not None:
            held["comparison"] = cls.of(study.comparison, reads, f"{side}comparison.")
        made = cls(**held)
        vars(made).update(_study=study, _reads=reads, _side=side)
        return made

    def __getattribute__(self, name: str) -> Any:
        if name in DATA:
            object.__getattribute__(self, "_note")(name)
        return object.__getattribute__(self, name)

    def shown_in(self, lang: str) -> "WatchedStudy":
        """Watch the same study, whose results are shown in a language."""
        return WatchedStudy.of(self._study.shown_in(lang), self._reads, self._side)

    @property
    def simulated(self) -> bool:
        """As that of the study, noted by itself."""
        return self._smaller("simulated")

    @property
    def given(self) -> pd.DataFrame:
        """As that of the study, noted by itself."""
        return self._smaller("given")

    def answers_to(self, items: Iterable[str], waves: Iterable[str] | None = None) -> pd.DataFrame:
        """As that of the study, noted by questions and waves."""
        return self._smaller("answers_to", list(items), None if waves is None else list(waves))

    def scores_of(self, scale: str) -> pd.DataFrame:
        """As that of the study, noted by scale."""
        return self._smaller("scores_of", scale)

    def present(self, wave: str) -> pd.Index:
        """As that of the study, noted by wave."""
        return self._smaller("present", wave)

    def _smaller(self, name: str, *given: Any) -> Any:
        self._note(name, *given)
        found = getattr(super() if self._reads is None else self._study, name)
        return found(*given) if given else found

    def _note(self, name: str, *given: Any) -> None:
        if self._reads is not None:
            self._reads.add(json.dumps([f"{self._side}{name}", *given]))


@contextmanager
def watched() -> Iterator[Callable[[], list[str] | None]]:
    """Watch every study that is handed down, and tell what is read of it.

    Yields
    ------
    callable
        Returns what has been asked for so far; None if that is not all, since a study was read from the disk.
    """
    reads: set[str] = set()
    studies, before = studies_handed_down(), len(READ_HERE)
    with ExitStack() as stack:
        for study in studies:
            stack.enter_context(handed_down(WatchedStudy.of(study, reads)))
        yield lambda: sorted(reads) if studies and len(READ_HERE) == before else None


def only_by_study(notebook: Mapping[str, Any]) -> bool:
    """Tell whether a notebook can reach data only by its study: it imports nothing but chapters.

    Parameters
    ----------
    notebook
        The notebook as plain values. One with other imports, or with more than Python, rests on all data.
    """
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    try:
        parts = list(ast.walk(ast.parse("\n".join(code))))
    except SyntaxError:
        return False
    named = {part.id for part in parts if isinstance(part, ast.Name)}
    imported = [part for part in parts if isinstance(part, ast.Import | ast.ImportFrom)]
    return not named & READING and all(
        isinstance(part, ast.ImportFrom)
        and (
            part.module in IMPORTED
            or (part.module == "evaluation" and [one.name for one in part.names] == ["open_study"])
        )
        for part in imported
    )


class HandedOut:
    """The fingerprints of what a study hands out, each computed once.

    Parameters
    ----------
    study
        The study as it is now.
    """

    def __init__(self, study: Study):
        self.study = study
        self._known: dict[str, str] = {}

    def fingerprint(self, read: str) -> str:
        """Return the fingerprint of what is handed out now to what was asked for.

        Parameters
        ----------
        read
            As a `WatchedStudy` notes it.
        """
        if read not in self._known:
            name, *given = json.loads(read)
            found = attrgetter(name)(self.study)
            self._known[read] = contents(_plain(found(*given) if given else found))
        return self._known[read]

    def everything(self) -> list[str]:
        """Return what has to be asked for to have all data, those of a comparison group too."""
        sides = ["", *(["comparison."] if self.study.comparison is not None else [])]
        return [json.dumps([f"{side}{name}"]) for side in sides for name in sorted(DATA)]

    def are(self, known: Mapping[str, str]) -> bool:
        """Tell whether all that was read is what it was."""
        return all(self.fingerprint(read) == before for read, before in known.items())


def _plain(value: Any) -> Any:
    """Return what is compared of something that is no table."""
    if isinstance(value, Manifest):
        return {key: held for key, held in value.to_dict().items() if not key.startswith(STATED)}
    return "a study of its own" if isinstance(value, Study) else value
