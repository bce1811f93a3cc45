"""The page on where the numbers come from: inputs with their fingerprints, versions and rules."""

from collections.abc import Sequence

from evaluation.report.frozen_page import plan_section
from evaluation.report.page import render
from evaluation.study import Study
from evaluation.text.catalogue import say
from evaluation.text.format import count
from evaluation.text.lexicon import word
from evaluation.text.table import FlatTable
from evaluation.vocabulary.message import Message, msg, pmsg

HEADER: tuple[Message, ...] = (
    pmsg("provenance", "File"),
    pmsg("provenance", "What it is"),
    pmsg("provenance", "Rows"),
    pmsg("provenance", "Made up"),
    pmsg("provenance", "Fingerprint (SHA-256)"),
)
YES, NO = pmsg("provenance", "yes"), pmsg("provenance", "no")


def provenance_page(study: Study, lang: str, history: Sequence[str] = ()) -> str:
    """Render the page on inputs, versions and definition.

    Parameters
    ----------
    study
        The programme, for its manifest.
    lang
        The language.
    """
    manifest = study.manifest
    rows = [
        (
            entry.file,
            word(study.words, f"source.{entry.source}", lang),
            count(entry.rows, lang),
            say(YES if entry.simulated else NO, lang),
            entry.sha256[:16],
        )
        for entry in manifest.inputs
    ]
    table = FlatTable(
        tuple(say(text, lang) for text in HEADER),
        tuple(rows),
        (False, False, True, False, False),
        ("",) * len(rows),
    )
    facts = [
        (say(msg("Definition of the programme"), lang), manifest.project_sha256[:16]),
        (say(msg("Codebook"), lang), manifest.codebook_sha256[:16]),
        (say(msg("Version of the package"), lang), manifest.version),
    ]
    return render(
        "provenance",
        lang,
        title=say(msg("Where do the numbers come from?"), lang),
        caption=say(msg("Files that were read"), lang),
        table=table,
        facts=facts,
        history=list(history),
        heading=say(msg("Compared with the report before"), lang),
        more=say(msg("Numbers before and now, with the reason"), lang),
        plan=plan_section(study.loaded, lang),
    )
