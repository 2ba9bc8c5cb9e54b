"""The layout depends on nothing but Python and the width of a character."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import graphgrad.views.cells

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(graphgrad.views.cells.__file__).parent


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


WIDTH = "graphgrad.views.text.cell_width"
GROUPS = "graphgrad.graph.groups"


@pytest.mark.parametrize("module", [WIDTH, GROUPS])
def test_widths_and_names_of_groups_depend_on_nothing_but_python(module: str) -> None:
    path = FOLDER.parents[2] / f"{module.replace('.', '/')}.py"
    assert all(name.split(".")[0] in sys.stdlib_module_names for name in imported(path))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_module_imports_only_python_and_its_own_folder(path: Path) -> None:
    for name in imported(path):
        own = name in (WIDTH, GROUPS) or name.startswith("graphgrad.views.cells.")
        assert own or name.split(".")[0] in sys.stdlib_module_names
