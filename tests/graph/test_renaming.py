"""Two graphs up to names: what is found equal, at which price, and where others differ."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.renaming import same
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.source.gg import read_gg

BIAS = """\
const x0 = 1
input x1 = 2
input x2 = -1
param t0 = 0.5
param t1 = 3
param t2 = 4
phi = t0*x0 + t1*x1 + t2*x2
"""
SEPARATE = """\
input x1 = 2
input x2 = -1
param w1 = 3
param w2 = 4
param b = 0.5
phi = w1*x1 + w2*x2 + b
"""


def read(text: str) -> Graph:
    return read_gg(text, free_inputs=True)


def test_a_bias_as_x0_is_a_separate_one_after_one_rewrite() -> None:
    found = same(read(BIAS), read(SEPARATE))
    assert (found.same, found.level) == (True, "rewrite")
    assert found.rewrites == ((("t0*x0", "t0", "x0 = 1"),), ())
    assert {name: found.renaming[name] for name in ("t0", "t1", "t2")} == {
        "t0": "b",
        "t1": "w1",
        "t2": "w2",
    }


def test_homogeneous_coordinates_of_arrays_are_equal_entry_by_entry() -> None:
    whole = read("input x = [2, -1]\nparam t = [0.5, 3, 4]\nphi = t @ concat([1], x)")
    apart = read("input x = [2, -1]\nparam w = [3, 4]\nparam b = 0.5\nphi = w@x + b")
    assert not same(whole, apart).same
    found = same(scalar_graph(whole), scalar_graph(apart))
    assert found.same
    assert (found.renaming["t[1]"], found.renaming["t[3]"]) == ("b", "w[2]")


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ("y = a*b + c", "q = u*v + w", "names"),
        ("y = a*b + c", "y = c + b*a", "order"),
        ("y = a + b + c + d", "y = (d + a) + (c + b)", "order"),
        ("y = a - b", "y = u - v", "names"),
        ("y = 1*a + 0", "y = a", "rewrite"),
        ("z = a*b; y = tanh(z)", "y = tanh(a*b)", "names"),
        ("y = 2*a + 2*b", "const c = 2; y = c*a + c*b", "names"),
    ],
)
def test_what_is_the_same(first: str, second: str, level: str) -> None:
    found = same(read(first), read(second))
    assert (found.same, found.level) == (True, level)
    assert found.difference is None


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("y = w*(a + b)", "y = w*a + w*b", "op"),
        ("y = tanh(a)", "y = sigmoid(a)", "op"),
        ("y = leaky_relu(a, alpha=0.1)", "y = leaky_relu(a, alpha=0.2)", "op"),
        ("y = a^2", "y = a^3", "op"),
        ("y = 2*a", "y = 3*a", "op"),
        ("y = a + b", "y = a + b + c", "operands"),
        ("z = w*x; y = tanh(z) + z", "z = w*x; y = tanh(z) + w*x", "shared"),
        ("y = a*a", "y = a*b", "shared"),
        ("y = a/b", "y = a/a", "shared"),
        ("q = exp(a); y = tanh(a)", "y = tanh(a)", "unused"),
        ("input x: 2; y = sum(x)", "input x: 3; y = sum(x)", "op"),
    ],
)
def test_what_differs_and_where(first: str, second: str, kind: str) -> None:
    found = same(read(first), read(second))
    assert not found.same
    assert found.difference is not None
    assert found.difference.kind == kind


def test_the_output_counts() -> None:
    text = "input x = 1; a = tanh(x); b = exp(a); output {}"
    assert not same(read(text.format("a")), read(text.format("b"))).same


def test_a_role_may_differ_and_names_that_are_kept_are_preferred() -> None:
    found = same(read("y = w*x + b"), read("param w = 2; param b = 1; y = w*x + b"))
    assert found.renaming == {"w": "w", "x": "x", "b": "b", "y.1": "y.1", "y": "y"}


def test_two_regular_graphs_that_refinement_alone_cannot_tell_apart() -> None:
    """Six sums in one ring of six, and in two rings of three: each reads two leaves alike."""

    def rings(*lengths: int) -> Graph:
        builder = GraphBuilder()
        leaves = [builder.leaf_line(f"x{i}", "input", 1.0) for i in range(sum(lengths))]
        sums = []
        start = 0
        for length in lengths:
            for i in range(length):
                pair = (leaves[start + i], leaves[start + (i + 1) % length])
                sums.append(builder.apply("add", pair))
                builder.end_line(f"s{start + i}")
            start += length
        total = sums[0]
        for other in sums[1:]:
            total = builder.apply("add", (total, other))
        builder.end_line("y")
        return builder.freeze(total)

    assert same(rings(6), rings(6)).same
    assert same(rings(3, 3), rings(3, 3)).same
    assert not same(rings(6), rings(3, 3)).same


@st.composite
def graphs(draw: Any) -> list[tuple[str, tuple[int, ...]]]:
    """Draw what each node of a small graph is: leaves first, then ops on earlier nodes."""
    count = draw(st.integers(1, 4))
    nodes: list[tuple[str, tuple[int, ...]]] = [
        (draw(st.sampled_from(["input", "param"])), ()) for _ in range(count)
    ]
    for _ in range(draw(st.integers(1, 12))):
        op = draw(st.sampled_from(["add", "mul", "sub", "tanh", "maximum"]))
        place = st.integers(0, len(nodes) - 1)
        nodes.append((op, tuple(draw(place) for _ in range(1 if op == "tanh" else 2))))
    return nodes


def built(nodes: list[tuple[str, tuple[int, ...]]], order: list[int], names: str) -> Graph:
    """Build a graph in another order, its lines with other names; as early as operands allow."""
    builder = GraphBuilder()
    at: dict[int, int] = {}
    waiting = list(order)
    while waiting:
        node = next(n for n in waiting if all(p in at for p in nodes[n][1]))
        waiting.remove(node)
        op, parents = nodes[node]
        if parents:
            at[node] = builder.apply(op, [at[p] for p in parents])
        else:
            at[node] = builder.leaf(op, 1.0, ())
        builder.end_line(f"{names}{node}")
    return builder.freeze(at[len(nodes) - 1])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_another_order_and_other_names_are_the_same_graph(data: st.DataObject) -> None:
    nodes = data.draw(graphs())
    order = data.draw(st.permutations(range(len(nodes))))
    first, second = built(nodes, list(range(len(nodes))), "a"), built(nodes, order, "b")
    found = same(first, second)
    assert (found.same, found.level) == (True, "names")
    for name, other in found.renaming.items():
        one, two = first.find(name), second.find(other)
        assert one is not None
        assert two is not None
        row = first.columns.row(one)
        assert row is second.columns.row(two)
        parents = [found.renaming[first.name(p)] for p in first.columns.parents_of(one)]
        assert parents == [second.name(p) for p in second.columns.parents_of(two)]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_op_changed_is_another_graph(data: st.DataObject) -> None:
    nodes = data.draw(graphs())
    changed = [list(nodes), list(nodes)]
    last = len(nodes) - 1
    op, parents = nodes[last]
    changed[1][last] = ("exp", parents[:1]) if len(parents) == 1 else ("div", parents)
    assert op != changed[1][last][0]
    one, two = (built(n, list(range(len(n))), "a") for n in changed)
    found = same(one, two)
    assert not found.same
    assert found.difference is not None
    assert found.difference.kind == "op"
