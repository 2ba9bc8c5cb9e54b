"""Read what is derived from a file: forms for other programs, second derivatives, stable forms."""

from __future__ import annotations

import math

import numpy as np

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from tests.fuzz.network_readers import LARGEST, graph_of

__all__ = ["read_exports", "read_second"]


def read_exports(data: bytes) -> None:
    """Write a file in every form there is; what is Python must be read by Python."""
    from graphgrad.views.exports.targets import TARGETS

    graph = graph_of(data)
    if len(graph) > LARGEST:
        return
    for name, target in TARGETS.items():
        try:
            written = target.write(graph)
        except GraphgradError as error:
            error.text("es")
            continue
        if name in ("numpy", "pytorch", "jax"):
            compile(written, f"{name}.py", "exec")


def read_second(data: bytes) -> None:
    """Derive a small file twice, forward and backward, and in stable forms."""
    from graphgrad.autodiff.gradient_graph import gradient_graph
    from graphgrad.autodiff.jacobian import jacobian
    from graphgrad.autodiff.jvp import jvp
    from graphgrad.autodiff.stable import stable
    from graphgrad.compile.second_order import hessian, hessian_vector_product

    graph = graph_of(data)
    leaves = {name: graph.find(name) for name in graph.line_names}
    shapes = {name: graph.columns.shape(node) for name, node in leaves.items()
              if graph.is_leaf(node) and graph.variable[node]}  # fmt: skip
    if len(graph) > 80 or sum(map(math.prod, shapes.values())) > 30:
        return
    ones = {name: np.ones(shape) for name, shape in shapes.items()}
    deeds = (
        lambda: record(stable(graph)), lambda: jvp(graph, ones), lambda: jacobian(graph),
        lambda: record(gradient_graph(graph)), lambda: hessian(graph),
        lambda: hessian_vector_product(graph, ones),
    )  # fmt: skip
    for deed in deeds:
        try:
            deed()
        except GraphgradError as error:
            error.text("es")
