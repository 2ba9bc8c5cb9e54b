"""Hessians by a program: the same blocks as column by column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.hessian import hessian as by_columns
from graphgrad.autodiff.record import leaf_values
from graphgrad.compile import second_order
from graphgrad.compile.second_order import SecondOrder, hessian
from graphgrad.source.gg import read_gg
from tests.random_programs.oracles import Built
from tests.random_programs.programs import program

RNG = np.random.default_rng(7)


def rosenbrock(count: int) -> Any:
    t = gg.param("t", RNG.normal(size=count))
    return (100 * (t[1:] - t[:-1] ** 2) ** 2 + (1 - t[:-1]) ** 2).sum().graph()


def compiled(graph: Any) -> SecondOrder | None:
    kept = vars(graph).get("_second_order", {}).get(None)
    return kept if isinstance(kept, SecondOrder) else None


@pytest.mark.parametrize("number", range(0, 2000, 37))
def test_random_programs(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_order, "_PAYS_AT_ONCE", 0)
    built = Built(program(number))
    if built.seed is not None or not built.graph.variable[built.graph.output]:
        pytest.skip("no number, or a constant")
    found, wanted = hessian(built.graph), by_columns(built.graph)
    bound = 1e-4 if any(leaf.single for leaf in built.program.leaves) else 1e-9
    assert list(found) == list(wanted)
    for key, block in wanted.items():
        assert type(found[key]) is type(block)
        np.testing.assert_allclose(found[key], block, rtol=bound, atol=bound)


def test_a_large_one_is_computed_at_once_and_a_small_one_after_some_calls() -> None:
    large = rosenbrock(100)
    np.testing.assert_allclose(hessian(large)["t", "t"], by_columns(large)["t", "t"], rtol=1e-12)
    assert compiled(large) is not None
    small = read_gg("param a = 2\nparam b = 3\nloss L = a^2*b")
    for calls in range(3):
        assert compiled(small) is None, calls
        assert dict(hessian(small)) == {("a", "a"): 6, ("a", "b"): 4, ("b", "a"): 4, ("b", "b"): 0}
    assert compiled(small) is not None


def test_other_points_other_leaves_other_constants() -> None:
    graph = read_gg("const k = 3\ninput x = [1, 2]\nparam w = [[1, 2], [3, 4]]\n"
                    "loss L = k*sum(tanh(w @ x)^2)")  # fmt: skip
    for _ in range(4):
        for point in ({}, {"x": [0.5, -1.0]}, {"w": np.eye(2)}, {"k": 2}):
            found, wanted = hessian(graph, point), by_columns(graph, point)
            for key, block in wanted.items():
                np.testing.assert_allclose(found[key], block, rtol=1e-12, atol=1e-14)
        assert list(hessian(graph, wrt=["w"])) == [("w", "w")]


def test_where_a_derivative_is_not_finite_the_columns_are_asked() -> None:
    graph = read_gg("param x = [0, 1]\nloss L = sum(where(x > 0, x^1.5, 0*x))")
    for _ in range(4):
        np.testing.assert_array_equal(hessian(graph)["x", "x"], by_columns(graph)["x", "x"])


def test_layers_of_every_kind_have_their_second_derivatives() -> None:
    image = RNG.normal(size=(1, 5, 5)).tolist()
    text = (f"input X = {image}\nlayer c = conv2d(2, size=2, act=tanh)\nh = c(X)\n"
            "p = max_pool2d(h, size=2)\nloss L = sum(softmax(reshape(p, shape=8))^2)")  # fmt: skip
    graph = read_gg(text)
    plan = SecondOrder(graph, {"c.W": graph.find("c.W")})
    leaves = plan.arguments(leaf_values(graph, None))
    assert leaves is not None
    found = plan.at(leaves)
    assert found is not None
    wanted = by_columns(graph, wrt=["c.W"])["c.W", "c.W"]
    np.testing.assert_allclose(found["c.W", "c.W"], wanted, rtol=1e-10, atol=1e-13)


def test_a_graph_may_be_copied_and_saved_with_its_program() -> None:
    import pickle

    graph = rosenbrock(60)
    hessian(graph)
    again = pickle.loads(pickle.dumps(graph))
    assert again == graph
    assert compiled(again) is None
