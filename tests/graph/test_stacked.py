"""Numbers that are computed alike, as arrays: the same values and derivatives."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.graph.zooms.repeated import repeated
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.graph.zooms.stacked import stacked
from graphgrad.graph.zooms.units import units_of
from graphgrad.source.gg import read_gg
from tests.random_programs.oracles import Built
from tests.random_programs.programs import program

NETWORK = """
const n = 3
input x = [0.5; -0.2; 0.1]
input t = 1
param W = [0.1, 0.2, -0.3; 0.4, -0.5, 0.6; 0.2, 0.1, 0.1]
param b = [0.1; 0.2; 0.3]
param v = [0.7, -0.4, 0.2]
z = W @ x + b
h = tanh(z)
y = v @ h
loss L = sum((y - t)^2) + 0.01*sum(W*W)
"""


def ops(graph) -> Counter[str]:
    return Counter(graph.columns.row(node).name for node in range(len(graph)))


def check_same(graph, bound: float = 1e-11) -> None:
    """Compare every number that is held, and every derivative, with the graph of numbers."""
    found = stacked(graph)
    assert found is not None
    one, many = record(graph), record(found.graph)
    for node in range(len(graph)):
        if found.held[node] >= 0:
            value = np.ravel(many.values[found.held[node]])[found.places[node]]
            np.testing.assert_allclose(value, one.values[node], rtol=bound, atol=bound / 100)
    if one.adjoints is None:
        return
    gradients = {
        each: value
        for name, names in found.names.items()
        if name in many.gradients
        for each, value in zip(names, np.ravel(many.gradients[name]), strict=True)
    }
    for name, gradient in one.gradients.items():
        np.testing.assert_allclose(gradients[name], gradient, rtol=10 * bound, atol=bound / 10)


@pytest.mark.parametrize("number", range(60))
def test_random_programs_have_the_same_values_and_derivatives(number: int) -> None:
    built = Built(program(number))
    single = any(leaf.single for leaf in built.program.leaves)  # rounds after every operation
    if built.seed is None:
        check_same(scalar_graph(built.graph), 1e-5 if single else 1e-11)


def test_a_layer_neuron_by_neuron_becomes_a_matrix_product_again() -> None:
    graph = scalar_graph(read_gg(NETWORK))
    check_same(graph)
    found = stacked(graph)
    assert found is not None
    counts = ops(found.graph)
    assert counts["matmul"] == 1
    assert counts["tanh"] == 1
    assert len(found.graph) < len(graph) / 2


def test_rows_share_the_parameters_and_make_one_matrix_product() -> None:
    text = """
    input x1 = 1
    input x2 = 2
    input t = 1
    param a1 = 0.5
    param a2 = -0.3
    param b1 = 0.1
    param b2 = 0.7
    h1 = sigmoid(a1*x1 + a2*x2)
    h2 = sigmoid(b1*x1 + b2*x2)
    loss L = (h1 - h2 - t)^2
    """
    graph = read_gg(text)
    rows = repeated(graph, ["x1", "x2", "t"], 7)
    check_same(rows)
    found = stacked(rows)
    assert found is not None
    assert ops(found.graph)["matmul"] == 1
    shapes = [found.graph.columns.shape(node) for node in range(len(found.graph))]
    assert (7, 2) in shapes
    point = {name: 0.1 * place for place, name in enumerate(rows.line_names[:-1])}
    shapes = {line.name: found.graph.columns.shape(line.root) for line in found.graph.lines()}
    arrays = {
        name: np.array([point[each] for each in names]).reshape(shapes[name])
        for name, names in found.names.items()
    }
    one, many = record(rows, point), record(found.graph, arrays)
    np.testing.assert_allclose(many.values[found.graph.output], one.values[rows.output], rtol=1e-12)


def test_a_sum_whose_inner_product_is_used_elsewhere_is_no_unit() -> None:
    text = "input x = 2\nparam a = 3\nparam b = 4\np = a*x\ny = p + b*x\nloss L = y*p"
    graph = read_gg(text)
    assert not any(unit.summed for unit in units_of(graph))
    check_same(graph)


def test_sums_that_do_not_meet_in_a_table_are_multiplied_in_pairs() -> None:
    lines = [f"param {name} = {0.1 * (at + 1):.1f}" for at, name in enumerate("abcdefgh")]
    text = "\n".join([*lines, "y = a*b + c*d", "z = a*f + c*h", "w = e*b + g*d", "loss L = y*z*w"])
    graph = read_gg(text)
    check_same(graph)
    found = stacked(graph)
    assert found is not None
    assert not ops(found.graph)["matmul"]


def test_a_graph_of_arrays_is_left_alone() -> None:
    assert stacked(read_gg(NETWORK)) is None


def test_a_leaf_that_nothing_reads_keeps_its_place() -> None:
    found = stacked(read_gg("input x = 2\nparam unused = 5\nloss L = x*x"))
    assert found is not None
    assert "unused" in {name for names in found.names.values() for name in names}
