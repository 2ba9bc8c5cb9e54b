"""Whatever stands on a sheet, marking it never fails."""

from __future__ import annotations

import random

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reports.report_lines import report_text
from graphgrad.source.gg import read_gg
from tests.exercises.random_strings import answer, mutated

STATUSES = {"right", "rounded", "follow-on", "wrong", "undecided", "unreadable", "unknown-name"}
GRAPH = read_gg(
    """
    input x = [1, 2]
    input y = 1
    param W = [[0.5, -1], [2, 0.25]]
    param b = [0.1, -0.2]
    param w = 0.5
    z = W@x + b
    a = relu(z)
    h1 = sigmoid(a[1]*w)
    yhat = h1 + log(w)
    loss L = (yhat - y)^2 + sum(a)/3
    """
)
VALID = [
    "z = W x + b",
    "a = [1.6, 4.8] = max(z, 0)",
    "h1 = σ(a[1] w) ≈ 0,69",
    "yhat = h1 + ln w = -0.003",
    "dL/dyhat = 2(ŷ-y)",
    "dL/dW = dL/dz x^T",
    "dL/dW[1,2] = 3/7",
    "da/dz = step(z)",
    "let u = h1 (1-h1)",
    "dL/dw = 2(yhat-y)(u a[1] + 1/w)",
    "dL/db = [[1], [2]]",
    "L = 1e400",
    "|x| = x",
]


def sheet(rng):
    lines = []
    for _ in range(rng.randint(1, 6)):
        line = rng.choice(VALID)
        lines.append(mutated(rng, line) if rng.random() < 0.7 else f"{line} = {answer(rng)}")
    return "\n".join(lines)


def marked(seed, count):
    rng = random.Random(seed)
    seen = set()
    for _ in range(count):
        report = check(GRAPH, sheet(rng))
        statuses = {mark.status for mark in report.marks}
        assert statuses <= STATUSES
        assert report.to_json(key=True)["steps"] is not None
        assert report_text(report, key=True, language="es")
        seen |= statuses
    return seen


def test_random_sheets_are_marked():
    assert {"right", "wrong", "unreadable", "unknown-name"} <= marked(1, 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 8))
def test_many_random_sheets_are_marked(seed):
    assert marked(seed, 1_500)
