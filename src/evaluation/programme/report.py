"""The programme's report in the ordinary formats, from one executed notebook."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evaluation.programme.chapter import NOTEBOOK
from evaluation.programme.executor import DASK, Crashed, Place, outcomes
from evaluation.programme.gather import Programme, gather, write_programme
from evaluation.programme.registry import Registry
from evaluation.programme.warm import evaluate_warm
from evaluation.programme.work import ProjectTask, Run, evaluate_project
from evaluation.report.edition import FIRST, Edition, Section
from evaluation.report.glossary import glossary_page
from evaluation.report.methods import methods_page
from evaluation.report.page import render
from evaluation.report.places import beside, clear_up
from evaluation.report.provenance import HEADER, NO, YES
from evaluation.report.render import render_chapter
from evaluation.report.run import execute_one
from evaluation.report.write import Wanted, write_report
from evaluation.text.catalogue import say
from evaluation.text.format import count
from evaluation.text.lexicon import word
from evaluation.text.table import FlatTable
from evaluation.vocabulary.errors import Problem, ReportError
from evaluation.vocabulary.fingerprint import program_fingerprint
from evaluation.vocabulary.message import Message, msg, pmsg

NAMES: dict[str, Message] = {"programme": pmsg("chapter", "The programme")}
PROGRAMME_FILE = "programme_file"


def evaluate_projects(
    registry: Registry,
    place: Place,
    *,
    notebooks: Path,
    only: Sequence[str] = (),
    force: bool = False,
    done: Callable[[str], None] = lambda key: None,
) -> dict[str, Run]:
    """Evaluate every project of a programme, wherever it is done.

    Parameters
    ----------
    registry
        The projects.
    place
        Where it is done.
    notebooks
        The folder of the notebooks.
    only
        The chapters; all if empty.
    force
        Whether projects are evaluated again although nothing has changed.
    done
        Called with each project's key when it is finished.

    Returns
    -------
    dict
        The outcome of each project by its key, in the order of the list.

    Raises
    ------
    ReportError
        If a process that works for this one has another version of the program.
    """
    program = program_fingerprint()
    tasks = [
        ProjectTask(one.key, str(one.file), str(notebooks), tuple(only), force, program)
        for one in registry.entries
    ]
    keyed = {f"evaluate-{task.identity}": task for task in tasks}
    work = evaluate_warm if place.executor == DASK else evaluate_project
    found: dict[str, Run] = {}
    for name, outcome in outcomes(work, keyed, place):
        key = keyed[name].key
        run = {"key": key, "status": "failed", "problems": []} if isinstance(outcome, Crashed) else outcome
        if run["status"] == "other_version":
            raise ReportError(
                msg("Workers run another version of the program or of its packages than this computer."),
                do=msg("Install the same lock file there, then start them again."),
            )
        found[key] = run
        done(key)
    return {one.key: found[one.key] for one in registry.entries}


def write_programme_report(
    registry: Registry, runs: Mapping[str, Run], out: Path, *, notebooks: Path, wanted: Wanted
) -> tuple[list[Path], list[Problem]]:
    """Execute the programme's notebook and write the report in every language and format.

    Parameters
    ----------
    registry
        The projects.
    runs
        The outcome of each by its key.
    out
        The folder of the report.
    notebooks
        The folder of the notebooks.
    wanted
        Which formats.

    Returns
    -------
    paths : list of pathlib.Path
        What to open first in every language.
    problems : list of Problem
        One for each format that could not be made.

    Raises
    ------
    ReportError
        If no project could be evaluated.
    """
    programme = gather(registry, runs)
    if not programme.projects:
        raise ReportError([_first(one) for one in programme.left_out])
    made = beside(out, "notebooks")
    clear_up(out)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    try:
        file = made / "programme.json"
        write_programme(programme, file)
        path = execute_one(
            notebooks / f"{NOTEBOOK}.ipynb",
            made,
            {PROGRAMME_FILE: str(file)},
            failed=out.with_name(f"{out.name}-failed"),
        )
        return write_report(programme, {"programme": path}, NAMES, out, wanted=wanted, edition=make_edition)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _first(one: Run) -> Problem:
    told = one["problems"][0] if one["problems"] else None
    if told is None:
        return Problem(msg("The process that evaluated it died each time."), one["name"])
    do = Message.from_dict(told["do"]) if told.get("do") else None
    return Problem(Message.from_dict(told["problem"]), told.get("where") or one["name"], do)


def make_edition(
    programme: Programme,
    notebooks: Mapping[str, Path],
    names: Mapping[str, Message],
    lang: str,
    *,
    audience: str = "evaluator",
    level: str = "",
) -> Edition:
    """Render what is read of a programme in one language.

    Parameters
    ----------
    programme
        The projects.
    notebooks, names
        The executed notebook, and its name in the contents list.
    lang
        The language.
    audience, level
        As for a project's report; there is one edition for all.
    """
    chapters = [render_chapter(name, path, lang, lambda one: one) for name, path in notebooks.items()]
    shown = [exhibit for chapter in chapters for exhibit in chapter.exhibits]
    sections = (
        *(Section(FIRST, names[one.name], one.body, one.exhibits) for one in chapters),
        Section("methods", pmsg("chapter", "Methods and limits"), methods_page(shown, programme, lang)),
        Section("glossary", pmsg("chapter", "Words"), glossary_page(lang)),
        Section("provenance", pmsg("chapter", "Where the numbers come from"), _provenance(programme, lang)),
    )
    return Edition(programme, lang, audience, sections)


def _provenance(programme: Programme, lang: str) -> str:
    """Render the page on which projects were read."""
    rows = tuple(
        (
            entry.file,
            word(programme.words, f"source.{entry.source}", lang),
            count(entry.rows, lang),
            say(YES if entry.simulated else NO, lang),
            entry.sha256[:16],
        )
        for entry in programme.manifest.inputs
    )
    header = (pmsg("provenance", "Project"), *HEADER[1:])
    table = FlatTable(
        tuple(say(text, lang) for text in header), rows, (False, False, True, False, False), ("",) * len(rows)
    )
    return render(
        "provenance",
        lang,
        title=say(msg("Where do the numbers come from?"), lang),
        caption=say(msg("Projects that were read"), lang),
        table=table,
        facts=[(say(msg("Version of the package"), lang), programme.manifest.version)],
        history=(),
        plan=None,
    )
