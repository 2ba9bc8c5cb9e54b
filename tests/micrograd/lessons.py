"""Run micrograd's own kinds of lessons on any engine with its names; record what micrograd gives.

``python -m tests.micrograd.lessons`` with micrograd 0.1.0 on the path writes
`tests/data/micrograd.json`.
"""

from __future__ import annotations

import importlib
import json
import random
from pathlib import Path
from typing import Any

__all__ = ["RECORDED", "lessons"]

RECORDED = Path(__file__).parents[1] / "data" / "micrograd.json"


def lessons(package: str) -> dict[str, list[float]]:
    """Return the numbers that each lesson comes to, with the names of a package."""
    engine = importlib.import_module(f"{package}.engine")
    nn = importlib.import_module(f"{package}.nn")
    found = {
        "sanity": _sanity(engine.Value),
        "more ops": _more_ops(engine.Value),
        "twice": _twice(engine.Value),
        "shared": _shared(engine.Value),
        "by hand": _by_hand(engine.Value),
        "moons": _training(engine.Value, nn, forget=False),
        "forgotten": _training(engine.Value, nn, forget=True),
    }
    return {name: [float(number) for number in numbers] for name, numbers in found.items()}


def _sanity(value: Any) -> list[float]:
    x = value(-4.0)
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    y = h + q + q * x
    y.backward()
    return [y.data, x.grad, z.grad, q.grad, h.grad]


def _more_ops(value: Any) -> list[float]:
    a, b = value(-4.0), value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    return [g.data, a.grad, b.grad]


def _twice(value: Any) -> list[float]:
    """Two passes over one graph without zeroing: micrograd hands on what is left in between."""
    x = value(3.0)
    h = x * 2
    out = h * h + x
    out.backward()
    first = x.grad
    out.backward()
    return [first, x.grad, h.grad, out.grad]


def _shared(value: Any) -> list[float]:
    """Two losses of one weight: their gradients add up."""
    w = value(1.5)
    (w * 2).backward()
    (w**3).backward()
    return [w.grad]


def _by_hand(value: Any) -> list[float]:
    """The gradient handed on operation by operation, as in the lecture's manual pass."""
    a, b = value(2.0), value(-3.0)
    e = a * b
    out = e + 10.0
    out.grad = 1.0
    out._backward()
    e._backward()
    return [e.grad, a.grad, b.grad]


def _training(value: Any, nn: Any, *, forget: bool) -> list[float]:
    random.seed(1337)
    model = nn.MLP(2, [4, 4, 1])
    draw = random.Random(3)
    points = [[draw.uniform(-1, 1), draw.uniform(-1, 1)] for _ in range(12)]
    sides = [1 if a * b > 0 else -1 for a, b in points]
    losses = []
    for step in range(6):
        scores = [model(list(map(value, point))) for point in points]
        parts = [(1 + -side * score).relu() for side, score in zip(sides, scores, strict=True)]
        loss = sum(parts) * (1.0 / len(parts))
        loss = loss + 1e-4 * sum(p * p for p in model.parameters())
        if not forget:
            model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data -= (0.5 - 0.05 * step) * p.grad
        losses.append(loss.data)
    return [*losses, *(p.data for p in model.parameters())]


if __name__ == "__main__":
    RECORDED.write_text(json.dumps(lessons("micrograd"), indent=1) + "\n", "utf-8")
