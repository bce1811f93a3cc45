"""Archives, which Word and Excel files are, with the same bytes every time."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

from evaluation.report.moment import epoch

OLDEST = 315_532_800
"""Seconds from 1970 to 1980, where an archive's calendar begins."""


def write_archive(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive whose entries carry a fixed moment.

    Parameters
    ----------
    parts
        The content of every entry by its name, in order.
    """
    when = datetime.fromtimestamp(max(epoch(), OLDEST), UTC).timetuple()[:6]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def read_archive(content: bytes) -> dict[str, bytes]:
    """Return the content of every entry of an archive by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
