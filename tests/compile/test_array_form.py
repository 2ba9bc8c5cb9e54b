"""A large graph of numbers runs in the form of arrays, by the names of its numbers."""

from __future__ import annotations

import copy
import pickle
import random

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.compile import plan as plans
from graphgrad.compile.array_form import array_form
from graphgrad.compile.plan import Plan
from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph


def network(samples: int = 12) -> Graph:
    """Return a 2-5-1 network over samples, built number by number."""
    draw = random.Random(5)
    first = [[gg.param(f"w{j}{i}", draw.gauss(0, 1)) for i in range(2)] for j in range(5)]
    bias = [gg.param(f"b{j}", draw.gauss(0, 1)) for j in range(5)]
    last = [gg.param(f"v{j}", draw.gauss(0, 1)) for j in range(5)]
    total = gg.param("unused", 1.0) * 0
    for sample in range(samples):
        x = [gg.input(f"x{sample}_{i}", draw.gauss(0, 1)) for i in range(2)]
        hidden = [gg.tanh(b + w[0] * x[0] + w[1] * x[1]) for w, b in zip(first, bias, strict=True)]
        out = sum((v * h for v, h in zip(last, hidden, strict=True)), start=gg.param("c", 0.5))
        total = total + (out - 0.25 * sample) ** 2
    return (total / samples).graph()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every graph for a large one."""
    monkeypatch.setattr(plans, "MOST_NODES", 10)


@pytest.mark.usefixtures("large")
def test_value_and_gradients_are_those_of_the_interpreter(monkeypatch) -> None:
    graph = network()
    plan = Plan(graph)
    monkeypatch.setattr(plan, "interpreted", None)  # it must not be asked
    for point in ({}, {"w10": 0.25, "x3_1": -1.0, "c": 2}):
        expected, found = record(graph, point), plan(point)
        np.testing.assert_allclose(found.value, expected.values[graph.output], rtol=1e-12)
        assert found.gradients.keys() == expected.gradients.keys()
        for name, gradient in expected.gradients.items():
            np.testing.assert_allclose(found.gradients[name], gradient, rtol=1e-11, atol=1e-13)


@pytest.mark.usefixtures("large")
def test_only_what_was_asked_for_is_returned() -> None:
    found = Plan(network(), ["v2", "b0"])()
    assert list(found.gradients) == ["v2", "b0"]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("point", [{"w10": "1"}, {"nothing": 1.0}, {"w10": [1.0, 2.0]}])
def test_a_wrong_point_is_refused(point) -> None:
    with pytest.raises(GraphgradError):
        Plan(network())(point)


@pytest.mark.usefixtures("large")
def test_what_is_not_finite_is_left_to_the_interpreter() -> None:
    graph = network()
    found, expected = Plan(graph)({"v2": 1e200}), record(graph, {"v2": 1e200})
    assert found.value == expected.values[graph.output]


def test_a_chain_keeps_its_form() -> None:
    x = gg.param("x", 0.5)
    for _ in range(300):
        x = gg.tanh(x * 1.01)
    assert array_form(x.graph()) is None


# ---- one vector of parameters ----


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("wrt", [None, ["v2", "b0", "w10"], ["c"]])
def test_a_vector_of_numbers_gives_the_same_as_their_names(wrt) -> None:
    plan = Plan(network(), wrt)
    packed = plan.packed()
    assert sorted(packed.names) == sorted(plan.wrt)
    vector = packed.start() + 0.125
    run, named = packed(vector), plan(packed.by_name(vector))
    assert run.value == named.value
    assert run.gradient.tolist() == packed.vector(named.gradients).tolist()
    assert packed.vector(packed.by_name(vector)).tolist() == vector.tolist()


def test_a_vector_holds_whole_leaves_of_a_graph_of_arrays() -> None:
    w, b, x = gg.param("w", [[1.0, 2.0]]), gg.param("b", 0.5), gg.input("x", [3.0, -1.0])
    plan = gg.compile((w @ x).sum() ** 2 + b, wrt=["b", "w"])
    packed = plan.packed()
    assert packed.names == ("b", "w")
    assert packed.start().tolist() == [0.5, 1.0, 2.0]
    value, gradient = packed([1.0, 0.0, 1.0])
    assert (value, gradient.tolist()) == (2.0, [1.0, -6.0, 2.0])


@pytest.mark.usefixtures("large")
def test_a_vector_that_is_not_finite_is_left_to_the_interpreter() -> None:
    graph = network()
    packed = Plan(graph).packed()
    vector = packed.start()
    vector[packed.names.index("v2")] = 1e200
    expected = record(graph, {"v2": 1e200})
    run = packed(vector)
    assert run.value == expected.values[graph.output]
    np.testing.assert_array_equal(run.gradient, packed.vector(expected.gradients))


def test_a_vector_of_the_wrong_length_is_refused_and_so_is_an_output_of_arrays() -> None:
    packed = Plan(network(), ["v2", "b0"]).packed()
    with pytest.raises(GraphgradError, match="vector has the shape 3: expected the shape 2"):
        packed([1.0, 2.0, 3.0])
    with pytest.raises(GraphgradError, match="vector"):
        packed("no")
    x = gg.param("x", [1.0, 2.0])
    with pytest.raises(GraphgradError, match=r"one number.*shape 2"):
        gg.compile(x * 2).packed()


@pytest.mark.parametrize("of_arrays", [False, True])
def test_a_point_is_a_vector_and_values_by_name(
    of_arrays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = network()
    if of_arrays:
        monkeypatch.setattr(plans, "MOST_NODES", 10)
    plan = Plan(graph)
    point, by_name = plan.start(), dict(plan.start())
    for _ in range(5):
        run, expected = plan(point), record(graph, by_name)
        assert run.value == pytest.approx(expected.values[graph.output], rel=1e-12)
        assert dict(run.gradients) == pytest.approx(dict(expected.gradients), rel=1e-9, abs=1e-12)
        point = point - 0.125 * run.gradients
        by_name = {name: by_name[name] - 0.125 * expected.gradients[name] for name in by_name}
    assert dict(point) == pytest.approx(by_name, rel=1e-9, abs=1e-12)
    assert dict(Plan(graph)(point).gradients) == pytest.approx(dict(plan(point).gradients))


def test_points_are_scaled_added_copied_and_shown_as_a_mapping() -> None:
    plan = Plan(gg.parse("param w = [1, 2]\nparam b = 3\nloss L = sum(w)^2 + b"))
    point = plan.start()
    twice = 2 * point + point / 2 - (-point) * np.float64(0.5) - 1
    assert twice["w"].tolist() == [2.0, 5.0]
    assert twice["b"] == 8.0
    assert (1 - point)["b"] == -2.0
    assert list(point) == ["w", "b"]
    assert len(point) == 2
    assert repr(point) == "{'w': array([1., 2.]), 'b': 3.0}"
    assert pickle.loads(pickle.dumps(point))["b"] == copy.deepcopy(point)["b"] == 3.0
    for vector in (point.vector, point["w"]):
        with pytest.raises(ValueError, match="read-only"):
            vector[0] = 5.0
    with pytest.raises(GraphgradError, match="c"):
        point["c"]
    with pytest.raises(TypeError):
        point + Plan(network()).start()
    with pytest.raises(TypeError):
        point * "2"
