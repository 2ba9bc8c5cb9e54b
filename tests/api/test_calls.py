"""Check that settings, subscripts and verbs take what NumPy users write, or say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.api.doors import KINDS
from graphgrad.api.public import PUBLIC
from graphgrad.errors import GraphgradError, ShapeError, UsageError
from graphgrad.testing.gradcheck import gradcheck

A = np.array([[1.0, 5.0, 3.0], [4.0, 2.0, 6.0]])


def handle() -> Any:
    return gg.param("A", A)


# ---- settings ----

AXES: list[Any] = [
    0,
    -1,
    np.int64(1),
    np.uint8(0),
    np.array(1),
    (0, 1),
    [1],
    np.array([0, 1]),
    (),
    None,
]


@pytest.mark.parametrize("axis", AXES, ids=repr)
@pytest.mark.parametrize("op", ["sum", "mean", "max", "min"])
def test_an_axis_is_any_whole_number_or_several(op: str, axis: Any) -> None:
    numpy_axis = (
        tuple(np.atleast_1d(axis).tolist()) if isinstance(axis, list | np.ndarray) else axis
    )
    expected = getattr(np, op)(A, axis=numpy_axis)
    for found in (
        getattr(handle(), op)(axis=axis),
        getattr(gg, op)(handle(), axis),
        getattr(np, op)(handle(), axis=axis),
    ):
        np.testing.assert_allclose(found.value, expected)


BAD_AXES: list[Any] = [
    "0",
    "01",
    b"0",
    1.0,
    0.5,
    np.float64(1),
    True,
    np.bool_(0),
    [0.0],
    ["0"],
    {0},
    1j,
    float("nan"),
    [[0]],
    object(),
    np.array([0.0]),
]
WITH_AXIS = ["sum", "mean", "max", "min", "logsumexp", "softmax", "transpose", "concat", "stack"]


@pytest.mark.parametrize("axis", BAD_AXES, ids=lambda axis: type(axis).__name__)
@pytest.mark.parametrize("op", WITH_AXIS)
def test_an_axis_of_another_kind_is_refused_in_our_words(op: str, axis: Any) -> None:
    setting = "axes" if op == "transpose" else "axis"
    with pytest.raises(UsageError) as caught:
        getattr(gg, op)(handle(), **{setting: axis})
    assert caught.value.message_id == "op.text_axis"


@pytest.mark.parametrize("op", ["sum", "max", "softmax", "logsumexp", "mean"])
def test_an_axis_of_a_number_says_that_an_array_is_needed(op: str) -> None:
    with pytest.raises(ShapeError) as caught:
        getattr(gg, op)(2.0, axis=-1)
    assert caught.value.message_id == "op.needs_array"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda a: a.reshape("a"), "op.lengths"),
        (lambda a: a.reshape("32"), "op.lengths"),
        (lambda a: a.reshape(2.7, 2), "op.lengths"),
        (lambda a: a.reshape(6.0), "op.lengths"),
        (lambda a: a.reshape(-2, 3), "op.lengths"),
        (lambda a: a.reshape([[6]]), "op.lengths"),
        (lambda a: a.reshape(None), "op.missing_setting"),
        (lambda a: a.reshape(-1, -1), "op.two_unknown"),
        (lambda a: np.reshape(a, (-1, -1)), "op.two_unknown"),
        (lambda a: a.reshape(-1, 4), "shape.reshape_rest"),
        (lambda a: gg.broadcast(a, shape=-1), "op.lengths"),
        (lambda a: gg.broadcast(a, shape="2x3"), "op.lengths"),
        (lambda a: gg.sum(a, keepdims=2), "op.flag"),
        (lambda a: gg.sum(a, keepdims="yes"), "op.flag"),
        (lambda a: gg.sum(a, keepdims=0.0), "op.flag"),
        (lambda a: a ** float("inf"), "op.finite_setting"),
        (lambda a: a ** float("nan"), "op.finite_setting"),
        (lambda a: a ** (10**400), "op.finite_setting"),
        (lambda a: gg.leaky_relu(a, float("inf")), "op.finite_setting"),
        (lambda a: gg.leaky_relu(a, "0.1"), "op.number_setting"),
        (lambda a: gg.leaky_relu(a, a), "setting.is_node"),
        (gg.powi, "op.missing_setting"),
        (lambda a: gg.sum(a, slope=1), "op.unknown_setting"),
        (lambda a: gg.relu(a, slope=1), "op.no_settings"),
        (lambda a: gg.index(a, key="a"), "op.key"),
        (lambda a: gg.index(a, key=1.0), "op.key"),
        (lambda a: gg.index(a, key=5), "handle.subscript_range"),
        (lambda a: gg.index(a, key=(0, 0, 0)), "shape.too_many_subscripts"),
        (lambda a: gg.gather(a, at="0", shape=1), "op.text_axis"),
        (lambda a: gg.gather(a, at=[9], shape=1), "shape.place"),
        (lambda a: gg.gather(a, at=[0, 1], shape=3), "shape.places"),
        (lambda a: gg.concat(), "op.argument_count"),
        (lambda a: gg.stack(), "op.argument_count"),
        (lambda a: gg.stack([]), "op.argument_count"),
        (lambda a: gg.concat(()), "op.argument_count"),
        (lambda a: pow(a, 2, 3), "handle.operator"),
        (lambda a: gg.add(), "op.argument_count"),
        (lambda a: gg.transpose(a, axes=[0]), "op.axes"),
        (lambda a: gg.sum(a, axis=[1, 1]), "op.axis_twice"),
        (gg.inverse, "shape.inverse"),
        (np.linalg.inv, "shape.inverse"),
        (lambda a: a["x"], "handle.subscript"),
        (lambda a: a[1.0], "handle.subscript"),
        (lambda a: a[True], "handle.subscript"),
        (lambda a: a[[0.5]], "handle.subscript"),
        (lambda a: a[..., ...], "handle.subscript"),
        (lambda a: a[slice("a", "b")], "handle.subscript"),
        (lambda a: a[[7]], "handle.places_outside"),
        (lambda a: a[[True, False, True]], "handle.subscript"),
        (lambda a: a[a / 2], "handle.subscript_node"),
    ],
)
def test_a_setting_of_another_kind_is_refused_in_our_words(call: Any, message: str) -> None:
    with pytest.raises(GraphgradError) as caught:
        call(handle())
    assert caught.value.message_id == message
    assert caught.value.text("en") != caught.value.text("es")


def test_settings_of_numpys_kinds_are_taken() -> None:
    a = handle()
    assert a.reshape(np.array([3, 2])).shape == a.reshape(np.int64(3), -1).shape == (3, 2)
    assert a.sum(axis=0, keepdims=np.bool_(True)).shape == a.sum(0, keepdim=1).shape == (1, 3)
    assert gg.leaky_relu(-a, np.float32(0.5))[0, 0].value == -0.5
    assert (a ** np.int64(2))[0, 1].value == (a ** np.float32(2))[0, 1].value == 25.0
    assert gg.index(a, key=5 - 4).shape == gg.index(a, key=-1).shape == (3,)
    assert gg.index(a, key=(0, slice(0, 2))).value.tolist() == [1.0, 5.0]
    assert gg.index(a, key=((0, 1), 2)).value.tolist() == [3.0]


def test_names_of_lines_are_names() -> None:
    h = handle() * 1
    for name, told in (("a b", "invalid"), ("if", "invalid"), ("sin", "function"), (3, "invalid")):
        with pytest.raises(UsageError) as caught:
            h.graph(names={name: h})  # type: ignore[dict-item]
        assert caught.value.message_id == f"name.{told}"
    variables = {"__name__": "__main__", "sin": h}
    assert h.graph(names=variables).line_names == ["A", "sin"]


# ---- subscripts ----

ROWS = np.array([[0, 1], [1, 1]])
SUBSCRIPTS: list[Any] = [
    slice(3, 3),
    slice(10, None),
    slice(5, 1),
    (slice(None), slice(2, 2)),
    slice(None, None, -1),
    (0, slice(None, None, 2)),
    [1, 0, 1],
    ROWS,
    (ROWS, 2),
    ([0, 1], [2, 0]),
    (range(2), [1, 1]),
    np.array([True, False]),
    A > 2,
    None,
    (None, ..., None),
    (..., [0, 2]),
    [],
    np.int64(1),
    (np.uint8(1), -1),
    (slice(np.int64(0), np.int64(1)),),
    np.array(1),
    ([0], slice(1, 3)),
]


def listed(key: Any) -> Any:
    """Return a subscript with its ranges as lists, which NumPy asks for."""
    if not isinstance(key, tuple):
        return key
    return tuple(list(part) if isinstance(part, range) else part for part in key)


@pytest.mark.parametrize("key", SUBSCRIPTS, ids=repr)
def test_a_subscript_picks_what_numpys_picks_and_gives_the_gradient_back(key: Any) -> None:
    a = handle()
    found, expected = a[key], A[listed(key)]
    np.testing.assert_array_equal(found.value, expected)
    weights = np.arange(1.0, 1 + expected.size).reshape(expected.shape)
    gg.sum(found * weights).backward()
    wanted = np.zeros(6)
    np.add.at(wanted, np.arange(6).reshape(2, 3)[listed(key)], weights)
    np.testing.assert_array_equal(a.grad, wanted.reshape(2, 3))


def test_the_lines_of_micrograd_and_makemore_run() -> None:
    a = handle()
    rows, targets = np.array([[0, 1], [1, 0]]), [2, 0]
    assert a[rows].shape == (2, 2, 3)
    assert a[np.arange(2), targets].value.tolist() == [3.0, 4.0]
    np.testing.assert_allclose(a.var(0).value, A.var(0))
    np.testing.assert_allclose(a.var(0, 1, keepdim=True).value, A.var(0, ddof=1, keepdims=True))
    np.testing.assert_allclose(a.std(axis=1, ddof=1).value, A.std(axis=1, ddof=1))
    for name in ("relu", "tanh", "exp", "log", "sqrt", "sigmoid", "abs", "sin"):
        np.testing.assert_allclose(getattr(a, name)().value, getattr(gg, name)(a).value)
    np.testing.assert_allclose(a.softmax(1).value, np.exp(A) / np.exp(A).sum(1, keepdims=True))
    counts = a.exp()
    probabilities = counts / counts.sum(1, keepdim=True)
    loss = -probabilities[range(2), targets].log().mean() + 0.01 * (a**2).mean()
    loss.backward()
    a.data += -0.1 * a.grad
    assert gradcheck(loss.graph()).ok
    assert a.view(3, 2).shape == a.view(-1, 2).shape == a.transpose(1, 0).shape == (3, 2)
    assert (a.ndim, a.size, a.shape) == (2, 6, (2, 3))
    with pytest.raises(AttributeError, match="no attribute 'relus'"):
        a.relus()
    assert not hasattr(a, "no_such_thing")
    with pytest.raises(ShapeError, match="ddof"):
        a.var(ddof=6)
    with pytest.raises(UsageError):
        a.var(ddof=0.5)


# ---- verbs ----

GRAPH = gg.parse("input x = 3\nloss L = x^2")
THINGS: list[Any] = [3, 2.5, None, [1], {"a": 1}, b"x", object(), {1, 2}, True, int, np.ones(2)]
VERBS = sorted(KINDS)


def sound(kind: str, tmp_path: Path) -> Any:
    """Return an argument that a verb takes."""
    return {
        "": _x(),
        "graph": GRAPH,
        "compilable": GRAPH,
        "figure": GRAPH,
        "exercise": GRAPH,
        "pass": gg.trace(GRAPH),
        "handle": gg.param("w", 1.0) * 2,
        "mapping": {"x": 1},
        "values": {},
        "text": "x",
        "path": str(tmp_path / "out.svg"),
        "names": ["x"],
        "positive": 1.0,
        "whole": 1,
        "answers": "L = 9",
        "language": "en",
        "figure_options": None,
        "graph_itself": GRAPH,
        "steppable": GRAPH,
        "derivable": GRAPH,
        "detail": "line",
    }[kind]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_called_with_the_wrong_kind_of_thing_says_so(verb: str, tmp_path: Path) -> None:
    call = getattr(gg, verb)
    parameters = signature(call).parameters
    required = [
        name for name, parameter in parameters.items() if parameter.default is parameter.empty
    ]
    for wrong, kind in KINDS[verb].items():
        for thing in THINGS:
            arguments = {name: sound(KINDS[verb].get(name, ""), tmp_path) for name in required}
            arguments[wrong] = thing
            if _fits(kind, thing) or (thing is None and parameters[wrong].default is None):
                continue
            with pytest.raises(UsageError) as caught:
                call(**arguments)
            assert caught.value.message_id == "door.argument"
            assert caught.value.fields["argument"] == wrong
            assert caught.value.text("en") != caught.value.text("es")


def _fits(kind: str, thing: Any) -> bool:
    return (
        (kind in ("mapping", "values", "answers") and isinstance(thing, dict))
        or (kind == "whole" and type(thing) is int)
        or (kind == "flag" and type(thing) is bool)
        or (kind == "positive" and type(thing) in (int, float))
        or (kind == "names" and type(thing) is dict)
    )


def test_every_verb_has_its_arguments_in_the_table() -> None:
    verbs = {name for name in PUBLIC if isinstance(getattr(gg, name), FunctionType)}
    own = {"input", "param", "register"}  # say themselves what they are given
    own |= {"export", "from_torch", "from_jax", "from_keras"}
    assert verbs - own == set(KINDS) & verbs


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gg.trace("x*y"), "door.argument"),
        (lambda: gg.graph(3), "door.argument"),
        (lambda: gg.load(3), "door.argument"),
        (lambda: gg.render(3, "a.svg"), "door.argument"),
        (lambda: gg.gradient_graph(gg.param("w", 1.0) * 2, 3), "door.argument"),
        (lambda: gg.from_sympy("x+1", {}), "sympy.expression"),
        (lambda: gg.from_sympy(3), "sympy.expression"),
        (lambda: gg.from_sympy(_x() + 1, {"x": "a"}), "given.text"),
        (lambda: gg.from_sympy(_x() + 1, {"x": [1, 2]}), "shape.leaf_value"),
        (lambda: gg.from_sympy(_x() + 1, {"q": 1}), "leaf.unknown"),
        (lambda: gg.register("q2", lambda x: x), "register.signature"),
        (lambda: gg.register("q2", lambda m, x, y: x), "register.signature"),
        (lambda: gg.register("q2", 3), "register.no_function"),
        (lambda: gg.register(3, lambda m, x: x), "name.invalid"),
        (lambda: gg.register("q2", lambda m, x: x, [lambda m, x: 1]), "register.signature"),
        (lambda: gg.register("q2", lambda m, x: x, lambda m, out, x: 1), "register.partials"),
        (lambda: gg.register("q2", lambda m, x: x, domain=["x > 0"]), "register.domain"),
        (lambda: gg.register("q2", lambda m, x: x, sample=3), "register.sample"),
        (lambda: gg.register("q2", lambda m, x: x, arguments="x y"), "register.arguments"),
        (lambda: gg.set_language("xx"), "door.argument"),
        (lambda: gg.param("x y", 1), "name.invalid"),
    ],
)
def test_a_call_that_cannot_be_meant_is_told_in_our_words(
    call: Callable[[], Any], message: str
) -> None:
    with pytest.raises(GraphgradError) as caught:
        call()
    assert caught.value.message_id == message


def _x() -> Any:
    import sympy

    return sympy.Symbol("x")


# ---- NaN and nothing ----

NAN = float("nan")


def test_a_comparison_with_nan_is_false_and_only_unequal_holds() -> None:
    a = gg.input("a", NAN)
    comparisons = [a >= 1, a <= 1, a > 1, a < 1, a == a, a != 1]
    assert [c.value for c in comparisons] == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]


@pytest.mark.parametrize("array", [False, True])
@pytest.mark.parametrize("first", [False, True])
def test_nan_wins_in_maximum_and_minimum_on_either_side(first: bool, array: bool) -> None:
    values = (NAN, 1.0) if first else (1.0, NAN)
    p, q = (gg.param(n, [v, v] if array else v) for n, v in zip("pq", values, strict=True))
    for op in (gg.maximum, gg.minimum):
        assert np.isnan(op(p, q).value).all()
    assert np.isnan(gg.where(gg.input("c", NAN), p, q).value).all()


EMPTY: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "softmax": (gg.softmax, []),
    "logsumexp": (gg.logsumexp, -np.inf),
    "sum": (gg.sum, 0.0),
    "exp": (gg.exp, []),
    "broadcast": (lambda e: gg.param("a", [[1.0], [2.0]]) * e, np.zeros((2, 0))),
    "concat": (lambda e: gg.concat(e, [1.0]), [1.0]),
    "matmul": (lambda e: gg.reshape(e, (2, 0)) @ gg.reshape(e, (0, 3)), np.zeros((2, 3))),
    "reshape": (lambda e: e.reshape(3, 0), np.zeros((3, 0))),
    "rows": (lambda e: gg.max(gg.reshape(e, (0, 3)), axis=1), []),
    "outer": (lambda e: gg.outer(e, [1.0, 2.0]), np.zeros((0, 2))),
}


@pytest.mark.parametrize("name", EMPTY)
def test_arrays_of_length_0_have_values_and_gradients(name: str) -> None:
    call, expected = EMPTY[name]
    e = gg.param("e", np.ones(0))
    y = call(e)
    np.testing.assert_array_equal(y.value, expected)
    gg.sum(y).backward()
    assert e.grad is None or e.grad.shape == (0,)
    trace = gg.trace(gg.sum(y))
    assert gg.jvp(trace.graph, {"e": np.zeros(0)})[0] == trace.values[trace.graph.output]


def test_a_number_broadcast_to_nothing_has_gradient_0() -> None:
    a, b = gg.param("a", 2.0), gg.param("b", np.ones(0))
    loss = gg.sum(a * b)
    loss.backward()
    assert (loss.value, a.grad, b.grad.tolist()) == (0.0, 0.0, [])


@pytest.mark.parametrize("op", [gg.max, gg.min])
def test_the_largest_of_nothing_is_refused(op: Any) -> None:
    for e, axis in ((np.ones(0), None), (np.ones((2, 0)), 1)):
        with pytest.raises(ShapeError) as caught:
            op(gg.param("e", e), axis=axis)
        assert caught.value.message_id == "shape.empty"


@pytest.mark.parametrize("kind", [list, tuple])
def test_what_is_joined_may_stand_in_a_list_as_the_advice_says(kind: type) -> None:
    a, b = gg.param("a", [1.0, 2.0]), gg.param("b", [3.0, 4.0])
    assert gg.stack(kind([a, b])).value.tolist() == [[1, 2], [3, 4]]
    assert gg.concat(kind([a, b, [5.0]])).value.tolist() == [1, 2, 3, 4, 5]
    loss = gg.sum(gg.stack(kind([a, b]), axis=1) ** 2)
    loss.backward()
    assert (a.grad.tolist(), b.grad.tolist()) == ([2, 4], [6, 8])
    assert gg.stack(kind([[1, 2], [3, 4]])).shape == (2, 2)


@pytest.mark.parametrize(
    ("called", "value"),
    [
        ("suma((y - 1)^2)", 5.0), ("suma(y, eje=1)", 5.0), ("suma(y[1], y[2])", 5.0),
        ("suma(y[1], y[2], 7)", 12.0), ("suma(k=1:2, y[k])", 5.0), ("producto(y)", 6.0),
        ("producto(y[1], y[2])", 6.0), ("producto(k=1:2, y[k])", 6.0), ("prod(k=1:2, y[k])", 6.0),
        ("máximo(y)", 3.0), ("maximo(y[1], y[2])", 3.0), ("máximo(y[1], y[2], 7)", 7.0),
        ("máximo(k=1:2, y[k])", 3.0), ("máx(y)", 3.0), ("mín(y)", 2.0), ("mínimo(y)", 2.0),
        ("minimo(y[1], y[2])", 2.0), ("media(k=1:2, y[k])", 2.5), ("raíz(suma(y^2))", 13**0.5),
    ],
)  # fmt: skip
def test_a_noun_of_spanish_is_of_one_array_and_of_several_values(called: str, value: float) -> None:
    graph = gg.parse(f"entrada y = [2, 3]\npérdida L = {called}")
    assert gg.trace(graph).value("L") == pytest.approx(value, abs=1e-12)


def test_in_python_and_in_answers_the_nouns_mean_the_same() -> None:
    v = gg.param("v", [1.0, -2.0, 3.0])
    assert [gg.suma(v).value, v.producto().value, v.maximo().value] == [2.0, -6.0, 3.0]
    assert gg.suma(v, axis=0).value == 2.0
    assert gg.suma(v, v).value.tolist() == [2.0, -4.0, 6.0]
    assert gg.equivalent("suma(a, b, c)", "a + b + c")
    assert gg.equivalent("producto(a, b)", "a*b")


@pytest.mark.parametrize(
    ("called", "told"),
    [
        ("add(y)", "it is sum(A)"), ("mul(y)", "it is prod(A)"), ("maximum(y)", "it is max(A)"),
        ("sum(y[1], exp(y[2]))", "got exp(y[2]) as a second argument"),
        ("mean(y[1], y[2])", "mean([a, b])"), ("total(y)", "Did you mean sum"),
        ("product(y)", "Did you mean prod?"), ("average(y)", "Did you mean mean?"),
    ],
)  # fmt: skip
def test_what_sums_an_array_is_said_where_another_function_is_called(
    called: str, told: str
) -> None:
    with pytest.raises(gg.SourceError, match=re.escape(told)):
        gg.parse(f"input y = [2, 3]\nloss L = {called}")


def test_in_python_the_larger_of_two_values_is_named() -> None:
    x, v = gg.param("x", 2.0), gg.param("v", [1.0, 2.0])
    calls = [
        (lambda: gg.max(0, x), "gg.maximum(a, b)"), (lambda: gg.max(x, 0), "maximum(a, b)"),
        (lambda: gg.min(v, v), "gg.minimum(a, b)"), (lambda: gg.add(v), "gg.sum(A)"),
        (lambda: gg.mean(x, v), "gg.mean(gg.stack(a, b))"),
    ]  # fmt: skip
    for call, told in calls:
        with pytest.raises(gg.GraphgradError, match=re.escape(told)):
            call()
