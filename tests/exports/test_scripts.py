"""Scripts for NumPy, PyTorch and JAX print the value and the gradients of the trace."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.source.gg import load
from graphgrad.views.exports.targets import TARGETS

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.gg"))
RUNNER = Path(__file__).parent / "runner.py"
PYTHONS = {
    "numpy": sys.executable,
    "pytorch": os.environ.get("GRAPHGRAD_TORCH_PYTHON", "/tmp/torch/bin/python"),
    "jax": os.environ.get("GRAPHGRAD_JAX_PYTHON", "/tmp/jax/bin/python"),
}
"""What runs the scripts of a target; the libraries are no dependencies of the project."""
MODULE = {"pytorch": "torch", "jax": "jax", "numpy": "numpy"}


def interpreter(target: str) -> str:
    """Return the interpreter that has a target's library, or skip and say that it is not here."""
    python = PYTHONS[target]
    if not Path(python).exists():
        pytest.skip(f"{MODULE[target]} is not installed: no {python}")
    return python


def printed(target: str, graphs: dict[str, Graph], folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the scripts of some graphs print, by name."""
    python = interpreter(target)
    for name, graph in graphs.items():
        written = TARGETS[target].write(graph)
        assert isinstance(written, str)
        (folder / f"{name}.py").write_text(written, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    run = subprocess.run(
        [python, str(RUNNER), str(folder)],
        capture_output=True, text=True, check=True, env=environment, cwd=folder, timeout=600,
    )  # fmt: skip
    return {name: _values(text) for name, text in json.loads(run.stdout).items()}


def _values(text: str) -> dict[str, Any]:
    """Return the values that a script printed, by the names that it printed before them."""
    found: dict[str, Any] = {}
    for line in text.replace("\n ", " ").splitlines():
        name, _, value = line.partition(" = ")
        if value:
            found[name] = _read(value)
    return found


def _read(value: str) -> Any:
    if value.startswith(("'", '"')):
        return value
    plain = value.replace("nan", "None").replace("inf", "1e999")
    return np.array(ast.literal_eval(plain), dtype=float)


def expected(graph: Graph) -> dict[str, Any]:
    """Return the value and the gradients of the trace, as scripts name them."""
    trace = record(graph)
    output = graph.name(graph.output)
    found = {output: to_float(trace.values[graph.output])}
    if not graph.columns.shape(graph.output):
        found |= {f"d{output}/d{name}": to_float(g) for name, g in trace.gradients.items()}
    return found


def compare(graphs: dict[str, Graph], found: dict[str, dict[str, Any]]) -> list[str]:
    """Return where what was printed is not what the trace holds."""
    wrong = []
    for name, graph in graphs.items():
        if "failed" in found[name]:
            wrong.append(f"{name}: {found[name]['failed']}")
            continue
        for key, value in expected(graph).items():
            got = found[name].get(key)
            if got is None or not np.allclose(got, value, rtol=1e-10, atol=1e-12):
                wrong.append(f"{name}: {key} = {got}, the trace has {value}")
    return wrong


@pytest.mark.parametrize("target", ["pytorch", "jax"])
def test_scripts_of_all_samples_give_the_numbers_of_the_trace(target: str, tmp_path: Path) -> None:
    graphs = {name: load(SAMPLES / f"{name}.gg") for name in NAMES}
    assert len(graphs) >= 40
    found = printed(target, graphs, tmp_path)
    assert compare(graphs, found) == []
