"""The data dictionary of a REDCap project: what its fields are called and which answers they have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evaluation.data.adapters.adapter import readable
from evaluation.data.delimited import delimited_rows, find_delimiter
from evaluation.data.encoding import text_encoding
from evaluation.data.grid import build_frame
from evaluation.vocabulary.errors import ExportError, MissingFileError
from evaluation.vocabulary.message import msg

NAME = ("Variable / Field Name", "field_name")
KIND = ("Field Type", "field_type")
LABEL = ("Field Label", "field_label")
CHOICES = ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations")
PERSONAL = ("Identifier?", "identifier")
FIXED = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
LISTED = ("radio", "dropdown", "checkbox")
CHOICE = re.compile(r"\s*([^,|]+?)\s*,\s*(.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind, its question, the label of each code, and whether it identifies a person."""

    kind: str
    label: str
    choices: Mapping[str, str]
    personal: bool


def read_dictionary(path: Path) -> dict[str, Field]:
    """Read a data dictionary.

    Parameters
    ----------
    path
        The file, as REDCap's page for the dictionary or its interface for programs writes it.

    Returns
    -------
    dict
        The fields by name.

    Raises
    ------
    MissingFileError
        If the file is not there or is empty.
    ExportError
        If it is no data dictionary.
    """
    if not path.is_file():
        raise MissingFileError(
            msg("There is no file {file}.", file=path.name),
            where=str(path.parent),
            do=msg("Put the data dictionary there, or correct `dictionary:` of the source."),
        )
    encoding = text_encoding(path)
    rows = delimited_rows(path, encoding, find_delimiter(path, encoding) or ",")
    frame = build_frame(rows, path.name)[0].astype("str")
    name, kind, label = (_column(frame, names, path) for names in (NAME, KIND, LABEL))
    choices, personal = (_column(frame, names, path) for names in (CHOICES, PERSONAL))
    cells = zip(*(frame[column] for column in (name, kind, label, choices, personal)), strict=True)
    return {each.strip(): _field(*rest) for each, *rest in cells}


def _column(frame: pd.DataFrame, names: tuple[str, ...], path: Path) -> str:
    found = next((name for name in names if name in frame.columns), None)
    if found is None:
        raise ExportError(
            msg("There is no column “{column}”, which every data dictionary of REDCap has.", column=names[0]),
            where=f"{path.name}:1",
            do=msg("Export the data dictionary again, or correct `dictionary:` of the source."),
        )
    return found


def _field(kind: str, label: str, choices: str, personal: str) -> Field:
    listed = dict(_choices(choices)) if kind in LISTED else FIXED.get(kind, {})
    return Field(kind, readable(label), listed, personal.strip().casefold() in ("y", "yes", "1"))


def _choices(text: str) -> list[tuple[str, str]]:
    found = [CHOICE.fullmatch(part) for part in text.split("|")]
    return [(each[1], readable(each[2])) for each in found if each]
