"""Gradient graphs of numbers by stencils: the graph that the rows build line by line."""

from __future__ import annotations

import random
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.autodiff import gradient_graph as by_rows
from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.graph.check import check_graph
from graphgrad.source.gg import read_gg

OPS = ("exp", "tanh", "sigmoid", "sin", "cos", "softplus", "sqrt")


def drawn(number: int) -> Any:
    """Return a random graph of numbers with shared nodes, powers, constants and dead ends."""
    draw = random.Random(number)
    nodes = [gg.param(f"p{k}", draw.uniform(0.2, 1.5)) for k in range(3)] + [gg.input("x", 0.5)]
    for _ in range(draw.randrange(3, 30)):
        a, b = draw.choice(nodes), draw.choice(nodes)
        kind = draw.randrange(7)
        made = (
            a * b if kind == 0 else a + b if kind == 1 else a / (b * b + 1) if kind == 2
            else a - 2 * b if kind == 3 else a**draw.choice([2, 3, -1]) if kind == 4
            else 0 * a + b if kind == 5 else getattr(gg, draw.choice(OPS))(a)
        )  # fmt: skip
        nodes.append(made)
    return sum(nodes[-4:], start=nodes[0]).graph()


@pytest.mark.parametrize("number", range(60))
def test_the_graph_is_that_of_the_rows(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = drawn(number)
    found = gradient_graph(graph)
    monkeypatch.setattr(by_rows, "has_stencils", lambda _graph: False)
    assert found == gradient_graph(graph)
    check_graph(found)


@pytest.mark.parametrize(
    "text",
    [
        "param w = 2\nz = w*w\nloss L = sin(z)*z + pi",
        "param w = 2\ndL_dw = w*3\nloss L = dL_dw^2",
        "param w = 2\nparam unused = 1\nloss L = w + 0*unused",
        "param w = 2\nloss w2 = w",
    ],
)
def test_lines_names_and_what_is_not_reached(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gradient_graph(read_gg(text))
    monkeypatch.setattr(by_rows, "has_stencils", lambda _graph: False)
    assert found == gradient_graph(read_gg(text))


def fan_out(length: int) -> Any:
    """Return the graph of x_{i+1} = x_i*x_i + x_{i-1}."""
    a, b = gg.param("x0", 0.01), gg.param("x1", 0.01)
    for _ in range(length - 1):
        a, b = b, b * b + a
    return b.graph()


@pytest.mark.parametrize("length", [30, 3_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_the_gradient_of_a_fan_out_is_as_long_as_the_graph(length: int) -> None:
    """Written out, it would have 1.6^n terms: n = 30 alone more than a million."""
    graph = fan_out(length)
    gradients = gradient_graph(graph, "x0")
    assert len(gradients) < 3.6 * len(graph)
    by_tape = gg.trace(graph).gradients["x0"]
    assert gg.trace(gradients).values[gradients.output] == pytest.approx(by_tape, rel=1e-12)
