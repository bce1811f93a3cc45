"""What is signed off is shown; a line that does not say what, why and who is refused."""

import pandas as pd
import pytest

from evaluation.disclosure import Policy, protect, read_exceptions
from evaluation.result import Result
from evaluation.vocabulary.errors import MissingFileError, ProjectError


def written(folder, text: str):
    path = folder / "exceptions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_that_is_signed_off_is_shown(tmp_path):
    path = written(tmp_path, "indicator,reason,signed_by\nin_halland,A public register says so,A. Svensson\n")
    rows = [
        {
            "estimand": "eligible_share",
            "unit": "organisation",
            "indicator": name,
            "estimate": 29 / 30,
            "k": 29,
            "n": 30,
        }
        for name in ("in_halland", "other")
    ]
    policy = Policy(signed_off=read_exceptions(path))
    assert protect(Result(pd.DataFrame(rows)), policy).table["suppressed"].tolist() == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "indicator,reason\na,b\n",
        "indicator,colour,reason,signed_by\na,red,b,c\n",
        "indicator,reason,signed_by\na,,c\n",
        "indicator,reason,signed_by\n,b,c\n",
    ],
)
def test_an_exception_without_row_reason_or_name_is_refused(tmp_path, text):
    with pytest.raises(ProjectError):
        read_exceptions(written(tmp_path, text))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(MissingFileError):
        read_exceptions(tmp_path / "none.csv")
