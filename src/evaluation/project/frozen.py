"""The pre-analysis plan: what a definition fixes before the answers come, kept as a file with its fingerprint."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.project.model import LoadedProject
from evaluation.vocabulary.errors import MissingFileError, ProjectError
from evaluation.vocabulary.message import msg

FILE = "plan.json"
FORM = 1
STATEMENT = {"id", "statement", "unit", "measure", "rule", "answered_by", "roles", "among", "primary"}
"""What of a statement is fixed; its label, chapter and noun are not."""

WORDED = ("statement", "not_collected")
"""Settings that are words in every language."""

Fixed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """A plan as it was frozen.

    Attributes
    ----------
    frozen
        The day.
    answers
        Whether there were answers already, which were not made up.
    fixed
        What is fixed, by kind and key.
    labels
        The labels of that day, by kind and key, for what has gone since.
    planned
        People, organisations and other numbers that were planned for.
    sha256
        The fingerprint that the file states.
    intact
        Whether the content still has that fingerprint.
    """

    frozen: date
    answers: bool
    fixed: Fixed
    labels: dict[str, dict[str, str]]
    planned: dict[str, float]
    sha256: str
    intact: bool


@dataclass(frozen=True, slots=True)
class Amendment:
    """One thing that the plan fixed and the definition now says otherwise.

    Attributes
    ----------
    kind, key
        A part of `fixed`, and the key in it.
    path
        Which setting, as in the definition; empty where the whole entry came or went.
    before, after
        What the plan says and what the definition says; None where it says nothing.
    """

    kind: str
    key: str
    path: str
    before: Any
    after: Any


def fixed_by(loaded: LoadedProject) -> Fixed:
    """Return what a plan fixes: statements, scales, answers, classifications, and who is counted.

    Parameters
    ----------
    loaded
        The checked definition and its codebook.
    """
    project, codebook = loaded.definition, loaded.codebook
    groups = {"levels": {"__all__": {"values", "between"}}, "of": True, "reference": True, "column": True}
    items = {
        item: {
            "options": [option.value for option in project.responses[entry.response].options],
            "range": project.responses[entry.response].range,
            "reverse": entry.reverse,
        }
        for item in codebook.items
        for entry in [codebook.of_item(item)]
    }
    found = {
        "statements": {
            k: v.model_dump(mode="json", include=STATEMENT) for k, v in project.indicators.items()
        },
        "scales": {
            k: v.model_dump(include={"items", "min_items", "score"}) for k, v in project.scales.items()
        },
        "groups": {
            k: v.model_dump(mode="json", include=groups | {"item": True, "wave": True})
            for k, v in project.groups.items()
        },
        "items": items,
        "sources": {
            k: v.model_dump(include={"duplicates", "waves", "roles"}) for k, v in project.sources.items()
        },
        "programme": {
            "people": {
                "participant_roles": project.participant_roles,
                "planned": project.planned,
                "linkage": project.linkage.rule if project.linkage else None,
            }
        },
    }
    return json.loads(json.dumps(found))


def freeze(
    loaded: LoadedProject, planned: Mapping[str, float], *, on: date, answers: bool = False
) -> FrozenPlan:
    """Write a definition's plan beside it.

    Parameters
    ----------
    loaded
        The checked definition and its codebook.
    planned
        People, organisations and other numbers that are planned for.
    on
        The day.
    answers
        Whether answers have come in already.

    Raises
    ------
    ProjectError
        If a plan is frozen already.
    """
    path = loaded.file.parent / FILE
    if path.exists():
        raise ProjectError(
            msg("A plan is frozen already."),
            where=str(path),
            do=msg(
                "Keep it: the report lists what has changed since. Delete the file only if it never counted."
            ),
        )
    content = {
        "form": FORM,
        "frozen": on.isoformat(),
        "answers": answers,
        "planned": dict(planned),
        "labels": labels_of(loaded),
        "fixed": fixed_by(loaded),
    }
    text = json.dumps({**content, "sha256": _fingerprint(content)}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return read_plan(loaded.file.parent)


def labels_of(loaded: LoadedProject) -> dict[str, dict[str, str]]:
    """Return what a programme calls everything that a plan names, by kind and key.

    Parameters
    ----------
    loaded
        The checked definition and its codebook.
    """
    project, codebook = loaded.definition, loaded.codebook
    kinds = {
        "statements": project.indicators,
        "scales": project.scales,
        "groups": project.groups,
        "waves": project.waves,
        "sources": project.sources,
    }
    kinds |= {f"levels.{key}": group.levels for key, group in project.groups.items()}
    labels = {f"{kind}.{k}": dict(v.label) for kind, entries in kinds.items() for k, v in entries.items()}
    for item in codebook.items:
        entry = codebook.of_item(item)
        labels[f"items.{item}"] = dict.fromkeys(project.languages, entry.column) | entry.label
    return labels


def _fingerprint(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def has_plan(folder: Path) -> bool:
    """Tell whether a plan is frozen in a project's folder."""
    return (folder / FILE).is_file()


def read_plan(folder: Path) -> FrozenPlan:
    """Read the plan in a project's folder, and see whether anybody has written in it since.

    Parameters
    ----------
    folder
        The folder of the project file.

    Raises
    ------
    MissingFileError
        If there is no plan.
    ProjectError
        If the file is no plan.
    """
    path = folder / FILE
    if not path.is_file():
        raise MissingFileError(
            msg("No plan is frozen."), where=str(folder), do=msg("Run `evaluation plan PROJECT --freeze`.")
        )
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        stated = content.pop("sha256")
        return FrozenPlan(
            date.fromisoformat(content["frozen"]),
            content["answers"],
            content["fixed"],
            content["labels"],
            content["planned"],
            stated,
            stated == _fingerprint(content),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProjectError(
            msg("The file holds no plan."),
            where=str(path),
            do=msg("Take it back from where it was kept when it was frozen."),
        ) from None


def amendments(plan: FrozenPlan, loaded: LoadedProject) -> list[Amendment]:
    """List what the definition now says otherwise than the plan.

    Parameters
    ----------
    plan
        From `read_plan`.
    loaded
        The definition as it is now.
    """
    now = fixed_by(loaded)
    return [
        amendment
        for kind in now
        for key in (*plan.fixed.get(kind, {}), *(k for k in now[kind] if k not in plan.fixed.get(kind, {})))
        for amendment in _differences(kind, key, plan.fixed.get(kind, {}).get(key), now[kind].get(key))
    ]


def _differences(kind: str, key: str, before: Any, after: Any) -> Iterator[Amendment]:
    if before is None or after is None:
        yield Amendment(kind, key, "", before, after)
        return
    old, new = dict(leaves(before)), dict(leaves(after))
    for path in (*old, *(one for one in new if one not in old)):
        if old.get(path) != new.get(path):
            yield Amendment(kind, key, path, old.get(path), new.get(path))


def leaves(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """List every setting of an entry of a plan by its path; words in several languages are one setting.

    Parameters
    ----------
    value
        An entry of what is fixed.
    prefix
        The path that leads to it.
    """
    for name, one in value.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(one, dict) and one and name not in WORDED:
            yield from leaves(one, path)
        else:
            yield path, one
