"""The tasks that engines are raced on: the same numbers for all, and graphgrad's own steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

import graphgrad as gg

ALPHA = 1e-4


@dataclass
class Work:
    """The sizes and numbers of every task.

    Attributes:
        points: how many points the scalar MLP 2-16-16-1 is trained on.
        chain: operations of the chain.
        fan_out: steps of the fan-out.
        sizes: widths of the MLP on arrays.
        batch: its rows.
        precision: its type.
        rate: so small that every step computes the same.
    """

    points: int = 100
    chain: int = 100_000
    fan_out: int = 100_000
    sizes: tuple[int, ...] = (2, 16, 16, 2)
    batch: int = 100
    precision: str = "float64"
    rate: float = 1e-12
    weights: list[tuple[Any, Any]] = field(init=False)
    rows: Any = field(init=False)
    codes: Any = field(init=False)
    scalar_mlp: tuple[Any, ...] = field(init=False)

    def __post_init__(self) -> None:
        draw = np.random.default_rng(0)
        self.weights = _weights(draw, self.sizes, self.precision)
        self.rows = draw.normal(size=(self.batch, self.sizes[0])).astype(self.precision)
        classes = draw.integers(0, self.sizes[-1], self.batch)
        self.codes = np.eye(self.sizes[-1], dtype=self.precision)[classes]
        scalars = [(w.T.tolist(), b.tolist()) for w, b in _weights(draw, (2, 16, 16, 1))]
        rows = draw.normal(size=(self.points, 2))
        targets = np.where(rows[:, 0] * rows[:, 1] > 0, 1.0, -1.0)
        self.scalar_mlp = (scalars, rows.tolist(), targets.tolist(), ALPHA)


def _weights(draw: Any, sizes: tuple[int, ...], precision: str = "float64") -> list[Any]:
    pairs = pairwise(sizes)
    return [
        (draw.normal(0, (2 / a) ** 0.5, (a, b)).astype(precision), np.zeros(b, precision))
        for a, b in pairs
    ]


def scalar_loss(
    weights: Any, rows: Any, targets: Any, alpha: float, relu: Callable[[Any], Any]
) -> Any:
    """Return the hinge loss of an MLP on scalars plus a penalty, in any engine's operators."""
    total = squares = None
    for row, target in zip(rows, targets, strict=True):
        inputs = row
        for layer, (w, b) in enumerate(weights):
            outputs = []
            for column, bias in zip(w, b, strict=True):
                node = bias
                for weight, value in zip(column, inputs, strict=True):
                    node = node + weight * value
                outputs.append(relu(node) if layer + 1 < len(weights) else node)
            inputs = outputs
        margin = relu(1 + (-target) * inputs[0])
        total = margin if total is None else total + margin
    for w, b in weights:
        for value in [*(value for column in w for value in column), *b]:
            squares = value * value if squares is None else squares + value * value
    return total * (1 / len(rows)) + squares * alpha


def graphgrad_steps(work: Work) -> dict[str, Callable[[], Any]]:
    """Return our step of each task; graphs are built anew and every node can be asked for."""
    weights, rows, targets, alpha = work.scalar_mlp
    layers = [
        (
            [[gg.param(f"w{k}_{j}_{i}", v) for i, v in enumerate(column)] for j, column in columns],
            [gg.param(f"b{k}_{j}", v) for j, v in enumerate(b)],
        )
        for k, (w, b) in enumerate(weights)
        for columns in [list(enumerate(w))]
    ]
    points = [[gg.input(f"x{n}_{i}", v) for i, v in enumerate(row)] for n, row in enumerate(rows)]
    relu = gg.relu

    def scalar_mlp() -> tuple[float, list[float]]:
        loss = scalar_loss(layers, points, targets, alpha, relu)
        loss.backward()
        return loss.value, [v.grad for w, b in layers for v in [*(v for c in w for v in c), *b]]

    def chain() -> tuple[float, float]:
        y, w, b = gg.input("y", 0.5), gg.param("w", 1.1), gg.param("b", 0.05)
        tanh = gg.tanh
        for _ in range(work.chain // 3):
            y = tanh(y * w + b)
        y.backward()
        return y.value, w.grad

    def fan_out() -> float:
        a = start = gg.input("x0", 1e-6)
        b = gg.input("x1", 1e-6)
        for _ in range(work.fan_out - 1):
            a, b = b, b * b + a
        b.backward()
        gradient: float = start.grad
        return gradient

    return {"scalar MLP": scalar_mlp, "chain": chain, "fan-out": fan_out, "MLP": _mlp_step(work)}


def _mlp_step(work: Work) -> Callable[[], float]:
    params = [(gg.param(f"W{k}", w), gg.param(f"b{k}", b)) for k, (w, b) in enumerate(work.weights)]
    rows, codes = gg.input("X", work.rows), gg.input("Y", work.codes)
    relu, logsumexp = gg.relu, gg.logsumexp

    def step() -> float:
        inputs = rows
        for place, (w, b) in enumerate(params):
            z = inputs @ w + b
            inputs = relu(z) if place + 1 < len(params) else z
        loss = (logsumexp(inputs, axis=1).sum() - (codes * inputs).sum()) / work.batch
        value: float = loss.value
        loss.backward()
        for layer in params:
            for one in layer:
                one.value = one.value - work.rate * one.grad
        return value

    return step
