"""A plan is printed from the definition alone, in both languages."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from evaluation.cli import app
from evaluation.cli.start import main
from evaluation.vocabulary.errors import ReportError

HALLAND = Path(__file__).parents[2] / "projects" / "halland"


def said(*words: object, lang: str = "en") -> str:
    done = CliRunner().invoke(app, ["--lang", lang, "plan", str(HALLAND), *map(str, words)])
    if done.exception is not None:
        raise done.exception
    return done.output


def test_every_change_and_target_of_the_programme_is_planned():
    text = said()
    assert "Planned for 30 organisations and 191 people, of whom 90% are expected" in text
    assert "is found with a chance of 80%" in text
    assert "(target 70%)" in text
    assert "effect" not in text.lower()


def test_more_alike_colleagues_need_a_larger_change():
    def changes(icc):
        return [
            float(line.split("a true change of ")[1].split(" steps")[0])
            for line in said("--icc", icc).splitlines()
            if "organisations who answer both times, a true change of" in line
        ]

    low, high = changes(0.0), changes(0.3)
    assert all(more >= less for less, more in zip(low, high, strict=True))
    assert sum(high) > sum(low)


def test_it_is_said_in_swedish_too():
    assert "Planerat för 3 organisationer och 16 personer" in said("--sizes", "3,5,8", lang="sv")


def test_sizes_that_are_none_are_refused():
    with pytest.raises(ReportError, match="whole numbers"):
        said("--sizes", "3,x")


def test_made_up_programmes_are_counted():
    lines = said("--simulate", 5).splitlines()
    (start,) = (place for place, line in enumerate(lines) if "Simulated data" in line)
    assert "in 5 made-up programmes" in lines[start]
    counted = [
        re.fullmatch(r"(.+): (.+) (\d+)% \(±\s(\d+)%\)", line)
        for line in lines[start:]
        if "±\N{NO-BREAK SPACE}" in line
    ]
    assert counted
    assert all(counted)
    totals = Counter()
    for found in counted:
        totals[found[1]] += int(found[3])
        assert int(found[3]) % 20 == 0
    assert set(totals.values()) == {100}


UNFORKED = "from evaluation.cli.start import main; main()"
"""The command line without its own settings, so that `OPENBLAS_NUM_THREADS` decides whether there are forks."""


@pytest.mark.slow
@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_plan_is_written_as_pdf_and_word_too(tmp_path, threads):
    """With two threads for algebra there are no forks, and a kernel must be told that nobody has answered."""
    out = tmp_path / "plan"
    words = [sys.executable, "-c", UNFORKED, "--lang", "en", "plan", str(HALLAND), "--out", str(out)]
    ran = subprocess.run(
        [*words, "--format", "pdf", "--format", "word"],
        env={**os.environ, "OPENBLAS_NUM_THREADS": threads},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    pages, documents = sorted(out.rglob("*.pdf")), sorted(out.rglob("*.docx"))
    assert len(pages) == len(documents) == 2
    assert all(file.read_bytes().startswith(b"%PDF") for file in pages)
    words = "".join(ZipFile(file).read("word/document.xml").decode() for file in documents)
    assert "Vilka förändringar syns troligen?" in words
    assert "Which changes are likely to be found?" in words
    assert str(out) in ran.stderr


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    words = ["evaluation", "--lang", "en", "plan", str(HALLAND), "--out", str(tmp_path / "file" / "plan")]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == ReportError.exit_code
    told = capsys.readouterr().err
    assert "A file cannot be read or written" in told
    assert "Traceback" not in told
