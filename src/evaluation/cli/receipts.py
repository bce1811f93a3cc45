"""Writing down what a report was made from, so that the next call knows whether anything has changed."""

import time
from collections.abc import Sequence
from pathlib import Path

from evaluation.data.files import input_files
from evaluation.project.frozen import FILE
from evaluation.project.model import LoadedProject
from evaluation.report.history import history_folder
from evaluation.report.receipt import (
    Asked,
    Receipt,
    file_fingerprints,
    inputs_fingerprint,
    relative,
    write_receipt,
)
from evaluation.report.run import Executed
from evaluation.report.workshop.store import comments_folder
from evaluation.text.catalogue import languages, say
from evaluation.vocabulary.message import msg

CURRENT = msg("Nothing has changed since the report was made; `--force` makes it again.")
PLACE = msg("The report: {path}", path="{folder}")


def keep_receipt(
    loaded: LoadedProject, folder: Path, asked: Asked, notebooks: Sequence[Path], ran: Executed, begun: float
) -> None:
    """Write the receipt of a report that is complete.

    Parameters
    ----------
    loaded
        The programme.
    folder
        The report's folder.
    asked
        What was asked for.
    notebooks
        The notebooks that it was made from.
    ran
        What was run for it.
    begun
        When the command was called, in seconds since 1970.
    """
    kept = (loaded.file.parent / FILE, comments_folder(loaded), history_folder(loaded))
    inputs = [*input_files(loaded), *kept, *notebooks]
    receipt = Receipt(
        asked,
        relative(loaded.file, folder),
        tuple(relative(path.resolve(), folder) for path in inputs),
        inputs_fingerprint(asked, inputs),
        file_fingerprints(folder),
        {lang: [say(CURRENT, lang), say(PLACE, lang)] for lang in languages()},
        {
            "begun": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begun)),
            "seconds": round(time.time() - begun, 3),
            "engine": ran.engine,
            "ran": ran.seconds,
            "reused": [path.stem for path in ran.paths if path.stem not in ran.seconds],
        },
    )
    write_receipt(receipt, folder)
