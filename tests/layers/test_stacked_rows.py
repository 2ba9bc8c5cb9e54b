"""The loss over many rows by matrices is that of a row at a time."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graphgrad.graph.graph import Graph
from graphgrad.layers.training.many_rows import ColumnObjective, objective_of
from graphgrad.layers.training.objective import Objective
from graphgrad.layers.training.stacked_rows import StackedRows
from graphgrad.source.gg import read_gg


def network(rows: int, *, frozen: bool = False, last: str = "(z - y)^2") -> Graph:
    """Return a 2-3-1 network typed neuron by neuron, with its table."""
    draw = random.Random(3)
    lines = ["gg 1", "data x1 x2 y"]
    lines += [" ".join(f"{draw.uniform(-1, 1):.3f}" for _ in range(3)) for _ in range(rows)]
    lines += ["const c = 0.01"]
    for unit in range(3):
        for weight in (f"w{unit}a", f"w{unit}b", f"b{unit}", f"v{unit}"):
            lines.append(f"param {weight} = {draw.uniform(-1, 1):.3f}")
        lines.append(f"h{unit} = tanh(b{unit} + w{unit}a*x1 + w{unit}b*x2)")
    lines.append("z = v0*h0 + v1*h1 + v2*h2")
    lines.append(f"loss L = {last} + c*(v0^2 + v1^2 + v2^2)")
    text = "\n".join(lines)
    return read_gg(text.replace("param b1", "param frozen b1") if frozen else text)


def by_matrices(graph: Graph, rows: int, point: dict[str, float] | None = None) -> StackedRows:
    objective = ColumnObjective(graph, point)
    table = np.array(list(objective.data.values())).T
    return StackedRows(objective, rows, table, [graph.name(node) for node in objective.data])


@pytest.mark.parametrize("frozen", [False, True])
def test_loss_and_gradient_are_those_of_a_row_at_a_time(frozen: bool) -> None:
    graph = network(9, frozen=frozen)
    rows = [2, 5, 9, 1, 3]
    objective = Objective(graph)
    vector = objective.start()
    expected = objective.at(vector, rows)
    found = by_matrices(graph, len(rows)).at(vector, rows, gradient=True)
    assert found is not None
    np.testing.assert_allclose(found.loss, expected.loss, rtol=1e-12)
    np.testing.assert_allclose(found.gradient, expected.gradient, rtol=1e-11, atol=1e-14)


def test_values_that_are_given_instead_of_the_files_count() -> None:
    graph, point = network(6), {"c": 0.5, "x2": 0.25}
    objective = Objective(graph, point)
    vector, rows = objective.start(), list(range(1, 7))
    found = by_matrices(graph, 6, point).at(vector, rows, gradient=True)
    assert found is not None
    expected = objective.at(vector, rows)
    np.testing.assert_allclose(found.loss, expected.loss, rtol=1e-12)
    np.testing.assert_allclose(found.gradient, expected.gradient, rtol=1e-11, atol=1e-14)


def test_a_value_outside_its_domain_is_left_to_the_row_that_says_where() -> None:
    graph = network(6, last="log(z)")
    vector = Objective(graph).start()
    rows = list(range(1, 7))
    assert by_matrices(graph, 6).at(vector, rows, gradient=True) is None
    found = objective_of(graph).at(vector, rows)
    assert found.trouble is not None
    assert found.row is not None


def test_passes_that_come_often_go_by_matrices() -> None:
    objective = objective_of(network(8))
    assert isinstance(objective, ColumnObjective)
    vector, rows = objective.start(), list(range(1, 9))
    before = objective.at(vector, rows)
    for _ in range(30):
        after = objective.at(vector, rows)
    assert list(objective.stacks) == [8]
    np.testing.assert_allclose(after.gradient, before.gradient, rtol=1e-11, atol=1e-14)
