"""Every exhibit of the chapters on sensitivity and measurement can be shown in every language."""

import inspect
import re

import pytest

from evaluation.chapters import chapters_of, measurement, sensitivity
from evaluation.report.exhibit import Exhibits
from evaluation.text.catalogue import languages

CHAPTERS = {"sensitivity": sensitivity, "measurement": measurement}
CASES = [
    pytest.param(function, id=f"{name}.{function.__name__}")
    for name, module in CHAPTERS.items()
    for function in vars(module).values()
    if inspect.isfunction(function) and function.__module__ == module.__name__ and function.__name__[0] != "_"
]


@pytest.mark.parametrize("function", CASES)
def test_it_is_shown_in_every_language(function, halland_study):
    shown = function(halland_study)
    for exhibit in shown if isinstance(shown, Exhibits) else [shown]:
        for lang in languages():
            text = re.sub(r'src="[^"]*"', "", exhibit.to_html(lang))
            assert not re.search(r"[{}]|\bnan\b|\bNone\b", text), text
        assert exhibit.layout == "absent" or exhibit.result.meta.protected is not None


def test_chapters_are_there_where_they_have_something_to_say(halland_study):
    project = halland_study.project
    assert {"sensitivity", "measurement"} <= set(chapters_of(project))
    assert "measurement" not in chapters_of(project.model_copy(update={"scales": {}}))
    described = {k: i for k, i in project.indicators.items() if i.rule.kind not in ("change", "target")}
    assert "sensitivity" not in chapters_of(project.model_copy(update={"indicators": described}))


def test_the_notebooks_call_every_exhibit(halland_study):
    from tests.notebooks.test_rules import FOLDER, cells

    names = {"sensitivity": "10_sensitivity", "measurement": "02_measurement"}
    for chapter, notebook in names.items():
        called = {cell.source for cell in cells(FOLDER / f"{notebook}.ipynb", "code")[2:]}
        assert called == {
            f"{chapter}.{case.values[0].__name__}(study)" for case in CASES if case.id.startswith(chapter)
        }
