"""The quick way of reading gives what the slow one gives, or leaves the file to it."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from evaluation.data.delimited import delimited_rows
from evaluation.data.grid import build_frame
from evaluation.data.quick import quick_frame, quick_register
from evaluation.project.source import Source
from evaluation.vocabulary.errors import ExportError

HEADER = ["id", "A å", "B"]


def quick(path, delimiter=";"):
    header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(delimiter)
    return quick_frame(path, "utf-8", delimiter, header, least=0)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("last", [True, False])
def test_both_ways_give_the_same(tmp_path, end, encoding, last):
    rng = np.random.default_rng(1)
    texts = np.array(["", " ", "Instämmer", "1", "null", "NA", "é,x", "'"])
    rows = [[f"p{i}", *rng.choice(texts, 2)] for i in range(500)]
    rows[7:7] = [["", " ", ""], []]
    path = tmp_path / "x.csv"
    content = end.join(";".join(row) for row in [HEADER, *rows]) + (end if last else "")
    path.write_bytes(content.encode(encoding))
    slow, number = build_frame(delimited_rows(path, encoding, ";"), "x.csv")
    fast = quick(path)
    assert number == 1
    assert_frame_equal(fast.astype("str"), slow.astype("str"))
    assert fast.index.tolist() == slow.index.tolist()


@pytest.mark.parametrize(
    "content",
    [
        "id;A;B\n1;2\n",
        "id;A;B\n1;2;3;4\n",
        'id;A;B\n1;"2";3\n',
        "id;A;B\n1;2\r;3\n",
        "id;A;\n1;2;3\n",
        "id;A;B\n",
        "id;A;B\n1;2;" + "x" * 140_000 + "\n",
    ],
)
def test_doubtful_files_are_left_to_the_slow_way(tmp_path, content):
    (tmp_path / "x.csv").write_bytes(content.encode())
    assert quick(tmp_path / "x.csv") is None


def test_small_files_are_left_to_the_slow_way(tmp_path):
    (tmp_path / "x.csv").write_text("id;A\n1;2\n")
    assert quick_frame(tmp_path / "x.csv", "utf-8", ";", ["id", "A"]) is None


def test_a_header_that_stands_twice_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("id;id\n1;2\n")
    with pytest.raises(ExportError, match="stands in 2 columns"):
        quick(tmp_path / "x.csv")


REGISTER = {"kind": "people", "file": "x.csv", "columns": {"person": "id", "sex": "Kön"}}


def register(tmp_path, content, **more):
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    source = Source(**{**REGISTER, **more})
    return quick_register(tmp_path / "x.csv", "utf-8", ";", source, least=0)


def test_a_register_is_read_quickly_if_nothing_needs_a_look(tmp_path):
    content = '"id";Kön\n' + "".join(f"p{place};Kvinna\n" for place in range(40))
    frame = register(tmp_path, content)
    slow, _ = build_frame(delimited_rows(tmp_path / "x.csv", "utf-8", ";"), "x.csv")
    assert_frame_equal(frame.astype("str"), slow.astype("str"))


@pytest.mark.parametrize(
    "content",
    [
        "Lista\nid;Kön\np1;Man\n",
        "id;Kön\np1;Man\n\np2;Man\n",
        "id;Kön\np1;Man\nid;Kön\np2;Man\n",
        "id;Kön\np1;Man\nSumma: 1;\n",
        "id;Sex\np1;Man\n",
    ],
)
def test_a_register_that_needs_a_look_is_left_to_the_slow_way(tmp_path, content):
    assert register(tmp_path, content) is None


def test_a_register_with_a_layout_is_left_to_the_slow_way(tmp_path):
    assert register(tmp_path, "id;Kön\np1;Man\n", layout={"header": "id"}) is None
