"""Build, run, differentiate, copy, pickle and delete chains of a million operations."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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


READ = """
import re, resource, sys
from pathlib import Path
from graphgrad.source.gg import load
graph = load(sys.argv[1])
status = Path("/proc/self/status")  # what getrusage says begins with what the parent had
own = status.exists() and re.search(r"VmHWM:\\s*(\\d+)", status.read_text())
peak = int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(graph.line_names), peak * (1 if sys.platform == "darwin" else 1024))
"""
GIB = 1 << 30


def _unrolled(kind: str, lines: int) -> Iterator[str]:
    """Yield a file of so many lines: a chain, or an unrolled cell in a group per step."""
    yield "input x = 2\nparam w = 1\n"
    if kind == "chain":
        yield "h0 = w*x\n"
        yield from (f"h{i} = h{i - 1}*w\n" for i in range(1, lines - 2))
        return
    yield "h[0] = w*x\n"
    for i in range(1, (lines - 3) // 3 + 1):
        yield f"[cell[{i}]]\nz[{i}] = w*h[{i - 1}] + x\nh[{i}] = tanh(z[{i}])\n"


@pytest.mark.parametrize("kind", ["chain", "unrolled"])
@pytest.mark.parametrize(
    ("lines", "most"), [(5_000, GIB), pytest.param(1_000_000, 4 * GIB, marks=pytest.mark.slow)]
)
def test_a_file_of_a_million_lines_is_read_within_four_gibibytes(
    kind: str, lines: int, most: int, tmp_path: Path
) -> None:
    path = tmp_path / "long.gg"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(_unrolled(kind, lines))
    with path.open(encoding="utf-8") as stream:
        assert abs(sum(1 for _ in stream) - lines) < 3
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True
    )
    names, peak = map(int, done.stdout.split())
    sys.stdout.write(f"{kind}, {lines} lines: {peak / GIB:.2f} GiB\n")
    assert names >= lines * (1 if kind == "chain" else 2 / 3) - 3
    assert 0 < peak < most


def test_one_line_of_three_thousand_operations() -> None:
    graph = read_gg(f"input x = 1\ny = {'+'.join(['x'] * 3_000)}")
    check_graph(graph)
    assert record(graph).gradients["x"] == 3_000.0
    assert len(merge_common(graph)) == 3_000
