"""What was rendered before: found again only if everything that it depends on is the same."""

import os
from dataclasses import replace

import nbformat
import pytest

from evaluation.report import kept as module
from evaluation.report.edition import make_edition
from evaluation.report.exhibit import Exhibit, exhibit
from evaluation.report.formats import FILES
from evaluation.report.kept import kept, kept_in, kept_text
from evaluation.vocabulary import fingerprint
from tests.report.conftest import NAMES, attained


@pytest.fixture
def counted():
    """Return what makes one thing, and how often it was asked to."""
    calls = []
    return calls, lambda: calls.append(1) or b"made"


@pytest.fixture
def shown(halland_study):
    return exhibit("attainment", attained(40, 20, 80), halland_study, title=NAMES["targets"])


def test_without_a_folder_all_is_made(counted):
    calls, make = counted
    assert [kept("svg", 1, make), kept("svg", 1, make)] == [b"made"] * 2
    assert len(calls) == 2


def test_the_same_content_is_made_once(counted, tmp_path):
    calls, make = counted
    with kept_in(tmp_path):
        assert [kept("svg", [1], make), kept("svg", [1], make)] == [b"made"] * 2
        assert len(calls) == 1
        kept("png", [1], make), kept("svg", [2], make)
    assert len(calls) == 3


def test_the_program_is_part_of_the_name(counted, tmp_path, monkeypatch):
    calls, make = counted
    with kept_in(tmp_path):
        kept("svg", 1, make)
        monkeypatch.setattr(module, "program_fingerprint", lambda **parts: "another program")
        kept("svg", 1, make)
    assert len(calls) == 2


PARTS = ({}, {"templates": False}, {"lang": "sv"}, {"lang": "en"}, {"templates": False, "lang": ""})


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("report/templates/card.html.j2", [True, False, True, True, False]),
        ("text/locale/sv/LC_MESSAGES/evaluation.po", [True, True, True, False, False]),
        ("report/exhibit.py", [True] * 5),
    ],
)
def test_templates_and_catalogues_count_where_they_have_a_part(name, seen, monkeypatch):
    files = {path.removeprefix(f"{fingerprint.PACKAGE}{os.sep}") for path in fingerprint._package_files()}
    assert name.replace("/", os.sep) in files
    before = [fingerprint.program_fingerprint.__wrapped__(**part) for part in PARTS]
    own = [(file, "edited" if file == f"/{name}" else known) for file, known in fingerprint._own_files()]
    monkeypatch.setattr(fingerprint, "_own_files", lambda: own)
    after = [fingerprint.program_fingerprint.__wrapped__(**part) for part in PARTS]
    assert [one != other for one, other in zip(before, after, strict=True)] == seen


def test_a_picture_is_known_by_what_is_drawn(shown):
    assert shown.picture("sv") != shown.picture("en")
    assert replace(shown, notes=NAMES["overview"], layout="poster").picture("sv") == shown.picture("sv")
    words = {
        "respondents.strategic_goal": {"sv": "x", "en": "x"},
        "label.strategic_goal": {"sv": "x", "en": "x"},
    }
    assert replace(shown, words=shown.words | words).picture("sv") != shown.picture("sv")


def test_what_is_damaged_is_made_again(counted, tmp_path):
    calls, make = counted
    with kept_in(tmp_path):
        kept("svg", 1, make)
        (place,) = tmp_path.iterdir()
        for damaged in (place.read_bytes()[:-1], b"", place.read_bytes()[:-1] + b"x"):
            place.write_bytes(damaged)
            assert kept("svg", 1, make) == b"made"
    assert len(calls) == 4


def test_fresh_makes_all_again(counted, tmp_path):
    calls, make = counted
    with kept_in(tmp_path):
        kept("svg", 1, make)
    with kept_in(tmp_path, fresh=True):
        kept("svg", 1, make)
    assert len(calls) == 2


def test_what_was_used_last_stays_and_what_was_cut_off_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    with kept_in(tmp_path):
        for number in range(4):
            kept_text("svg", number, lambda: "made")
        for age, place in enumerate(sorted(tmp_path.iterdir())):
            os.utime(place, (age, age))
        newest = sorted(tmp_path.iterdir())[2:]
        (tmp_path / ".half-999999999").write_bytes(b"")
        (tmp_path / f".half-{os.getpid()}").write_bytes(b"")
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / f".half-{os.getpid()}", *newest])


def _estimate(one: Exhibit) -> Exhibit:
    table = one.result.table.copy()
    table["estimate"] += 0.01
    return replace(one, result=replace(one.result, table=table))


def _withheld(one: Exhibit) -> Exhibit:
    table = one.result.table.copy()
    table.loc[0, "suppressed"] = True
    return replace(one, result=replace(one.result, table=table))


def _renamed(one: Exhibit) -> Exhibit:
    words = {key: dict.fromkeys(texts, "andra ord") for key, texts in one.words.items()}
    return replace(one, words=words)


CHANGES = {
    "estimate": _estimate,
    "disclosure": _withheld,
    "words": _renamed,
    "title": lambda one: replace(one, title=NAMES["overview"]),
    "notes": lambda one: replace(one, notes=(NAMES["overview"],)),
    "level": lambda one: replace(one, level="short"),
    "layout": lambda one: replace(one, layout="brief"),
    "remarks": lambda one: replace(one, remarks=(("Surprising", ("Why so few?",)),)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_exhibit_that_changed_is_rendered_anew(change, shown, tmp_path):
    other = CHANGES[change](shown)
    fresh = other.to_html("sv", image="x")
    assert fresh != shown.to_html("sv", image="x")
    with kept_in(tmp_path):
        shown.to_html("sv", image="x")
        assert other.to_html("sv", image="x") == fresh


@pytest.mark.parametrize("change", ["estimate", "disclosure", "words"])
def test_a_figure_that_changed_is_drawn_anew(change, shown, tmp_path):
    other = CHANGES[change](shown)
    with kept_in(tmp_path):
        drawn = {(one.svg(lang), one.png(lang)) for one in (shown, other) for lang in ("sv", "en")}
        assert (other.svg("sv"), other.png("sv")) in drawn
    assert len(drawn) == 4
    assert other.svg("sv") in {svg for svg, _ in drawn}


def test_a_figure_has_the_same_bytes_whatever_was_drawn_before_it(shown, tmp_path):
    figure = shown.figure("sv")
    first = (
        shown.svg("sv", lambda: figure),
        shown.png("sv", lambda: figure),
        shown.svg("sv", lambda: figure),
    )
    assert first == (shown.svg("sv"), shown.png("sv"), shown.svg("sv"))


def _edited(notebooks, folder):
    """Return the chapters with another text in Swedish."""
    node = nbformat.read(notebooks["targets"], as_version=4)
    cell = next(one for one in node.cells if "Ord om målen." in one.source)
    cell.source = cell.source.replace("Ord om målen.", "Andra ord om målen.")
    nbformat.write(node, folder / "04_targets.ipynb")
    return {**notebooks, "targets": folder / "04_targets.ipynb"}


def _written(edition, folder):
    folder.mkdir()
    for one in FILES.values():
        one.write(edition, folder / one.file)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_format_is_what_it_would_be_without_a_folder(halland_study, notebooks, tmp_path):
    edited = _edited(notebooks, tmp_path)
    wanted = {
        "before": lambda: make_edition(halland_study, notebooks, NAMES, "sv"),
        "text": lambda: make_edition(halland_study, edited, NAMES, "sv"),
        "language": lambda: make_edition(halland_study, notebooks, NAMES, "en"),
        "level": lambda: make_edition(halland_study, notebooks, NAMES, "sv", level="short"),
    }
    plain = {name: _written(make(), tmp_path / f"plain-{name}") for name, make in wanted.items()}
    with kept_in(tmp_path / "kept"):
        for turn in range(2):
            for name, make in wanted.items():
                assert _written(make(), tmp_path / f"kept-{turn}-{name}") == plain[name], name
    differ = {
        name: {file for file in files if files[file] != plain["before"][file]}
        for name, files in plain.items()
    }
    assert differ["language"] == set(plain["before"])
    assert differ["text"] == {"report.html", "report.pdf", "report.docx"}
