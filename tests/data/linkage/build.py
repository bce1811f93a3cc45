"""Small waves to link."""

from collections.abc import Sequence

import pandas as pd

from evaluation.data.linkage.wave import WaveCodes, wave_codes


def wave(rows: Sequence[tuple[str, str, str]]) -> WaveCodes:
    """Return a wave from rows of respondent, company and code; the code's elements stand apart by spaces."""
    codes = [row[2].split(" ") if row[2] else [] for row in rows]
    width = max([len(code) for code in codes] + [1])
    names = [f"c{place}" for place in range(width)]
    frame = pd.DataFrame([code + [""] * (width - len(code)) for code in codes], columns=names, dtype="object")
    frame = frame.assign(who=[row[0] for row in rows], company=[row[1] for row in rows])
    return wave_codes(frame, names, respondent="who", block="company")


def named(linkage) -> set[tuple[str, str]]:
    """Return the linked respondents."""
    return {(linkage.before.respondent[i], linkage.after.respondent[j]) for i, j in linkage.links.tolist()}


def listed(linkage) -> dict[tuple[str, str], str]:
    """Return the pairs for review with their reasons."""
    pairs = zip(linkage.review.tolist(), linkage.reason, strict=True)
    return {(linkage.before.respondent[i], linkage.after.respondent[j]): reason for (i, j), reason in pairs}
