import pandas as pd
import pytest

from evaluation.data.linkage.wave import wave_codes
from evaluation.vocabulary.errors import LinkageError

FRAME = pd.DataFrame({"row": [3, 2], "firm": ["Bo AB", None], "c1": ["an", "|x"], "c2": [7.0, None]})


def test_numbers_and_gaps_become_texts():
    found = wave_codes(FRAME, ["c1", "c2"], respondent="row", block="firm")
    assert found.respondent.tolist() == ["2", "3"]
    assert found.block.tolist() == ["", "bo ab"]
    assert found.kept.tolist() == [["x", ""], ["an", "7"]]
    assert found.code.tolist() == ["/x | ", "an | 7.0"]


def test_without_a_block_everybody_is_in_one():
    assert set(wave_codes(FRAME, ["c1"], respondent="row").block) == {"all"}


def test_an_empty_wave():
    found = wave_codes(FRAME.iloc[:0], ["c1", "c2"], respondent="row", block="firm")
    assert found.kept.shape == (0, 2)


@pytest.mark.parametrize(
    ("elements", "respondent", "said"),
    [(["c9"], "row", "c9"), (["c1"], "id", "id"), ([], "row", "No column")],
)
def test_columns_that_are_not_there(elements, respondent, said):
    with pytest.raises(LinkageError, match=said):
        wave_codes(FRAME, elements, respondent=respondent)


def test_a_respondent_twice():
    with pytest.raises(LinkageError, match="same respondent"):
        wave_codes(pd.concat([FRAME, FRAME]), ["c1"], respondent="row")
