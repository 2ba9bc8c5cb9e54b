"""Make random lines: scalars, vectors and matrices, element-wise and structural ops mixed."""

from __future__ import annotations

import random

LEAVES = """gg 1
param a = 0.7
param b = 1.3
param v = [0.4, -0.9, 1.1]
param u = [1.2, 0.3, -0.6]
param M = [[0.5, -1.1, 0.8], [0.9, 0.2, -0.7]]
param N = [[0.1, 0.6], [-0.4, 1.2], [0.3, -0.8]]
"""
_UNARY = ("tanh", "sigmoid", "exp", "sin", "relu", "softplus", "silu", "gelu", "abs", "softsign")
_NUMBERS = ("2", "0.5", "3", "0.123456", "1")


def random_line(rng: random.Random, shape: str) -> str:
    """Return a right-hand side of a shape: s (scalar), v (3), w (2), m (2x3)."""
    return _expression(rng, shape, 3)


def _expression(rng: random.Random, shape: str, depth: int) -> str:
    if depth == 0:
        return rng.choice(_SIMPLE[shape])
    make = rng.choice((_unary, _binary, _binary, _power, _structural))
    return make(rng, shape, depth - 1)


def _unary(rng: random.Random, shape: str, depth: int) -> str:
    return f"{rng.choice(_UNARY)}({_expression(rng, shape, depth)})"


def _binary(rng: random.Random, shape: str, depth: int) -> str:
    left, right = _expression(rng, shape, depth), _expression(rng, shape, depth)
    if rng.random() < 0.3:
        right = _expression(rng, "s", depth)
    if rng.random() < 0.2:
        return f"({left})/(2 + ({right})^2)"
    if rng.random() < 0.1:
        return f"maximum({left}, {right})"
    return f"({left}) {rng.choice('+-*')} ({right})"


def _power(rng: random.Random, shape: str, depth: int) -> str:
    inner = _expression(rng, shape, depth)
    if rng.random() < 0.5:
        return f"({inner})^2"
    return f"where({inner} > 0.1, {_expression(rng, shape, depth)}, {rng.choice(_NUMBERS)})"


def _structural(rng: random.Random, shape: str, depth: int) -> str:
    return rng.choice(_STRUCTURAL[shape])(rng, depth)


_SIMPLE = {"s": ("a", "b", *_NUMBERS), "v": ("v", "u"), "w": ("M @ v", "[0.3, 0.6]"), "m": ("M",)}
_STRUCTURAL = {
    "s": (
        lambda r, d: f"sum({_expression(r, 'v', d)})",
        lambda r, d: f"mean({_expression(r, 'm', d)})",
        lambda r, d: f"max({_expression(r, 'v', d)})",
        lambda r, d: f"dot({_expression(r, 'v', d)}, {_expression(r, 'v', d)})",
        lambda r, d: f"({_expression(r, 'm', d)})[2, 1]",
        lambda r, d: f"logsumexp({_expression(r, 'v', d)})",
    ),
    "v": (
        lambda r, d: f"({_expression(r, 'm', d)})^T @ ({_expression(r, 'w', d)})",
        lambda r, d: f"softmax({_expression(r, 'v', d)})",
        lambda r, d: f"sum({_expression(r, 'm', d)}, axis=1)",
        lambda r, d: f"N @ ({_expression(r, 'w', d)})",
    ),
    "w": (
        lambda r, d: f"({_expression(r, 'm', d)}) @ ({_expression(r, 'v', d)})",
        lambda r, d: f"({_expression(r, 'v', d)})[1:2]",
        lambda r, d: f"max({_expression(r, 'm', d)}, axis=2)",
        lambda r, d: f"concat({_expression(r, 's', d)} * [1], [2])",
    ),
    "m": (
        lambda r, d: f"N^T + ({_expression(r, 'v', d)})",
        lambda r, d: f"outer({_expression(r, 'w', d)}, {_expression(r, 'v', d)})",
        lambda r, d: f"softmax({_expression(r, 'm', d)}, axis=1)",
        lambda r, d: f"reshape({_expression(r, 'm', d)}, shape=3x2)^T",
    ),
}
