"""What holds for every figure, over all kinds and all edge cases."""

import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from tests.figures.cases import CASES
from tests.figures.reading import by_gid, marked_values, outside, overlapping, rows_with, said, texts

import evaluation.figures as package
from evaluation.figures import FIGURES, Labels, draw, to_png, to_svg
from evaluation.vocabulary.columns import GLOSSARY
from evaluation.vocabulary.errors import ReportError

SOURCE = Path(package.__file__).parent
DATA = (
    "estimate",
    "interval",
    "bounds",
    "before",
    "after",
    "change",
    "reference",
    "gap",
    "value",
    "count",
    "arrow",
)


@pytest.fixture(params=CASES, scope="module")
def drawn(request):
    kind, table, labels = CASES[request.param]()
    return table, labels, draw(table, kind, labels)


def test_every_kind_has_cases():
    assert {kind for kind, *_ in (make() for make in CASES.values())} == set(FIGURES)


def test_cases_use_the_glossary():
    assert all(set(make()[1].columns) <= set(GLOSSARY) for make in CASES.values())


def test_the_check_of_texts_finds_faults():
    figure = draw(pd.DataFrame({"estimate": [3.0]}), "flow", Labels(rows=("Ett",)))
    figure.axes[0].text(0, 9, "on the bar", va="center")
    figure.axes[0].text(0, 9, "on top of it", va="center")
    figure.axes[0].text(3, 9, "far too long to stay inside")
    assert ("on the bar", "on top of it") in list(overlapping(figure))
    assert list(outside(figure)) == ["far too long to stay inside"]


def test_no_text_touches_another(drawn):
    assert list(overlapping(drawn[2])) == []


def test_no_text_leaves_the_figure(drawn):
    assert list(outside(drawn[2])) == []


def test_no_value_stands_on_a_mark(drawn):
    assert list(marked_values(drawn[2])) == []


def test_texts_are_large_enough(drawn):
    assert min(text.get_fontsize() for text in texts(drawn[2])) >= 9.5
    assert float(drawn[2].get_size_inches()[0]) == pytest.approx(7.2)


EACH_NAMED = [name for name, make in CASES.items() if make()[0] != "caterpillar"]
"""Cases of figures that name all their rows: of many projects only some are named."""


@pytest.mark.parametrize("drawn", EACH_NAMED, indirect=True)
def test_every_row_label_is_written(drawn):
    _, labels, figure = drawn
    written = {
        said(figure, gid).replace("- ", "").replace("-", "").replace(" ", "")
        for gid in by_gid(figure)
        if gid.startswith("row-")
    }
    assert written == {label.replace("-", "").replace(" ", "") for label in labels.rows}


def test_withheld_rows_have_words_and_no_mark(drawn):
    table, labels, figure = drawn
    withheld = [i for i, hidden in enumerate(table.get("suppressed", ())) if hidden]
    for prefix in DATA:
        assert set(rows_with(figure, prefix)).isdisjoint(withheld)
    missing = [gid for gid in by_gid(figure) if gid.startswith("missing-")]
    assert bool(missing) >= bool(withheld)
    for gid in missing:
        (text,) = by_gid(figure)[gid]
        assert text.get_style() == "italic"
        if int(gid.split("-")[1]) in withheld:
            assert text.get_text() == (labels.too_few or "–")


def test_withheld_numbers_are_nowhere():
    table, labels = CASES["target_all_suppressed"]()[1:]
    figure = draw(table, "target", labels)
    assert "50" not in " ".join(text.get_text() for text in texts(figure))
    assert not figure.axes[0].patches
    assert not figure.axes[0].lines


def test_same_figure_same_bytes(drawn):
    _, _, figure = drawn
    assert to_svg(figure, "f-1") == to_svg(figure, "f-1")
    assert to_png(figure, 50) == to_png(figure, 50)


@pytest.mark.parametrize("name", ["target_usual", "stacked_usual"])
def test_drawn_twice_same_bytes(name):
    first, second = (draw(table, kind, labels) for kind, table, labels in (CASES[name](), CASES[name]()))
    assert to_svg(first, "f") == to_svg(second, "f")
    assert to_png(first, 50) == to_png(second, 50)


def test_identifiers_are_the_figures_own():
    kind, table, labels = CASES["target_usual"]()
    figure = draw(table, kind, labels)
    one, other = (set(re.findall(r'\bid="([^"]+)"', to_svg(figure, salt))) for salt in ("F-H19 w3", "F-H20"))
    assert one
    assert one.isdisjoint(other)
    assert all(name.startswith("F-H19-w3-") for name in one)


def test_references_lead_somewhere(drawn):
    svg = to_svg(drawn[2], "f")
    declared = re.findall(r'\bid="([^"]+)"', svg)
    assert len(declared) == len(set(declared))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) == set(declared)


def test_svg_is_a_bare_element():
    svg = to_svg(draw(pd.DataFrame({"estimate": [3.0]}), "flow", Labels(rows=("Ett & <två>",))), "f")
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    for absent in (
        "<?xml",
        "<!DOCTYPE",
        "<!--",
        "<metadata",
        "<style",
        'style="',
        "<text",
        "Matplotlib",
        "<date",
    ):
        assert absent.casefold() not in svg.casefold()
    from xml.etree import ElementTree

    assert ElementTree.fromstring(svg).get("viewBox")


def test_png_has_a_white_background_and_no_metadata():
    png = to_png(draw(pd.DataFrame({"estimate": [3.0]}), "flow", Labels(rows=("Ett",))), 50)
    assert png.startswith(b"\x89PNG")
    assert b"Software" not in png
    assert b"Matplotlib" not in png


def test_nothing_global_changes():
    before = dict(matplotlib.rcParams)
    kind, table, labels = CASES["change_usual"]()
    kept = table.copy(deep=True)
    figure = draw(table, kind, labels)
    to_svg(figure, "f")
    to_png(figure, 50)
    pd.testing.assert_frame_equal(table, kept)
    assert dict(matplotlib.rcParams) == before


def test_the_readers_settings_do_not_matter():
    kind, table, labels = CASES["stacked_usual"]()
    usual = to_svg(draw(table, kind, labels), "f")
    with matplotlib.rc_context(
        {"font.size": 30, "lines.linewidth": 9, "hatch.linewidth": 5, "svg.fonttype": "none"}
    ):
        assert to_svg(draw(table, kind, labels), "f") == usual


def test_importing_loads_no_drawing_library():
    code = "import sys, evaluation.figures; print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'pandas'" in loaded
    assert "matplotlib" not in loaded
    assert "seaborn" not in loaded


def test_no_pyplot_and_no_text_package():
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))
    assert "pyplot" not in source.replace("never pyplot", "")
    assert "evaluation.text" not in source
    assert not re.findall(r"^(?:import|from) (?:matplotlib|seaborn)", source, re.MULTILINE)


def test_draw_returns_a_figure_without_manager():
    figure = draw(pd.DataFrame({"estimate": [3.0]}), "flow", Labels(rows=("Ett",)))
    assert isinstance(figure, Figure)
    assert figure.canvas.manager is None


@pytest.mark.parametrize(
    ("table", "kind", "labels", "says"),
    [
        (pd.DataFrame({"estimate": [1]}), "targets", Labels(rows=("a",)), "target"),
        (pd.DataFrame({"estimate": [1]}), "change", Labels(rows=("a",)), "mean_before, mean_after"),
        (pd.DataFrame({"estimate": []}), "flow", Labels(rows=()), "without rows"),
        (pd.DataFrame({"estimate": [1]}), "flow", Labels(rows=("a", "b")), "1 rows but 2"),
        (pd.DataFrame({"estimate": [1]}), "flow", Labels(rows=("a",), values=("a", "b")), "labels.values"),
    ],
)
def test_what_cannot_be_drawn_says_why(table, kind, labels, says):
    with pytest.raises(ReportError) as caught:
        draw(table, kind, labels)
    assert says in " ".join(str(problem) for problem in caught.value.problems)
    assert all(problem.do for problem in caught.value.problems)


def test_missing_numbers_of_every_kind_are_understood():
    table = pd.DataFrame(
        {
            "estimate": pd.array([0.5, None, 0.7], dtype="Float64"),
            "conf_low": [0.4, None, np.nan],
            "suppressed": pd.array([None, True, False], dtype="boolean"),
            "level": ["women", None, "men"],
        }
    )
    figure = draw(table, "level", Labels(rows=("a", "b", "c"), too_few="few"))
    assert rows_with(figure, "estimate") == [0, 2]
    assert rows_with(figure, "missing") == [1]
