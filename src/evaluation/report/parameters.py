"""Parameters of a notebook: an unknown or mistyped one is an error, never a silent default."""

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.report.executed import read
from evaluation.vocabulary.errors import ParameterError, Problem, one_of
from evaluation.vocabulary.message import msg

INJECTED = "# Parameters"
"""The first line of the cell that papermill adds."""


def check_parameters(cells: Sequence[str]) -> None:
    """Refuse parameters that the running notebook does not have.

    Parameters
    ----------
    cells
        The source of the cells run so far: the kernel's list `In`.

    Raises
    ------
    ParameterError
        Naming every unknown or mistyped parameter.
    """
    sources = [cell for cell in cells if cell.strip()]
    injected = [cell for cell in sources if cell.startswith(INJECTED)]
    declared = next((cell for cell in sources if not cell.startswith(INJECTED)), "")
    given = {name: value for cell in injected for name, value in _assigned(cell).items()}
    refuse_unknown(given, _assigned(declared))


def refuse_unknown(given: Mapping[str, Any], declared: Mapping[str, Any], where: str = "") -> None:
    """Compare given parameters with the declared ones, by name and by type."""
    problems = [
        Problem(msg("The notebook has no parameter {name}.", name=name), where, one_of(name, declared))
        for name in given
        if name not in declared
    ]
    problems += [
        Problem(
            msg("The parameter {name} cannot be {found}.", name=name, found=repr(given[name])),
            where,
            msg("It must be of the same type as {example}.", example=repr(value)),
        )
        for name, value in declared.items()
        if name in given and not isinstance(given[name], type(value))
    ]
    if problems:
        raise ParameterError(problems)


def declared_parameters(notebook: Path) -> dict[str, Any]:
    """Return the parameters that a notebook declares, with their default values."""
    cells = read(notebook)["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    return _assigned("".join(tagged[0]["source"])) if tagged else {}


def _assigned(source: str) -> dict[str, Any]:
    return {
        target.id: ast.literal_eval(statement.value)
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
