"""The noun everything speaks: estimates as a tidy table, with what is needed to read them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from evaluation.figures import draw
from evaluation.figures.labels import Labels
from evaluation.text.catalogue import SOURCE_LANGUAGE
from evaluation.text.labels import labels_of
from evaluation.text.lexicon import Lexicon
from evaluation.text.notebook import Shown, notebook_html, notebook_text
from evaluation.text.sentence import Finding, describe
from evaluation.vocabulary.columns import check_columns
from evaluation.vocabulary.errors import EstimationError
from evaluation.vocabulary.estimands import ESTIMANDS
from evaluation.vocabulary.message import msg
from evaluation.vocabulary.row import Key

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Protection:
    """Which disclosure rules were applied before a result could be shown.

    Attributes
    ----------
    min_cell
        The smallest number of units that may be shown.
    rules
        Keys of the rules.
    suppressed
        How many rows were withheld.
    """

    min_cell: int
    rules: tuple[str, ...]
    suppressed: int


@dataclass(frozen=True, slots=True)
class Meta:
    """How a result was made.

    Attributes
    ----------
    method
        Key of the method, for example "hypergeometric".
    conf_level
        The level of the intervals, between 0 and 1.
    references
        Keys of `vocabulary.references`.
    assumptions
        What must hold for the numbers to mean what they say, as keys of `vocabulary.methods`.
    figure
        The kind of figure; the estimand's own if empty.
    counted
        For a tally: per verdict that is counted, the number of its tally, the verdict and what the row is
        about, so that withheld rows can be left out.
    protected
        Set by disclosure control, never by a method.
    """

    method: str
    conf_level: float = 0.95
    references: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    figure: str = ""
    counted: tuple[tuple[int, str, Key], ...] = ()
    protected: Protection | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Estimates as a tidy table, with what is needed to read them.

    Attributes
    ----------
    table
        One row per estimate, with columns of the glossary only (`vocabulary.columns`).
    meta
        How the rows were made.
    """

    table: pd.DataFrame
    meta: Meta = field(default_factory=lambda: Meta(method=""))
    _rows: list[dict[str, Any]] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        check_columns(self.table.columns)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries, with None for what has no value."""
        if not self._rows:
            names = list(self.table.columns)
            columns = [_values(self.table[name]) for name in names]
            self._rows.extend(dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
        return [dict(row) for row in self._rows]

    def describe(
        self, lang: str = "en", level: str = "report", words: Lexicon | None = None
    ) -> list[Finding]:
        """Say every row in words.

        Parameters
        ----------
        lang
            "sv" or "en".
        level
            "short", "report" or "easy".
        words
            Words of one's own, by key and language: `statement` (what is measured or done), `respondents`
            (who answered) and `label`; for rows of a project's statement, `statement.<key>` and so on.

        Returns
        -------
        list of Finding
            One per row; `str()` gives the text.

        Examples
        --------
        >>> from evaluation.targets.attainment import attained_share
        >>> share = attained_share(pd.DataFrame({"positive": [True] * 7 + [False] * 3}))
        >>> share.describe("en", "short", {"respondents": {"en": "companies"}})
        ['70% of the companies who answered meet the condition.']
        """
        return [
            describe(row, lang=lang, level=level, words=words or {}, conf_level=self.meta.conf_level)
            for row in self.records()
        ]

    def plot(self, lang: str = "en", words: Lexicon | None = None) -> Figure:
        """Draw the rows; nothing is computed that does not stand in the table.

        Parameters
        ----------
        lang
            "sv" or "en".
        words
            Words of one's own, as in `describe`.

        Returns
        -------
        matplotlib.figure.Figure
            Shown by itself as the last line of a cell; `savefig` writes it to a file.
        """
        return draw(self.table, self.figure_kind, self.labels(lang, words or {}))

    def labels(self, lang: str, words: Lexicon) -> Labels:
        """Return everything that is written in the figure."""
        return Labels(**labels_of(self.records(), self.figure_kind, lang=lang, words=words))

    @property
    def figure_kind(self) -> str:
        """Return the kind of figure these rows are drawn as."""
        return self.meta.figure or ESTIMANDS[self.table["estimand"].iloc[0]].figure

    def stack(self, *others: Result) -> Result:
        """Put results of the same quantity under each other.

        The stack is not protected, even if its parts were: disclosure control looks at all rows together.

        Raises
        ------
        EstimationError
            If the quantities or the levels of the intervals differ: the rows could not be compared.
        """
        results = (self, *others)
        _refuse_unlike(results)
        columns = list(dict.fromkeys(name for result in results for name in result.table.columns))
        values = {name: _under_each_other(name, results) for name in columns}
        references = tuple(dict.fromkeys(key for result in results for key in result.meta.references))
        assumptions = tuple(dict.fromkeys(key for result in results for key in result.meta.assumptions))
        meta = replace(self.meta, references=references, assumptions=assumptions, protected=None)
        return Result(pd.DataFrame(values, columns=columns), meta)

    def to_dict(self) -> dict[str, Any]:
        """Return rows and metadata as plain values for JSON."""
        return {"columns": list(self.table.columns), "rows": self.records(), "meta": asdict(self.meta)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Result:
        """Rebuild a result from `to_dict`."""
        meta = dict(stored["meta"])
        protected = meta.pop("protected")
        lists = {name: tuple(meta.pop(name)) for name in ("references", "assumptions")}
        counted = tuple((number, verdict, tuple(key)) for number, verdict, key in meta.pop("counted", ()))
        shown = Protection(**{**protected, "rules": tuple(protected["rules"])}) if protected else None
        table = pd.DataFrame(stored["rows"], columns=stored["columns"])
        made = cls(table, Meta(**meta, **lists, counted=counted, protected=shown))
        made._rows.extend(dict(row) for row in stored["rows"])
        return made

    def __repr__(self) -> str:
        return notebook_text(self._shown(), _language())

    def _repr_html_(self) -> str:
        """Show the result in a notebook, marked until disclosure control has seen it."""
        return notebook_html(self._shown(), _language())

    def _shown(self) -> Shown:
        meta = self.meta
        return Shown(
            self.records(),
            meta.method,
            meta.assumptions,
            meta.references,
            meta.conf_level,
            meta.protected is not None,
        )


def _language() -> str:
    """Return the language of results shown while one works."""
    return os.environ.get("EVALUATION_LANG") or SOURCE_LANGUAGE


def _under_each_other(name: str, results: Sequence[Result]) -> list[Any]:
    """Return the values of a column of several tables; those that lack it have none."""
    tables = [result.table for result in results]
    return [value for one in tables for value in (one[name].tolist() if name in one else [np.nan] * len(one))]


def _values(column: pd.Series) -> list[Any]:
    """Return a column as plain values; whole columns at a time, since tables are written out often."""
    pairs = zip(column.tolist(), column.isna().tolist(), strict=True)
    return [None if missing else _plain(value) for value, missing in pairs]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _refuse_unlike(results: Sequence[Result]) -> None:
    estimands = {key for result in results for key in result.table["estimand"].unique()}
    if len(estimands) > 1:
        raise EstimationError(
            msg(
                "Results of different quantities cannot be stacked: {names}.",
                names=", ".join(sorted(estimands)),
            ),
            do=msg("Stack only results of the same quantity."),
        )
    if len({result.meta.conf_level for result in results}) > 1:
        raise EstimationError(
            msg("Results with intervals of different levels cannot be stacked."),
            do=msg("Estimate them with the same `conf_level`."),
        )
