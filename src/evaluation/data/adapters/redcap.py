"""Exports from REDCap: codes with a data dictionary, events, repeating instruments, check boxes."""

from collections.abc import Mapping, Sequence

import pandas as pd

from evaluation.data.adapters.adapter import Adapter, Delivered, Reading, rewritten, without_personal
from evaluation.data.adapters.redcap_dictionary import Field, read_dictionary
from evaluation.data.matching import plain
from evaluation.vocabulary.errors import ExportError, Problem
from evaluation.vocabulary.message import msg

EVENT, INSTRUMENT, INSTANCE = "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"
SHARED = ("redcap_survey_identifier", "redcap_data_access_group")
OWN = (EVENT, INSTRUMENT, INSTANCE)
CHECK = "___"
STATES = {"0", "1", "2", ""}
ONE_ANSWER = ("radio", "dropdown", "yesno", "truefalse")


def matches(rows: Sequence[list[str]], header: list[str]) -> bool:
    """Tell whether a column is REDCap's own, or the last one is the state of a form (0, 1 or 2)."""
    if set(header) & {*OWN, *SHARED}:
        return True
    states = {row[len(header) - 1].strip() for row in rows[1:] if len(row) >= len(header)}
    return header[-1].endswith("_complete") and states != {""} and bool(states) and states <= STATES


def read(delivered: Delivered) -> Reading:
    """Read an export from REDCap.

    Parameters
    ----------
    delivered
        The file.

    Returns
    -------
    Reading
        One row per record. With a dictionary, codes are their labels, and fields marked as identifiers
        are dropped unless the project file names them. A field of an event is called
        “field [event]”, one of a repeated instrument “field [2]” or “field [event, 2]”.

    Raises
    ------
    MissingFileError
        If the dictionary that the source names is not there.
    ExportError
        If a record has the same event, instrument and instance in two rows.
    """
    frame, number = delivered.under(delivered.cells(0), 1)
    stated = delivered.source.dictionary
    fields = read_dictionary(delivered.path.parent / stated) if stated else {}
    labelled = pd.DataFrame({name: _labelled(frame[name], fields.get(name)) for name in frame.columns})
    personal = [name for name in frame.columns[1:] if name in fields and fields[name].personal]
    reading = Reading(labelled.set_index(frame.index), number, wording=_wording(frame, fields))
    reading = without_personal(reading, personal, delivered)
    return _one_row_per_record(reading, delivered) if set(frame.columns) & set(OWN) else reading


def _labelled(column: pd.Series, field: Field | None) -> pd.Categorical:
    if field is None or field.kind not in ONE_ANSWER:
        return column.array
    known = {plain(code): label for code, label in field.choices.items()}
    return rewritten(column.array, [known.get(plain(text), text) for text in column.cat.categories])


def _wording(frame: pd.DataFrame, fields: Mapping[str, Field]) -> dict[str, str]:
    wording = {}
    for name in frame.columns:
        base, _, code = name.partition(CHECK)
        field = fields.get(name) or fields.get(base)
        if field is not None and field.label:
            wording[name] = f"{field.label} [{field.choices.get(code, code)}]" if code else field.label
    return wording


def _one_row_per_record(reading: Reading, delivered: Delivered) -> Reading:
    frame = reading.frame
    record = frame.columns[0]
    _refuse_twins(frame, record, delivered)
    whose = frame[record].astype("str")
    first = ~whose.duplicated()
    columns = {record: whose[first].to_numpy()}
    origin = {record: record}
    for place, rows in frame.groupby(_places(frame), sort=False):
        for name in frame.columns.drop([record, *OWN], errors="ignore"):
            filled = rows[name][rows[name] != ""].astype("str")
            if len(filled):
                called = name if name in SHARED or not place else f"{name} [{place}]"
                new = pd.Series(filled.to_numpy(), index=whose[filled.index].to_numpy())
                new = new[~new.index.duplicated()].reindex(columns[record])
                columns[called] = _filled(columns.get(called), new)
                origin[called] = name
    wide = pd.DataFrame(
        {name: pd.Categorical(texts) for name, texts in columns.items()}, index=frame.index[first]
    )
    joined = {"joined": int((~first).sum())} if not first.all() else {}
    wording = {new: reading.wording[old] for new, old in origin.items() if old in reading.wording}
    return Reading(wide, reading.header_row, joined, wording, reading.notes)


def _filled(before: pd.Series | None, new: pd.Series) -> pd.Series:
    return new.fillna("") if before is None else before.where(before.to_numpy() != "", new.fillna(""))


def _places(frame: pd.DataFrame) -> pd.Series:
    """Return the event and the instance that a row is about, "" if neither."""
    parts = [frame[name].astype("str") for name in (EVENT, INSTANCE) if name in frame.columns]
    whole = parts[0] if parts else pd.Series("", index=frame.index)
    for part in parts[1:]:
        whole = whole.where(part == "", whole.where(whole == "", whole + ", ") + part)
    return whole


def _refuse_twins(frame: pd.DataFrame, record: str, delivered: Delivered) -> None:
    keys = frame[[record, *(name for name in OWN if name in frame.columns)]].astype("str")
    twins = keys.index[keys.duplicated()]
    if len(twins):
        raise ExportError(
            [
                Problem(
                    msg("The record has another row with the same event, instrument and instance."),
                    f"{delivered.path.name}:{row}",
                    msg("Delete one of them, or export the file again."),
                )
                for row in twins
            ]
        )


ADAPTER = Adapter(
    "REDCap",
    msg("{file} was read as an export from REDCap, because of its columns on events or finished forms."),
    matches,
    read,
)
