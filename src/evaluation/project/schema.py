"""The JSON Schema of a project definition, for editors that complete and check while one types."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from evaluation.project.model import Project


def json_schema() -> dict[str, Any]:
    """Return the schema of ``project.yaml``."""
    schema = Project.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Definition of a programme to evaluate"
    return schema


def names_at(path: Sequence[str | int]) -> list[str]:
    """List the names that may stand at a place of a definition, whichever kind of rule or measure it is."""
    parts = [_schema()]
    for step in path:
        parts = [option for part in parts for below in _below(part, step) for option in _options(below)]
    return sorted({name for part in parts for name in part.get("properties", ())})


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


def _below(part: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    if step in part.get("properties", {}):
        yield part["properties"][step]
        return
    others = (
        part.get("additionalProperties"),
        part.get("items"),
        *part.get("patternProperties", {}).values(),
    )
    yield from (below for below in others if isinstance(below, dict))


def _options(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a part refers to, and each of its alternatives."""
    if "$ref" in part:
        yield from _options(_schema()["$defs"][part["$ref"].rpartition("/")[2]])
    for option in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from _options(option)
    if "$ref" not in part:
        yield part
