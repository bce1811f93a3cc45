"""The command that says what a programme can be expected to show."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from evaluation.chapters import CHAPTERS, NOTEBOOKS
from evaluation.cli.data import has_exports
from evaluation.cli.options import Formats, ProjectFile
from evaluation.cli.speaker import Speaker
from evaluation.data.manifest import SIMULATED, write_manifest
from evaluation.project.frozen import FILE
from evaluation.project.frozen import freeze as freeze_plan
from evaluation.project.load import load_project
from evaluation.project.model import LoadedProject, Paths, Project
from evaluation.report.frozen_page import plan_page
from evaluation.report.run import notebook_folder, run_chapters
from evaluation.report.write import Wanted, write_report
from evaluation.rules.plan import Assumptions, assumptions_of, other_units
from evaluation.rules.plan import plan as planned
from evaluation.rules.replicate import verdict_shares
from evaluation.study import before_answers, without_answers
from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.vocabulary.errors import FormatError, ProjectError, ReportError
from evaluation.vocabulary.message import msg, nmsg
from evaluation.vocabulary.verdicts import VERDICTS

PLAN_FORMATS = ("html", "pdf", "word")


def plan(
    context: typer.Context,
    project: ProjectFile,
    sizes: Annotated[str, typer.Option("--sizes", help="People per organisation: 3,5,8.")] = "",
    sd: Annotated[float, typer.Option("--sd", help="Spread of the scores between people, in steps.")] = 0.8,
    icc: Annotated[float, typer.Option("--icc", help="How alike colleagues change, from 0 to 1.")] = 0.05,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the plan as a report in this folder.")
    ] = None,
    formats: Formats = None,
    simulate: Annotated[
        int,
        typer.Option("--simulate", min=0, help="Make the programme up so many times and count the verdicts."),
    ] = 0,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Fix the plan in a file beside the definition.")
    ] = False,
) -> None:
    """Say which changes are likely to be found, and how many answers each target needs."""
    loaded = load_project(project)
    definition = loaded.definition
    assumed = assumptions_of(definition, sizes=_whole(sizes), sd=sd, icc=icc)
    speaker = context.obj
    lang, words = speaker.lang, _words(definition)
    speaker.tell(
        msg(
            "Planned for {n_groups} organisations and {n} people, of whom {kept} are expected to be there and linked "
            "afterwards. Standard deviation {sd}, correlation between before and after {correlation}, intraclass "
            "correlation of the change {icc}.",
            n_groups=write.count(len(assumed.sizes), lang),
            n=write.count(sum(assumed.sizes), lang),
            kept=write.share(assumed.kept, lang),
            sd=write.trimmed(assumed.sd, lang),
            correlation=write.trimmed(assumed.correlation, lang),
            icc=write.trimmed(assumed.icc, lang),
        )
    )
    said = [
        str(finding) for result in planned(loaded, assumed) for finding in result.describe(lang, words=words)
    ]
    for line in said:
        typer.echo(line)
    elsewhere = [dict(definition.indicators[key].label)[lang] for key in other_units(loaded)]
    if elsewhere:
        listed = write.listing(elsewhere, lang)
        speaker.tell(
            msg("Not planned, because they are measured in another unit than steps: {list}.", list=listed)
        )
    if not said:
        speaker.tell(msg("No statement is about a change or a target, so there is nothing to plan."))
    if out:
        _render(loaded, out.resolve(), formats or [], speaker)
    if simulate:
        _simulate(loaded, simulate, speaker)
    if freeze:
        _freeze(loaded, assumed, speaker)


def _freeze(loaded: LoadedProject, assumed: Assumptions, speaker: Speaker) -> None:
    """Write the plan, and a page of it in every language, beside the definition."""
    planned = {"people": sum(assumed.sizes), "organisations": len(assumed.sizes), "kept": assumed.kept}
    planned |= {"sd": assumed.sd, "correlation": assumed.correlation, "icc": assumed.icc}
    answered = has_exports(loaded) and not (loaded.raw_folder / SIMULATED).is_file()
    plan_kept = freeze_plan(loaded, planned, on=datetime.now(UTC).date(), answers=answered)
    for lang in loaded.definition.languages:
        page = loaded.file.parent / f"plan.{lang}.html"
        page.write_text(plan_page(loaded, lang), encoding="utf-8", newline="\n")
    speaker.tell(
        msg(
            "The plan is frozen in {path}, fingerprint {fingerprint}.",
            path=str(loaded.file.parent / FILE),
            fingerprint=plan_kept.sha256[:16],
        )
    )


def _render(loaded: LoadedProject, out: Path, formats: list[str], speaker: Speaker) -> None:
    """Write the chapter on planning as a report, before anybody has answered."""
    wanted = Wanted.checked(formats or PLAN_FORMATS)
    failed = out.with_name(f"{out.name}-failed")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        apart = Paths(processed=str(Path(made) / "processed"), raw=str(loaded.raw_folder))
        definition = loaded.definition.model_copy(update={"paths": apart})
        study = without_answers(loaded.model_copy(update={"definition": definition}))
        study.loaded.processed_folder.mkdir()
        write_manifest(study.manifest, study.loaded.processed_folder)
        with before_answers(study):
            ran = run_chapters(
                study.loaded,
                [NOTEBOOKS["planning"]],
                Path(made) / "notebooks",
                notebooks=notebook_folder(loaded.file.parent),
                failed=failed,
                force=True,
            )
            executed = {"planning": ran.paths[0]}
            paths, problems = write_report(study, executed, CHAPTERS, out, wanted=wanted)
    for path in paths:
        speaker.tell(msg("The plan: {path}", path=str(path)))
    if problems:
        raise FormatError(problems)


def _simulate(loaded: LoadedProject, times: int, speaker: Speaker) -> None:
    """Print how often each verdict came out in made-up programmes."""
    if loaded.definition.simulation is None:
        raise ProjectError(
            msg("The project does not allow simulated answers."),
            where=loaded.file.name,
            do=msg("Add a section `simulation:`, or leave out `--simulate`."),
        )
    lang = speaker.lang
    speaker.tell(
        nmsg(
            "Simulated data: verdicts in one made-up programme, with the changes that the definition assumes.",
            "Simulated data: verdicts in {count} made-up programmes, with the changes that the definition assumes; "
            "± is the Monte Carlo error.",
            count=times,
        )
    )
    rng = np.random.default_rng(loaded.definition.simulation.seed)
    for one in verdict_shares(loaded, times, rng, jobs=-1):
        said = msg(
            "{label}: {verdict} {share} (±\N{NO-BREAK SPACE}{error})",
            label=dict(loaded.definition.indicators[one.indicator].label),
            verdict=VERDICTS[one.verdict].label,
            share=write.share(one.share, lang),
            error=write.share(one.std_error, lang),
        )
        typer.echo(say(said, lang))


def _whole(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise ReportError(
            msg(
                "The sizes must be whole numbers of 1 or more, with commas between; found {found}.",
                found=text,
            ),
            do=msg("Give `--sizes`, or `organisations` and `people` under `simulation` in the definition."),
        )
    return tuple(int(part) for part in parts)


def _words(definition: Project) -> dict[str, dict[str, str]]:
    return {
        f"{kind}.{key}": dict(getattr(one, kind))
        for key, one in definition.indicators.items()
        for kind in ("label", "respondents")
    }
