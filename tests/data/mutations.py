"""Damaged exports, made from small valid ones: every damage is drawn from a seeded generator."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyreadstat

Rows = list[list[str]]
Generator = np.random.Generator


@dataclass(frozen=True)
class Form:
    """A valid export of one shape: its rows, the identifier's header, and the questions with their answers."""

    rows: Sequence[Sequence[str]]
    person: str
    questions: dict[str, Sequence[str]]
    kind: str = "answers"
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Rows:
        """Return a copy of the rows."""
        return [list(row) for row in self.rows]


SCALE = ("1", "2", "3", "4", "5")
LIME = ["id", "submitdate", "lastpage", "startlanguage", "ipaddr", "A1", "B[SQ001]"]
MONKEY = ["Respondent ID", "Collector ID", "Email Address", "Ålder?", "Vad har du gjort?", "", "Trivs du?"]
QUALTRICS = ["StartDate", "Status", "Finished", "ResponseId", "Q1"]
FORMS: dict[str, Form] = {
    "plain": Form(
        [["id", "A", "B"], *([f"p{i}", SCALE[i % 5], SCALE[-1 - i % 5]] for i in range(12))],
        "id",
        {"A": SCALE, "B": SCALE},
    ),
    "qualtrics": Form(
        [
            QUALTRICS,
            ["Start", "Type", "Done", "Response ID", "Hur var det?"],
            [f'{{"ImportId":"{name}"}}' for name in QUALTRICS],
            *(["2024-03-01", "IP Address", "True", f"R_{i}", "bra" if i % 2 else "dåligt"] for i in range(6)),
            ["2024-03-01", "Survey Preview", "True", "R_9", "bra"],
        ],
        "ResponseId",
        {"Q1": ("bra", "dåligt")},
    ),
    "limesurvey": Form(
        [
            LIME,
            *([str(i), "2024-03-01 10:00:00", "7", "sv", "1.1.1.1", "Ja", SCALE[i % 5]] for i in range(6)),
            ["9", "", "3", "sv", "1.1.1.1", "Nej", ""],
        ],
        "id",
        {"A1": ("Ja", "Nej"), "B[SQ001]": SCALE},
    ),
    "surveymonkey": Form(
        [
            MONKEY,
            ["", "", "", "Response", "Kurs", "Besök", "Response"],
            *(
                [f"32928799{i}", "42", "a@b.se", "18-29", "Kurs", "", "Ja" if i % 2 else "Nej"]
                for i in range(6)
            ),
        ],
        "Respondent ID",
        {"Trivs du?": ("Ja", "Nej")},
    ),
    "microsoft_forms": Form(
        [
            ["ID", "Starttid", "Slutförandetid", "E-postadress", "Namn", "Trivs du?", "Varför?"],
            *(
                [str(i), "2024-03-01 10:00", "2024-03-01 10:05", "anonymous", "", "Ja", f"därför att {i}"]
                for i in range(6)
            ),
        ],
        "ID",
        {"Trivs du?": ("Ja", "Nej")},
    ),
    "google_forms": Form(
        [
            ["Tidstämpel", "E-postadress", "Kod", "Kan [före]", "Kan [efter]"],
            *(["2024-03-01 10.22.33", "a@b.se", f"K{i}", SCALE[i % 5], SCALE[2]] for i in range(6)),
        ],
        "Kod",
        {"Kan [före]": SCALE, "Kan [efter]": SCALE},
    ),
    "redcap": Form(
        [
            ["record_id", "redcap_event_name", "q1", "q2___a", "form_complete"],
            *(
                [str(i), event, SCALE[i % 5], "1", "2"]
                for i in range(6)
                for event in ("before_arm_1", "after_arm_1")
            ),
        ],
        "record_id",
        {"q1 [before_arm_1]": SCALE, "q1 [after_arm_1]": SCALE},
    ),
    "jisc": Form(
        [
            ["Unique Response Number", "1. How are you?", "3. Other"],
            *([f"123-{i}", "1. Very well" if i % 2 else "3. Not well", "x"] for i in range(6)),
        ],
        "Unique Response Number",
        {"1. How are you?": ("Very well", "Not well")},
    ),
    "register": Form(
        [
            ["Id", "Företag", "Kön", "Ålder"],
            *(
                [f"p{i}", "Alfa" if i % 2 else "Beta AB", "Kvinna" if i % 3 else "Man", str(30 + i)]
                for i in range(8)
            ),
        ],
        "Id",
        {},
        "people",
        {"person": "Id", "organisation": "Företag", "sex": "Kön", "age": "Ålder"},
    ),
    "log": Form(
        [
            ["Insats", "Id", "Fas", "Timmar", "Datum"],
            *([f"I{i}", f"p{i}", "Före" if i % 2 else "Under", "1,5", "2024-03-01"] for i in range(8)),
        ],
        "Insats",
        {},
        "log",
        {"effort": "Insats", "person": "Id", "phase": "Fas", "hours": "Timmar", "date": "Datum"},
    ),
}
"""Valid exports in every shape that is recognised, and a register and a log."""

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://x","y")',
)
MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td><b>",
    "&lt;i&gt;",
    "{{7*7}}",
    "$x$",
)
STRANGE = (
    "\u202egnp",
    "👩\u200d🔬",
    "\x0b",
    "\x1b[31m",
    "\u0000"[:0] + "\ufffd",
    "é\u0301" * 30,
    "-",
    "∞",
    "1e999",
    "NaN",
)
HUGE = (40_000, 200_000)


def _cell(rows: Rows, rng: Generator, text: str) -> Rows:
    filled = [place for place, row in enumerate(rows) if row]
    row = rows[int(rng.choice(filled))]
    row[int(rng.integers(len(row)))] = text
    return rows


def _cut_rows(rows: Rows, rng: Generator) -> Rows:
    return rows[: int(rng.integers(0, len(rows)))]


def _lost_rows(rows: Rows, rng: Generator) -> Rows:
    return [row for row in rows if rng.random() > 0.4]


def _shifted(rows: Rows, rng: Generator) -> Rows:
    start = int(rng.integers(len(rows)))
    return [["", *row] if place >= start else row for place, row in enumerate(rows)]


def _ragged(rows: Rows, rng: Generator) -> Rows:
    return [row[: int(rng.integers(1, len(row) + 1))] + ["x"] * int(rng.integers(2)) for row in rows]


def _twin_header(rows: Rows, rng: Generator) -> Rows:
    place = int(rng.integers(len(rows[0])))
    return [[*row, row[place]] for row in rows]


def _reordered(rows: Rows, rng: Generator) -> Rows:
    order = rng.permutation(len(rows[0]))
    return [[row[place] for place in order] for row in rows]


def _shuffled(rows: Rows, rng: Generator) -> Rows:
    return [rows[place] for place in rng.permutation(len(rows))]


def _blank_lines(rows: Rows, rng: Generator) -> Rows:
    return [part for row in rows for part in ([[]] * int(rng.integers(3)) + [row])]


def _lost_column(rows: Rows, rng: Generator) -> Rows:
    place = int(rng.integers(len(rows[0])))
    return [row[:place] + row[place + 1 :] for row in rows]


def _twice(rows: Rows, rng: Generator) -> Rows:
    return [*rows, *rows[int(rng.integers(len(rows))) :]]


def _identity(rows: Rows, rng: Generator) -> Rows:
    return _cell(
        rows, rng, str(rng.choice(["811218-9876", "Jag är 198112189876", "811218+9876", "811278-9873"]))
    )


TABLE: dict[str, Callable[[Rows, Generator], Rows]] = {
    "cut_rows": _cut_rows,
    "lost_rows": _lost_rows,
    "shifted": _shifted,
    "ragged": _ragged,
    "twin_header": _twin_header,
    "reordered": _reordered,
    "shuffled": _shuffled,
    "blank_lines": _blank_lines,
    "lost_column": _lost_column,
    "twice": _twice,
    "identity": _identity,
    "formula": lambda rows, rng: _cell(rows, rng, str(rng.choice(FORMULAS))),
    "markup": lambda rows, rng: _cell(rows, rng, str(rng.choice(MARKUP))),
    "strange": lambda rows, rng: _cell(rows, rng, str(rng.choice(STRANGE))),
    "huge": lambda rows, rng: _cell(rows, rng, "x" * int(rng.choice(HUGE))),
    "empty_cell": lambda rows, rng: _cell(rows, rng, ""),
}
"""Damage to the table."""


def _text(rows: Rows, delimiter: str = ",") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def _at(raw: bytes, rng: Generator, piece: bytes) -> bytes:
    place = int(rng.integers(len(raw) + 1))
    return raw[:place] + piece + raw[place:]


def _flipped(raw: bytes, rng: Generator) -> bytes:
    changed = bytearray(raw)
    for place in rng.integers(0, len(raw), size=int(rng.integers(1, 8))):
        changed[place] = int(rng.integers(256))
    return bytes(changed)


BYTES: dict[str, Callable[[bytes, Generator], bytes]] = {
    "truncated": lambda raw, rng: raw[: int(rng.integers(len(raw)))],
    "flipped": _flipped,
    "nul": lambda raw, rng: _at(raw, rng, b"\0"),
    "high_bytes": lambda raw, rng: _at(raw, rng, bytes(rng.integers(128, 256, size=3, dtype=np.uint8))),
    "quote": lambda raw, rng: _at(raw, rng, b'"'),
    "junk": lambda raw, rng: bytes(rng.integers(0, 256, size=2000, dtype=np.uint8)),
    "headless": lambda raw, rng: raw[int(rng.integers(len(raw))) :],
}
"""Damage to the bytes of a file."""

ENCODINGS = ("cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp850", "mac_roman", "utf-32")


def _encoded(rows: Rows, rng: Generator) -> bytes:
    return _text(rows).encode(str(rng.choice(ENCODINGS)), errors="replace")


def _mixed(rows: Rows, rng: Generator) -> bytes:
    half = len(rows) // 2
    return _text(rows[:half]).encode() + _text([*rows[half:], ["åäö"] * len(rows[0])]).encode("cp1252")


def _other_delimiter(rows: Rows, rng: Generator) -> bytes:
    return _text(rows, str(rng.choice([";", "\t", "|", ":", " "]))).encode()


TEXT_FILE: dict[str, Callable[[Rows, Generator], bytes]] = {
    "encoded": _encoded,
    "mixed": _mixed,
    "other_delimiter": _other_delimiter,
}
"""Damage that only text files can have."""


def workbook(rows: Rows) -> bytes:
    """Return the rows as a workbook; signs that a workbook cannot hold are left out."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Svar")
    for row in rows:
        sheet.append(["".join(sign for sign in cell if sign >= " " or sign in "\t\n") for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _emptied_part(rows: Rows, rng: Generator) -> bytes:
    """Return a workbook one of whose parts is broken in its middle."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as source, zipfile.ZipFile(stream, "w") as target:
        parts = source.namelist()
        broken = parts[int(rng.integers(len(parts)))]
        for name in parts:
            content = source.read(name)
            target.writestr(name, content[: int(rng.integers(len(content)))] if name == broken else content)
    return stream.getvalue()


WORKBOOK: dict[str, Callable[[Rows, Generator], bytes]] = {"broken_part": _emptied_part}
"""Damage that only workbooks can have."""

STATISTICS: dict[str, Callable[..., None]] = {".sav": pyreadstat.write_sav, ".dta": pyreadstat.write_dta}


def statistics_file(rows: Rows, ending: str) -> bytes:
    """Return the rows as a file of SPSS or Stata, numbers with value labels."""
    header, *body = rows
    frame = pd.DataFrame(body, columns=header)
    numbers = {name: frame[name].astype(float) for name in header if frame[name].str.fullmatch(r"\d+").all()}
    labels = {name: {float(value): f"svar {value:g}" for value in column} for name, column in numbers.items()}
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x{ending}"
        STATISTICS[ending](frame.assign(**numbers), path, variable_value_labels=labels)
        return path.read_bytes()


WRITERS: dict[str, Callable[[Rows], bytes]] = {".csv": lambda rows: _text(rows).encode(), ".xlsx": workbook}
OWN = {".csv": TEXT_FILE, ".xlsx": WORKBOOK}


def statistics_mutants(
    form: Form, ending: str, rng: Generator, rounds: int = 1
) -> Iterator[tuple[str, bytes]]:
    """Yield damaged files of SPSS or Stata with the names of their damage."""
    valid = statistics_file(form.texts, ending)
    for _ in range(rounds):
        for name, break_up in BYTES.items():
            yield name, break_up(valid, rng)


def _even(rows: Rows) -> Rows:
    width = max(1, *map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def mutants(form: Form, ending: str, rng: Generator, rounds: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield damaged files of one form with the names of their damage: every damage once per round.

    Parameters
    ----------
    form
        The valid export.
    ending
        `.csv` or `.xlsx`.
    rng
        The generator.
    rounds
        How often every damage is drawn.
    """
    write: Any = WRITERS[ending]
    valid = write(form.texts)
    for turn in range(rounds):
        for name, damage in TABLE.items():
            rows = damage(form.texts, rng)
            if turn % 2:
                other = str(rng.choice(list(TABLE)))
                name, rows = f"{name}+{other}", TABLE[other](_even(rows), rng) if len(rows) > 1 else rows
            yield name, write(rows)
        for name, alter in OWN[ending].items():
            yield name, alter(form.texts, rng)
        for name, break_up in BYTES.items():
            yield name, break_up(valid, rng)
