"""The attacker: what can be worked out from a published report, by code that disclosure control does not use."""

from evaluation.audit.attack import attack
from evaluation.audit.blind import by_labels_alone
from evaluation.audit.difference import differences, recovered_together
from evaluation.audit.found import Audit, Recovered
from evaluation.audit.mentions import unexplained
from evaluation.audit.published import Published, read_published

__all__ = [
    "Audit",
    "Published",
    "Recovered",
    "attack",
    "by_labels_alone",
    "differences",
    "read_published",
    "recovered_together",
    "unexplained",
]
