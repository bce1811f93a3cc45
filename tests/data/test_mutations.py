"""Whatever is done to an export: tables whose accounting adds up, or one error for the user; nothing else."""

import resource
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from evaluation.data.ingest import ingest
from evaluation.data.quick import quick_frame
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import EvaluationError
from tests.data.build import PHASE, SEX, indicator
from tests.data.mutations import (
    FORMS,
    SCALE,
    STATISTICS,
    WRITERS,
    mutants,
    statistics_file,
    statistics_mutants,
)

SECONDS = 5.0
"""Of the processor: far above what a small file takes, far below a hang."""
MEGABYTES = 400
"""How much the memory of the process may grow over a whole form."""
SURVEY = {"kind": "answers", "file": "survey.csv", "waves": ["before"], "columns": {"person": "id"}}
ANSWERS = [["id", "A"], *([f"p{i}", str(1 + i % 5)] for i in range(8))]


def project_of(make_project, name: str, ending: str) -> LoadedProject:
    """Return a project whose only doubtful file is `x`."""
    form = FORMS[name]
    source = {"kind": form.kind, "file": f"x{ending}", "columns": form.columns or {"person": form.person}}
    if form.kind != "answers":
        sources = {"survey": SURVEY, "x": source}
        groups = {"sex": SEX, "phase": PHASE}
        files = {"survey.csv": ANSWERS}
        return make_project(files, sources=sources, groups=groups, questions=[("a", "survey", "A")])
    options = list(dict.fromkeys(text for texts in form.questions.values() for text in texts))
    scale = {
        "options": [{"value": place, "label": {"sv": text, "en": text}} for place, text in enumerate(options)]
    }
    questions = [(f"q{place}", "x", header) for place, header in enumerate(form.questions)]
    return make_project(
        {},
        sources={"x": {**source, "waves": ["before"]}},
        questions=questions,
        response="own",
        responses={"own": scale},
        indicators={"one": indicator("q0")},
    )


def outcome(project: LoadedProject) -> str:
    """Ingest, and make sure that every row is accounted for; errors of other kinds are for the caller."""
    started = time.process_time()
    try:
        tables = ingest(project)
    except EvaluationError as error:
        told = str(error)
        assert told.strip()
        assert len(told) < 60_000
        result = type(error).__name__
    else:
        for row in tables.manifest.accounting:
            assert row.read == row.kept + sum(row.dropped.values()), row
        for cells in tables.manifest.cells:
            assert cells.read == sum(cells.dropped.values()) + sum(cells.counts.values()), cells
        assert sum(sum(cells.counts.values()) for cells in tables.manifest.cells) == len(tables.answers)
        result = "tables"
    assert time.process_time() - started < SECONDS
    return result


def run(
    make_project, raw: Path, name: str, ending: str, rng: np.random.Generator, rounds: int, damaged=mutants
) -> Counter:
    project = project_of(make_project, name, ending)
    outcomes: Counter[str] = Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for case, (damage, content) in enumerate(damaged(FORMS[name], ending, rng, rounds)):
        (raw / f"x{ending}").write_bytes(content)
        try:
            outcomes[outcome(project)] += 1
        except Exception as error:
            error.add_note(f"{name}{ending}, case {case}: {damage}")
            raise
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MEGABYTES * 1024
    return outcomes


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", FORMS)
def test_the_undamaged_export_is_read(make_project, raw, name, ending):
    project = project_of(make_project, name, ending)
    (raw / f"x{ending}").write_bytes(WRITERS[ending](FORMS[name].texts))
    assert outcome(project) == "tables"


@pytest.mark.parametrize(("name", "ending"), [("plain", ".csv"), ("register", ".xlsx")])
def test_some_damaged_exports(make_project, raw, name, ending):
    assert run(make_project, raw, name, ending, np.random.default_rng(1), 1).total() > 20


@pytest.fixture
def quickly(monkeypatch):
    """Read even the smallest text file in the way of large ones, where that can be done at all."""
    taken = []

    def always(*given):
        frame = quick_frame(*given, least=0)
        taken.append(frame is not None)
        return frame

    monkeypatch.setattr("evaluation.data.read.quick_frame", always)
    return taken


def test_some_damaged_exports_read_quickly(make_project, raw, quickly):
    run(make_project, raw, "plain", ".csv", np.random.default_rng(3), 1)
    assert any(quickly)
    assert not all(quickly)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.kind == "answers"])
def test_the_same_damage_has_the_same_outcome_read_quickly(make_project, raw, name, request):
    given = (make_project, raw, name, ".csv")
    slow = run(*given, np.random.default_rng(4), 4)
    quickly = request.getfixturevalue("quickly")
    assert run(*given, np.random.default_rng(4), 4) == slow
    assert quickly


@pytest.mark.slow
@pytest.mark.parametrize("ending", STATISTICS)
def test_damaged_files_of_statistics_programs(make_project, raw, ending):
    project = statistics_project(make_project, ending)
    (raw / f"x{ending}").write_bytes(statistics_file(FORMS["plain"].texts, ending))
    assert outcome(project) == "tables"
    outcomes: Counter[str] = Counter()
    for damage, content in statistics_mutants(FORMS["plain"], ending, np.random.default_rng(5), 2):
        (raw / f"x{ending}").write_bytes(content)
        try:
            outcomes[outcome(project)] += 1
        except Exception as error:
            error.add_note(f"{ending}: {damage}")
            raise
    assert outcomes.total() > outcomes["tables"]


def statistics_project(make_project, ending: str) -> LoadedProject:
    source = {"kind": "answers", "file": f"x{ending}", "waves": ["before"], "columns": {"person": "id"}}
    options = [{"value": int(text), "label": {"sv": f"svar {text}", "en": f"svar {text}"}} for text in SCALE]
    return make_project(
        {},
        sources={"x": source},
        questions=[("q0", "x", "A"), ("q1", "x", "B")],
        response="own",
        responses={"own": {"options": options}},
        indicators={"one": indicator("q0")},
    )


@pytest.mark.slow
@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", FORMS)
def test_more_than_a_thousand_damaged_exports(make_project, raw, name, ending):
    rng = np.random.default_rng([2, list(FORMS).index(name), list(WRITERS).index(ending)])
    outcomes = run(make_project, raw, name, ending, rng, 2)
    assert outcomes.total() >= 1_000 / (len(FORMS) * len(WRITERS)) - 2
    assert outcomes["tables"] > 0
    assert outcomes.total() > outcomes["tables"]
