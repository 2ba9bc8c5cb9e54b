"""Add a layer by one file, as CONTRIBUTING.md shows, and find all that comes from its row.

The package is copied, the one file changed, and a fresh process says what it has.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graphgrad.layers.registry import DOORS, LAYERS
from tests.test_contributing import RECIPES, ROOT, changed

SCRIPT = """
import json, sys
import numpy as np
import graphgrad as gg
from click.testing import CliRunner
from graphgrad import nn
from graphgrad.cli.program import program
from graphgrad.layers.registry import LAYERS
from graphgrad.nn import functional as F
from tests.layers.test_rows import CASES
from tests.layers.test_tables import layer_cells

def said(*words):
    return CliRunner().invoke(program, ["--lang", "en", *words]).output

u, v = np.array([[1.0, 2.0]]), np.array([[1.0, -1.0, 3.0]])
layer = nn.Bilinear(2, 3, out_features=2)
W, b = layer.weight.value, layer.bias.value
expected = np.einsum("ni,oij,nj->no", u, W, v) + b
graph = gg.graph(layer(u, v).sum())
print(json.dumps({
    "file": said("run", sys.argv[1]),
    "spanish": said("run", "-e", "h = bilineal(u, v, unidades=2)", "--set", "u=[1, 2]", "--set",
                    "v=[1, -1, 3]"),
    "summary": said("inspect", sys.argv[1]),
    "wrong": said("run", "-e", "h = bilinear(u, v, out_features=2)", "--set", "u=[1, 2]", "--set",
                  "v=[1, -1, 3]"),
    "class": repr(layer),
    "names": [name for name, _ in layer.named_parameters()],
    "module": float(np.abs(layer(u, v).value - expected).max()),
    "function": float(np.abs(F.bilinear(u, v, layer.weight, layer.bias).value - expected).max()),
    "without": F.bilinear(u, v, layer.weight).shape,
    "groups": sorted({line.group for line in graph.lines() if line.group}),
    "row": layer_cells(LAYERS["bilinear"]),
    "cases": [case.id for case in CASES if case.id.startswith("bilinear")],
    "ours": gg.__file__,
}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a copy of the package says whose one file has the row more."""
    folder = tmp_path_factory.mktemp("one_row")
    shutil.copytree(ROOT / "graphgrad", folder / "graphgrad")
    blocks = RECIPES["A layer, a loss"]
    touched = [block for block in blocks if block.path.startswith("graphgrad/")]
    assert [block.path for block in touched] == ["graphgrad/layers/networks/dense_rows.py"]
    file = folder / touched[0].path
    file.write_text(changed(file.read_text("utf-8"), touched[0].text), "utf-8")
    source = folder / "bilinear.gg"
    source.write_text(next(block.text for block in blocks if block.path == source.name), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(source)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "GRAPHGRAD_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert Path(result["ours"]).is_relative_to(folder)
    shutil.rmtree(folder)
    return result


def test_files_have_the_function_in_both_languages(found: dict[str, Any]) -> None:
    assert "bilinear" not in LAYERS
    assert "Bilinear" not in DOORS
    assert "h.pairs" in found["file"]
    assert "h.W" in found["spanish"]


def test_python_has_the_class_and_the_function_with_pytorchs_arguments(
    found: dict[str, Any],
) -> None:
    assert found["class"] == "Bilinear(in1_features=2, in2_features=3, out_features=2, bias=True)"
    assert found["names"] == ["weight", "bias"]
    assert found["module"] < 1e-12
    assert found["function"] < 1e-12
    assert found["without"] == [1, 2]


def test_views_have_its_group_and_its_summary(found: dict[str, Any]) -> None:
    assert found["groups"] == ["bilinear"]
    assert "bilinear" in found["summary"]
    assert "14" in found["summary"]  # 2·2·3 weights and 2 biases


def test_pytorchs_word_is_understood_where_the_row_has_its_own(found: dict[str, Any]) -> None:
    assert "Did you mean units?" in found["wrong"]


def test_its_row_of_the_page_and_its_tests_are_made(found: dict[str, Any]) -> None:
    assert found["row"][0] == "`bilinear`"
    assert found["row"][6] == "Bilinear"
    assert found["cases"] == ["bilinear-0", "bilinear-1"]
