"""What reaches some entries of an array is told at them, and the rest of it is 0."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load, read_gg
from graphgrad.stepping.landing import landings
from graphgrad.stepping.told_step import told_step
from graphgrad.trace.trace import Trace
from graphgrad.views.text.narrate_stops import entry_of
from graphgrad.views.text.stops import Stops

SAMPLES = Path(__file__).parents[2] / "samples"
PARTS = """
input v: 5 = [1, 2, 3, 4, 5]
param A: 3x4 = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]
a = v[2]
b = v[2:4]
c = A[2]
d = A[2,3]
e = A[1:2,2:3]
f = A[1:3,2]
s = v[1]*v[3] + A[1,1] - v[5]^2
r = b - v[1:3]
loss L = sum(b^2)*a + sum(c)*d + sum(e^2) + sum(f*3) + s + sum(r^3)
"""
NAMES = ("lstm", "rnn_bptt", "max_pooling", "encoder_decoder", "gru")


def traces() -> list[Trace]:
    return [record(read_gg(PARTS)), *(record(load(SAMPLES / f"{name}.gg")) for name in NAMES)]


def index(key: str) -> tuple[int | slice, ...]:
    found: list[int | slice] = []
    for part in key.split(","):
        ends = [int(end) if end.strip() else None for end in part.split(":")]
        first = None if ends[0] is None else ends[0] - 1
        found.append(slice(first, ends[1]) if len(ends) > 1 else (first or 0))
    return tuple(found)


def test_the_parts_of_a_contribution_are_all_of_it() -> None:
    seen = 0
    for trace in traces():
        for line in trace.graph.lines():
            for partial in entry_of(trace, line.root, "line").partials:
                parts = landings(partial.told, partial.contribution)
                if not parts:
                    assert "→" not in partial.told, partial.told
                    continue
                whole = np.zeros(np.shape(partial.contribution))
                for part in parts:
                    whole[index(part.key)] = part.value
                assert np.array_equal(whole, partial.contribution), partial.told
                seen += 1
    assert seen > 20


@pytest.mark.parametrize("name", NAMES[:3])
def test_no_step_is_told_with_unit_vectors(name: str) -> None:
    trace = record(load(SAMPLES / f"{name}.gg"))
    stops = Stops(trace, "line")
    for place in range(stops.seed, len(stops) + 1):
        for told in told_step(trace, stops.stop(place), "line").lines:
            assert not any(f"e{unit}" in told for unit in "₁₂₃₄"), told
            assert "→ 1" not in told, told
            assert "−0" not in told, told  # a number has one minus, the operators another


def test_a_sum_over_rows_says_so() -> None:
    trace = record(load(SAMPLES / "attention.gg"))
    stops = Stops(trace, "line")
    told = [
        line
        for place in range(stops.seed, len(stops) + 1)
        for line in told_step(trace, stops.stop(place), "line").lines
    ]
    assert any("(sum over each row of dL/dY.A ⊙ Y.A)" in line for line in told)
