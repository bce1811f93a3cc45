"""A small project of another kind than Halland, and ways to change and read projects."""

import csv
import io
from pathlib import Path

import openpyxl

from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject
from evaluation.project.simulation import Simulation

HALLAND = Path(__file__).parents[2] / "projects" / "halland"

COURSE = """
name: {en: Evening course}
languages: [en]
waves:
  start: {label: {en: Start}, kind: baseline}
  middle: {label: {en: Middle}, kind: during}
  end: {label: {en: End}, kind: follow_up}
  back: {label: {en: Looking back}, kind: then_test}
sources:
  members:
    kind: people
    file: course.csv
    columns: {person: [Term, Code], track: Track, age: Age, motive: Why}
  first: {kind: answers, file: course.csv, waves: [start], columns: {person: [Term, Code]}}
  second:
    kind: answers
    file: later.txt
    waves: [middle, end, back]
    columns: {person: [Term, Code], track: Track}
  sessions:
    kind: log
    file: sessions.xlsx
    sheet: Attendance
    columns: {effort: Course, person: Participant, hours: Hours, room: Room}
responses:
  PERCENT: {range: [0, 100], whole: true}
  HOURS: {range: [0, 12.5]}
  AGREE:
    options:
      - {value: 1, label: {en: "No; not at all"}}
      - {value: 2, label: {en: Partly}}
      - {value: 3, label: {en: "Yes, fully"}}
    dont_know: [Vet ej, Don't know]
scales:
  sure: {label: {en: Certainty}, items: [sure_a, sure_b], min_items: 1}
groups:
  track:
    label: {en: Track}
    reference: day
    levels: {day: {label: {en: Day course}}, night: {label: {en: Night course}, values: ["N"]}}
indicators:
  skill:
    id: "1"
    chapter: change
    unit: person
    label: {en: Skill}
    statement: {en: skill}
    respondents: {en: people}
    measure: {item: skill}
    rule: {kind: change, from: start, to: end, smallest_important: 5, then: back}
  gap:
    id: "2"
    chapter: equality
    unit: person
    label: {en: Certainty}
    statement: {en: certainty}
    respondents: {en: people}
    measure: {scale: sure, at_least: 2}
    rule: {kind: gap, wave: end, group: track, important: 0.5}
  adult:
    id: "3"
    chapter: data_quality
    unit: person
    label: {en: Adults}
    statement: {en: are adults}
    respondents: {en: people}
    measure: {column: age}
    rule: {kind: eligibility, at_least: 30, at_most: 60}
simulation:
  people: 60
  organisations: 6
  change: {skill: 0.8, sure: 0.4}
  group_change: {track: {night: 0.3}}
"""

COURSE_CODEBOOK = """item,source,wave,column,response,reverse,text_en
skill,first,,Skill now,PERCENT,,My skill
sure_a,first,,I am sure,AGREE,,I am sure
sure_b,first,,I doubt,AGREE,x,I doubt
study,first,,Hours,HOURS,,Hours a week
skill,second,middle,Skill midway,PERCENT,,My skill
skill,second,end,Skill now,PERCENT,,My skill
sure_a,second,end,I am sure,AGREE,,I am sure
sure_b,second,end,I doubt,AGREE,x,I doubt
study,second,end,Hours,HOURS,,Hours a week
skill,second,back,Skill then,PERCENT,,My skill
"""


def assuming(project: LoadedProject, **changes: object) -> LoadedProject:
    """Return a project with other assumptions for its simulation."""
    wanted = Simulation.model_validate(project.definition.simulation.model_dump() | changes)
    return project.model_copy(
        update={"definition": project.definition.model_copy(update={"simulation": wanted})}
    )


def complete(**changes: object) -> dict[str, object]:
    """Return assumptions under which nobody leaves anything out."""
    return {"missing_items": 0, "dont_know": 0, "attrition": {"share": 0}, **changes}


def write_project(folder: Path, definition: str, codebook: str) -> LoadedProject:
    """Write a definition and load it."""
    folder.mkdir(parents=True)
    (folder / "project.yaml").write_text(definition, encoding="utf-8")
    (folder / "codebook.csv").write_text(codebook, encoding="utf-8")
    return load_project(folder)


def read_text(content: bytes, delimiter: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return the headers and rows of a delimited file."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    rows = list(reader)
    return list(reader.fieldnames), rows


def read_sheet(content: bytes, title: str | None = None) -> tuple[list[str], list[dict[str, object]]]:
    """Return the headers and rows of a sheet, the first one if no title is given."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    header, *rows = (book[title] if title else book.worksheets[0]).iter_rows(values_only=True)
    return list(header), [dict(zip(header, row, strict=True)) for row in rows]
