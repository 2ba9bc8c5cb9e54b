"""Check computing with handles: the lecture's lines, tapes, NumPy, names, mistakes."""

from __future__ import annotations

import gc
import math
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.record import record
from graphgrad.errors import ShapeError
from graphgrad.graph.check import check_graph
from graphgrad.graph.formula import line_formula


def test_the_five_lines_of_the_lecture_run_unchanged() -> None:
    x, y_true = gg.input("x", 3), gg.input("y", 9)
    w, b = gg.param("w", 2), gg.param("b", 1)
    z = w*x  # fmt: skip
    y_hat = z + b
    e = (y_hat - y_true)  # fmt: skip
    l = e ** 2  # fmt: skip
    l.backward()
    assert (w.grad, b.grad) == (-12.0, -4.0)
    assert (z.grad, e.grad, l.value) == (-4.0, -4.0, 4.0)


def test_backward_twice_overwrites_and_never_accumulates() -> None:
    w = gg.param("w", 3)
    y = w * w
    y.backward()
    y.backward()
    assert w.grad == 6.0
    (2 * w).backward()
    assert w.grad == 2.0


def test_a_gradient_that_is_not_reached_stays() -> None:
    u, w = gg.param("u", 1), gg.param("w", 3)
    (u * w).backward()
    (2 * w).backward()
    assert (u.grad, w.grad) == (3.0, 2.0)


def test_values_follow_the_leaves() -> None:
    w = gg.param("w", 3)
    y = w**2 + 1
    assert y.value == 10.0
    w.value = 4
    assert y.value == 17.0
    y.backward()
    assert w.grad == 8.0


def test_gradient_descent_on_the_same_graph_or_on_a_new_one_each_time() -> None:
    w = gg.param("w", 1.0)
    loss = w**2
    for _ in range(3):
        loss.backward()
        w.value = w.value - 0.1 * w.grad
    assert w.value == pytest.approx(0.512)
    w.value = 1.0
    for _ in range(3):
        (w**2).backward()
        w.value = w.value - 0.1 * w.grad
    assert w.value == pytest.approx(0.512)


def test_an_array_parameter_is_changed_by_assignment_only() -> None:
    w = gg.param("w", [1.0, 2.0])
    gg.sum(w**2).backward()
    w.value -= 0.5 * w.grad
    assert w.value.tolist() == [0.0, 0.0]
    assert type(w.value + 1) is np.ndarray
    before = w.value
    w.value[0] = 5.0
    assert (before.tolist(), w.value.tolist()) == ([0.0, 0.0], [5.0, 0.0])
    with pytest.raises(gg.UsageError, match="cannot be written"):
        (2 * w).value[0] = 1.0


def test_handles_of_merged_and_compacted_tapes_keep_their_values() -> None:
    x, w = gg.input("x", 2.0), gg.param("w", 5.0)
    a = x * 2
    a2 = a + 1
    b = w * w * w
    c = a * b
    for _ in range(20_000):
        _ = c + 1
    assert (a2.value, a.value, b.value, c.value) == (5.0, 4.0, 125.0, 500.0)
    assert len(c.tape.kinds) < 5_000
    c.backward()
    assert w.grad == 4 * 3 * 25


def test_graphs_that_meet_become_one() -> None:
    a, b, c = (gg.param(name, value) for name, value in zip("abc", (2, 3, 5), strict=True))
    left, right = a * b, b * c
    other = right + 1
    total = left * right + other
    total.backward()
    assert (a.grad, b.grad, c.grad) == (3 * 15, 2 * 15 + 6 * 5 + 5, 6 * 3 + 3)
    assert left.value == 6.0
    assert other.value == 16.0


def test_graphs_that_meet_keep_the_numbers_of_each() -> None:
    w, v = gg.param("w", 1.0), gg.param("v", 1.0)
    left, right = (w * 2 + 3) * 4, (v * 5 + 7) * 11 + 13
    total = (left + right) * 17
    v.value = 2.0
    assert total.value == 17 * ((2 + 3) * 4 + (2 * 5 + 7) * 11 + 13)
    frozen = total.graph()
    assert record(frozen).values[frozen.output] == total.value


def test_a_loop_that_rebuilds_its_loss_does_not_grow() -> None:
    w, x = gg.param("w", 1.0), gg.input("x", [1.0, 2.0, 3.0])

    def step() -> None:
        loss = gg.mean((w * x - 2 * x) ** 2)
        loss.backward()
        w.value = w.value - 0.01 * w.grad

    for _ in range(100):  # until the loops over its kinds are written
        step()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(1000):
        step()
    assert len(gc.get_objects()) <= before + 10
    assert not gc.collect()


def test_discarded_losses_on_a_kept_node_are_freed() -> None:
    w, x = gg.param("w", 1.0), gg.input("x", 2.0)
    kept = w * x
    for _ in range(100_000):
        loss = (kept - 1) ** 2
    assert len(kept.tape.kinds) < 5_000
    loss.backward()
    assert w.grad == 2 * (2.0 - 1) * 2.0
    assert kept.value == 2.0


def test_numpy_functions_work_on_handles() -> None:
    W = gg.param("W", [[1.0, -2.0], [0.5, 3.0]])
    x, b = gg.input("x", [1.0, 2.0]), np.array([0.5, -0.5])
    h = np.tanh(W @ x + b)
    expected = np.tanh(W.value @ x.value + b)
    np.testing.assert_allclose(h.value, expected)
    loss = np.sum(np.square(h)) + np.mean(np.maximum(h, 0.0)) + np.dot(x, h)
    loss.backward()
    assert W.grad.shape == (2, 2)
    assert (np.array([1.0, 2.0]) @ W).value.tolist() == [2.0, 4.0]
    assert (np.float64(2.0) * x).value.tolist() == [2.0, 4.0]
    assert np.concatenate([x, h]).shape == (4,)
    assert np.where(x > 1.5, x, 0.0).value.tolist() == [0.0, 2.0]
    assert np.multiply.outer(x, x).shape == (2, 2)


def test_operators_and_methods() -> None:
    x = gg.input("x", [3.0, -1.0])
    assert (2 / x).value.tolist() == [2 / 3, -2.0]
    assert (2**x).value.tolist() == [8.0, 0.5]
    assert abs(x).value.tolist() == [3.0, 1.0]
    assert (x >= 3).value.tolist() == [1.0, 0.0]
    assert (x <= 3).value.tolist() == [1.0, 1.0]
    assert (-x)[0].value == -3.0
    assert x[-1].value == -1.0
    assert x[...][:1].shape == (1,)
    assert (x.sum() + x.mean() + x.max()).value == 6.0
    assert x.reshape(2, 1).T.shape == (1, 2)
    assert x[0].item() == 3.0
    assert [part.value for part in x] == [3.0, -1.0]
    assert len(x) == 2


def test_functions_of_every_row_and_their_settings() -> None:
    x = gg.param("x", [[1.0, 2.0], [3.0, 4.0]])
    assert gg.sum(x, axis=0).value.tolist() == [4.0, 6.0]
    assert gg.sum(x, 1).value.tolist() == [3.0, 7.0]
    assert gg.leaky_relu(-x, 0.1)[0, 0].value == pytest.approx(-0.1)
    assert gg.sigmoide(gg.input("z", 0)).value == 0.5
    assert gg.stack(x[0], x[1]).shape == (2, 2)
    assert "Logistic" in (gg.sigmoid.__doc__ or "")
    with pytest.raises(AttributeError):
        _ = gg.no_such_function


def test_names_come_from_variables() -> None:
    x, w = gg.input("x", 3), gg.param("w", 2)
    z = w * x
    loss = (z + 1 - x) ** 2
    graph = gg.graph(loss, names={"z": z, "loss": loss})
    check_graph(graph)
    written = [(line.name, line_formula(graph, line)) for line in graph.lines()]
    assert written == [("w", ""), ("x", ""), ("z", "w*x"), ("loss", "(z + 1 - x)^2")]
    assert graph.role(graph.output) == "loss"


def test_without_names_every_operation_is_a_line() -> None:
    x, w = gg.input("x", 3), gg.param("w", 2)
    graph = ((w * x) + 1).graph()
    check_graph(graph)
    written = [(line.name, line_formula(graph, line)) for line in graph.lines()]
    assert written == [("w", ""), ("x", ""), ("n1", "w*x"), ("n2", "n1 + 1")]


def test_an_operation_used_twice_is_a_line_even_without_a_name() -> None:
    x = gg.input("x", 3)
    shared = x * x
    loss = shared * gg.sin(shared)
    graph = gg.graph(loss, names={"loss": loss})
    check_graph(graph)
    assert graph.line_names == ["x", "n1", "loss"]


def test_exact_numbers_stay_exact_in_the_graph() -> None:
    from fractions import Fraction

    third = gg.param("a", Fraction(1, 3))
    trace = gg.trace((third * 3 + 1).graph(), exact=True)
    assert trace.values[-1] == Fraction(2)


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (lambda x, v: bool(x), "handle.truth"),
        (lambda x, v: x if x > 1 else v, "handle.truth"),
        (lambda x, v: np.array([x, v]), "handle.array"),
        (lambda x, v: np.fft.fft(v), "handle.numpy"),
        (lambda x, v: np.spacing(v), "handle.numpy"),
        (lambda x, v: np.subtract.reduce(v), "handle.numpy"),
        (lambda x, v: np.sum(v, initial=1), "handle.numpy_arguments"),
        (lambda x, v: x + "1", "given.text"),
        (lambda x, v: x * None, "given.nothing"),
        (lambda x, v: v + np.ones(3), "shape.broadcast"),
        (lambda x, v: x @ v, "shape.matmul_scalar"),
        (lambda x, v: v.backward(), "shape.backward"),
        (lambda x, v: v.backward([1, 2, 3]), "shape.leaf_value"),
        (lambda x, v: v[5], "handle.subscript_range"),
        (lambda x, v: v[0, 0], "shape.too_many_subscripts"),
        (lambda x, v: v["a"], "handle.subscript"),
        (lambda x, v: v.sum(axis=3), "shape.axis"),
        (lambda x, v: v.reshape(3, 3), "shape.reshape"),
        (lambda x, v: gg.relu(x, x, x), "op.argument_count"),
        (lambda x, v: gg.leaky_relu(x, beta=2), "op.unknown_setting"),
        (lambda x, v: gg.input("2x", 1), "name.invalid"),
        (lambda x, v: gg.param(2, "w"), "name.invalid"),
        (lambda x, v: gg.input("x", "three"), "given.text"),
        (lambda x, v: gg.input("x", None), "given.nothing"),
        (lambda x, v: setattr(v, "value", 1), "shape.leaf_value"),
        (lambda x, v: setattr(x * 2, "value", 1), "handle.assign"),
    ],
)
def test_mistakes_are_answered_with_advice(mistake: object, message: str) -> None:
    x, v = gg.input("x", 3), gg.input("v", [1.0, 2.0])
    with pytest.raises(gg.GraphgradError) as caught:
        mistake(x, v)  # type: ignore[operator]
    assert caught.value.message_id == message
    assert caught.value.text("en") != caught.value.text("es")


def test_importing_the_package_imports_no_big_library() -> None:
    import subprocess
    import sys

    heavy = ("numpy", "sympy", "networkx", "textual")
    code = f"import sys, graphgrad; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_verbs_named_like_floors_stay_verbs_after_the_floors_are_imported() -> None:
    import graphgrad.graph.graph
    import graphgrad.trace.trace  # noqa: F401  # imported for its effect on the package

    assert callable(gg.graph)
    assert callable(gg.trace)
    assert math.isclose(gg.trace(gg.parse("input x = 3\nloss y = x*x")).gradients["x"], 6.0)


# ---- what NumPy users expect ----


def test_one_length_of_a_reshape_may_be_left_to_the_entries() -> None:
    w = gg.param("w", [[1.0, 2, 3], [4, 5, 6]])
    assert w.reshape(-1, 1).shape == (6, 1)
    assert w.reshape(3, -1).shape == (3, 2)
    with pytest.raises(ShapeError, match="2x3 has 6"):
        w.reshape(-1, 4)
    with pytest.raises(ShapeError, match="only one length"):
        gg.param("u", [1.0]).reshape(-1, -1)


def test_a_subscript_outside_is_told_as_python_counts() -> None:
    w = gg.param("w", [[1.0, 2, 3], [4, 5, 6]])
    with pytest.raises(ShapeError, match=r"subscript 2 .* expected 0 to 1"):
        w[2]
    assert w[-1, -3].value == 4.0


@pytest.mark.parametrize("which_is_longer", ["left", "right", "neither"])
@pytest.mark.parametrize("shared", [False, True])
def test_both_of_two_tapes_keep_their_adjoints_when_they_meet(
    which_is_longer: str, shared: bool
) -> None:
    w = gg.param("w", 3.0)
    v = w if shared else gg.param("v", 3.0)
    left, right = w * 2, v * 5
    for _ in range(5):
        left = left * 1 if which_is_longer == "left" else left
        right = right * 1 if which_is_longer == "right" else right
    (left * left).backward()
    (right * right).backward()
    assert (left.grad, right.grad) == (12.0, 30.0)
    total = left + right
    assert (left.grad, right.grad) == (12.0, 30.0)
    assert total.grad is None
    total.backward()
    assert (left.grad, right.grad, total.grad) == (1.0, 1.0, 1.0)
    assert w.grad == (7.0 if shared else 2.0)


def test_adjoints_survive_when_tapes_merge_and_shrink() -> None:
    w = gg.param("w", [1.0, 2.0])
    z = w * 2
    (z * z).sum().backward()
    before = z.grad
    other = gg.param("u", 1.0) * 3
    assert (other + z.sum()).value == 9.0
    assert z.grad == pytest.approx(before)
    assert other.grad is None
    for _ in range(3000):
        z + 1
    assert z.grad == pytest.approx([4.0, 8.0])


@pytest.mark.parametrize("key", [(), ...])
@pytest.mark.parametrize("value", [2.0, [1.0, 2.0]])
def test_a_subscript_that_picks_all_has_a_text_and_a_program(key: Any, value: Any) -> None:
    x = gg.param("x", value)
    loss = gg.sum(x[key] ** 2)
    graph = gg.graph(loss, names={"x": x, "L": loss})
    wanted = gg.trace(graph).gradients["x"]
    assert np.array_equal(gg.compile(graph)().gradients["x"], wanted)
    assert np.array_equal(gg.trace(gg.parse(gg.to_gg(graph))).gradients["x"], wanted)
    with pytest.raises(gg.UsageError):
        gg.index(x, key=())


def test_entries_may_be_read_column_by_column() -> None:
    rows = np.arange(6.0).reshape(2, 3)
    x = gg.param("x", rows)
    assert np.array_equal(x.reshape(3, 2, order="F").value, rows.reshape(3, 2, order="F"))
    with pytest.raises(gg.UsageError):
        x.reshape(6, of=1)
