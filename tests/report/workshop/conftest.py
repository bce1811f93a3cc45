"""A programme of its own for workshops, with one figure that comments are about."""

import json
import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.report.edition import Edition, make_edition
from evaluation.report.render import read_exhibits
from evaluation.report.workshop.figure import at_workshop, figure_sha256
from evaluation.study import Study
from tests.conftest import elsewhere
from tests.report.conftest import NAMES

PEOPLE = [{"role": "participant", "women": 6, "men": 7, "other": 0}]


def urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def remark(
    name: str, table: str, sha256: str = "0" * 64, *, role: str = "participant", **fields: str
) -> dict:
    """Return one annotation as the page writes it."""
    given = {"figure": "attainment", "reaction": "agrees", "see": "", "why": "", "act": "", **fields}
    purposes = {"see": "describing", "why": "commenting", "act": "editing"}
    body = [{"type": "TextualBody", "purpose": "assessing", "value": given["reaction"]}]
    body += [
        {
            "type": "TextualBody",
            "purpose": purpose,
            "format": "text/plain",
            "language": "sv",
            "value": given[key],
        }
        for key, purpose in purposes.items()
    ]
    return {
        "id": urn(name),
        "type": "Annotation",
        "motivation": "assessing",
        "creator": {"type": "Organization", "nickname": role},
        "evaluation:table": urn(table),
        "body": body,
        "target": {
            "source": f"urn:sha256:{sha256}",
            "selector": {"type": "FragmentSelector", "value": given["figure"]},
        },
    }


def page_of(tables: list[str], remarks: list[dict], people: Any = PEOPLE, project: str = "halland") -> dict:
    """Return a file of comments as the page writes it."""
    seats = [
        {"id": urn(name), "date": "2026-05-14", "number": number, "people": deepcopy(people)}
        for number, name in enumerate(tables, start=1)
    ]
    about = {"project": project, "tables": seats}
    return {"type": "AnnotationPage", "evaluation:workshop": about, "items": remarks}


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(page: Any, name: str = "table.jsonld") -> Path:
        path = tmp_path / name
        path.write_text(page if isinstance(page, str) else json.dumps(page), encoding="utf-8")
        return path

    return write


@pytest.fixture
def study(halland_study: Study, tmp_path: Path) -> Study:
    """Return the programme with nothing said yet."""
    return replace(halland_study, loaded=elsewhere(halland_study.loaded, tmp_path / "data"))


@pytest.fixture
def fresh(study: Study, notebooks: dict[str, Path]) -> Callable[[], Edition]:
    """Return a function that makes the edition from what is stored now."""

    def make(lang: str = "en", audience: str = "evaluator") -> Edition:
        return make_edition(replace(study), notebooks, NAMES, lang, audience=audience)

    return make


@pytest.fixture
def sha256(study: Study, notebooks: dict[str, Path]) -> str:
    """Return the fingerprint of the figure that comments are about, as a workshop sees it."""
    shown = {one.key: one for one in read_exhibits(notebooks["targets"])}
    seen = at_workshop(shown["attainment"], study)
    assert seen is not None
    return figure_sha256(seen)
