"""From YAML to a checked project; every problem is found in one go and has a file and a line."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from evaluation.project.check import find_problems
from evaluation.project.codebook import Codebook, read_codebook
from evaluation.project.measure import KINDS
from evaluation.project.model import LoadedProject, Project
from evaluation.project.rule import RULE_KINDS
from evaluation.project.schema import names_at
from evaluation.vocabulary.errors import EvaluationError, MissingFileError, Problem, ProjectError, one_of
from evaluation.vocabulary.message import Message, msg

RESPONSES = Path(__file__).with_name("responses.yaml")


class Source:
    """A YAML file with the line of every key, to say where a problem stands."""

    def __init__(self, path: Path):
        self.path = path
        text = _read(path)
        try:
            self.root, self.value = _parsed(text)
        except yaml.YAMLError as error:
            raise ProjectError([_not_yaml(error, text, path)]) from None
        if self.value is None:
            raise MissingFileError(
                msg("The project file is empty."),
                where=path.name,
                do=msg("Make a project with `evaluation new FOLDER` to see what one looks like."),
            )
        if not isinstance(self.value, dict):
            raise ProjectError(
                msg("The file holds no definition."),
                where=f"{path.name}:1",
                do=msg("Make a project with `evaluation new FOLDER` to see what one looks like."),
            )

    def where(self, *path: str | int) -> str:
        """Return file, line and dotted path of the deepest key that exists."""
        node, line, found = self.root, 1, []
        for step in path:
            child = _child(node, step)
            if child is None:
                continue
            line, node = child
            found.append(str(step))
        dotted = ".".join(found)
        return f"{self.path.name}:{line}" + (f" {dotted}" if dotted else "")


def load_project(file: str | Path) -> LoadedProject:
    """Read, check and freeze a project definition and its codebook.

    Parameters
    ----------
    file
        The project's ``project.yaml``, or the folder it lies in. A relative path is looked for in the
        working directory and then in the folders above it.

    Raises
    ------
    ProjectError
        With every problem found in the definition and the codebook, each with file and line.
    MissingFileError
        If the file or its codebook does not exist.
    """
    path = _found(Path(file))
    path = path / "project.yaml" if path.is_dir() else path
    source = Source(path)
    raw = source.value
    if isinstance(raw.get("responses", {}), dict):
        raw = {**raw, "responses": {**_standard_responses(), **raw.get("responses", {})}}
    project, problems = _validate(raw, source)
    codebook, more = _codebook(path.parent / str(raw.get("codebook", "codebook.csv")))
    problems += more + find_problems(raw, codebook, source.where)
    if project is None or codebook is None or problems:
        raise ProjectError(problems)
    return LoadedProject(definition=project, codebook=codebook, file=path)


def _found(file: Path) -> Path:
    """Resolve a relative path from the working directory, or from the nearest folder above that has it.

    JupyterLab runs notebooks in their own folder, papermill where it was called.
    """
    here = Path.cwd()
    return next(
        ((folder / file).resolve() for folder in (here, *here.parents) if (folder / file).exists()),
        file.resolve(),
    )


def _read(path: Path) -> str:
    if not path.is_file():
        raise MissingFileError(
            msg("There is no project file {path}.", path=path.name),
            where=str(path.parent),
            do=msg("Check the path, or make a project with `evaluation new FOLDER`."),
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectError(
            msg("The file is not written in UTF-8 (byte {place}).", place=error.start),
            where=path.name,
            do=msg("Save it as UTF-8 in your editor."),
        ) from None


def _not_yaml(error: yaml.YAMLError, text: str, path: Path) -> Problem:
    """Say where a file stops being YAML; what is wrong is told in the words of its reader."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", "")
    line = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
    tab = "\t" in text.splitlines()[line] if line < len(text.splitlines()) else False
    return Problem(
        msg("The file is not valid YAML: {problem}.", problem=reason),
        f"{path.name}:{line + 1}",
        msg("Replace the tab on that line by spaces.")
        if tab
        else msg("Check the indentation, colons and quotation marks on that line."),
    )


def _date(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(loader, node)
    except ValueError:
        raise yaml.constructor.ConstructorError(
            None, None, f"there is no such day as {node.value}", node.start_mark
        ) from None


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark)
        if key_node.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key_node.value!r} stands twice", key_node.start_mark
            )
        seen.add(key_node.value)
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


def _unique_keys(parser: type) -> type:
    """Return a loader; YAML lets a later key silently replace an earlier one, which is an error here."""
    loader = type("UniqueKeyLoader", (parser,), {})
    loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
    return loader


EXACT = _unique_keys(yaml.SafeLoader)
"""Says in words what is wrong with a file."""
FAST = _unique_keys(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
"""Ten times as fast, where PyYAML was built with libyaml."""


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """Return a file's nodes, which know their lines, and its values."""
    try:
        return _parsed_by(FAST, text)
    except yaml.YAMLError:
        return _parsed_by(EXACT, text)


def _parsed_by(parser: type, text: str) -> tuple[yaml.Node | None, Any]:
    loader = parser(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


@cache
def _standard_responses() -> dict[str, Any]:
    return _parsed_by(FAST, RESPONSES.read_text(encoding="utf-8"))[1]


def _validate(raw: dict[str, Any], source: Source) -> tuple[Project | None, list[Problem]]:
    try:
        return Project.model_validate(raw), []
    except ValidationError as error:
        return None, [Problem(*_explain(detail, source)) for detail in error.errors(include_url=False)]


def _codebook(path: Path) -> tuple[Codebook | None, list[Problem]]:
    try:
        return read_codebook(path), []
    except EvaluationError as error:
        return None, list(error.problems)


def _explain(detail: ErrorDetails, source: Source) -> tuple[Message, str, Message]:
    path = _without_tag(detail["loc"])
    kind, name = detail["type"], str(path[-1])
    found, context = detail["input"], {**detail.get("ctx", {}), "names": names_at(path[:-1])}
    what, do = EXPLAIN.get(kind, _other)(name, found, context, detail["msg"])
    return what, source.where(*path), do


def _without_tag(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Leave out the kind of rule or measure, which pydantic names but the file does not."""
    return path[:3] + path[4:] if len(path) > 4 and path[2] in ("rule", "measure") else path


def _missing(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    return msg("{name} is missing.", name=name), msg("Add it; docs/project.md says what it means.")


def _extra(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    near = get_close_matches(name, context["names"], n=1, cutoff=0.6)
    do = msg("Did you mean {near}?", near=near[0]) if near else msg("Check the spelling, or delete it.")
    return msg("Nothing is called {name} here.", name=name), do


def _share(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    suggestion = max(f"{context['suggestion']:.2f}", f"{context['suggestion']:g}", key=len)
    if 1 < float(found) <= 100:
        return msg("{found} is not a share.", found=found), msg("Write {suggestion}.", suggestion=suggestion)
    return msg("{found} is not a share.", found=found), msg("Write a number between 0 and 1.")


def _literal(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    allowed = [part.strip(" '") for part in str(context.get("expected", "")).replace(" or ", ",").split(",")]
    return msg("{found} is not allowed here.", found=found), one_of(found, [part for part in allowed if part])


def _kind(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    allowed = str(context.get("expected_tags", "")).replace("'", "").split(", ")
    tag = context.get("tag", "")
    return msg("There is no rule of the kind {found}.", found=tag), one_of(tag, allowed)


def _no_kind(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    allowed = ", ".join(RULE_KINDS)
    return msg("The rule does not say of which kind it is."), msg("Give one of: {allowed}.", allowed=allowed)


def _text(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    shown = str(found)[:60]
    return (
        msg("{name} must be a text, not {found}.", name=name, found=shown),
        msg("Put it in quotation marks; without them YAML reads Yes, No and digits in its own way."),
    )


def _measure(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    return (
        msg("The measure does not say what is measured."),
        msg("Give one of: {allowed}.", allowed=", ".join(KINDS)),
    )


def _key(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    return (
        msg("{found} cannot be used as a name.", found=found),
        msg("Use small letters a–z, digits and underscores, starting with a letter."),
    )


def _other(name: str, found: Any, context: dict[str, Any], text: str) -> tuple[Message, Message]:
    shown = str(found)[:60]
    return (
        msg("{name} cannot be {found}.", name=name, found=shown),
        msg("The definition says: {text}.", text=text.removesuffix(".")),
    )


EXPLAIN = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "share": _share,
    "literal_error": _literal,
    "union_tag_invalid": _kind,
    "union_tag_not_found": _no_kind,
    "string_type": _text,
    "measure": _measure,
    "string_pattern_mismatch": _key,
}
"""How pydantic's kinds of error are said in words."""
