"""Texts in cells of spreadsheets: what begins like a formula must stay a text."""

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Signs with which a spreadsheet begins a formula, the wide ones in some countries only."""
GUARD = "'"


def guarded(text: str) -> str:
    r"""Return a text that no spreadsheet takes for a formula.

    Parameters
    ----------
    text
        What the cell says: a label, a name, an answer. Numbers are no texts and need no guard.

    Returns
    -------
    str
        Signs that do not print become spaces, but for line breaks; a text that begins like a formula
        gets an apostrophe before it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("\t@x"), guarded("4 – Agree")
    ("'=1+1", "'@x", '4 – Agree')
    """
    plain = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    return GUARD + plain.lstrip() if plain.lstrip().startswith(FORMULA) else plain
