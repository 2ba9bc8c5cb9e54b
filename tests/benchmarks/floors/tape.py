"""The floor of a general engine of scalars in plain Python: four lists, and loops over them.

It has no handles, no names, no shapes and no rules but four; nothing that can be asked about every
node can be built with less.
"""

from __future__ import annotations

from math import tanh
from typing import Any

ADD, MUL, TANH, RELU, LEAF = range(5)


class BareTape:
    """Values, ops and parents of nodes."""

    __slots__ = ("first", "ops", "second", "values")

    def __init__(self) -> None:
        self.values: list[float] = []
        self.ops: list[int] = []
        self.first: list[int] = []
        self.second: list[int] = []

    def push(self, op: int, first: int, second: int, value: float) -> int:
        """Append a node."""
        self.ops.append(op)
        self.first.append(first)
        self.second.append(second)
        self.values.append(value)
        return len(self.values) - 1

    def leaf(self, value: float) -> int:
        """Append a number."""
        return self.push(LEAF, 0, 0, value)

    def backward(self) -> list[float]:
        """Return the derivatives of the last node."""
        values, ops, first, second = self.values, self.ops, self.first, self.second
        found = [0.0] * len(values)
        found[-1] = 1.0
        for node in range(len(values) - 1, -1, -1):
            adjoint = found[node]
            if adjoint == 0.0:
                continue
            op = ops[node]
            if op == MUL:
                a, b = first[node], second[node]
                found[a] += adjoint * values[b]
                found[b] += adjoint * values[a]
            elif op == ADD:
                found[first[node]] += adjoint
                found[second[node]] += adjoint
            elif op == TANH:
                found[first[node]] += adjoint * (1 - values[node] * values[node])
            elif op == RELU:
                found[first[node]] += adjoint
        return found


def _relu(tape: BareTape, node: int) -> int:
    value = tape.values[node]
    return tape.push(RELU if value > 0 else LEAF, node, 0, value if value > 0 else 0.0)


def scalar_mlp(
    weights: list[tuple[list[list[float]], list[float]]],
    rows: list[list[float]],
    targets: list[float],
    alpha: float,
) -> tuple[float, list[float]]:
    """Return the loss of `workloads.scalar_loss` and its gradient, on a tape built anew."""
    tape = BareTape()
    push, values, leaf = tape.push, tape.values, tape.leaf

    def add(a: int, b: int) -> int:
        return push(ADD, a, b, values[a] + values[b])

    def mul(a: int, b: int) -> int:
        return push(MUL, a, b, values[a] * values[b])

    ids = [([list(map(leaf, row)) for row in w], list(map(leaf, b))) for w, b in weights]
    count = len(values)
    one, share, decay = leaf(1.0), leaf(1 / len(rows)), leaf(alpha)
    total = -1
    for row, target in zip(rows, targets, strict=True):
        inputs = list(map(leaf, row))
        for layer, (w, b) in enumerate(ids):
            outputs = []
            for column, bias in zip(w, b, strict=True):
                node = bias
                for weight, value in zip(column, inputs, strict=True):
                    node = add(node, mul(weight, value))
                outputs.append(_relu(tape, node) if layer + 1 < len(ids) else node)
            inputs = outputs
        margin = _relu(tape, add(one, mul(leaf(-target), inputs[0])))
        total = margin if total < 0 else add(total, margin)
    squares = mul(0, 0)
    for node in range(1, count):
        squares = add(squares, mul(node, node))
    loss = add(mul(total, share), mul(squares, decay))
    return values[loss], tape.backward()[:count]


def chain(length: int) -> tuple[float, float]:
    """Return the end of the chain y = tanh(y*w + b), and its derivative by w."""
    tape = BareTape()
    push, values = tape.push, tape.values
    y, w, b = tape.leaf(0.5), tape.leaf(1.1), tape.leaf(0.05)
    for _ in range(length // 3):
        node = push(MUL, y, w, values[y] * values[w])
        node = push(ADD, node, b, values[node] + values[b])
        y = push(TANH, node, 0, tanh(values[node]))
    return values[y], tape.backward()[w]


def fan_out(length: int) -> float:
    """Return the derivative by x_0 of the end of x_{i+1} = x_i*x_i + x_{i-1}."""
    tape = BareTape()
    push, values = tape.push, tape.values
    a, b = tape.leaf(1e-6), tape.leaf(1e-6)
    for _ in range(length - 1):
        square = push(MUL, b, b, values[b] * values[b])
        a, b = b, push(ADD, square, a, values[square] + values[a])
    return tape.backward()[0]


def steps(work: Any) -> dict[str, Any]:
    """Return what is raced: each of a workload's tasks on a bare tape."""
    return {
        "scalar MLP": lambda: scalar_mlp(*work.scalar_mlp),
        "chain": lambda: chain(work.chain),
        "fan-out": lambda: fan_out(work.fan_out),
    }
