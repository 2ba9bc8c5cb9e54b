"""The stubs are those of the rows, and the user's script that mypy checks runs.

``mypy`` reads ``tests/data/typing/user_script.py`` with every other file (``pyproject.toml``).
"""

from __future__ import annotations

import ast
import sys
import warnings
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import graphgrad as gg
from graphgrad import nn, optim
from tests.typing.stubs import PACKAGE, stubs

SCRIPT = Path(__file__).parents[1] / "data" / "typing" / "user_script.py"


@pytest.mark.parametrize("name", sorted(stubs()))
def test_a_stub_is_that_of_the_rows(name: str) -> None:
    """``python -m tests.typing.stubs`` writes them anew."""
    assert (PACKAGE / name).read_text(encoding="utf-8") == stubs()[name]


@pytest.mark.parametrize(
    ("module", "name"),
    [(gg, "__init__.pyi"), (nn, "nn/__init__.pyi"), (optim.lr_scheduler, "optim/lr_scheduler.pyi")],
)
def test_every_name_of_a_door_is_in_its_stub(module: object, name: str) -> None:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    known = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            known |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            known.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            known |= {target.id for target in targets if isinstance(target, ast.Name)}
    assert {name for name in dir(module) if not name.startswith("__")} - known == set()


def test_the_script_that_mypy_checks_runs() -> None:
    spec = spec_from_file_location("user_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = module_from_spec(spec)
    sys.modules["user_script"] = script
    spec.loader.exec_module(script)
    loss = script.lecture()  # w went from 2 to 2 + 0.1*12: z = 9.6, e = 1.6
    assert loss.value == pytest.approx(1.6**2)
    W, x = gg.param("W", [[1.0, 2.0], [3.0, 4.0]]), gg.input("x", [[1.0, 0.0], [0.0, 1.0]])
    assert isinstance(script.words(W, x), gg.Handle)
    data = gg.input("X", [[0.0, 1.0], [1.0, 0.0]])
    assert script.network(data, gg.input("t", [[1.0], [1.0]])) < 2
    assert script.Net()(data).shape == (2, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the draws are our own, a leaf is a new node
        assert script.lessons() > 0
