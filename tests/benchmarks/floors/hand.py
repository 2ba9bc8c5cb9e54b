"""The limits written by hand: loops over floats, and an MLP in NumPy, forward and backward."""

from __future__ import annotations

from math import tanh
from typing import Any

import numpy as np


def chain(length: int) -> tuple[float, float]:
    """Return the end of the chain y = tanh(y*w + b), and its derivative by w."""
    y, w, b, inner = 0.5, 1.1, 0.05, [0.5]
    for _ in range(length // 3):
        y = tanh(y * w + b)
        inner.append(y)
    adjoint, gradient = 1.0, 0.0
    for place in range(len(inner) - 1, 0, -1):
        adjoint *= 1 - inner[place] * inner[place]
        gradient += adjoint * inner[place - 1]
        adjoint *= w
    return y, gradient


def fan_out(length: int) -> float:
    """Return the derivative by x_0 of the end of x_{i+1} = x_i*x_i + x_{i-1}."""
    a = b = 1e-6
    seen = []
    for _ in range(length - 1):
        seen.append(b)
        a, b = b, b * b + a
    older, newer = 0.0, 1.0
    for value in reversed(seen):  # older is by a, newer by b
        older, newer = newer, older + 2 * value * newer
    return older


def mlp_step(work: Any) -> Any:
    """Return a step of training an MLP with softmax cross-entropy."""
    weights = [(w.copy(), b.copy()) for w, b in work.weights]
    rows, codes, rate, count = work.rows, work.codes, work.rate, len(work.rows)

    def step() -> float:
        inputs = [rows]
        for place, (w, b) in enumerate(weights):
            z = inputs[-1] @ w
            z += b
            inputs.append(np.maximum(z, 0) if place + 1 < len(weights) else z)
        logits = inputs.pop()
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        sums = powers.sum(axis=1, keepdims=True)
        loss = (np.log(sums).sum() - (codes * logits).sum()) / count
        adjoint = powers / sums
        adjoint -= codes
        adjoint /= count
        for place in range(len(weights) - 1, -1, -1):
            w, b = weights[place]
            by_w, by_b = inputs[place].T @ adjoint, adjoint.sum(axis=0)
            if place:
                adjoint = (adjoint @ w.T) * (inputs[place] > 0)
            w -= rate * by_w
            b -= rate * by_b
        return float(loss)

    return step


def scalar_mlp_step(work: Any) -> Any:
    """Return a step of training the MLP of scalars on arrays: hinge loss and a penalty."""
    weights, rows, targets, alpha = work.scalar_mlp
    layers = [(np.array(w).T.copy(), np.array(b)) for w, b in weights]
    x, y, rate = np.array(rows), np.array(targets)[:, None], work.rate

    def step() -> float:
        inputs = [x]
        for place, (w, b) in enumerate(layers):
            z = inputs[-1] @ w
            z += b
            inputs.append(np.maximum(z, 0) if place + 1 < len(layers) else z)
        margins = np.maximum(1 - y * inputs.pop(), 0)
        squares = sum(float(np.vdot(w, w)) + float(np.vdot(b, b)) for w, b in layers)
        loss = margins.sum() / len(x) + alpha * squares
        adjoint = np.where(margins > 0, -y, 0.0)
        adjoint /= len(x)
        for place in range(len(layers) - 1, -1, -1):
            w, b = layers[place]
            by_w, by_b = inputs[place].T @ adjoint, adjoint.sum(axis=0)
            if place:
                adjoint = (adjoint @ w.T) * (inputs[place] > 0)
            w -= rate * (by_w + 2 * alpha * w)
            b -= rate * (by_b + 2 * alpha * b)
        return float(loss)

    return step
