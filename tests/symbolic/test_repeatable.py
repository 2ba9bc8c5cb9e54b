from __future__ import annotations

import os
import subprocess
import sys

import pytest

_TEXTS = """
import random
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.expanded import expanded_gradient
from graphgrad.symbolic.derive.gradient import gradient_lines
from graphgrad.symbolic.derive.partials import line_partials, node_partials
from graphgrad.symbolic.write.names import name_latex
from tests.symbolic.formulas import LEAVES, random_line

for seed in range(40):
    rng = random.Random(seed)
    graph = read_gg(f"{LEAVES}q = {random_line(rng, rng.choice('svwm'))}\\n")
    for line in graph.lines():
        print(line_partials(graph, line))
    print(gradient_lines(graph))
lines = ("param x = 1", "param w = 2", "h = gelu(w*x) + silu(x)", "y = tanh(h)^2 + exp(-x*w)")
graph = read_gg("\\n".join(lines))
print(expanded_gradient(graph, "x"))
"""
_IMPORTS = """
import sys
import graphgrad.symbolic.write.names, graphgrad.symbolic.write.formula_latex
import graphgrad.symbolic.derive.partials
assert "sympy" not in sys.modules
import graphgrad.symbolic.witness.rows
assert "sympy" in sys.modules
"""


def _output(code: str, seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    finished = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=environment | {"PYTHONIOENCODING": "utf-8"},
    )
    return finished.stdout


@pytest.mark.slow
def test_two_processes_write_the_same_texts() -> None:
    first, second = _output(_TEXTS, "1"), _output(_TEXTS, "2")
    assert len(first) > 10_000
    assert first == second


def test_sympy_is_loaded_when_it_is_first_needed() -> None:
    _output(_IMPORTS, "0")
