"""The commands by name; the module of one is imported when it is called, so that none waits for the others."""

import ast
import importlib
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {
    "new": "new",
    "check": "data",
    "questionnaire": "questionnaire",
    "simulate": "data",
    "plan": "plan",
    "ingest": "data",
    "run": "report",
    "render": "report",
    "report": "report",
    "programme": "programme",
    "audit": "audit",
    "key": "privacy",
    "purge": "privacy",
    "codebook": "codebook",
    "comments": "comments",
}
"""Every command with the module that holds it, in the order of the list that `--help` shows."""


class Commands(TyperGroup):
    """A group that knows its commands by name and help, and loads the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Load the command that is asked for in place of its entry in the list."""
        if args and args[0] in COMMANDS:
            self.commands[args[0]] = load(args[0])
        return super().resolve_command(ctx, args)


@cache
def load(name: str) -> Any:
    """Import a command, or a group of commands, and make it ready to be called."""
    found = getattr(importlib.import_module(f"evaluation.cli.{COMMANDS[name]}"), name)
    alone = typer.Typer(add_completion=False)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name)
        return get_command(alone).commands[name]
    alone.command(name)(found)
    return get_command(alone)


def add_commands(app: typer.Typer) -> None:
    """Enter every command with its help, without importing it."""
    for name in COMMANDS:
        app.command(name, help=_help(name))(lambda: None)


def _help(name: str) -> str:
    """Read a command's help from its docstring in the file; a group's is that of its module."""
    tree = ast.parse(Path(__file__).with_name(f"{COMMANDS[name]}.py").read_text(encoding="utf-8"))
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return ast.get_docstring(named[0] if named else tree) or ""
