"""Every public function says what it estimates, and its example runs."""

import doctest
import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass

import pytest

from evaluation import measurement, stats

MODULES = [
    importlib.import_module(f"{package.__name__}.{found.name}")
    for package in (stats, measurement)
    for found in pkgutil.iter_modules(package.__path__)
]
FUNCTIONS = [
    pytest.param(function, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]
CLASSES = [
    pytest.param(kind, id=name)
    for module in MODULES
    for name, kind in inspect.getmembers(module, inspect.isclass)
    if kind.__module__ == module.__name__ and is_dataclass(kind)
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_its_sections_and_parameters(function):
    text = inspect.getdoc(function)
    for section in ("Parameters", "Returns", "Examples"):
        assert f"{section}\n{'-' * len(section)}" in text, section
    parameters = text.partition("Parameters\n")[2].partition("Returns\n")[0]
    named = {
        name.strip()
        for line in parameters.splitlines()
        if not line.startswith(" ")
        for name in line.split(",")
    }
    assert set(inspect.signature(function).parameters) <= named
    assert ">>>" in text


@pytest.mark.parametrize("kind", CLASSES)
def test_a_result_is_frozen_and_names_its_fields(kind):
    assert kind.__dataclass_params__.frozen
    assert hasattr(kind, "__slots__")
    attributes = inspect.getdoc(kind).partition("Attributes\n")[2]
    named = {
        name.strip()
        for line in attributes.splitlines()
        if not line.startswith(" ")
        for name in line.split(",")
    }
    assert set(kind.__dataclass_fields__) <= named
