"""Numbers of hours as people write them."""

import re
import unicodedata

NUMBER = r"(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d+))?"
ABOUT = r"(?:ca\.?|cirka|circa|c:a|about|approx\.?|~)?\s*"
HOURS = re.compile(rf"{ABOUT}{NUMBER}\s*(?:h|t|tim\.?|timme|timmar|hrs?\.?|hours?)?", re.IGNORECASE)
MINUTES = re.compile(rf"{ABOUT}(\d+)\s*(?:min\.?|minuter|minutes?)", re.IGNORECASE)
BOTH = re.compile(rf"{ABOUT}(\d+)\s*(?:h|t|tim\w*\.?)\s*(\d{{1,2}})\s*(?:min\w*\.?|m)", re.IGNORECASE)
BARE = re.compile(r"[+]?\d+(?:[.,]\d+)?")


def hours_of(text: str) -> float | None:
    """Return the hours that a text says, or None if it says none.

    Read are numbers with decimal point or comma and spaces between thousands, with or without a unit
    ("1,5 tim", "2 h", "90 min", "1 h 30 min") and with or without "ca". Below 0 is no time.
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if found := HOURS.fullmatch(text.removeprefix("+")):
        return float(f"{found[1].replace(' ', '')}.{found[2] or 0}")
    if found := MINUTES.fullmatch(text):
        return int(found[1]) / 60
    found = BOTH.fullmatch(text)
    return int(found[1]) + int(found[2]) / 60 if found and int(found[2]) < 60 else None


def is_bare_number(text: str) -> bool:
    """Tell whether a text is a number without a unit and without "ca"."""
    return bool(BARE.fullmatch(unicodedata.normalize("NFKC", text).strip()))
