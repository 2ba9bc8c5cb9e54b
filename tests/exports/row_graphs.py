"""Make a small graph of each row: at the shapes it names, in its range, and where it has a kink."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Leaf, Structural

SETTINGS: dict[str, dict[str, Any]] = {"powi": {"n": 3}, "one_hot": {"classes": 4}}
KINKS: dict[str, list[tuple[Any, ...]]] = {
    "abs": [([0.0, -1.0],)],
    "relu": [([0.0, 2.0],)],
    "leaky_relu": [([0.0, -2.0],)],
    "prelu": [([0.0, -2.0], 0.3)],
    "elu": [([0.0, -1.0, 800.0],)],
    "selu": [([0.0, -1.0, 800.0],)],
    "hardtanh": [([-1.0, 1.0, 0.5],)],
    "maximum": [([1.0, 2.0], [1.0, 3.0])],
    "minimum": [([1.0, 2.0], [1.0, 1.5])],
    "clip": [([-1.0, 0.0, 1.0, 2.0], -1.0, 1.0)],
    "softplus": [([0.0, 40.0, -40.0],)],
    "sigmoid": [([0.0, 800.0, -800.0],)],
    "log_sigmoid": [([0.0, 800.0, -800.0],)],
    "xlogy": [([0.0, 1.0], [3.0, 2.0])],
    "norm": [([0.0, 0.0],)],
    "max": [([2.0, 1.0, 2.0],), ([[2.0, 2.0], [1.0, 2.0]],)],
    "min": [([1.0, 3.0, 1.0],)],
    "prod": [([0.0, 2.0, 3.0],), ([0.0, 0.0, 3.0],)],
    "where": [([1.0, 0.0], [2.0, 3.0], [4.0, 5.0])],
}  # fmt: skip
"""Points at which a convention, or care for overflow, decides what the derivative is."""


def row_graphs() -> Iterator[tuple[str, Graph]]:
    """Yield a name and a graph per example, with a weighted sum of the row as its loss."""
    random = np.random.RandomState(7)
    for row in ROWS:
        if isinstance(row, Structural):
            for index, (shapes, settings) in enumerate(row.examples):
                values = [_spread(random, shape) for shape in shapes]
                if row.name == "one_hot":
                    values = [np.abs(np.round(v)) + settings.get("first", 0) for v in values]
                    values = [float(v) if v.ndim == 0 else v for v in map(np.asarray, values)]
                yield f"{row.name}_{index}", _graph(row.name, values, settings)
        elif not isinstance(row, Leaf):
            yield row.name, _graph(row.name, _sampled(row, random), SETTINGS.get(row.name, {}))


def kink_graphs() -> Iterator[tuple[str, Graph]]:
    """Yield a graph per point of `KINKS`."""
    for name, points in KINKS.items():
        for index, point in enumerate(points):
            values = [np.array(v) if isinstance(v, list) else v for v in point]
            yield f"{name}_kink_{index}", _graph(name, values, SETTINGS.get(name, {}))


def _sampled(row: Elementwise, random: np.random.RandomState) -> list[Any]:
    low, high = row.sample
    return [random.uniform(low, high, 3) for _ in row.arguments]


def _spread(random: np.random.RandomState, shape: tuple[int, ...]) -> Any:
    value = random.permutation(np.linspace(-1.5, 2.0, max(1, math.prod(shape))))
    return value.reshape(shape) if shape else float(value[0])


def _graph(name: str, values: list[Any], settings: dict[str, Any]) -> Graph:
    """Return y = op(x0, x1, ...) and L, a sum of y with different weights."""
    builder = GraphBuilder()
    leaves = [
        builder.leaf_line(f"x{k}", "param", value, np.shape(value))
        for k, value in enumerate(values)
    ]
    y = builder.apply(name, tuple(leaves), **settings)
    if name == "stop_gradient":  # PyTorch takes no gradient of what none reaches
        y = builder.apply("mul", (y, leaves[0]))
    builder.end_line("y")
    shape = builder.columns.shape(y)
    weights = np.linspace(0.5, 1.5, max(1, math.prod(shape))).reshape(shape)
    w = builder.leaf_line("c", "const", weights if shape else float(weights), shape)
    product = builder.apply("mul", (w, y))
    axes = tuple(range(len(shape)))
    total = builder.apply("sum", (product,), axis=axes) if shape else product
    builder.end_line("L")
    return builder.freeze(total, loss=True)
