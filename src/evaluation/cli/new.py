"""The command that makes a definition to start from."""

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from evaluation.project.schema import json_schema
from evaluation.vocabulary.errors import ReportError
from evaluation.vocabulary.message import msg

TEMPLATE = Path(__file__).parent.with_name("project") / "template"


def new(context: typer.Context, folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a commented project definition to start from."""
    if folder.exists():
        raise ReportError(
            msg("The folder {folder} is there already.", folder=str(folder)), do=msg("Choose another name.")
        )
    shutil.copytree(TEMPLATE, folder)
    (folder / "project.schema.json").write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
    context.obj.tell(
        msg("Made {folder}. Edit project.yaml, then run `evaluation check`.", folder=str(folder))
    )
