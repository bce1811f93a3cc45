"""A small project of another kind than Halland, and ways to change and read projects."""

import csv
import io
from pathlib import Path

import openpyxl

from evaluation.project.model import LoadedProject
from evaluation.project.simulation import Simulation
from tests.unchecked import load_unchecked

HALLAND = Path(__file__).parents[1] / "example"

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
  room:
    label: {en: Room}
    of: log
    reference: large
    levels: {large: {label: {en: Large room}}, small: {label: {en: Small room}}}
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


NETWORK = """
name: {sv: Nätverket, en: The network}
languages: [sv, en]
waves:
  entry: {label: {sv: Start, en: Entry}, kind: registration, when: 2024-02-01}
  end: {label: {sv: Slut, en: End}, kind: follow_up}
sources:
  owners_entry:
    kind: answers
    file: start.xlsx
    sheet: Ägare
    waves: [entry]
    columns: {person: Id, organisation: [Ort, Firma], role: Roll, sector: Bransch}
  everyone_entry:
    kind: answers
    file: start.xlsx
    waves: [entry]
    columns: {person: Id, organisation: [Ort, Firma], role: Roll, sector: Bransch, ended: Slutade}
  everyone_end:
    kind: answers
    file: slut.csv
    waves: [end]
    columns: {person: Id, organisation: [Ort, Firma], role: Roll, effort: Insats, status: Svars-ID}
  firms:
    kind: organisations
    file: firmor.tsv
    columns:
      organisation: Firma
      person: Kontakt
      sector: Bransch
      turnover: Omsättning
      staff: Personal
      rating: Betyg
  diary:
    kind: log
    file: dagbok.csv
    columns: {effort: Insats, organisation: [Ort, Firma], sector: Bransch, theme: Tema, note: Text}
  meetings: {kind: log, file: moten.csv, columns: {effort: Insats, person: Id, phase: Fas}}
responses:
  COUNT: {range: [0, 40], whole: true, dont_know: [Vet inte]}
groups:
  role:
    label: {sv: Roll, en: Role}
    levels:
      owner: {label: {sv: ägare, en: owners}}
      staff: {label: {sv: anställda, en: staff}}
      board: {label: {sv: styrelse, en: board}}
  sector:
    label: {sv: Bransch, en: Sector}
    of: organisation
    reference: industry
    levels:
      industry: {label: {sv: industri, en: industry}}
      trade: {label: {sv: handel, en: trade}}
  theme:
    label: {sv: Tema, en: Theme}
    of: log
    levels: {plan: {label: {sv: plan, en: plan}}, sale: {label: {sv: försäljning, en: sales}}}
  phase:
    label: {sv: Fas, en: Phase}
    of: log
    levels: {before: {label: {sv: före, en: before}}}
indicators:
  visits:
    id: N1
    chapter: change
    unit: organisation
    label: {sv: Besök, en: Visits}
    statement: {sv: besöken, en: visits}
    respondents: {sv: firmor, en: firms}
    measure: {item: visits}
    rule: {kind: change, from: entry, to: end, smallest_important: 1, wanted: decrease}
  themes:
    id: N2
    chapter: data_quality
    unit: organisation
    label: {sv: Teman, en: Themes}
    statement: {sv: båda temana, en: both themes}
    respondents: {sv: firmor, en: firms}
    measure: {records: log, column: theme, has: [plan, sale]}
    rule: {kind: coverage, share: 0.9}
  sector:
    id: N3
    chapter: equality
    unit: person
    label: {sv: Bransch, en: Sector}
    statement: {sv: efter bransch, en: by sector}
    respondents: {sv: personer, en: people}
    measure: {item: visits, positive: [0]}
    rule: {kind: gap, wave: end, group: sector, important: 1}
  turnover:
    id: N4
    chapter: data_quality
    unit: organisation
    label: {sv: Omsättning, en: Turnover}
    statement: {sv: omsätter nog, en: have the turnover}
    respondents: {sv: firmor, en: firms}
    measure: {column: turnover}
    rule: {kind: eligibility, at_least: 500}
  small:
    id: N5
    chapter: data_quality
    unit: organisation
    label: {sv: Personal, en: Staff}
    statement: {sv: är små, en: are small}
    respondents: {sv: firmor, en: firms}
    measure: {column: staff}
    rule: {kind: eligibility, at_most: 9}
  rated:
    id: N6
    chapter: data_quality
    unit: organisation
    label: {sv: Betyg, en: Rating}
    statement: {sv: har gott betyg, en: are well rated}
    respondents: {sv: firmor, en: firms}
    measure: {column: rating}
    rule: {kind: eligibility, one_of: [AA, A]}
  owners:
    id: N7
    chapter: data_quality
    unit: person
    roles: [owner]
    label: {sv: Ägares bransch, en: Owners' sector}
    statement: {sv: bland ägare, en: among owners}
    respondents: {sv: ägare, en: owners}
    measure: {column: sector}
    rule: {kind: describe, wave: end}
simulation: {people: 80, organisations: 12, default_change: -0.5}
"""

NETWORK_CODEBOOK = """item,source,wave,column,response,reverse,text_sv,text_en
visits,owners_entry everyone_entry,,Besök,COUNT,,Antal besök,Number of visits
trust,everyone_entry,,Tillit,AG5,,Vi litar på varandra,We trust each other
use,everyone_end,,Nytta,AG5,,Det var till nytta,It was useful
visits,everyone_end,,Besök,COUNT,,Antal besök,Number of visits
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
    """Write a definition and load it without its cross checks: the simulation must stand any of them."""
    folder.mkdir(parents=True)
    (folder / "project.yaml").write_text(definition, encoding="utf-8")
    (folder / "codebook.csv").write_text(codebook, encoding="utf-8")
    return load_unchecked(folder)


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
