"""Build the graph of one layer, without a file and without handles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.layers.apply import LayerEmitter, apply_layer
from graphgrad.layers.initialisers import drawn
from graphgrad.layers.registry import find_layer
from graphgrad.layers.settings import complete

__all__ = ["emitted", "network", "numbers", "weighted_sum"]


def network(
    name: str,
    inputs: Sequence[Any],
    given: Mapping[str, Any],
    parameters: Mapping[str, Any] | None = None,
    *,
    training: bool = True,
) -> Graph:
    """Return the graph of a layer applied to arrays, with L, a weighted sum of all results."""
    builder = GraphBuilder()
    nodes = emitted(builder, name, inputs, given, parameters or {}, training=training)
    return builder.freeze(weighted_sum(builder, nodes))


def emitted(
    builder: GraphBuilder,
    name: str,
    inputs: Sequence[Any],
    given: Mapping[str, Any],
    parameters: Mapping[str, Any],
    *,
    training: bool = True,
) -> list[int]:
    """Append a layer applied to arrays and return its results: y1, y2, ...

    Args:
        builder: gets inputs x1, x2, ..., leaves f.W ... and the lines of the layer.
        name: the layer.
        inputs: values; None for inputs left out.
        given: settings.
        parameters: values by name instead of the layer's own draws.
        training: the mode.
    """
    layer = find_layer(name)
    assert layer is not None
    settings = complete(layer, given)
    shapes = tuple(None if value is None else np.shape(value) for value in inputs)
    nodes: list[int | None] = [
        None if value is None else builder.leaf_line(f"x{place}", "input", value, shape or ())
        for place, (value, shape) in enumerate(zip(inputs, shapes, strict=True), 1)
    ]
    leaves = {}
    for parameter in layer.leaves(shapes, settings, training=training):
        value = parameters.get(parameter.name)
        if value is None:
            value = drawn(parameter, "f", settings.get("draw", 1))
        assert np.shape(value) == parameter.shape, parameter
        leaf = builder.leaf_line(f"f.{parameter.name}", parameter.role, value, parameter.shape)
        leaves[parameter.name] = leaf
    results = {result: f"y{place}" for place, result in enumerate(layer.results, 1)}
    m = LayerEmitter(builder, "y1", "f", results=results, training=training)
    args = tuple(None if node is None else m.ref(node) for node in nodes)
    owned = {key: m.ref(leaf) for key, leaf in leaves.items()}
    found = apply_layer(layer, m, args, owned, settings)
    builder.end_line("y1", group="f")
    return [ref.node for ref in found]


def weighted_sum(builder: GraphBuilder, nodes: Sequence[int]) -> int:
    """Append L, a sum of values with weights that all differ."""
    random = np.random.RandomState(11)
    terms = []
    for node in nodes:
        shape = builder.columns.shape(node)
        weights = random.uniform(0.5, 1.5, shape) if shape else float(random.uniform(0.5, 1.5))
        term = builder.apply("mul", (builder.constant(weights, shape), node))
        terms.append(builder.apply("sum", (term,)) if shape else term)
    total = terms[0]
    for term in terms[1:]:
        total = builder.apply("add", (total, term))
    builder.end_line("L")
    return total


def numbers(shape: tuple[int, ...], start: int, low: float = -1.5, high: float = 2.0) -> Any:
    """Return distinct numbers in no order, the same every time."""
    random = np.random.RandomState(start)
    count = max(1, int(np.prod(shape)))
    apart = (high - low) / (count + 2)
    values = random.permutation(np.linspace(low, high, count + 2)[1:-1])
    values += 0.3 * apart * np.sin(start + np.arange(count))
    return values.reshape(shape) if shape else float(values[0])
