"""Rows of results and words of a project, as sentences, tables and figures are made from them."""

from typing import Any

WORDS = {
    "id.goal": {"sv": "H19", "en": "H19"},
    "label.goal": {"sv": "Strategiskt arbete", "en": "Strategic work"},
    "statement.goal": {"sv": "uppger att de arbetar strategiskt", "en": "state that they work strategically"},
    "respondents.goal": {"sv": "företag", "en": "companies"},
    "wave.w1": {"sv": "Före", "en": "Before"},
    "wave.w3": {"sv": "Efter", "en": "After"},
    "level.sex.women": {"sv": "kvinnor", "en": "women"},
    "level.sex.men": {"sv": "män", "en": "men"},
    "item.a": {"sv": "Digitalisering (alla slag)", "en": "Digitalisation (of all kinds)"},
    "option.a.4": {"sv": "Instämmer i hög grad", "en": "Agree to a great extent"},
    "source.log": {"sv": "Tidlogg", "en": "Time log"},
    "scale.s": {"sv": "lärande", "en": "learning"},
}


def goal(k: int = 21, n: int = 27, n_total: int = 30, /, **more: Any) -> dict[str, Any]:
    """Return a row about a target of 70 %."""
    silent = n_total - n
    share = k / n_total if n_total else None
    row = {
        "estimand": "attained_share",
        "indicator": "goal",
        "unit": "organisation",
        "wave": "w3",
        "estimate": k / n if n else None,
        "k": k,
        "n": n,
        "n_total": n_total,
        "conf_low": 0.733 if silent else share,
        "conf_high": 0.8 if silent else share,
        "bound_low": share,
        "bound_high": (k + silent) / n_total if n_total else None,
        "target": 0.7,
    }
    return row | more


def moved(**more: Any) -> dict[str, Any]:
    """Return a row about a change."""
    row = {
        "estimand": "mean_change",
        "indicator": "goal",
        "estimate": 0.62,
        "conf_low": 0.4,
        "conf_high": 0.84,
        "mean_before": 2.9,
        "mean_after": 3.52,
        "std_change": 0.71,
        "n": 120,
        "n_groups": 28,
        "contrast": "w3 - w1",
        "smallest_important": 0.5,
    }
    return row | more


def compared(**more: Any) -> dict[str, Any]:
    """Return a row about a difference between women and men."""
    row = {
        "estimand": "mean_gap",
        "indicator": "goal",
        "group": "sex",
        "level": "women",
        "contrast": "women - men",
        "estimate": -0.25,
        "conf_low": -0.5,
        "conf_high": 0.004,
        "mean_level": 3.25,
        "mean_reference": 3.5,
        "n_level": 60,
        "n_reference": 1200,
        "n": 1260,
        "smallest_important": 0.25,
    }
    return row | more
