"""What the user is told while a report is made."""

import pytest

from evaluation.cli.report import _watched
from evaluation.cli.speaker import Speaker


@pytest.mark.parametrize(
    ("chapters", "names", "told"),
    [
        (3, ["a"], "2 chapters are unchanged and are not run again.\nEvaluating\n  a\n"),
        (2, ["a"], "One chapter is unchanged and is not run again.\nEvaluating\n  a\n"),
        (1, ["a"], "Evaluating\n  a\n"),
        (2, [], "2 chapters are unchanged and are not run again.\n"),
    ],
)
def test_the_user_is_told_how_many_are_kept(capsys, chapters, names, told):
    with _watched(Speaker("en"), chapters, names) as done:
        for name in names:
            done(name)
    assert capsys.readouterr().err == told
