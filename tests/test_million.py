"""Build, run, differentiate, copy, pickle and delete chains of a million operations."""

from __future__ import annotations

import copy
import pickle

import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.graph.check import check_graph
from graphgrad.graph.copying import merge_common
from graphgrad.source.gg import load, read_gg

LENGTHS = [30_000, pytest.param(1_000_000, marks=pytest.mark.slow)]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_chain_through_handles(length: int) -> None:
    w, x = gg.param("w", 1.0), gg.input("x", 2.0)
    h = w * x
    for _ in range(length - 1):
        h = h * w
    assert h.value == 2.0
    h.backward()
    assert w.grad == pytest.approx(2.0 * length)
    graph = h.graph()
    assert len(graph) == length + 2
    assert copy.deepcopy(graph) is graph
    assert pickle.loads(pickle.dumps(graph)) == graph
    assert repr(graph)
    assert record(graph).gradients["w"] == pytest.approx(2.0 * length)
    del h, graph


@pytest.mark.parametrize("length", LENGTHS)
def test_a_chain_through_a_file(length: int, tmp_path: object) -> None:
    path = tmp_path / "chain.gg"  # type: ignore[operator]
    with path.open("w", encoding="utf-8") as stream:
        stream.write("input x = 2\nparam w = 1\nh0 = w*x\n")
        stream.writelines(f"h{i} = h{i - 1}*w\n" for i in range(1, length))
    graph = load(path)
    trace = record(graph)
    assert trace.gradients["w"] == pytest.approx(2.0 * length)
    assert len(trace.steps) == length + 1 + 2 * length + (length - 1) + 2
    assert trace.state(len(trace.steps) // 2).index == len(trace.steps) // 2
    assert trace.steps[len(trace.steps) // 2].phase in ("accumulate", "pullback")
    again = pickle.loads(pickle.dumps(trace))
    assert again.values[-1] == trace.values[-1]
    del trace, again, graph


def test_one_line_of_three_thousand_operations() -> None:
    graph = read_gg(f"input x = 1\ny = {'+'.join(['x'] * 3_000)}")
    check_graph(graph)
    assert record(graph).gradients["x"] == 3_000.0
    assert len(merge_common(graph)) == 3_000
