"""Check that every door takes the same values from Python, and keeps what it took."""

from __future__ import annotations

import copy
import datetime
import math
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import UnknownNameError, UsageError

SQUARE = gg.parse("param x = 2\nloss L = x^2")
VECTOR = gg.parse("param v = [1, 2]\noutput y = v^2")

NUMBERS: list[Any] = [
    np.float64(2),
    np.float32(2),
    np.float16(2),
    np.longdouble(2),
    np.int64(2),
    np.uint8(2),
    np.array(2),
    np.array(2.0),
    Decimal(2),
    Fraction(2),
    2,
    2.0,
    np.array([[2.0]])[0, 0],
    np.array([2, 2]).mean(),
]
ARRAYS: list[Any] = [
    [1, 2],
    (1.0, 2),
    np.array([1, 2]),
    np.array([1, 2], dtype=np.uint8),
    range(1, 3),
    [Fraction(1), 2],
    [Decimal(1), 2.0],
    np.array([1, 2], dtype=object),
    np.array([[1, 9], [2, 9]])[:, 0],
]
REFUSED: list[tuple[Any, str]] = [
    (None, "nothing"),
    ("1", "text"),
    (b"1", "text"),
    (["1", "2"], "text"),
    (np.array(["1"]), "text"),
    (np.array(["1", 2], dtype=object), "text"),
    (1j, "complex"),
    (np.complex64(1), "complex"),
    (np.array([1j]), "complex"),
    ([1, 2j], "complex"),
    (np.datetime64("2026-01-01"), "date"),
    (np.array([1], dtype="m8[s]"), "date"),
    (datetime.date(2026, 1, 1), "date"),
    ([datetime.timedelta(1)], "date"),
    (np.ma.array([1.0, 2.0], mask=[0, 1]), "masked"),
    ([[1], [2, 3]], "ragged"),
    ({1}, "object"),
    ({"a": 1}, "object"),
    (object(), "object"),
    (np.zeros(1, dtype=[("a", float)]), "object"),
    ([1, None], "nothing"),
    (lambda x: x, "object"),
]
DOORS: dict[str, Callable[[Any], Any]] = {
    "param": lambda value: gg.param("w", value),
    "input": lambda value: gg.input("w", value),
    "assigned": lambda value: setattr(gg.param("w", 1.0), "value", value),
    "data": lambda value: setattr(gg.param("w", 1.0), "data", value),
    "grad": lambda value: setattr(gg.param("w", 1.0), "grad", value),
    "operand": lambda value: gg.param("w", 1.0) * value,
    "left operand": lambda value: value * gg.param("w", 1.0),
    "argument": lambda value: gg.maximum(gg.param("w", 1.0), value),
    "point": lambda value: gg.trace(SQUARE, {"x": value}),
    "seed": lambda value: gg.trace(SQUARE, seed=value),
    "backward": lambda value: gg.param("w", 1.0).__mul__(2).backward(value),
    "tangent": lambda value: gg.jvp(SQUARE, {"x": value}),
    "direction": lambda value: gg.hessian_vector_product(SQUARE, {"x": value}),
    "gradcheck": lambda value: gg.gradcheck(SQUARE, {"x": value}),
    "plan": lambda value: gg.compile(SQUARE)({"x": value}),
    "plan's seed": lambda value: gg.compile(SQUARE)(seed=value),
    "hessian": lambda value: gg.hessian(SQUARE, {"x": value}),
}


@pytest.mark.parametrize("value", NUMBERS, ids=lambda v: type(v).__name__)
@pytest.mark.parametrize("door", DOORS)
def test_every_door_takes_every_kind_of_number(door: str, value: Any) -> None:
    DOORS[door](value)
    assert gg.param("w", value).value == 2.0
    kept = np.float32 if type(value) is np.float32 else float
    assert type(gg.param("w", value).value) is kept
    assert (gg.param("w", 3.0) * value).value == 6.0
    assert gg.trace(SQUARE, {"x": value}).gradients["x"] == 4.0


@pytest.mark.parametrize("value", ARRAYS, ids=lambda v: type(v).__name__)
def test_arrays_of_whole_numbers_and_fractions_become_float64(value: Any) -> None:
    w = gg.param("w", value)
    assert (w.value.tolist(), w.value.dtype) == ([1.0, 2.0], np.float64)
    assert (2 * w * value).value.tolist() == [2.0, 8.0]
    assert gg.trace(VECTOR, {"v": value}).value("y").tolist() == [1.0, 4.0]


@pytest.mark.parametrize(("value", "kind"), REFUSED, ids=lambda v: str(v)[:20])
@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_what_is_no_real_number_in_the_same_words(
    door: str, value: Any, kind: str
) -> None:
    if value is None and door in ("seed", "plan's seed", "backward", "grad"):
        return
    if door == "left operand" and (isinstance(value, np.ma.MaskedArray) or callable(value)):
        return
    with pytest.raises(UsageError) as caught:
        DOORS[door](value)
    assert caught.value.message_id == f"given.{kind}"
    assert caught.value.text("en") != caught.value.text("es")


class _Own(np.ndarray):
    """An array of a class of someone's own, whose product is something else."""

    def __mul__(self, other: Any) -> Any:
        return np.zeros(self.shape)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # of matrices of NumPy
@pytest.mark.parametrize("make", [np.matrix, lambda array: array.view(_Own), memoryview])
def test_an_array_of_another_class_is_computed_with_as_an_array(make: Any) -> None:
    graph = gg.parse("param A = [[1, 1], [1, 1]]\nloss L = sum(exp(A*A/9))")
    array = np.array([[1.0, 2.0], [3.0, 4.0]])
    wanted = np.exp(array * array / 9).sum()
    plan = gg.compile(graph)
    for run in (gg.trace(graph, {"A": make(array)}), plan.trace({"A": make(array)})):
        assert run.value("L") == pytest.approx(wanted, rel=1e-12)
    assert plan({"A": make(array)}).value == pytest.approx(wanted, rel=1e-12)
    assert gg.param("A", make(array)).value.tolist() == array.tolist()
    for door in (plan, plan.trace, lambda point: gg.trace(graph, point)):
        with pytest.raises(UsageError) as caught:
            door({"A": np.ma.array(array, mask=[[0, 1], [0, 0]])})
        assert caught.value.message_id == "given.masked"


@pytest.mark.parametrize("truth", [True, np.bool_(True), np.array(True)])
def test_true_is_one_in_a_product_and_no_value_of_a_leaf(truth: Any) -> None:
    x = gg.param("x", 2.0)
    assert ((truth * x).value, (x * truth).value, (x**truth).value) == (2.0, 2.0, 2.0)
    mask = np.array([True, False])
    assert (gg.param("v", [3.0, 4.0]) * mask).value.tolist() == [3.0, 0.0]
    assert gg.where(mask, gg.param("v", [3.0, 4.0]), 0).value.tolist() == [3.0, 0.0]
    for value in (truth, mask, [True]):
        with pytest.raises(UsageError) as caught:
            gg.param("x", value)
        assert caught.value.message_id == "given.boolean"


# ---- copied once, handed out read-only ----


def test_an_array_given_in_is_copied_at_every_door() -> None:
    given = np.array([1.0, 2.0])
    w = gg.param("w", given)
    y = w * given + given
    graph, trace = y.graph(), gg.trace(VECTOR, {"v": given}, seed=given)
    _ = gg.jvp(VECTOR, {"v": given}, {"v": given})
    y.backward(given)
    given[:] = 50.0
    assert (w.value.tolist(), y.value.tolist()) == ([1.0, 2.0], [2.0, 6.0])
    assert gg.trace(graph, seed=[1, 1]).values[-1].tolist() == [2.0, 6.0]
    assert (trace.value("v").tolist(), trace.seed.tolist()) == ([1.0, 2.0], [1.0, 2.0])
    assert w.grad.tolist() == [1.0, 4.0]


def test_a_buffer_that_is_filled_again_leaves_the_graph_alone() -> None:
    buffer, w, total = np.zeros(2), gg.param("w", [1.0, 1.0]), 0
    for row in ([1.0, 2.0], [3.0, 4.0]):
        buffer[:] = row
        total = total + gg.sum(w * buffer)
    total.backward()  # type: ignore[attr-defined]
    assert (total.value, w.grad.tolist()) == (10.0, [4.0, 6.0])  # type: ignore[attr-defined]


HANDED_OUT: dict[str, Callable[[], Any]] = {
    "value": lambda: (gg.param("w", [1.0, 2.0]) * 2).value,
    "identity": lambda: gg.identity(gg.param("w", [1.0, 2.0])).value,
    "transpose": lambda: gg.param("w", [[1.0], [2.0]]).T.value[0],
    "constant": lambda: gg.trace(gg.parse("input x = 2\ny = x*[1, 2]"), seed=[1, 1]).values[1],
    "grad": lambda: _with_gradient()[0].grad,
    "inner grad": lambda: _with_gradient()[1].grad,
    "trace value": lambda: gg.trace(VECTOR, seed=[1, 1]).value("y"),
    "trace leaf": lambda: gg.trace(VECTOR, seed=[1, 1]).value("v"),
    "trace adjoint": lambda: gg.trace(VECTOR, seed=[1, 1]).adjoint("v"),
    "gradients": lambda: gg.trace(VECTOR, seed=[1, 1]).gradients["v"],
    "partial": lambda: gg.trace(VECTOR, seed=[1, 1]).partial(next(VECTOR.edges())),
    "contribution": lambda: gg.trace(VECTOR, seed=[1, 1]).contribution(next(VECTOR.edges())),
    "jvp": lambda: gg.jvp(VECTOR, {"v": [1, 1]})[1],
    "jacobian": lambda: gg.jacobian(VECTOR)["v"][0],
    "hessian": lambda: gg.hessian(gg.parse("param v = [1, 2]\nloss L = sum(v^2)"))["v", "v"][0],
    "default": lambda: VECTOR.defaults[0],
    "exact": lambda: gg.trace(VECTOR, seed=[1, 1], exact=True).value("y"),
}


def _with_gradient() -> tuple[Any, Any]:
    w = gg.param("w", [1.0, 2.0])
    z = w * 1
    gg.sum(z).backward()
    return w, z


@pytest.mark.parametrize("what", HANDED_OUT)
def test_an_array_handed_out_cannot_be_written_into(what: str) -> None:
    array = HANDED_OUT[what]()
    assert array.shape == (2,)
    assert not array.flags.writeable
    with pytest.raises(ValueError, match=r"read-only|cannot be written"):
        array[0] = 7
    assert array.copy().flags.writeable


def test_only_a_leaf_is_assigned_and_an_entry_of_it_makes_a_new_array() -> None:
    w = gg.param("w", [[1.0, 2.0], [3.0, 4.0]])
    y = gg.sum(w)
    assert y.value == 10.0
    before = w.value
    w.value[0, 1] = 20.0
    w.data[1] = [0, 0]
    assert (before.tolist(), y.value) == ([[1.0, 2.0], [3.0, 4.0]], 21.0)
    w.data -= 1
    w.value *= 2
    assert y.value == 34.0
    with pytest.raises(UsageError, match="cannot be written"):
        w.value[0][1] = 5.0
    for attribute in ("value", "data", "grad"):
        with pytest.raises(UsageError, match="is computed"):
            setattr(y, attribute, 1.0)


def test_gradients_of_two_leaves_never_share_a_buffer() -> None:
    a, b = gg.param("a", [1.0, 2.0]), gg.param("b", [3.0, 4.0])
    gg.sum(a + b).backward()
    a.grad = a.grad * 5
    assert (a.grad.tolist(), b.grad.tolist()) == ([5.0, 5.0], [1.0, 1.0])
    kept = b.grad
    gg.sum(b * 9).backward()
    assert (kept.tolist(), b.grad.tolist()) == ([1.0, 1.0], [9.0, 9.0])


# ---- float32 ----


def test_float32_stays_float32_through_values_gradients_and_files(tmp_path: Any) -> None:
    w = gg.param("w", np.array([[0.1, -0.2], [0.3, 0.4]], dtype=np.float32))
    x = np.array([1, 2], dtype=np.float32)
    h = gg.relu(w @ x * 2 + 1) / 3
    ops = [
        h,
        gg.softmax(w),
        w.max(axis=0),
        gg.logsumexp(w, axis=1),
        w.T,
        w.reshape(4),
        w[0],
        gg.sigmoid(w) ** 2,
        gg.where(w > 0, w, 0),
        gg.exp(w) - 0.5,
        abs(w),
        gg.tanh(w),
        gg.concat(w, w),
        gg.stack(w[0], h),
        gg.mean(w, axis=0),
        w[[1]],
        gg.erf(w),
    ]
    loss = sum((gg.mean(op) for op in ops), 0)
    loss.backward()  # type: ignore[attr-defined]
    assert [op.value.dtype for op in ops] == [np.float32] * len(ops)
    assert [op.grad.dtype for op in ops] == [np.float32] * len(ops)
    assert w.grad.dtype == loss.value.dtype == np.float32  # type: ignore[attr-defined]
    trace = loss.trace()  # type: ignore[attr-defined]
    assert trace.gradients["w"].dtype == np.float32
    gg.save_trace(trace, tmp_path / "trace.json")
    loaded = gg.load_trace(tmp_path / "trace.json")
    assert loaded.gradients["w"].dtype == loaded.graph.defaults[0].dtype == np.float32
    assert gg.gradcheck(loss).ok


def test_float64_wins_where_both_meet() -> None:
    single, double = gg.param("s", np.ones(2, dtype=np.float32)), gg.param("d", np.ones(2))
    product = single * double
    gg.sum(product).backward()
    assert product.value.dtype == np.float64
    assert (single.grad.dtype, double.grad.dtype) == (np.float32, np.float64)


def _typed(*numbers: Any) -> list[str]:
    """Return the types of numbers: `float`, which is float64, or NumPy's `float32`."""
    return [type(number).__name__ for number in numbers]


def test_a_number_of_float32_stays_one_and_one_of_python_promotes_nothing() -> None:
    x, d = gg.param("x", np.float32(0.1)), gg.param("d", 0.1)
    y = gg.exp(3 * x + 1) / 7 - x**2 + np.float64(0.5) + Fraction(1, 3)
    y.backward()
    right = np.exp(np.float32(3) * np.float32(0.1) + np.float32(1)) / np.float32(7)
    right = right - np.float32(0.1) ** 2 + np.float32(0.5) + np.float32(1 / 3)
    assert _typed(x.value, y.value, x.grad, y.grad) == ["float32"] * 4
    assert y.value == pytest.approx(right, rel=2e-7)
    assert (x + 1e39).value == np.inf  # type: ignore[operator]  # beyond the largest float32
    z = x * d + 1
    z.backward()
    assert _typed(z.value, x.grad, d.grad, (d * 2).value) == ["float", "float32", "float", "float"]
    assert z.value == 0.1 * float(np.float32(0.1)) + 1


def test_what_arrays_of_float32_are_reduced_to_is_of_float32() -> None:
    rows = gg.param("X", np.arange(6, dtype=np.float32).reshape(2, 3) / 7)
    reduced = [rows.mean(), gg.sum(rows), gg.max(rows), rows.std(), rows[0, 1], gg.norm(rows)]
    assert {h.value.dtype for h in reduced} == {np.dtype("float32")}
    total = sum((h * 0.1 for h in reduced), 0)
    total.backward()  # type: ignore[attr-defined]
    assert (total.value.dtype, rows.grad.dtype) == (np.float32, np.float32)  # type: ignore[attr-defined]
    assert {h.grad.dtype for h in reduced} == {np.dtype("float32")}
    scale = gg.param("s", 2.0)  # a number of float64 does not promote an array, as in PyTorch
    assert ((rows * scale).value.dtype, (rows.mean() * scale).value) == (
        np.float32,
        pytest.approx(5 / 7),
    )
    assert _typed((rows.mean() * scale).value) == ["float"]
    assert gg.stack([rows[0, 0], rows[0, 1]]).value.dtype == np.float32


def test_a_leaf_of_float32_keeps_its_precision_when_a_number_of_python_is_assigned() -> None:
    w = gg.param("w", np.float32(1))
    loss = (w * 3 - 1) ** 2
    for _ in range(20):
        loss.backward()
        w.value -= 0.05 * w.grad
    w.value = 0.7
    assert (w.value, loss.value) == (np.float32(0.7), pytest.approx(1.21, rel=1e-6))
    assert _typed(w.value, loss.value) == ["float32", "float32"]
    w.value = np.float64(0.7)
    assert _typed(w.value, loss.value) == ["float", "float"]
    w.value = np.float32(0.7)
    assert _typed(w.value, loss.value) == ["float32", "float32"]


def test_graph_pass_file_plan_and_copy_keep_a_number_of_float32(tmp_path: Any) -> None:
    x, rows = gg.param("x", np.float32(0.1)), gg.input("X", np.ones(3, np.float32) / 3)
    y = gg.sin(x * 3 + 1 / x) * gg.sum(rows * x)
    y.backward()
    graph = gg.graph(y)
    trace, plan, copy = gg.trace(graph), gg.compile(graph)(), pickle.loads(pickle.dumps(y))
    gg.save_trace(trace, tmp_path / "trace.json")
    loaded = gg.load_trace(tmp_path / "trace.json")
    assert {y.value, copy.value, plan.value, *(t.value("n7") for t in (trace, loaded))} == {y.value}
    gradients = [x.grad, plan.gradients["x"], trace.gradients["x"], loaded.gradients["x"]]
    assert {*_typed(*gradients), *_typed(y.value, copy.value, plan.value)} == {"float32"}
    assert gradients == pytest.approx([x.grad] * 4, rel=1e-6)
    again = gg.trace(pickle.loads(pickle.dumps(graph)), {"x": 0.2})
    assert _typed(again.value("x"), again.gradients["x"]) == ["float32", "float32"]
    assert gg.trace(graph, {"x": np.float64(0.2)}).value("x") == 0.2
    assert gg.trace(gg.parse(gg.to_gg(graph))).value("n7") == pytest.approx(y.value, rel=1e-6)


def test_a_step_that_is_run_by_programs_has_the_same_bits_in_float32() -> None:
    def step() -> tuple[Any, Any]:
        x = gg.param("x", np.float32(0.1))
        y: Any = x
        for _ in range(5):
            y = gg.tanh(y * 1.3 + x / 7)
        y.backward()
        return y.value, x.grad

    found = {step() for _ in range(70)}
    assert len(found) == 1
    assert _typed(*found.pop()) == ["float32", "float32"]


# ---- handles as objects ----


def test_an_equation_is_a_node_and_identity_is_the_hash() -> None:
    h, v = gg.param("x", 3.0) * 1, gg.param("v", [3.0, 1.0])
    assert ((h == 3).value, (h != 3).value, (h == 3).value) == (1.0, 0.0, 1.0)
    assert ((v == 3).value.tolist(), (v != [3, 1]).value.tolist()) == ([1.0, 0.0], [0.0, 0.0])
    assert {h: "h", v: "v"}[h] == "h"
    assert [h == None, h != None, h == "3"] == [False, True, False]  # noqa: E711


@pytest.mark.parametrize(
    "call",
    [
        float,
        int,
        complex,
        math.exp,
        math.floor,
        math.isnan,
        math.sqrt,
        math.trunc,
        bool,
        lambda h: [1, 2][h],
        range,
        math.log,
    ],
)
def test_what_would_cut_the_graph_says_so(call: Callable[[Any], Any]) -> None:
    for h in (gg.param("x", 0.7), gg.param("x", 0.7) * 1):
        with pytest.raises(UsageError) as caught:
            call(h)
        assert caught.value.message_id in ("handle.number", "handle.truth")


def test_the_value_of_a_node_is_formatted_and_taken_by_item() -> None:
    loss = gg.param("x", 2.0) * 1.5
    assert (f"{loss:.2f}", f"{loss}", loss.item(), loss.data) == ("3.00", "<mul 3>", 3.0, 3.0)


@pytest.mark.parametrize(
    "call",
    [
        lambda h: h ^ -1,
        lambda h: 2 ^ h,
        lambda h: h << 1,
    ],
)
def test_an_operator_without_an_op_says_which_have_one(call: Callable[[Any], Any]) -> None:
    with pytest.raises(UsageError):
        call(gg.param("x", 2.0) * 1)


@pytest.mark.parametrize(
    "through", [copy.copy, copy.deepcopy, lambda h: pickle.loads(pickle.dumps(h))]
)
def test_copies_of_handles_compute_the_same(through: Callable[[Any], Any]) -> None:
    w = gg.param("w", [1.0, 2.0])
    loss = gg.sum((w * 3) ** 2)
    loss.backward()
    copied = through(loss)
    assert copied.value == loss.value == 45.0
    w2, loss2 = through((w, loss)) if through is not copy.copy else (w, copied)
    w2.value = [1.0, 1.0]
    loss2.backward()
    assert (loss2.value, w2.grad.tolist()) == (18.0, [18.0, 18.0])
    assert through(w).grad.tolist() == w.grad.tolist()


def test_two_leaves_of_one_name_are_numbered() -> None:
    a, b, c = gg.param("v", 2.0), gg.param("v", 3.0), gg.param("v_2", 5.0)
    with pytest.warns(UserWarning, match="two inputs or parameters are named v") as caught:
        (a * b).graph()
    assert caught[0].filename == __file__  # said where the user's code stands
    graph = gg.graph(a * b * c)
    assert [name for name in graph.line_names if name[0] == "v"] == ["v", "v_3", "v_2"]
    assert gg.trace(graph).gradients == {"v": 15.0, "v_3": 10.0, "v_2": 6.0}
    assert gg.hessian(a * b)["v", "v_2"] == 1.0


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: gg.trace(SQUARE).gradients["q"], "q"),
        (lambda: gg.trace(SQUARE).value("q"), "q"),
        (lambda: gg.trace(SQUARE).adjoint("q"), "q"),
        (lambda: gg.jacobian(VECTOR)["q"], "q"),
        (lambda: gg.hessian(SQUARE)["q", "x"], "q"),
        (lambda: gg.hessian(SQUARE)["x"], "x"),
        (lambda: gg.hessian_vector_product(SQUARE, {"x": 1})["L"], "L"),
    ],
)
def test_a_name_that_a_result_does_not_have_is_told_with_those_it_has(call: Any, name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        call()
    assert isinstance(caught.value, KeyError)
    assert caught.value.fields["name"] == name
    assert "x" in str(caught.value) or "v" in str(caught.value)
