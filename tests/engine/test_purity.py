"""The engine stands alone, and its docstrings tell the truth."""

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import rankings.engine

# What reads files and prints is the shell's, and nothing of the engine may need it.
SHELL = ("rankings.engine.__main__", "rankings.engine.shell")
EVERY_MODULE = [found.name for found in pkgutil.walk_packages(rankings.engine.__path__, "rankings.engine.")]
# What draws thousands of rankings computes with NumPy, and publishes none of them.
DRAWN = "rankings.engine.robustness"
MODULES = [name for name in EVERY_MODULE if not name.startswith((*SHELL, DRAWN))]
ROOT = Path(rankings.engine.__file__).parents[2]


def test_importing_the_engine_loads_neither_django_nor_numpy():
    loaded = "[name for name in sys.modules if name.split('.')[0] in {'django', 'numpy'}]"
    program = f"import sys, rankings.engine; print({loaded})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_the_standard_library_only(module):
    tree = ast.parse(Path(importlib.import_module(module).__file__).read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported
    outside = {name for name in imported if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name for name in outside if not name.startswith("rankings.engine")} == set()
    assert [name for name in imported if name.startswith((*SHELL, DRAWN))] == []
    assert imported & {"time", "datetime", "random", "os", "pathlib", "io", "socket"} == set()


@pytest.mark.parametrize("module", MODULES)
def test_module_has_no_binary_float(module):
    tree = ast.parse(Path(importlib.import_module(module).__file__).read_text())
    literals = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is float]
    names = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]
    assert literals + names == []


def test_examples_of_the_docstrings_hold():
    attempted = 0
    for module in EVERY_MODULE:
        results = doctest.testmod(importlib.import_module(module))
        assert results.failed == 0, module
        attempted += results.attempted
    assert attempted >= 30


def test_public_names_are_documented():
    for name in rankings.engine.__all__:
        thing = getattr(rankings.engine, name)
        if name not in {"Node", "Value"}:  # type aliases have no docstring
            assert thing.__doc__, name
