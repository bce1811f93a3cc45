"""Whatever is done to an export: tables whose accounting adds up, or one error for the user; nothing else."""

import resource
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from evaluation.data.ingest import ingest
from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import EvaluationError
from tests.data.build import PHASE, SEX, indicator
from tests.data.mutations import FORMS, WRITERS, mutants

SECONDS = 5.0
"""Far above what a small file takes, far below a hang."""
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
    started = time.perf_counter()
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
        result = "tables"
    assert time.perf_counter() - started < SECONDS
    return result


def run(make_project, raw: Path, name: str, ending: str, rng: np.random.Generator, rounds: int) -> Counter:
    project = project_of(make_project, name, ending)
    outcomes: Counter[str] = Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for case, (damage, content) in enumerate(mutants(FORMS[name], ending, rng, rounds)):
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


@pytest.mark.slow
@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", FORMS)
def test_more_than_a_thousand_damaged_exports(make_project, raw, name, ending):
    rng = np.random.default_rng([2, list(FORMS).index(name), list(WRITERS).index(ending)])
    outcomes = run(make_project, raw, name, ending, rng, 2)
    assert outcomes.total() >= 1_000 / (len(FORMS) * len(WRITERS)) - 2
    assert outcomes["tables"] > 0
    assert outcomes.total() > outcomes["tables"]
