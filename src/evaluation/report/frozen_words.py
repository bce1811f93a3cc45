"""What the settings of a frozen plan are called, and how their values are written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.text import format as write
from evaluation.text.catalogue import say
from evaluation.vocabulary.message import Message, msg, pmsg

SETTINGS: dict[str, Message] = {
    "id": pmsg("plan", "number"),
    "statement": pmsg("plan", "wording of the statement"),
    "unit": pmsg("plan", "whom it is about"),
    "primary": pmsg("plan", "primary statement"),
    "answered_by": pmsg("plan", "whose answer counts for an organisation"),
    "roles": pmsg("plan", "only these roles"),
    "among": pmsg("plan", "only among"),
    "among.column": pmsg("plan", "only among those with a certain value in"),
    "among.one_of": pmsg("plan", "only among those who have one of"),
    "among.at_least": pmsg("plan", "only among those who have at least"),
    "among.at_most": pmsg("plan", "only among those who have at most"),
    "rule.kind": pmsg("plan", "kind of rule"),
    "rule.share": pmsg("plan", "target"),
    "rule.count": pmsg("plan", "target number"),
    "rule.limit": pmsg("plan", "the target is a limit"),
    "rule.smallest_important": pmsg("plan", "smallest change that matters"),
    "rule.important": pmsg("plan", "difference that matters"),
    "rule.wanted": pmsg("plan", "direction that is better"),
    "rule.wave": pmsg("plan", "occasion"),
    "rule.before": pmsg("plan", "occasion before"),
    "rule.after": pmsg("plan", "occasion after"),
    "rule.then": pmsg("plan", "occasion when before is judged in retrospect"),
    "rule.group": pmsg("plan", "classification"),
    "rule.among": pmsg("plan", "whose composition"),
    "rule.even": pmsg("plan", "even from and to"),
    "rule.levels": pmsg("plan", "levels that are to be even"),
    "rule.reference": pmsg("plan", "shares that it is compared with"),
    "rule.against": pmsg("plan", "compared with"),
    "rule.source": pmsg("plan", "source of the shares"),
    "rule.ratio_low": pmsg("plan", "about the same from a ratio of"),
    "rule.ratio_high": pmsg("plan", "about the same up to a ratio of"),
    "rule.one_of": pmsg("plan", "values that meet the condition"),
    "rule.at_least": pmsg("plan", "meets the condition from"),
    "rule.at_most": pmsg("plan", "meets the condition up to"),
    "measure.main": pmsg("plan", "main reading"),
    "measure.positive": pmsg("plan", "answers that count as yes"),
    "measure.at_least": pmsg("plan", "counts from"),
    "measure.at_most": pmsg("plan", "counts up to"),
    "measure.one_of": pmsg("plan", "values that count as yes"),
    "measure.item": pmsg("plan", "question"),
    "measure.items": pmsg("plan", "questions"),
    "measure.areas": pmsg("plan", "areas of the questions"),
    "measure.scale": pmsg("plan", "scale"),
    "measure.needed": pmsg("plan", "questions on what is needed"),
    "measure.current": pmsg("plan", "questions on what there is"),
    "measure.records": pmsg("plan", "records that count"),
    "measure.column": pmsg("plan", "column of the register or log"),
    "measure.has": pmsg("plan", "must all be there"),
    "measure.and_one_of": pmsg("plan", "and one of"),
    "measure.hours": pmsg("plan", "hours with one of"),
    "measure.network": pmsg("plan", "quantity of the network"),
    "measure.across": pmsg("plan", "only ties between different kinds of actors"),
    "measure.matrix": pmsg("plan", "matrix"),
    "measure.not_collected": pmsg("plan", "why there are no data"),
    "items": pmsg("plan", "questions"),
    "min_items": pmsg("plan", "fewest answers for a score"),
    "score": pmsg("plan", "how the score is made"),
    "options": pmsg("plan", "values of the answers"),
    "range": pmsg("plan", "numbers from and to"),
    "reverse": pmsg("plan", "turned round"),
    "of": pmsg("plan", "what is classified"),
    "column": pmsg("plan", "made from the column"),
    "item": pmsg("plan", "made from the question"),
    "wave": pmsg("plan", "occasion"),
    "reference": pmsg("plan", "reference group"),
    "waves": pmsg("plan", "occasions"),
    "participant_roles": pmsg("plan", "roles of those who take part"),
    "duplicates": pmsg("plan", "which of two answers counts"),
    "planned": pmsg("plan", "planned number of people"),
    "linkage": pmsg("plan", "rule for linking"),
}
"""What the settings that are fixed are called."""

OF_LEVELS: dict[str, Message] = {
    "values": pmsg("plan", "answers that count as {level}"),
    "between": pmsg("plan", "numbers that count as {level}"),
    "reference": pmsg("plan", "share of {level} that it is compared with"),
}
"""What the settings are called that each level of a classification has."""

UNITS = {
    "person": pmsg("plan value", "people"),
    "organisation": pmsg("plan value", "organisations"),
    "effort": pmsg("plan value", "efforts"),
    "actor": pmsg("plan value", "actors"),
    "cell": pmsg("plan value", "cells of a matrix"),
    "log": pmsg("plan value", "entries of the log"),
}
LIMITS = {"at_least": pmsg("plan value", "at least"), "at_most": pmsg("plan value", "at most")}
WHO = {
    "participants": pmsg("plan value", "those who take part"),
    "designers": pmsg("plan value", "those who take part in the design"),
}
VALUES: dict[str, Mapping[str, Message]] = {
    "unit": UNITS,
    "of": UNITS,
    "answered_by": {
        "named_contact": pmsg("plan value", "the named contact"),
        "mean": pmsg("plan value", "the mean of all who answered"),
    },
    "rule.kind": {
        "target": pmsg("plan value", "target"),
        "change": pmsg("plan value", "change"),
        "coverage": pmsg("plan value", "coverage"),
        "gap": pmsg("plan value", "difference between groups"),
        "representation": pmsg("plan value", "composition"),
        "describe": pmsg("plan value", "description without a verdict"),
        "eligibility": pmsg("plan value", "conditions to take part"),
    },
    "rule.wanted": {
        "increase": pmsg("plan value", "increase"),
        "decrease": pmsg("plan value", "decrease"),
        "higher": pmsg("plan value", "higher"),
        "lower": pmsg("plan value", "lower"),
    },
    "rule.limit": LIMITS,
    "rule.among": WHO,
    "rule.against": WHO,
    "measure.main": {
        "any": pmsg("plan value", "yes to at least one"),
        "all": pmsg("plan value", "yes to all"),
        "trained": pmsg("plan value", "yes in every area that the person spent time on"),
    },
    "measure.records": {
        "log": pmsg("plan value", "entries of the log"),
        "people": pmsg("plan value", "rows of the register of people"),
    },
    "measure.network": {
        "density": pmsg("plan value", "density"),
        "reciprocity": pmsg("plan value", "how often ties are mutual"),
        "frequency": pmsg("plan value", "how often there is contact"),
        "trust": pmsg("plan value", "trust"),
        "value": pmsg("plan value", "value of working together"),
    },
    "measure.matrix": {
        "permeation": pmsg("plan value", "where equality stands in the documents"),
        "follow_up": pmsg("plan value", "how equality is followed up"),
    },
    "score": {"mean": pmsg("plan value", "mean"), "sum": pmsg("plan value", "sum")},
    "duplicates": {
        "error": pmsg("plan value", "none, as two answers are an error"),
        "keep_first": pmsg("plan value", "the first"),
        "keep_last": pmsg("plan value", "the last"),
    },
    "linkage": {
        "strict": pmsg("plan value", "strict"),
        "default": pmsg("plan value", "usual"),
        "loose": pmsg("plan value", "loose"),
    },
}
"""Values in words, by the setting that has them; names and numbers stand as in the definition."""

REGISTER: dict[str, Message] = {
    "employees": pmsg("plan value", "number of employees"),
    "municipality": pmsg("plan value", "municipality"),
    "industry": pmsg("plan value", "industry"),
    "employed": pmsg("plan value", "employed"),
    "started": pmsg("plan value", "date of the start"),
}
"""Columns of registers that are no classification."""

KINDS_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("rule.wave", "rule.before", "rule.after", "rule.then", "wave", "waves"), ("waves",)),
    **dict.fromkeys(("measure.item", "measure.items", "measure.needed", "measure.current"), ("items",)),
    **dict.fromkeys(("items", "item"), ("items",)),
    "measure.scale": ("scales",),
    **dict.fromkeys(("rule.group", "measure.column", "among.column", "column"), ("groups",)),
    **dict.fromkeys(("roles", "participant_roles"), ("levels.role",)),
    "measure.areas": ("levels.area",),
}
"""What the keys that a setting names belong to."""
LEVELS_OF = {
    **dict.fromkeys(
        ("measure.has", "measure.and_one_of", "measure.hours", "measure.one_of"), "measure.column"
    ),
    "among.one_of": "among.column",
    "rule.one_of": "measure.column",
}
"""Settings that name levels, and the setting that says of which classification."""
YES, NO = pmsg("plan", "yes"), pmsg("plan", "no")
WHOLE = pmsg("plan", "the whole")
AS_SHARES = ("rule.share", "rule.even", "rule.reference")


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words of one entry of a plan in one language.

    Attributes
    ----------
    lang
        The language.
    labels
        The project's labels by kind and key, such as `waves.before`.
    kind, key
        Which entry: a part of what is fixed, and its key.
    settings
        The entry's settings by path.
    """

    lang: str
    labels: Mapping[str, Mapping[str, str]]
    kind: str
    key: str
    settings: Mapping[str, Any]

    def setting(self, path: str) -> str:
        """Return what a setting is called."""
        if not path:
            return say(WHOLE, self.lang)
        if path in SETTINGS:
            return say(SETTINGS[path], self.lang)
        level, name, group = self._of_level(path)
        return say(OF_LEVELS[name], self.lang, level=self._label((f"levels.{group}",), level))

    def value(self, path: str, value: Any) -> str:
        """Write what a setting says."""
        if path == "" and value is not None:
            return say(pmsg("plan", "there"), self.lang)
        if value is None or value in ([], {}, ""):
            return write.NOTHING
        if isinstance(value, bool):
            return say(YES if value else NO, self.lang)
        if isinstance(value, int | float):
            in_shares = path in AS_SHARES or path.startswith("rule.reference.")
            return write.share(value, self.lang) if in_shares else write.trimmed(value, self.lang)
        if isinstance(value, list):
            return self._several(path, value)
        if isinstance(value, Mapping):
            return str(value.get(self.lang, next(iter(value.values()))))
        return self._text(path, value)

    def said(self) -> Iterator[tuple[str, str]]:
        """Write every setting that says something, and what it says."""
        for path, value in self.settings.items():
            if value is not None and value not in ([], {}, ""):
                yield self.setting(path), self.value(path, value)

    def _several(self, path: str, values: list[Any]) -> str:
        spans = path in ("range", "rule.even") or path.endswith(".between")
        written = [self.value(path, one) for one in values]
        return write.interval(*written, self.lang) if spans else write.listing(written, self.lang)

    def _text(self, path: str, value: str) -> str:
        if path in VALUES:
            known = VALUES[path].get(value)
            return say(known, self.lang) if known else value
        kinds = KINDS_OF.get(path, ())
        if path in LEVELS_OF:
            kinds = (f"levels.{self.settings.get(LEVELS_OF[path], '')}",)
        elif path == "reference" and self.kind == "groups":
            kinds = (f"levels.{self.key}",)
        return self._label(kinds, value)

    def _label(self, kinds: tuple[str, ...], key: str) -> str:
        for kind in kinds:
            if label := self.labels.get(f"{kind}.{key}", {}).get(self.lang):
                return label
        return say(REGISTER[key], self.lang) if kinds == ("groups",) and key in REGISTER else key

    def _of_level(self, path: str) -> tuple[str, str, str]:
        """Tell which level a setting such as `levels.women.values` is about, which setting, of what."""
        first, *middle, last = path.split(".")
        if first == "levels":
            return ".".join(middle), last, self.key
        return last, "reference", str(self.settings.get("rule.group", ""))


def entry_name(kind: str, key: str, labels: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """Return what an entry of a plan is called: its label, or its key where it has none.

    Parameters
    ----------
    kind, key
        A part of what is fixed, and the key in it.
    labels
        The project's labels by kind and key.
    lang
        The language.
    """
    if kind == "programme":
        return say(pmsg("plan", "who is counted"), lang)
    return labels.get(f"{kind}.{key}", {}).get(lang, key)


def named(kind: Message, name: str, lang: str) -> str:
    """Put what kind of thing it is before its name."""
    return say(msg("{kind}: {name}", kind=kind, name=name), lang)
