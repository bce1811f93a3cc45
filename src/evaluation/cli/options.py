"""The arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

ProjectFile = Annotated[Path, typer.Argument(help="The project's project.yaml, or its folder.")]
Only = Annotated[
    list[str] | None, typer.Option("--only", help="Only this chapter; may be given several times.")
]
Out = Annotated[Path | None, typer.Option("--out", help="The folder of the report.")]
Notebooks = Annotated[Path | None, typer.Option("--notebooks", help="The folder of the notebooks.")]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help="html, page, pdf, word, excel or workshop; may be given several times. All if not given.",
    ),
]
Audiences = Annotated[
    list[str] | None,
    typer.Option("--audience", help="evaluator, funder or workshop; may be given several times."),
]
Level = Annotated[str, typer.Option("--level", help="Reading level of the findings: short, report or easy.")]
Force = Annotated[bool, typer.Option("--force", help="Run and render everything, whatever is up to date.")]
Engine = Annotated[
    str, typer.Option("--engine", help="fork or nbclient; the fastest that works here if not given.")
]
