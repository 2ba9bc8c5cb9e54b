"""Networks at teaching sizes in NumPy by hand: LeNet, an LSTM, the Hessian of an MLP.

Sources: LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998, section II;
Hochreiter and Schmidhuber, Long Short-Term Memory, 1997.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

RATE = 1e-12


def cross_entropy(logits: Any, codes: Any) -> tuple[float, Any]:
    """Return the mean loss of a batch and its adjoint."""
    logits = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    sums = powers.sum(axis=1, keepdims=True)
    loss = (np.log(sums).sum() - (codes * logits).sum()) / len(logits)
    return float(loss), (powers / sums - codes) / len(logits)


# ---- LeNet ----


def lenet_numbers(batch: int = 32, precision: str = "float64") -> dict[str, Any]:
    """Return images, classes and parameters, drawn once."""
    draw = np.random.default_rng(0)

    def weight(*shape: int) -> Any:
        fan = np.prod(shape[1:] if len(shape) == 4 else shape[:1])
        return (draw.normal(size=shape) * (2 / fan) ** 0.5).astype(precision)

    found = {
        "c1": weight(6, 1, 5, 5), "k1": np.zeros(6), "c2": weight(16, 6, 5, 5),
        "k2": np.zeros(16), "gamma": np.ones(16), "beta": np.zeros(16), "w1": weight(400, 120),
        "b1": np.zeros(120), "w2": weight(120, 84), "b2": np.zeros(84), "w3": weight(84, 10),
        "b3": np.zeros(10), "X": draw.normal(size=(batch, 1, 28, 28)),
        "Y": np.eye(10)[draw.integers(0, 10, batch)],
    }  # fmt: skip
    return {name: value.astype(precision) for name, value in found.items()}


def _columns(x: Any) -> Any:
    windows = sliding_window_view(x, (5, 5), (2, 3))
    batch, channels, height, width = windows.shape[:4]
    rows = windows.transpose(0, 2, 3, 1, 4, 5)
    return rows.reshape(batch * height * width, channels * 25)


def _pooled(x: Any) -> tuple[Any, Any]:
    batch, height, width, channels = x.shape
    parts = x.reshape(batch, height // 2, 2, width // 2, 2, channels)
    largest = parts.max(axis=(2, 4), keepdims=True)
    return largest[:, :, 0, :, 0], parts == largest


def lenet_step(numbers: dict[str, Any]) -> Any:
    """Return a step of training LeNet with batch normalisation behind its second convolution."""
    p = {name: value.copy() for name, value in numbers.items() if name not in "XY"}
    codes, count = numbers["Y"], len(numbers["Y"])
    padded = np.pad(numbers["X"], ((0, 0), (0, 0), (2, 2), (2, 2)))
    first = _columns(padded)

    def step() -> float:
        gradients: dict[str, Any] = {}
        conv1 = np.maximum((first @ p["c1"].reshape(6, 25).T + p["k1"]), 0)
        conv1 = conv1.reshape(count, 28, 28, 6)
        pool1, mask1 = _pooled(conv1)
        second = _columns(pool1.transpose(0, 3, 1, 2))
        z = second @ p["c2"].reshape(16, 150).T + p["k2"]
        apart = z - z.mean(axis=0)
        inverse = 1 / np.sqrt((apart * apart).mean(axis=0) + np.asarray(1e-5, z.dtype))
        scaled = apart * inverse
        norm = np.maximum(scaled * p["gamma"] + p["beta"], 0)
        pool2, mask2 = _pooled(norm.reshape(count, 10, 10, 16))
        flat = pool2.transpose(0, 3, 1, 2).reshape(count, 400)
        h1 = np.maximum(flat @ p["w1"] + p["b1"], 0)
        h2 = np.maximum(h1 @ p["w2"] + p["b2"], 0)
        loss, adjoint = cross_entropy(h2 @ p["w3"] + p["b3"], codes)
        for inputs, w, b, active in ((h2, "w3", "b3", h2), (h1, "w2", "b2", h1),
                                     (flat, "w1", "b1", None)):  # fmt: skip
            gradients[w], gradients[b] = inputs.T @ adjoint, adjoint.sum(axis=0)
            adjoint = adjoint @ p[w].T
            adjoint = adjoint if active is None else adjoint * (active > 0)
        adjoint = adjoint.reshape(count, 16, 5, 5).transpose(0, 2, 3, 1)[:, :, None, :, None, :]
        adjoint = (mask2 * adjoint).reshape(-1, 16) * (norm > 0)
        gradients["beta"] = adjoint.sum(axis=0)
        gradients["gamma"] = (adjoint * scaled).sum(axis=0)
        rows = len(adjoint)
        centred = rows * adjoint - gradients["beta"] - scaled * gradients["gamma"]
        adjoint = (p["gamma"] * inverse / rows) * centred
        gradients["c2"] = (adjoint.T @ second).reshape(16, 6, 5, 5)
        gradients["k2"] = adjoint.sum(axis=0)
        by_columns = (adjoint @ p["c2"].reshape(16, 150)).reshape(count, 10, 10, 6, 5, 5)
        spread = np.zeros((count, 14, 14, 6), z.dtype)
        for i in range(5):
            for j in range(5):
                spread[:, i : i + 10, j : j + 10] += by_columns[..., i, j]
        whole = (mask1 * spread[:, :, None, :, None, :]).reshape(count, 28, 28, 6)
        adjoint = (whole * (conv1 > 0)).reshape(-1, 6)
        gradients["c1"] = (adjoint.T @ first).reshape(6, 1, 5, 5)
        gradients["k1"] = adjoint.sum(axis=0)
        for name, gradient in gradients.items():
            p[name] -= RATE * gradient
        return loss

    return step


# ---- LSTM ----


def lstm_numbers(precision: str = "float64", steps: int = 20, batch: int = 32) -> dict[str, Any]:
    """Return sequences of 32 features, classes and the parameters of 64 units, drawn once."""
    draw = np.random.default_rng(0)
    shapes = {"W": (256, 32), "U": (256, 64), "b": (256,), "v": (64, 10), "c": (10,)}
    found = {name: draw.uniform(-0.125, 0.125, shape) for name, shape in shapes.items()}
    found["X"] = draw.normal(size=(batch, steps, 32))
    found["Y"] = np.eye(10)[draw.integers(0, 10, batch)]
    return {name: value.astype(precision) for name, value in found.items()}


def lstm_step(numbers: dict[str, Any]) -> Any:
    """Return a step of training an LSTM that is read out at its end."""
    p = {name: value.copy() for name, value in numbers.items() if name not in "XY"}
    rows, codes = numbers["X"], numbers["Y"]
    batch, steps, features = rows.shape
    units = len(p["v"])
    flat = np.ascontiguousarray(rows.transpose(1, 0, 2)).reshape(steps * batch, features)
    zeros = np.zeros((batch, units), rows.dtype)
    all_adjoints = np.empty((steps, batch, 4 * units), rows.dtype)

    def step() -> float:
        entering = (flat @ p["W"].T + p["b"]).reshape(steps, batch, 4 * units)
        h = c = zeros
        seen = []
        for time in range(steps):
            z = entering[time] + h @ p["U"].T
            gates, g = 1 / (1 + np.exp(-z)), np.tanh(z[:, 2 * units : 3 * units])
            i, f, o = gates[:, :units], gates[:, units : 2 * units], gates[:, 3 * units :]
            cell = f * c + i * g
            bent = np.tanh(cell)
            seen.append((i, f, g, o, c, bent, h))
            c, h = cell, o * bent
        loss, adjoint = cross_entropy(h @ p["v"] + p["c"], codes)
        gradients = {"v": h.T @ adjoint, "c": adjoint.sum(axis=0)}
        by_h, by_c = adjoint @ p["v"].T, np.zeros_like(zeros)
        for time in reversed(range(steps)):
            i, f, g, o, before, bent, _ = seen[time]
            by_c = by_c + by_h * o * (1 - bent * bent)
            here = all_adjoints[time]
            here[:, :units] = by_c * g * i * (1 - i)
            here[:, units : 2 * units] = by_c * before * f * (1 - f)
            here[:, 2 * units : 3 * units] = by_c * i * (1 - g * g)
            here[:, 3 * units :] = by_h * bent * o * (1 - o)
            by_c, by_h = by_c * f, here @ p["U"]
        every = all_adjoints.reshape(steps * batch, 4 * units)
        states = np.concatenate([state[6] for state in seen])
        gradients |= {"W": every.T @ flat, "U": every.T @ states, "b": every.sum(axis=0)}
        for name, gradient in gradients.items():
            p[name] -= RATE * gradient
        return loss

    return step


# ---- Hessian ----


def hessian_numbers() -> dict[str, Any]:
    """Return the data and the 100 parameters of an MLP 7-11-1."""
    draw = np.random.default_rng(0)
    shapes = {"W1": (7, 11), "b1": (11,), "W2": (11,), "b2": (), "X": (32, 7), "y": (32,)}
    return {name: draw.normal(0, 0.5, shape) for name, shape in shapes.items()}


def mlp_hessian(numbers: dict[str, Any]) -> Any:
    """Return what computes the Hessian: the Gauss-Newton part and the curvature of each unit.

    Source: Bishop, Pattern Recognition and Machine Learning, section 5.4.
    """
    rows, y, w1, b1, w2, b2 = (numbers[name] for name in ("X", "y", "W1", "b1", "W2", "b2"))
    count, units = len(rows), len(w2)
    with_ones = np.c_[rows, np.ones(count)]
    squares = (with_ones[:, :, None] * with_ones[:, None, :]).reshape(count, -1)
    inputs = rows.shape[1]
    places = np.r_[np.arange(inputs * units).reshape(inputs, units),
                   np.arange(inputs * units, (inputs + 1) * units)[None]]  # fmt: skip
    outer = np.arange((inputs + 1) * units, (inputs + 2) * units)

    def hessian() -> Any:
        a = np.tanh(rows @ w1 + b1)
        rest, slope = a @ w2 + b2 - y, 1 - a * a
        bent = slope * w2
        first = (with_ones[:, :, None] * bent[:, None, :]).reshape(count, -1)
        jacobian = np.concatenate([first, a, np.ones((count, 1))], axis=1)
        found = jacobian.T @ jacobian
        curved = rest[:, None] * (-2 * a * bent)
        blocks = (squares.T @ curved).reshape(inputs + 1, inputs + 1, units)
        found[places[:, None, :], places[None, :, :]] += blocks
        cross = with_ones.T @ (rest[:, None] * slope)
        found[places, outer] += cross
        found[outer, places] += cross
        return 2 / count * found

    return hessian


def rosenbrock_hessian() -> Any:
    """Return what computes the Hessian of Rosenbrock's function of 100 variables.

    Source: scipy.optimize, `rosen_hess`.
    """
    t = np.random.default_rng(0).normal(0, 0.5, 100)

    def hessian() -> Any:
        beside = -400 * t[:-1]
        middle = np.empty(len(t))
        middle[0] = 1200 * t[0] ** 2 - 400 * t[1] + 2
        middle[1:-1] = 202 + 1200 * t[1:-1] ** 2 - 400 * t[2:]
        middle[-1] = 200
        return np.diag(middle) + np.diag(beside, 1) + np.diag(beside, -1)

    return hessian
