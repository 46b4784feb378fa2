"""The package as a whole: what importing it costs, what its modules offer, and that their examples are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
from types import ModuleType

import pytest

import triage

HEAVY = (
    "spacy",
    "torch",
    "sentence_transformers",
    "faiss",
    "streamlit",
    "docx",
    "pdfplumber",
    "openpyxl",
    "inscriptis",
)
MODULES = sorted(
    ["triage", *(found.name for found in pkgutil.walk_packages(triage.__path__, "triage."))],
)
RUNNABLE = "triage.__main__"
"""Importing it runs the command line."""


def _load(name: str) -> ModuleType:
    return importlib.import_module(name)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import triage", id="triage"),
        pytest.param("import triage.schema", id="triage.schema"),
        pytest.param("import triage.cli", id="triage.cli"),
        pytest.param("import triage.evaluate", id="triage.evaluate"),
        pytest.param(
            "import triage.cli; triage.cli.cli(['cite', __file__], standalone_mode=False)",
            id="triage cite",
        ),
        pytest.param("import triage.cli; triage.cli.cli(['version'], standalone_mode=False)", id="triage version"),
    ],
)
def test_no_heavy_library_is_loaded_before_it_is_needed(code: str) -> None:
    """Importing the package, reading a citation and asking the version load no model and no heavy library."""
    code = code.replace("__file__", repr(__file__))
    check = f"import sys; print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{check}"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].strip() == "loaded:"


def test_the_check_for_heavy_libraries_sees_them() -> None:
    """Splitting does load spaCy, so a check that found nothing would be blind."""
    code = "import sys, triage.split; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_every_module_is_seen() -> None:
    """The walk over the package finds modules and folders alike."""
    assert {"triage", "triage.schema", "triage.split", "triage.read", "triage.evaluate.figures", RUNNABLE} <= {*MODULES}


@pytest.mark.parametrize("name", [name for name in MODULES if name != RUNNABLE])
def test_each_module_lists_what_it_offers(name: str) -> None:
    """`__all__` is there, sorted, without doubles, and every name in it exists."""
    module = _load(name)
    offered = list(module.__all__)
    assert offered == sorted(set(offered), key=_rank)
    assert [each for each in offered if not hasattr(module, each)] == []


def _rank(name: str) -> tuple[int, str]:
    """Order constants before classes before functions, as ruff sorts `__all__`."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


@pytest.mark.parametrize("name", [name for name in MODULES if name != RUNNABLE])
def test_each_module_says_what_goes_in_and_out(name: str) -> None:
    """Every module but the root says in its docstring what goes in and what comes out."""
    words = _load(name).__doc__ or ""
    assert words.strip()
    if name not in ("triage", "triage.schema", "triage.errors"):
        assert "In:" in words
        assert "Out:" in words


@pytest.mark.parametrize("name", [name for name in MODULES if name != RUNNABLE])
def test_the_examples_of_a_module_are_true(name: str) -> None:
    """Each doctest gives what it shows."""
    results = doctest.testmod(_load(name))
    assert results.failed == 0


def test_there_are_examples_to_run() -> None:
    """The doctests of the package are found at all."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in MODULES if name != RUNNABLE for test in finder.find(_load(name)) if test.examples]
    assert len(found) > 20
