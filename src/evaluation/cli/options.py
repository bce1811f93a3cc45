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
