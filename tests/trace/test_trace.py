"""Check the steps of a pass, the state at every step, saving, and what leaves the finite."""

from __future__ import annotations

import math
import pickle
from typing import Any

import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.errors import SourceError, UsageError
from graphgrad.graph.graph import Edge
from graphgrad.source.gg import read_gg
from graphgrad.trace.saved import trace_from_json, trace_to_json
from graphgrad.trace.trace import Trace

REGRESSION = """
input x = 3
input y = 9
param w = 2
param b = 1
z = w*x
yhat = z + b
e = yhat - y
loss L = e^2
"""


@pytest.fixture
def regression() -> Trace:
    return record(read_gg(REGRESSION))


def test_the_regression_has_nineteen_steps_in_the_designs_order(regression: Trace) -> None:
    graph = regression.graph
    told = [(step.phase, graph.name(step.node), step.slot) for step in regression.steps]
    assert told == [
        ("forward", "z", None),
        ("forward", "yhat", None),
        ("forward", "e", None),
        ("forward", "L", None),
        ("seed", "L", None),
        ("pullback", "L", 0),
        ("accumulate", "e", None),
        ("pullback", "e", 0),
        ("pullback", "e", 1),
        ("accumulate", "yhat", None),
        ("pullback", "yhat", 0),
        ("pullback", "yhat", 1),
        ("accumulate", "z", None),
        ("pullback", "z", 0),
        ("pullback", "z", 1),
        ("accumulate", "b", None),
        ("accumulate", "w", None),
        ("accumulate", "y", None),
        ("accumulate", "x", None),
    ]
    assert [step.index for step in regression.steps] == list(range(1, 20))
    assert regression.steps[-1] == regression.steps[18]
    assert [s.index for s in regression.steps[4:7]] == [5, 6, 7]
    with pytest.raises(IndexError):
        regression.steps[19]


def test_constants_get_no_pullback_and_no_accumulate() -> None:
    trace = record(read_gg("input x = 3\nloss y = 2*x + 1/3"))
    told = [(step.phase, trace.graph.name(step.node)) for step in trace.steps]
    assert told == [
        ("forward", "y.1"),
        ("forward", "y.2"),
        ("forward", "y"),
        ("seed", "y"),
        ("pullback", "y"),
        ("accumulate", "y.1"),
        ("pullback", "y.1"),
        ("accumulate", "x"),
    ]


def test_every_state_is_what_the_steps_up_to_it_made_known(regression: Trace) -> None:
    graph = regression.graph
    values = {node for node in range(len(graph)) if graph.is_leaf(node)}
    adjoints: set[int] = set()
    pulled: set[Edge] = set()
    for index in range(len(regression.steps) + 1):
        if index:
            step = regression.steps[index - 1]
            if step.phase == "forward":
                values.add(step.node)
            elif step.phase == "pullback":
                source = graph.columns.parents_of(step.node)[step.slot]
                pulled.add(Edge(source, step.node, step.slot))
            else:
                adjoints.add(step.node)
        state = regression.state(index)
        for node in range(len(graph)):
            assert (state.value(node) is not None) == (node in values)
            assert (state.adjoint(node) is not None) == (node in adjoints)
            known = {edge for edge, _ in state.contributions(node)}
            assert known == {edge for edge in pulled if edge.source == node}


def test_an_adjoint_is_the_sum_of_its_contributions() -> None:
    trace = record(read_gg("input x = 3\na = x*x\nb = a*x\nloss L = a*b + x"))
    for node in range(len(trace.graph)):
        if node != trace.graph.output and trace.graph.variable[node]:
            total = sum(trace.contribution(edge) for edge in trace.uses(node))
            assert total == trace.adjoint(node)
    assert trace.gradients["x"] == 5 * 3**4 + 1


def test_a_second_pass_gives_the_same_gradient() -> None:
    graph = read_gg("input x = 3\nloss y = x*x")
    assert record(graph).gradients["x"] == 6.0
    assert record(graph).gradients["x"] == 6.0


def test_what_the_output_does_not_depend_on_has_adjoint_zero() -> None:
    trace = record(read_gg("input x = 3\ninput u = [1, 2]\nv = 2*u\nloss y = x*x"))
    assert trace.gradients["u"].tolist() == [0.0, 0.0]
    assert all(trace.graph.name(step.node) != "u" for step in trace.steps)


def test_an_array_output_needs_a_seed_for_its_backward_pass() -> None:
    graph = read_gg("input x = [1, 2]\ny = x^2")
    assert record(graph).adjoints is None
    assert len(record(graph).steps) == 1
    assert record(graph, seed=[1, 10]).gradients["x"].tolist() == [2.0, 40.0]


@pytest.mark.parametrize("exact", [False, True])
def test_a_saved_trace_loads_again(exact: bool) -> None:
    text = "param W = [[1/3, 2], [0.5, -1]]\ninput x = [1, 2]\nh = tanh(W@x)*pi\nloss L = sum(h^2)"
    trace = record(read_gg(text), exact=exact)
    again = trace_from_json(trace_to_json(trace))
    assert again.graph == trace.graph
    assert trace_to_json(again) == trace_to_json(trace)
    assert (again.gradients["W"] == trace.gradients["W"]).all()


@pytest.mark.parametrize(
    "text", ["", "{}", "[1, 2]", '{"format": "graphgrad-trace/1"}', "\x00", "[" * 100_000]
)
def test_what_is_no_saved_trace_is_refused(text: str) -> None:
    with pytest.raises(SourceError) as caught:
        trace_from_json(text)
    assert caught.value.message_id == "trace.unreadable"


@pytest.mark.parametrize(
    ("formula", "reason", "node"),
    [
        ("log(x - 3) + x", "domain", "y.2"),
        ("sqrt(x - 4)", "domain", "y"),
        ("1/(x - 3)", "domain", "y"),
        ("(x - 3)^-1", "domain", "y"),
        ("(x - 5)^0.5", "domain", "y"),
        ("(x - 5)^(x/2)", "domain", "y"),
        ("(x - 5)^x", "partial", "y"),
        ("exp(1000*x)", "overflow", "y"),
        ("exp(1000*x)*0", "overflow", "y.2"),
        ("sqrt(x - 3)", "partial", "y"),
    ],
)
def test_the_first_trouble_is_found_and_named(formula: str, reason: str, node: str) -> None:
    trace = record(read_gg(f"input x = 3\nloss y = {formula}"))
    assert trace.trouble is not None
    assert (trace.trouble.reason, trace.graph.name(trace.trouble.node)) == (reason, node)


def test_a_finite_pass_has_no_trouble(regression: Trace) -> None:
    assert regression.trouble is None


@pytest.mark.parametrize(
    ("source", "point", "reason", "node"),
    [
        ("input x = 3\nloss y = 2*x", {"x": math.inf}, "given", "x"),
        ("input x = 3\nloss y = 2*x", {"x": math.nan}, "given", "x"),
        ("input x = [1, 2]\nloss y = sum(2*x)", {"x": [1, math.nan]}, "given", "x"),
        ("input x = [1, 1000]\nloss y = sum(exp(x))", {}, "overflow", "y.1"),
        ("input x = [1, 1000]\nloss y = sum(0*exp(x))", {}, "overflow", "y.1"),
        ("input x = [1, -1]\nloss y = sum(log(x))", {}, "domain", "y.1"),
        ("input x = [1, 0]\nloss y = sum(sqrt(x))", {}, "partial", "y.1"),
        ("input x = [1e200, 1]\nloss y = sum(x^2)", {}, "overflow", "y.1"),
    ],
)
def test_trouble_is_found_in_what_is_given_and_inside_arrays(
    source: str, point: dict[str, Any], reason: str, node: str
) -> None:
    trace = record(read_gg(source), point)
    assert trace.trouble is not None
    assert (trace.trouble.reason, trace.graph.name(trace.trouble.node)) == (reason, node)


def test_a_finite_array_and_rationals_have_no_trouble() -> None:
    assert record(read_gg("input x = [1, 2]\nloss y = sum(x^2)")).trouble is None
    assert record(read_gg("input x = [1/3, 2]\nloss y = sum(x^2)"), exact=True).trouble is None


@pytest.mark.parametrize("exact", [False, True])
def test_a_copy_or_a_saved_pass_keeps_its_seed_and_its_numbers(exact: bool) -> None:
    trace = record(read_gg("param w = [1, 2]\ny = w^2"), seed=[1, 10], exact=exact)
    assert len(trace.steps) == 4
    for again in (pickle.loads(pickle.dumps(trace)), trace_from_json(trace_to_json(trace))):
        assert again.seed.tolist() == [1.0, 10.0]
        assert again.exact == exact
        assert again.gradients["w"].tolist() == trace.gradients["w"].tolist() == [2.0, 40.0]
        assert list(again.steps) == list(trace.steps)


def test_uses_are_in_the_order_of_the_steps_and_none_is_missed() -> None:
    trace = record(read_gg("input x = 3\na = x*x\nb = x + a*x\nu = x^3\nloss L = b*b + a - x"))
    graph, order = trace.graph, {}
    for index in range(1, len(trace.steps) + 1):
        step = trace.steps.step(index)
        if step.phase == "pullback":
            source = graph.columns.parents_of(step.node)[step.slot]
            order.setdefault(source, []).append(Edge(source, step.node, step.slot))
    for node in range(len(graph)):
        assert trace.uses(node) == order.get(node, [])


def test_without_a_backward_pass_a_gradient_is_refused_in_words() -> None:
    """Zeros would be a wrong answer; both ways to ask refuse alike, and a seed gives the answer."""
    graph = gg.parse("input x = [1, 2]\nparam w = [3, 4]\noutput y = w*x")
    trace = gg.trace(graph)
    for ask in (trace.adjoint, trace.gradients.__getitem__):
        for name in ("w", "x"):
            with pytest.raises(UsageError, match=r"y has several entries.*seed=\[1, 0\]"):
                ask(name)
    with pytest.raises(UsageError, match="several entries"):
        trace.adjoint(0)
    assert dict(trace.gradients) == {}
    assert gg.trace(graph, seed=[1, 0]).gradients["w"].tolist() == [1, 0]
