"""The response scales that every project can use."""

from collections.abc import Mapping
from functools import cache

import yaml

from evaluation.project.load import RESPONSES
from evaluation.project.source import Response


@cache
def standard_responses() -> Mapping[str, Response]:
    """Return the response scales of `responses.yaml` by their keys, in the order of the file."""
    raw = yaml.safe_load(RESPONSES.read_text(encoding="utf-8"))
    return {key: Response.model_validate(value) for key, value in raw.items()}
