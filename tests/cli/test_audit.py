"""The command that attacks a report says what it does not know."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.cli import app

HALLAND = Path(__file__).parents[2] / "projects" / "halland"


def said(report: Path, *words: object, lang: str = "en") -> str:
    (report / "index.html").write_text("<html><body><p>Nothing is counted here.</p></body></html>")
    done = CliRunner().invoke(app, ["--lang", lang, "audit", str(report), *map(str, words)])
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.mark.parametrize(
    "lang, told", [("en", "No definition was given"), ("sv", "Ingen definition har angetts")]
)
def test_without_a_definition_it_says_which_thresholds_it_takes(tmp_path, lang, told):
    assert told in said(tmp_path, lang=lang)
    assert told not in said(tmp_path, "--project", HALLAND, lang=lang)
