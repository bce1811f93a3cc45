"""Types that several models share: words in every language, shares, keys."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Words = dict[str, str]
"""One text per language, for example ``{"sv": "Före", "en": "Before"}``."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name used in files and code: small letters, digits and underscores."""


def _share(value: float) -> float:
    if not 0 <= value <= 1:
        raise PydanticCustomError("share", "not a share", {"found": value, "suggestion": value / 100})
    return value


Share = Annotated[float, AfterValidator(_share)]
"""A proportion between 0 and 1."""


class Model(BaseModel):
    """Frozen, and without room for names nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def words_in(value: Any, languages: list[str]) -> list[str]:
    """List the languages that a text lacks."""
    return [lang for lang in languages if not (isinstance(value, dict) and str(value.get(lang, "")).strip())]
