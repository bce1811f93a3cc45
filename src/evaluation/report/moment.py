"""The moment that files carry: never "now", so that the same input gives the same bytes."""

import os
from datetime import UTC, datetime

FIXED = 946_684_800
"""Seconds from 1970 to 2000, the moment that is written where nobody has set another."""


def epoch() -> int:
    """Return `SOURCE_DATE_EPOCH` if it is set to a number of seconds, else a fixed moment."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdecimal() else FIXED


def moment() -> datetime:
    """Return the moment as a date and time in UTC."""
    return datetime.fromtimestamp(epoch(), UTC)
