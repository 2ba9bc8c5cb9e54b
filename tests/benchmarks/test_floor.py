"""Handles stay near the bare tape: the ratio within one run, never seconds."""

from __future__ import annotations

import pytest

from tests.benchmarks.bench_eager import shortest
from tests.benchmarks.floors import hand, tape
from tests.benchmarks.workloads import Work, graphgrad_steps

BOUND = 3.0
WORSE = 1.5
"""The goal, and by how much a run may be worse before it counts as broken."""

WORK = Work(points=20, chain=3_000, fan_out=1_000)


def test_handles_and_floors_compute_the_same() -> None:
    ours, bare = graphgrad_steps(WORK), tape.steps(WORK)
    loss, gradient = ours["scalar MLP"]()
    wanted, expected = bare["scalar MLP"]()
    assert loss == pytest.approx(wanted, rel=1e-12)
    assert gradient == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert ours["chain"]() == pytest.approx(bare["chain"](), rel=1e-12)
    assert ours["chain"]() == pytest.approx(hand.chain(WORK.chain), rel=1e-12)
    assert ours["fan-out"]() == pytest.approx(hand.fan_out(WORK.fan_out), rel=1e-12)
    assert ours["MLP"]() == pytest.approx(hand.mlp_step(WORK)(), rel=1e-12)


def test_a_network_of_scalars_stays_near_the_bare_tape() -> None:
    steps = {"ours": graphgrad_steps(WORK)["scalar MLP"], "bare": tape.steps(WORK)["scalar MLP"]}
    times = shortest(steps, 15)
    assert times["ours"] / times["bare"] < BOUND * WORSE
