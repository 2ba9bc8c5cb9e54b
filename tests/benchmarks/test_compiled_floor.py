"""Compiled graphs stay near NumPy by hand: the same numbers, and a ratio within one run."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.bench_compiled import GOALS, hessians, lenet, lstm, mlp
from tests.benchmarks.bench_eager import shortest
from tests.benchmarks.floors import hand, networks
from tests.benchmarks.workloads import Work

WORSE = 1.5
"""By how much a run may be worse than the goal before it counts as broken."""


@pytest.mark.parametrize(("precision", "bound"), [("float64", 1e-12), ("float32", 1e-5)])
def test_compiled_networks_and_those_by_hand_compute_the_same(
    precision: str, bound: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "RATE", 0.01)  # losses of later steps show the gradients
    work = Work(points=1, sizes=(5, 7, 3), batch=6, precision=precision, rate=0.05)
    pairs = [(mlp(work), hand.mlp_step(work))]
    numbers = networks.lenet_numbers(4, precision)
    pairs.append((lenet(numbers), networks.lenet_step(numbers)))
    numbers = networks.lstm_numbers(precision, steps=4, batch=3)
    pairs.append((lstm(numbers), networks.lstm_step(numbers)))
    for ours, theirs in pairs:
        for _ in range(4):
            assert ours() == pytest.approx(theirs(), rel=bound)


def test_hessians_are_those_by_hand() -> None:
    numbers = networks.hessian_numbers()
    blocks = hessians(numbers)["Hessian of an MLP"]()
    names = ("W1", "b1", "W2", "b2")
    sizes = {name: int(np.size(numbers[name])) for name in names}
    rows = [[np.reshape(blocks[a, b], (sizes[a], sizes[b])) for b in names] for a in names]
    wanted = networks.mlp_hessian(numbers)()
    np.testing.assert_allclose(np.block(rows), wanted, rtol=1e-10, atol=1e-12)


def test_a_small_compiled_network_stays_near_numpy_by_hand() -> None:
    work = Work(points=1)
    times = shortest({"ours": mlp(work), "hand": hand.mlp_step(work)}, 15)
    assert times["ours"] / times["hand"] < GOALS["MLP 2-16-16-2 b100"] * WORSE
