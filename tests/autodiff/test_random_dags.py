"""Compare four derivatives on random graphs: shared nodes, repeated parents, broadcasting."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graphgrad.errors import ShapeError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.check import check_graph
from graphgrad.graph.graph import Graph
from graphgrad.testing.gradcheck import gradcheck

SHAPES = [(), (), (3,), (2, 3), (2, 1), (1, 3)]
UNARY = ["tanh", "sigmoid", "sin", "cos", "softplus", "relu", "abs", "silu", "neg", "gelu"]
BINARY = ["add", "sub", "mul", "maximum", "minimum", "prelu"]
REDUCING = ["sum", "mean", "max", "logsumexp"]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw a graph whose values stay of moderate size and whose output is one number."""
    builder = GraphBuilder()
    nodes = []
    for index in range(draw(st.integers(2, 4))):
        shape = draw(st.sampled_from(SHAPES))
        size = 1
        for length in shape:
            size *= length
        entries = st.integers(-30, 30).map(lambda n: n / 16 + 0.01)
        values = draw(st.lists(entries, min_size=size, max_size=size))
        nodes.append(builder.leaf_line(f"x{index}", "param", _array(values, shape), shape))
    for index in range(draw(st.integers(2, 7))):
        node = draw(operation(builder, nodes))
        if node is not None:
            builder.end_line(f"h{index}")
            nodes.append(node)
        elif len(builder.columns) > builder.line_ends[-1]:  # a transpose that nothing takes
            builder.end_line(f"left{index}")
    total = None
    for node in nodes[-3:]:
        term = builder.apply("sum", (node,)) if builder.columns.shape(node) else node
        total = term if total is None else builder.apply("add", (total, term))
    assert total is not None
    builder.apply("tanh", (builder.apply("mul", (total, builder.constant(0.125))),))
    builder.end_line("L")
    return builder.freeze(len(builder.columns) - 1, loss=True)


@st.composite
def operation(draw: st.DrawFn, builder: GraphBuilder, nodes: list[int]) -> int | None:
    """Append one op on drawn nodes, or nothing where the shapes do not fit."""
    kind = draw(st.sampled_from(["unary", "binary", "binary", "square", "reduce", "matmul", "div"]))
    a, b = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
    try:
        if kind == "unary":
            return builder.apply(draw(st.sampled_from(UNARY)), (a,))
        if kind == "square":
            squared = builder.apply("mul", (a, a))
            return builder.apply("tanh", (squared,))
        if kind == "reduce":
            return (
                builder.apply(draw(st.sampled_from(REDUCING)), (a,))
                if (builder.columns.shape(a))
                else None
            )
        if kind == "matmul":
            transposed = builder.apply("transpose", (b,))
            return builder.apply("matmul", (a, transposed))
        if kind == "div":
            below = builder.apply("add", (builder.constant(1.5), builder.apply("powi", (b,), n=2)))
            return builder.apply("div", (a, below))
        return builder.apply(draw(st.sampled_from(BINARY)), (a, b))
    except ShapeError:
        return None


def _array(values: list[float], shape: tuple[int, ...]) -> object:
    import numpy as np

    return np.array(values).reshape(shape) if shape else values[0]


def agree(graph: Graph) -> None:
    check_graph(graph)
    check = gradcheck(graph)
    assume(not any(row.kink for row in check.rows))
    assert all(row.symbolic is not None for row in check.rows)
    assert check.ok, [row for row in check.rows if not row.ok]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_reverse_forward_symbolic_and_central_differences_agree(graph: Graph) -> None:
    agree(graph)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_they_agree_on_many_graphs(graph: Graph) -> None:
    agree(graph)
