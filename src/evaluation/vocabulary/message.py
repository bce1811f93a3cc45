"""Sentences that are translated when they are shown, not when they are made.

`msg` marks a sentence for extraction and keeps its values apart, so that one
object can be said in any language, with numbers in that language's form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with named fields, to be translated later.

    Attributes
    ----------
    text
        The sentence, with fields in braces; it is the key of the catalogue.
    fields
        The values of the fields. A value may itself be a message.
    plural
        The sentence for counts other than one; empty where there is only one form.
    context
        Tells apart equal sentences with different translations; usually empty.
    """

    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    plural: str = ""
    context: str = ""

    def __str__(self) -> str:
        text = self.plural if self.plural and self.fields.get("count") != 1 else self.text
        return text.format(**self.fields)

    def with_fields(self, **fields: Any) -> "Message":
        """Return the same sentence with more fields filled."""
        return Message(self.text, {**self.fields, **fields}, self.plural, self.context)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; fields that are messages are marked as such."""
        fields = {
            name: {**value.to_dict(), "message": True} if isinstance(value, Message) else value
            for name, value in self.fields.items()
        }
        return {"text": self.text, "fields": fields, "plural": self.plural, "context": self.context}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Message":
        """Rebuild a message from `to_dict`."""
        fields = {
            name: cls.from_dict(value) if isinstance(value, Mapping) and value.get("message") else value
            for name, value in stored["fields"].items()
        }
        return cls(stored["text"], fields, stored["plural"], stored["context"])


def msg(text: str, /, **fields: Any) -> Message:
    """Mark a sentence for translation."""
    return Message(text, fields)


def pmsg(context: str, text: str, /, **fields: Any) -> Message:
    """Mark a sentence whose translation depends on where it stands."""
    return Message(text, fields, context=context)


def nmsg(text: str, plural: str, /, **fields: Any) -> Message:
    """Mark a sentence with a singular and a plural form, chosen by its field `count`."""
    return Message(text, fields, plural=plural)
