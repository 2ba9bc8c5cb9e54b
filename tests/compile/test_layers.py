"""Every layer and loss, compiled: value, gradients and second derivatives of the interpreter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.hessian import hessian as by_columns
from graphgrad.autodiff.record import leaf_values, record
from graphgrad.compile.plan import Plan
from graphgrad.compile.second_order import SecondOrder
from graphgrad.compile.writing import buffers
from graphgrad.layers.row import Layer
from tests.layers.networks import network
from tests.layers.test_rows import each_example, inputs_of


@each_example
@pytest.mark.parametrize("smallest", [0, 8192], ids=["buffers", "none"])
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_a_compiled_layer_gives_the_interpreters_numbers(
    row: Layer,
    shapes: Any,
    settings: dict[str, Any],
    training: bool,
    smallest: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", smallest)
    graph = network(row.name, inputs_of(row, shapes, settings), settings, training=training)
    run, trace = Plan(graph)(), record(graph)
    np.testing.assert_allclose(run.value, trace.values[graph.output], rtol=1e-12)
    for name, found in run.gradients.items():
        np.testing.assert_allclose(found, trace.gradients[name], rtol=1e-11, atol=1e-13)


@each_example
def test_a_compiled_layer_has_the_second_derivatives_of_the_interpreter(
    row: Layer, shapes: Any, settings: dict[str, Any]
) -> None:
    graph = network(row.name, inputs_of(row, shapes, settings), settings)
    leaves = {
        line.name: line.root for line in graph.lines() if graph.role(line.root) == "parameter"
    }
    wrt = leaves or {"x1": graph.find("x1")}
    if sum(int(np.prod(graph.columns.shape(node))) for node in wrt.values()) > 40:
        wrt = dict(list(wrt.items())[-1:])
    plan = SecondOrder(graph, wrt)
    arguments = plan.arguments(leaf_values(graph, None))
    assert arguments is not None
    blocks = plan.at(arguments)
    wanted = by_columns(graph, wrt=list(wrt))
    for key, block in wanted.items() if blocks is not None else ():
        np.testing.assert_allclose(blocks[key], block, rtol=1e-9, atol=1e-11)
