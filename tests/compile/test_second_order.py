"""Hessians by a program: the same blocks as column by column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.hessian import hessian as by_columns
from graphgrad.autodiff.hessian import hessian_vector_product as product_by_passes
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

    graph = rosenbrock(100)
    hessian(graph)
    again = pickle.loads(pickle.dumps(graph))
    assert again == graph
    assert compiled(again) is None


# ---- products with a direction ----


@pytest.mark.parametrize("number", range(3, 2000, 53))
def test_products_of_random_programs(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_order, "_PAYS_AFTER", 1)
    built = Built(program(number))
    if built.seed is not None:
        pytest.skip("no number")
    found = second_order.hessian_vector_product(built.graph, built.directions)
    wanted = product_by_passes(built.graph, built.directions)
    bound = 1e-4 if any(leaf.single for leaf in built.program.leaves) else 1e-9
    assert list(found) == list(wanted)
    for name, product in wanted.items():
        assert type(found[name]) is type(product)
        assert getattr(found[name], "dtype", float) == getattr(product, "dtype", float)
        np.testing.assert_allclose(found[name], product, rtol=bound, atol=bound)


def test_a_product_asked_for_again_comes_from_a_program_at_any_point_and_direction() -> None:
    graph = rosenbrock(40)
    for number in range(6):
        point, direction = ({"t": RNG.normal(size=40)} for _ in range(2))
        found = gg.hessian_vector_product(graph, direction, point)["t"]
        wanted = by_columns(graph, point)["t", "t"] @ direction["t"]
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)
        known = vars(graph)["_hessian_products"][("t",)]
        assert isinstance(known, second_order.HessianProduct) == (number >= 2)


# ---- columns told together ----


def tridiagonal(count: int) -> Any:
    return np.abs(np.subtract.outer(np.arange(count), np.arange(count))) < 2


def test_three_products_tell_the_hessian_of_a_chain() -> None:
    graph = rosenbrock(100)
    found = hessian(graph)["t", "t"]
    kept = compiled(graph)
    assert kept is not None
    assert kept.colours is not None
    assert len(kept.colours.seeds) == 3
    assert set(zip(kept.colours.rows, kept.colours.columns, strict=True)) == set(
        zip(*np.nonzero(tridiagonal(100)), strict=True)
    )
    np.testing.assert_allclose(found, by_columns(graph)["t", "t"], rtol=1e-12)
    assert (found == found.T).all()


@pytest.mark.parametrize(
    ("formula", "colours"),
    [
        ("sum(exp(x)*sin(x))", 1),
        ("sum((x[1:12] - x[2:13])^4) + sum(x^2)", 3),
        ("sum(tanh(x[1:6]) * x[7:12])", 2),
        ("sum(x)^2", None),
        ("sum(max(x[1:12], x[2:13])^2)", 3),
        ("sum(softmax(x)^2)", None),
        ("sum((W @ x)^2)", None),
    ],
)
def test_what_can_be_other_than_0_is_read_off_the_program(formula: str, colours: Any) -> None:
    draw = np.random.default_rng(1)
    leaves = f"param x = {draw.normal(size=13).tolist()}\n"
    leaves += f"input W = {draw.normal(size=(13, 13)).tolist()}\n"
    graph = read_gg(f"{leaves}loss L = {formula}")
    wanted = by_columns(graph, wrt=["x"])["x", "x"]
    for _ in range(4):
        np.testing.assert_allclose(hessian(graph, wrt=["x"])["x", "x"], wanted, atol=1e-12)
    kept = vars(graph)["_second_order"][("x",)]
    assert (None if kept.colours is None else len(kept.colours.seeds)) == colours


def test_blocks_of_several_leaves_are_told_together() -> None:
    a, b = (gg.param(name, RNG.normal(size=20)) for name in "ab")
    graph = (gg.sin(a) * b + a**3 + b * gg.input("x", RNG.normal(size=20))).sum().graph()
    for _ in range(3):
        found, wanted = hessian(graph), by_columns(graph)
    kept = compiled(graph)
    assert kept is not None
    assert kept.colours is not None
    assert len(kept.colours.seeds) == 2
    for key, block in wanted.items():
        np.testing.assert_allclose(found[key], block, rtol=1e-12, atol=1e-13)


def test_a_quotient_by_a_constant_zero_is_no_exception_when_asked_again() -> None:
    graph = read_gg("gg 1\nparam x = [1, 2]\nb = sum(x^2)/0\nloss L = b*x[1]^3")
    first = hessian(graph)
    for _ in range(4):
        again = hessian(graph)
    np.testing.assert_array_equal(again["x", "x"], first["x", "x"])


_OF_A_MATRIX = (
    "sum(A, axis=1)", "mean(A, axis=2)", "var(A, axis=1)", "std(A, axis=2, ddof=1)",
    "max(A, axis=2)",
    "min(A, axis=1)", "prod(A, axis=1)", "prod(A)", "cumsum(A, axis=1)", "cumprod(A, axis=1)",
    "cumprod(A, axis=2)", "softmax(A, axis=1)", "log_softmax(A)", "logsumexp(A, axis=1)", "sort(A)",
    "norm(A, axis=1)", "flip(A, axis=1)", "roll(A, 1, axis=1)", "repeat(A, 2, axis=1)", "A^T",
    "tile(A, times=2)", "diag(A)", "tril(A)", "trace(A)", "det(A)", "inverse(A)", "A @ A",
    "concat(A, A^2, axis=1)", "stack(A, 2*A, axis=2)", "windows(A, size=2)", "pad(A, 1)",
    "[A[1,1], A[2,2]]", "outer(A[1], A[2])", "layer_norm(A, affine=false)", "attention(A, A, A)",
)  # fmt: skip


@pytest.mark.parametrize("formula", _OF_A_MATRIX)
def test_every_rule_for_arrays_has_its_second_derivatives_by_a_program(
    formula: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_order, "_PAYS_AT_ONCE", 0)
    graph = read_gg(
        f"param A = [[1.2, 0.3, -0.4], [0.5, 1.7, 0.6], [-0.2, 0.8, 1.4]]\ny = {formula}\n"
        "loss L = sum(sin(y)*y)"
    )
    found, wanted = hessian(graph), by_columns(graph)
    assert compiled(graph) is not None
    np.testing.assert_allclose(found["A", "A"], wanted["A", "A"], rtol=1e-9, atol=1e-9)
