from __future__ import annotations

from typing import Any

import pytest
import sympy

from graphgrad.autodiff.lines import line_partials as numeric_partials
from graphgrad.autodiff.record import record
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.emit import Emitter
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import add_row, remove_row
from graphgrad.ops.row import Elementwise
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.partials import _gapped, line_partials
from tests.symbolic.reading import assert_close, last_line, names_of, texts

LONGEST = ("product", 1500)
"""It takes seconds; no other product is told otherwise."""


def long_line(kind: str, count: int) -> Graph:
    builder = GraphBuilder()
    m = Emitter(builder)
    xs = [m.ref(builder.leaf_line(f"x{i}", "param", 0.9)) for i in range(count)]
    total = xs[0]
    before = xs[0]
    for x in xs[1:]:
        if kind == "square":
            total = total + x
        elif kind == "product":
            total = total * x
        elif kind == "tanh":
            total = m.tanh(total)
        else:
            before, total = total, total * total + before
    if kind == "square":
        total = total**2
    builder.end_line("q")
    return builder.freeze(total.node)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        pytest.param(kind, count, marks=pytest.mark.slow if (kind, count) == LONGEST else ())
        for kind in ("square", "product", "tanh", "doubling")
        for count in (5, 60, 250, 1500)
    ],
)
def test_a_long_line_is_shortened_by_names_of_its_operations(kind: str, count: int) -> None:
    graph = long_line(kind, count)
    partials = line_partials(graph, last_line(graph))
    assert all(len(partial.text) < 5_000 for partial in partials)
    if kind in ("square", "product"):
        assert len(partials) == count
    if count <= 250 and not (kind == "doubling" and count > 5):
        trace = record(graph)
        names = names_of(trace)
        for partial, number in zip(
            partials[:5], numeric_partials(trace, last_line(graph))[:5], strict=True
        ):
            value = number.value if partial.kind == "partial" else number.contribution
            assert_close(partial.text, names, value)


def test_a_long_sum_squared_names_the_sum() -> None:
    graph = long_line("square", 300)
    partials = line_partials(graph, last_line(graph))
    assert {partial.text for partial in partials} == {"2*q.299"}


def test_numbers_too_long_to_write_are_not_worked_out() -> None:
    assert texts("param x = 1\nq = (2*x + 1)^1000000\n") == ["2000000*(2*x + 1)^999999"]
    assert texts("param x = 1\nq = (2*x)^1000000\n") == ["1000000*2^1000000*x^999999"]
    assert texts("param x = 1\nq = x*(3^1000000)\n") == ["3^1000000"]


@pytest.mark.parametrize(
    ("formula", "power", "expected"),
    [
        ("log(exp(x) + exp(800))", "800", "exp(x)/(exp(x) + exp(800))"),
        ("log(exp(x) + exp(-801))", "801", "exp(x)/(exp(x) + exp(-801))"),
        ("log(exp(x) + exp(12.345))", "2469", "exp(x)/(exp(x) + exp(12.345))"),
        ("log(2^(500*x) + 2^x)", "500", None),
        ("log(exp(400*x) + exp(x))", "400", None),
    ],
)
def test_exponentials_of_large_numbers_are_not_factored(
    formula: str, power: str, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To sympy e^800 is e to the 800th power: it factors a polynomial of that degree, for hours."""
    factor = sympy.factor

    def watched(form: Any) -> Any:
        assert power not in str(form)
        return factor(form)

    monkeypatch.setattr(sympy, "factor", watched)
    found = texts(f"input x = 0.5\nq = {formula}\n")
    assert expected is None or found == [expected]


@pytest.mark.slow
def test_a_chain_of_100_000_lines_needs_two_templates() -> None:
    builder = GraphBuilder()
    h = builder.leaf_line("x", "input", 1.0)
    w = builder.leaf_line("w", "param", 0.5)
    for index in range(100_000):
        h = builder.apply("mul", (h, w))
        if index % 2:
            h = builder.apply("tanh", (h,))
        builder.end_line(f"h{index}")
    graph = builder.freeze(h)
    before = _gapped.cache_info().misses
    for line in graph.lines():
        partials = line_partials(graph, line)
    assert [p.text for p in partials] == ["w*(1 - h99999^2)", "h99998*(1 - h99999^2)"]
    assert _gapped.cache_info().misses - before <= 2


def test_a_row_registered_anew_under_an_old_name_is_another_row() -> None:
    for factor in (2, 3):
        add_row(
            Elementwise(
                name="scaled",
                arguments=("x",),
                formula=lambda m, x, factor=factor: factor * x,
                partials=(lambda m, out, x, factor=factor: factor,),
            )
        )
        try:
            assert texts("param x = 1\nq = scaled(x)\n") == [str(factor)]
        finally:
            remove_row("scaled")


def test_constants_named_leaves_and_labels() -> None:
    graph = read_gg("const c = 3\nparam x = 2\nq = c*x^2\n")
    assert [p.text for p in line_partials(graph, last_line(graph))] == ["2*c*x"]
    builder = GraphBuilder()
    x = builder.leaf_line("x", "param", 1.0)
    tenth = builder.constant(-0.123456)
    q = builder.apply("mul", (x, tenth))
    builder.end_line("q")
    graph = builder.freeze(q)
    assert [p.text for p in line_partials(graph, last_line(graph))] == ["-0.123456"]
