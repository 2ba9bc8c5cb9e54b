"""Check every structural row at the shapes it names as examples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.record import record
from graphgrad.errors import ShapeError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import is_exact
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Structural
from graphgrad.testing.gradcheck import gradcheck

CASES = [
    pytest.param(row, shapes, settings, id=f"{row.name}-{index}")
    for row in ROWS
    if isinstance(row, Structural)
    for index, (shapes, settings) in enumerate(row.examples)
]
each_example = pytest.mark.parametrize(("row", "shapes", "settings"), CASES)


IRRATIONAL = ("softmax", "logsumexp", "log_softmax", "norm", "std")


def graph_of(row: Structural, shapes: Any, settings: dict[str, Any]) -> Graph:
    """Return y = op(x0, x1, ...) and L, a sum of y with different weights."""
    random = np.random.RandomState(7)
    builder = GraphBuilder()
    leaves = []
    for index, shape in enumerate(shapes):
        value = random.permutation(np.linspace(-1.5, 2.0, max(1, int(np.prod(shape)))))
        if row.name == "one_hot":  # which takes the numbers of classes
            value = random.permutation(1.0 + np.arange(value.size) % 2)
        value = value.reshape(shape) if shape else float(value[0])
        leaves.append(builder.leaf_line(f"x{index}", "input", value, shape))
    node = builder.apply(row.name, leaves, **settings)
    builder.end_line("y")
    shape = builder.columns.shape(node)
    if shape:
        weights = builder.constant(random.uniform(0.5, 1.5, shape), shape)
        node = builder.apply("sum", (builder.apply("mul", (weights, node)),))
        builder.end_line("L")
    return builder.freeze(node)


@each_example
def test_reverse_forward_and_central_differences_agree(
    row: Structural, shapes: Any, settings: dict[str, Any]
) -> None:
    check = gradcheck(graph_of(row, shapes, settings), symbolic=False)
    assert check.rows
    assert check.ok, [r for r in check.rows if not r.ok]


@each_example
def test_the_pullback_as_graph_ops_is_the_pullback_as_numbers(
    row: Structural, shapes: Any, settings: dict[str, Any]
) -> None:
    graph = graph_of(row, shapes, settings)
    expected = record(graph).gradients
    backward = gradient_graph(graph)
    found = record(backward, backward=False)
    for name, gradient in expected.items():
        line = graph.adjoint_name(name)
        got = found.value(line) if backward.find(line) is not None else np.zeros_like(gradient)
        np.testing.assert_allclose(got, gradient, rtol=1e-12, atol=1e-14)


@each_example
def test_exact_values_and_gradients_are_the_float_ones(
    row: Structural, shapes: Any, settings: dict[str, Any]
) -> None:
    from fractions import Fraction

    graph = graph_of(row, shapes, settings)
    point = {}
    for line in graph.lines():
        if graph.role(line.root) == "input":
            value = np.round(np.asarray(graph.defaults[line.root]) * 8).astype(int)
            exact = np.vectorize(lambda v: Fraction(int(v), 8), otypes=[object])(value)
            point[line.name] = exact if exact.shape else exact.item()
    exact_trace, float_trace = record(graph, point, exact=True), record(graph, point)
    assert is_exact(exact_trace.value("y")) == (row.name not in IRRATIONAL)
    for name, gradient in float_trace.gradients.items():
        got = np.asarray(exact_trace.gradients[name], dtype=float)
        np.testing.assert_allclose(got, gradient, rtol=1e-12, atol=1e-14)


def test_every_structural_row_names_examples() -> None:
    assert all(row.examples for row in ROWS if isinstance(row, Structural))


def test_logsumexp_and_softmax_stay_finite_at_ten_thousand() -> None:
    builder = GraphBuilder()
    x = builder.leaf_line("x", "input", np.array([1e4, -1e4, 9999.0]), (3,))
    builder.apply("softmax", (x,))
    builder.end_line("p")
    total = builder.apply("logsumexp", (x,))
    builder.end_line("L")
    trace = record(builder.freeze(total))
    assert trace.value("L") == pytest.approx(1e4 + np.log1p(np.exp(-1.0)))
    assert np.all(np.isfinite(trace.gradients["x"]))
    assert trace.value("p").sum() == pytest.approx(1.0)


def test_the_largest_entry_of_a_tie_is_the_first() -> None:
    builder = GraphBuilder()
    x = builder.leaf_line("x", "input", np.array([[1.0, 3.0], [3.0, 2.0]]), (2, 2))
    builder.apply("max", (x,))
    builder.end_line("L")
    trace = record(builder.freeze(1))
    assert trace.gradients["x"].tolist() == [[0.0, 1.0], [0.0, 0.0]]


@pytest.mark.parametrize(
    ("op", "shape", "settings", "told"),
    [
        ("broadcast", (3,), {"shape": (2, 4)}, ("shape.broadcast", {"shapes": "3, 2x4"})),
        ("broadcast", (2, 3), {"shape": (3,)}, ("shape.broadcast_to", {"a": "2x3", "b": "3"})),
        ("broadcast", (2,), {"shape": (1,)}, ("shape.broadcast_to", {"a": "2", "b": "1"})),
        ("reshape", (2, 3), {"shape": (4,)}, ("shape.reshape", {"a": "2x3", "b": "4", "n": 6})),
        ("index", (2,), {"key": (0, 0)}, ("shape.too_many_subscripts", {"a": "2", "n": 2})),
        ("index", (2, 3), {"key": (0, 3)}, ("shape.subscript", {"got": 4, "limit": 3})),
        ("index", (4,), {"key": ((1, 5),)}, ("shape.subscript", {"got": "2:5", "limit": 4})),
        ("sum", (2, 3), {"axis": 2}, ("shape.axis", {})),
    ],
)
def test_a_shape_that_does_not_fit_is_told_with_the_one_wanted(
    op: str, shape: Any, settings: dict[str, Any], told: tuple[str, dict[str, Any]]
) -> None:
    builder = GraphBuilder()
    leaf = builder.leaf_line("x", "input", np.ones(shape), shape)
    with pytest.raises(ShapeError) as caught:
        builder.apply(op, (leaf,), **settings)
    message_id, fields = told
    assert caught.value.message_id == message_id
    assert fields.items() <= caught.value.fields.items()
