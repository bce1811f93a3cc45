"""Examples run, results are frozen and slotted, and parameters are described."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

from evaluation.data import linkage

MODULES = [
    importlib.import_module(f"{linkage.__name__}.{found.name}")
    for found in pkgutil.iter_modules(linkage.__path__)
]
OWN = [
    pytest.param(thing, id=name)
    for module in MODULES
    for name, thing in vars(module).items()
    if (inspect.isclass(thing) or inspect.isfunction(thing)) and thing.__module__ == module.__name__
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_examples_run(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("thing", OWN)
def test_everything_is_described(thing):
    text = inspect.getdoc(thing) or ""
    if inspect.isclass(thing):
        assert thing.__dataclass_params__.frozen
        assert hasattr(thing, "__slots__")
    elif not thing.__name__.startswith("_"):
        section = text.partition("Parameters\n")[2].partition("Returns\n")[0]
        assert all(name in section for name in inspect.signature(thing).parameters)
