"""Small studies in memory: a definition with one indicator, and the answers it needs."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from evaluation.data.manifest import Manifest
from evaluation.project.load import load_project
from evaluation.study import Study

CODEBOOK = """item,source,wave,column,response,reverse,text_sv,text_en
a,before,,A,AG5,,Fråga a,Question a
b,before,,B,AG5,,Fråga b,Question b
c,before,,C,AG5,,Fråga c,Question c
a,after,w3,A,AG5,,Fråga a,Question a
b,after,w3,B,AG5,,Fråga b,Question b
c,after,w3,C,AG5,,Fråga c,Question c
a,after,then,A då,AG5,,Fråga a,Question a
"""
BASE: dict[str, Any] = {
    "name": {"sv": "Prov", "en": "Trial"},
    "languages": ["sv", "en"],
    "waves": {
        "w1": {"label": {"sv": "Före", "en": "Before"}, "kind": "baseline"},
        "w3": {"label": {"sv": "Efter", "en": "After"}, "kind": "follow_up"},
        "then": {"label": {"sv": "Då", "en": "Then"}, "kind": "then_test"},
    },
    "sources": {
        "people": {
            "kind": "people",
            "file": "p.csv",
            "columns": {"person": "P", "organisation": "O", "sex": "K", "role": "R", "age": "A"},
        },
        "firms": {
            "kind": "organisations",
            "file": "o.csv",
            "columns": {"organisation": "O", "size": "S", "contact_person": "C"},
        },
        "before": {"kind": "answers", "file": "b.csv", "waves": ["w1"], "columns": {"person": "P"}},
        "after": {"kind": "answers", "file": "a.csv", "waves": ["w3", "then"], "columns": {"person": "P"}},
        "log": {
            "kind": "log",
            "file": "l.csv",
            "columns": {
                "effort": "E",
                "person": "P",
                "phase": "F",
                "area": "Om",
                "hours": "H",
                "design_role": "U",
            },
        },
    },
    "groups": {
        "sex": {
            "label": {"sv": "Kön", "en": "Sex"},
            "reference": "men",
            "show_always": ["women", "men"],
            "levels": {
                "women": {"label": {"sv": "kvinnor", "en": "women"}, "values": ["K"]},
                "men": {"label": {"sv": "män", "en": "men"}, "values": ["M"]},
                "other": {"label": {"sv": "ickebinära", "en": "non-binary"}, "values": ["I"]},
            },
        },
        "role": {
            "label": {"sv": "Roll", "en": "Role"},
            "levels": {
                "employee": {"label": {"sv": "medarbetare", "en": "employees"}, "values": ["Medarbetare"]},
                "manager": {"label": {"sv": "chefer", "en": "managers"}, "values": ["Chef"]},
            },
        },
        "phase": {
            "label": {"sv": "Fas", "en": "Phase"},
            "of": "log",
            "levels": {
                key: {"label": {"sv": key, "en": key}, "values": [key]}
                for key in ("before", "during", "after")
            },
        },
        "area": {
            "label": {"sv": "Område", "en": "Area"},
            "of": "log",
            "levels": {key: {"label": {"sv": key, "en": key}, "values": [key]} for key in ("x", "y")},
        },
        "design_role": {
            "label": {"sv": "Roll i utformningen", "en": "Role in design"},
            "of": "log",
            "levels": {"participant": {"label": {"sv": "deltagare", "en": "participant"}, "values": ["D"]}},
        },
    },
    "scales": {
        "s": {"label": {"sv": "Skala", "en": "Scale"}, "items": ["a", "b"], "min_items": 1},
        "t": {"label": {"sv": "Skala", "en": "Scale"}, "items": ["a", "b", "c"], "min_items": 1},
        "list": {
            "label": {"sv": "Lista", "en": "List"},
            "items": ["a", "b", "c"],
            "min_items": 1,
            "score": "sum",
        },
    },
}
INDICATOR: dict[str, Any] = {
    "id": "X1",
    "chapter": "targets",
    "unit": "person",
    "label": {"sv": "Etikett", "en": "Label"},
    "statement": {"sv": "säger ja", "en": "say yes"},
    "respondents": {"sv": "deltagare", "en": "participants"},
}


def study(
    folder: Path,
    indicator: Mapping[str, Any],
    *,
    groups: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
    equality: Mapping[str, Any] | None = None,
    **tables: pd.DataFrame,
) -> Study:
    """Return a study with one indicator, `x`, and the given tables; the others are empty.

    More groups may be defined, with the registers' columns that hold them.
    """
    definition = deepcopy({**BASE, "indicators": {"x": {**INDICATOR, **indicator}}})
    definition |= {"equality": equality} if equality else {}
    definition["groups"] |= groups or {}
    for source in ("people", "firms"):
        definition["sources"][source]["columns"] |= columns or {}
    (folder / "project.yaml").write_text(
        yaml.safe_dump(definition, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    (folder / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    loaded = load_project(folder)
    empty = {
        "people": ["person", "organisation", "sex", "role", "age"],
        "organisations": ["organisation", "size", "contact_person"],
        "answers": ["person", "organisation", "wave", "item", "value", "missing"],
        "scores": ["person", "organisation", "wave", "scale", "score", "n_items"],
        "log": ["effort", "person", "organisation", "phase", "area", "hours", "design_role"],
    }
    frames = {name: tables.get(name, pd.DataFrame(columns=columns)) for name, columns in empty.items()}
    frames["people"] = frames["people"].assign(registered=True)
    return Study(loaded, **frames, manifest=Manifest("trial", "0", "0", "0"))


def people(
    count: int, *, firms: int = 0, sex: Sequence[str] = ("women", "men"), **columns: Any
) -> pd.DataFrame:
    """Return so many people, spread evenly over firms and levels."""
    return pd.DataFrame(
        {
            "person": [f"p{i}" for i in range(count)],
            "organisation": [f"o{i % firms}" if firms else None for i in range(count)],
            "sex": [sex[i % len(sex)] for i in range(count)],
            "role": "employee",
            "age": "30",
        }
    ).assign(**columns)


def answers(
    register: pd.DataFrame, wave: str, values: Sequence[float | None], item: str = "a"
) -> pd.DataFrame:
    """Return one answer per person, in the register's order; None leaves a person out."""
    rows = register.head(len(values)).assign(wave=wave, item=item, value=list(values), missing="none")
    return rows[["person", "organisation", "wave", "item", "value", "missing"]].dropna(subset="value")
