"""The JSON Schema of a project definition, for editors that complete and check while one types."""

from typing import Any

from evaluation.project.model import Project


def json_schema() -> dict[str, Any]:
    """Return the schema of ``project.yaml``."""
    schema = Project.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Definition of a programme to evaluate"
    return schema
