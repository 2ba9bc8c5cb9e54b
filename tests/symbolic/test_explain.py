from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import merge_common
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.chain_rule import derivation
from tests.symbolic.reading import evaluate
from tests.symbolic.test_gradient import LAYERS, doubling

SHARED = (
    "input X = 1\nparam w1 = 2\nparam w2 = 3\nz1 = w1*X\nz2 = w2*(z1 + X)\nyhat = w1*(z1 + z2)\n"
)


def test_a_shared_weight_gets_19_from_three_paths() -> None:
    found = derivation(record(read_gg(SHARED), exact=True), "w1")
    assert found.value == 19
    assert found.path_count == 3
    assert [(path.nodes, path.contribution) for path in found.paths] == [
        (("w1", "yhat"), 11),
        (("w1", "z1", "yhat"), 2),
        (("w1", "z1", "z2", "yhat"), 6),
    ]
    assert found.paths_sum == Fraction(19)
    longest = found.paths[2]
    assert [f.name for f in longest.factors] == ["dyhat_dz2", "dz2_dz1", "dz1_dw1"]
    assert [f.partial.text for f in longest.factors] == ["w1", "w2", "X"]
    assert [f.value for f in longest.factors] == [2, 3, 1]


def test_the_chain_rule_stands_in_names_in_symbols_and_in_numbers() -> None:
    found = derivation(record(read_gg(SHARED)), "w1")
    assert found.name == "dyhat_dw1"
    assert found.latex_name == r"\frac{\partial \hat{y}}{\partial w_{1}}"
    assert found.rule == "dyhat_dyhat*dyhat_dw1 + dyhat_dz1*dz1_dw1"
    assert found.text == "dyhat_dyhat*(z1 + z2) + dyhat_dz1*X"
    numbers = [(t.adjoint, t.factor.value, t.contribution) for t in found.terms]
    assert numbers == [(1.0, 11.0, 11.0), (8.0, 1.0, 8.0)]
    assert found.terms[0].latex == (
        r"\frac{\partial \hat{y}}{\partial \hat{y}} \cdot \left(z_{1} + z_{2}\right)"
    )


def test_paths_can_be_followed_operation_by_operation() -> None:
    found = derivation(record(read_gg(SHARED)), "w1", "op")
    assert found.detail == "op"
    assert [path.nodes for path in found.paths][-1] == (
        *("w1", "z1", "z2.1", "z2", "yhat.1", "yhat"),
    )
    assert (found.path_count, found.paths_sum) == (3, 19.0)
    inner = derivation(record(read_gg(SHARED)), "z2.1")
    assert inner.detail == "op"
    assert (inner.value, inner.path_count, inner.paths_sum) == (6.0, 1, 6.0)


def test_two_uses_by_one_line_are_two_paths() -> None:
    found = derivation(record(read_gg("param x = 3\ny = x*x\n")), "x")
    assert found.path_count == 2
    assert [path.contribution for path in found.paths] == [3.0, 3.0]


@pytest.mark.parametrize("detail", ["line", "op"])
@pytest.mark.parametrize("name", ["W", "V", "c", "s", "H", "X"])
def test_on_arrays_the_seed_is_pulled_back_along_each_path(name: str, detail: str) -> None:
    graph = read_gg(LAYERS)
    trace = record(graph)
    found = derivation(trace, name, "op" if detail == "op" else "line")
    assert len(found.paths) == found.path_count
    assert np.allclose(found.paths_sum, found.value, rtol=1e-12)
    assert np.allclose(sum(t.contribution for t in found.terms), found.value, rtol=1e-12)
    names = {graph.name(node): trace.values[node] for node in range(len(graph))}
    for term in found.terms:
        value = evaluate(term.text, names | {term.adjoint_name: term.adjoint})
        assert np.allclose(value, term.contribution, rtol=1e-12)
        assert np.shape(value) == np.shape(found.value)


def test_paths_are_counted_exactly_and_at_most_50_are_listed() -> None:
    trace = record(doubling(102))
    pell, fibonacci = [0, 1], [0, 1]
    for _ in range(100):
        pell.append(2 * pell[-1] + pell[-2])
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    by_line, by_op = derivation(trace, "x1"), derivation(trace, "x1", "op")
    assert by_line.path_count == fibonacci[101]
    assert by_op.path_count == pell[101]
    assert len(by_line.paths) == len(by_op.paths) == 50


def test_a_long_chain_is_derived_without_listing_its_path() -> None:
    builder = GraphBuilder()
    h = builder.leaf_line("x", "input", 1.0)
    w = builder.leaf_line("w", "param", 1.0)
    for index in range(20_000):
        h = builder.apply("mul", (h, w))
        builder.end_line(f"h{index}")
    found = derivation(record(builder.freeze(h)), "x")
    assert (found.path_count, found.paths, found.value) == (1, (), 1.0)
    assert found.text == "dh19999_dh0*w"


def test_a_merged_graph_that_reads_inside_lines_is_derived_by_operations() -> None:
    source = "param x = 2\nparam y = 3\na = (x*y + 1)^2\nb = (x*y)*a\nq = a + b\n"
    graph = merge_common(read_gg(source))
    found = derivation(record(graph), "x")
    assert found.detail == "op"
    assert found.paths_sum == pytest.approx(found.value)


def test_what_does_not_reach_the_output_has_no_terms() -> None:
    graph = read_gg("param x = 2\nparam unused = 1\nside = unused*2\nloss L = x^2\n")
    found = derivation(record(graph), "unused")
    assert (found.terms, found.path_count, found.paths, found.text) == ((), 0, (), "0")
    assert found.value == 0
    itself = derivation(record(graph), "L")
    assert (itself.text, itself.path_count, itself.value) == ("1", 1, 1.0)


@pytest.mark.parametrize(
    ("name", "message"),
    [("nothing", "name.unknown"), ("q.7", "name.unknown"), ("q.c1", "explain.constant")],
)
def test_an_unknown_or_constant_name_is_refused(name: str, message: str) -> None:
    trace = record(read_gg("param x = 2\nq = 3*x^2\n"))
    with pytest.raises(UsageError) as caught:
        derivation(trace, name)
    assert caught.value.message_id == message


def test_a_trace_without_backward_pass_is_refused() -> None:
    trace = record(read_gg("param x = 2\nq = 3*x^2\n"), backward=False)
    with pytest.raises(UsageError) as caught:
        derivation(trace, "x")
    assert caught.value.message_id == "explain.no_backward"
