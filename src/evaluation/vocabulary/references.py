"""Full references by key, read from `references.toml`."""

import tomllib
from importlib.resources import files

from evaluation.vocabulary.errors import EstimationError, one_of
from evaluation.vocabulary.message import msg

REFERENCES: dict[str, str] = tomllib.loads(
    files("evaluation.vocabulary").joinpath("references.toml").read_text(encoding="utf-8")
)


def cite(key: str) -> str:
    """Return the full reference of a key."""
    if key not in REFERENCES:
        raise EstimationError(msg("There is no reference {key}.", key=key), do=one_of(key, REFERENCES))
    return REFERENCES[key]
