"""Rules: what a program is made of after them, and that they leave alone what they must."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.hessian import hessian as by_columns
from graphgrad.autodiff.record import record
from graphgrad.compile.plan import Plan
from graphgrad.compile.rules.rewriting import rewritten
from graphgrad.compile.writing import buffers
from graphgrad.source.gg import read_gg

RNG = np.random.default_rng(5)


def array(*shape: int) -> Any:
    return RNG.normal(size=shape)


def statements(plan: Plan, point: Any = None) -> list[str]:
    """Return the code of the program for a point."""
    return [statement.code for statement in plan.written(point).statements]


def count(plan: Plan, *words: str) -> list[int]:
    codes = statements(plan)
    return [sum(word in code for code in codes) for word in words]


def agrees(plan: Plan, bound: float = 1e-12) -> None:
    run, trace = plan(), gg.trace(plan.graph)
    np.testing.assert_allclose(run.value, trace.values[plan.graph.output], rtol=bound)
    for name, found in run.gradients.items():
        np.testing.assert_allclose(found, trace.gradients[name], rtol=bound, atol=bound)


def lstm(steps: int, batch: int, units: int) -> Any:
    """Return the loss of an LSTM whose gates are slices of one product."""
    x = gg.input("x", array(steps * batch, 3))
    w, u = gg.param("w", array(3, 4 * units)), gg.param("u", array(units, 4 * units))
    b = gg.param("b", array(4 * units))
    entering = x @ w + b
    h, c = gg.input("h0", array(batch, units)), gg.input("c0", array(batch, units))
    for t in range(steps):
        z = entering[t * batch : (t + 1) * batch] + h @ u
        i, f, g, o = (z[:, k * units : (k + 1) * units] for k in range(4))
        c = gg.sigmoid(f) * c + gg.sigmoid(i) * gg.tanh(g)
        h = gg.sigmoid(o) * gg.tanh(c)
    return (h * h).sum()


def test_gates_of_a_cell_are_one_call_and_gradients_of_weights_one_product() -> None:
    steps = 6
    plan = Plan(lstm(steps, 4, 2).graph(), ["w", "u", "b"])
    agrees(plan)
    exponentials, products = count(plan, "np.exp(", ".dot(")
    assert exponentials == steps  # for three gates each
    forward, backward, weights, bias = steps + 1, steps - 1, 2, 1
    assert products <= forward + backward + weights + bias + 1


def test_layers_of_a_sequence_use_one_product_for_all_gradients_of_a_weight() -> None:
    graph = read_gg(
        "input X = " + str(array(5, 3).tolist()) + "\nlayer c = gru_sequence(2)\n"
        "H, h = c(X)\nloss L = sum(h^2)"
    )
    plan = Plan(graph)
    agrees(plan)
    assert sum("np.multiply.outer" in code for code in statements(plan)) == 0


def test_a_sum_of_products_with_too_many_rows_stays_a_sum() -> None:
    a, b = gg.param("a", array(40, 2)), gg.param("b", array(40, 2))
    w = gg.param("w", array(2, 2))
    plan = Plan(((a @ w).sum() + (b @ w * b).sum()).graph(), ["w"])
    agrees(plan)


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_a_vector_and_a_matrix_give_a_weight_one_product(rows: int) -> None:
    """The row of the vector is made where it stands, with the axes that it has."""
    w, v = gg.param("w", array(3, 2)), gg.param("v", array(3))
    m = gg.param("m", array(rows, 3))
    loss = gg.tanh(v @ w).sum() + gg.tanh(m @ w).sum()
    plan = Plan(loss.graph())
    agrees(plan)
    leaves, kinds = plan._arguments({}, None)
    assert plan._compile(kinds, {}).run(leaves) is not None  # not what the interpreter said
    assert sum("outer" in code for code in statements(plan)) == 0


def test_overlapping_windows_are_added_up_where_they_lie() -> None:
    x = gg.param("x", array(2, 6))
    y = gg.stack(*[gg.tanh(x[:, k : k + 4]) for k in range(3)], axis=0)
    plan = Plan((y * y).sum().graph())
    agrees(plan)
    assert sum("+= " in code for code in statements(plan)) == 3


def test_pieces_that_fill_an_array_are_made_in_it() -> None:
    x = gg.param("x", array(4, 6))
    left, right = gg.sin(x[:, 0:3]), gg.cos(x[:, 3:6])
    plan = Plan(((left * left).sum() + (right * right * right).sum()).graph())
    agrees(plan)
    codes = statements(plan)
    assert any("np.empty((4, 6)" in code for code in codes)
    assert sum("out=d_x[" in code for code in codes) == 2


@pytest.mark.parametrize(
    ("loss", "short"),
    [
        (lambda s: s.sum(), True),
        (lambda s: gg.tanh(s).mean(), True),
        (lambda s: -gg.log(s).sum(), False),
        (lambda s: (2 / s).sum(), False),
        (lambda s: (s**-1).sum(), False),
        (lambda s: (s**2).sum(), True),
    ],
)
def test_a_sigmoid_is_short_only_where_nothing_tells_tiny_from_zero(loss: Any, short: bool) -> None:
    plan = Plan(loss(gg.sigmoid(gg.param("z", array(3, 4)))).graph())
    agrees(plan)
    assert (count(plan, "np.abs(")[0] == 0) == short


def test_softmax_and_cross_entropy_share_their_exponentials() -> None:
    z, t = gg.param("z", array(5, 3)), gg.input("t", np.eye(3)[[0, 1, 2, 1, 0]])
    for loss in (
        (gg.logsumexp(z, axis=1).sum() - (t * z).sum()) / 5,
        -(t * gg.log_softmax(z, axis=1)).sum() / 5,
        gg.nn.CrossEntropyLoss()(z, t),
    ):
        plan = Plan(loss.graph(), ["z"])
        agrees(plan)
        assert count(plan, "np.exp(") == [1]


def test_exponentials_stay_safe_where_a_comparison_follows() -> None:
    z = gg.param("z", array(3, 2))
    plan = Plan(gg.where(gg.logsumexp(z, axis=1) > 0, z[:, 0], z[:, 1]).sum().graph())
    agrees(plan)
    assert count(plan, "logsumexp(") == [1]


@pytest.mark.parametrize("axis", [0, 1, 2, (0, 1), (0, 2), (1, 2), (0, 1, 2)])
@pytest.mark.parametrize("op", ["sum", "mean", "max", "min", "var"])
def test_reductions_along_any_axes_agree(op: str, axis: Any) -> None:
    x = gg.param("x", array(3, 4, 2))
    agrees(Plan((getattr(gg, op)(x, axis=axis) ** 2).sum().graph()))


def test_ties_go_to_the_first_entry_in_row_order() -> None:
    for shape, axis in (((2, 3, 3), (1, 2)), ((3, 2, 4), (0, 2)), ((2, 5), 1), ((4, 3), (0, 1))):
        x = np.round(RNG.normal(size=shape))
        handle = gg.param("x", np.maximum(x, 0))
        agrees(Plan((gg.max(handle, axis=axis) * 2).sum().graph()))


def test_what_depends_on_constants_alone_is_computed_once() -> None:
    x = gg.input("x", array(6, 6))
    k = gg.param("k", array(9))
    windows = gg.windows(x, size=(3, 3)).reshape((9, 16))
    plan = Plan((gg.tanh(k @ windows)).sum().graph(), ["k"])
    run = plan({"k": np.ones(9)})
    trace = gg.trace(plan.graph, {"k": np.ones(9)})
    np.testing.assert_allclose(run.gradients["k"], trace.gradients["k"], rtol=1e-13)
    (compiled,) = plan._compiled.values()
    assert not any("windows(" in statement.code for statement in compiled.written.statements)
    assert any("windows(" in code for code in statements(plan))  # where x is given as well


def test_two_computed_constants_of_a_shape_stay_two_in_a_program_written_again() -> None:
    """Rules that run after constants are folded, as those of machine code, tell them apart."""
    graph = read_gg(
        "param x = [1, 2]\nconst a = [1, 0]\nconst b = [0, 1]\n"
        "loss L = sum(x*exp(a)) + sum(x^2*exp(b))"
    )
    plan = Plan(graph)
    plan()
    (compiled,) = plan._compiled.values()
    again, _ = rewritten(compiled.program, lambda _w: lambda _at, _op: None, compiled.results)
    found = [value.tolist() for value in again.arrays.values()]
    assert sorted(found) == [np.exp([0.0, 1]).tolist(), np.exp([1.0, 0]).tolist()]


def test_equal_operations_are_done_once_and_dead_ones_not_at_all() -> None:
    graph = read_gg("param x = 2\nunused = exp(x)\na = sin(x)*2\nb = sin(x)*3\nloss L = a*b")
    codes = statements(Plan(graph))
    assert Counter("math.sin" in code for code in codes)[True] == 1
    assert not any("exp" in code for code in codes)


# ---- memory ----


def test_memory_of_a_deep_network_does_not_grow_with_its_depth_where_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", 0)

    def sizes(depth: int) -> int:
        x = gg.input("x", array(8, 8))
        h = x
        for _ in range(depth):
            h = h @ gg.input(f"w{_}", array(8, 8))
        return sum(Plan((h * 1.0).sum().graph(), []).written().sizes)

    assert sizes(12) == sizes(4)


def test_a_value_that_is_read_later_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", 0)
    x = gg.param("x", array(3, 3))
    a = gg.sin(x)
    b = a + 1
    c = b * 2
    d = gg.transpose(a) @ c
    agrees(Plan((d * a + b).sum().graph()))


@pytest.mark.parametrize("number", range(12))
def test_a_number_is_not_taken_for_the_operation_of_its_place(number: int) -> None:
    graph = read_gg(
        f"param x = [[0.5, -2], [1, 4]]\nv = x + {number}\nu = {number} - v\n"
        f"w = v*v + ({number} + u*{number})\nk = {number}/(exp(u) + x^2 + {number} + 1)\n"
        f"loss L = sum(w + k + {number}) + sum(v + u + {number})"
    )
    for _ in range(2):
        np.testing.assert_allclose(
            gg.compile(graph)().gradients["x"], record(graph).gradients["x"], rtol=1e-12
        )
    second = gg.hessian(graph)["x", "x"]
    np.testing.assert_allclose(second, by_columns(graph)["x", "x"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("function", [gg.max, gg.min, gg.sum, gg.prod, gg.var, gg.norm])
def test_a_row_along_no_axis_at_all_is_entry_by_entry(function: Any) -> None:
    x = gg.param("x", [0.25, 0.5])
    graph = gg.graph(gg.sum(function(x, axis=()) * x))
    np.testing.assert_array_equal(gg.compile(graph)().gradients["x"], record(graph).gradients["x"])
