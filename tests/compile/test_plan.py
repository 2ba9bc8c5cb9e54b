"""Plans: the numbers of the interpreter, in their types, that no one can change afterwards."""

from __future__ import annotations

from threading import Thread
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.autodiff.jvp import jvp
from graphgrad.autodiff.record import record
from graphgrad.compile.compiled import Compiled
from graphgrad.compile.plan import Plan
from graphgrad.compile.recording.lowering import Lowering
from graphgrad.compile.writing import buffers
from graphgrad.errors import ShapeError, UsageError
from graphgrad.source.gg import read_gg
from tests.random_programs.oracles import Built
from tests.random_programs.programs import program

NETWORK = """
input X = [[1, 2], [3, -4], [0.5, 0.25]]
input t = [1, 0, 2]
param W = [[0.1, -0.2], [0.3, 0.4]]
param b = [0.01, 0.02]
h = relu(X @ W + b)
loss L = sum((sum(h, axis=2) - t)^2)
"""


def network() -> Any:
    return read_gg(NETWORK)


# ---- what is given, what is returned ----


def test_a_plan_gives_the_value_and_the_gradients_of_the_interpreter() -> None:
    graph = network()
    run, trace = Plan(graph)(), record(graph)
    assert run.value == trace.values[graph.output]
    assert list(run.gradients) == ["X", "t", "W", "b"]
    for name, found in run.gradients.items():
        np.testing.assert_allclose(found, trace.gradients[name], rtol=1e-14)


def test_only_the_leaves_asked_for_have_gradients() -> None:
    assert list(Plan(network(), ["b"])().gradients) == ["b"]
    assert Plan(network(), [])().gradients == {}
    with pytest.raises(UsageError, match="q"):
        Plan(network(), ["q"])


def test_values_by_name_go_before_the_graphs_own() -> None:
    plan, point = Plan(network(), ["W"]), {"W": [[1, 0], [0, 1]], "t": np.array([0.0, 1.0, 2.0])}
    run, trace = plan(point), record(network(), point)
    assert run.value == pytest.approx(trace.values[-1], rel=1e-14)
    np.testing.assert_allclose(run.gradients["W"], trace.gradients["W"])
    again = plan({"W": np.ones((2, 2))})
    assert again.value == pytest.approx(record(network(), {"W": np.ones((2, 2))}).values[-1])


@pytest.mark.parametrize(
    ("point", "error", "words"),
    [
        ({"W": [1, 2]}, ShapeError, "W"),
        ({"W": "one"}, UsageError, "W"),
        ({"nothing": 1}, UsageError, "nothing"),
        ({"h": 1}, UsageError, "h"),
        ({"W": None}, UsageError, "W"),
    ],
)
def test_what_does_not_fit_is_refused_as_the_interpreter_refuses_it(
    point: Any, error: type[Exception], words: str
) -> None:
    plan = Plan(network())
    for _ in range(2):
        with pytest.raises(error, match=words) as caught:
            plan(point)
        with pytest.raises(error) as wanted:
            record(network(), point)
        assert str(caught.value) == str(wanted.value)


def test_a_leaf_without_a_value_is_named() -> None:
    plan = Plan(read_gg("input x\ny = 2*x"))
    with pytest.raises(UsageError, match="x"):
        plan()
    assert plan({"x": 3}).value == 6.0


def test_a_named_constant_may_have_another_value() -> None:
    graph = read_gg("const k = 2\nparam w = 3\nloss L = k*w")
    assert (Plan(graph)().value, Plan(graph)({"k": 5}).value) == (6.0, 15.0)


def test_an_array_needs_a_seed_to_have_gradients() -> None:
    graph = read_gg("param x = [1, 2]\ny = x^2")
    assert Plan(graph)().gradients == {}
    seeded = Plan(graph)(seed=[1.0, 10.0])
    assert seeded.gradients["x"].tolist() == [2.0, 40.0]
    with pytest.raises(ShapeError, match="seed"):
        Plan(graph)(seed=[1.0])


# ---- who owns what ----


@pytest.mark.parametrize("smallest", [0, 10**9])
def test_results_belong_to_no_buffer_and_show_no_input(
    smallest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", smallest)
    graph = read_gg("param x = [1, 2, 3]\nparam y = [4, 5, 6]\nloss L = sum(x*y)")
    plan = Plan(graph)
    given = {"x": np.array([1.0, 2.0, 3.0]), "y": np.array([4.0, 5.0, 6.0])}
    first = plan(given)
    given["y"][:] = 0.0
    second = plan({"x": np.zeros(3), "y": np.ones(3)})
    assert first.gradients["x"].tolist() == [4.0, 5.0, 6.0]
    assert second.gradients["x"].tolist() == [1.0, 1.0, 1.0]
    for found in (*first.gradients.values(), *second.gradients.values()):
        with pytest.raises(ValueError, match="read-only"):
            found[0] = 9.0


def test_a_plan_may_be_called_by_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", 0)
    graph = read_gg("param x = [1, 2]\nloss L = sum(tanh(sin(x)*x + exp(x))*x)")
    plan, found = Plan(graph), {}

    def work(k: int) -> None:
        point = {"x": np.array([k / 10, -k / 7])}
        found[k] = [plan(point).value for _ in range(200)]

    threads = [Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for k, values in found.items():
        wanted = record(graph, {"x": np.array([k / 10, -k / 7])}).values[-1]
        assert set(values) == {values[0]}
        assert values[0] == pytest.approx(wanted, rel=1e-14)


def test_float32_stays_float32() -> None:
    x, w = np.ones((3, 2), np.float32), np.full((2, 2), 0.5, np.float32)
    loss = gg.relu(gg.input("x", x) @ gg.param("w", w)).mean() * 3
    run = gg.compile(loss)()
    assert run.gradients["w"].dtype == run.gradients["x"].dtype == np.float32
    assert type(run.value) is np.float32


@pytest.mark.parametrize("number", [0.7, np.float32(0.7)])
@pytest.mark.parametrize("op", ["div", "pow", "xlogy", "maximum", "logaddexp"])
def test_a_number_beside_an_array_of_float32_takes_its_precision(op: str, number: Any) -> None:
    s, x = gg.param("s", number), gg.param("x", np.float32([0.5, 1.5, 0.0]))
    function = getattr(gg, op)
    for h in (function(x, gg.exp(s)), function(gg.exp(s), x + 1)):
        loss = gg.sum(h * h)
        trace, run = loss.trace(), gg.compile(loss)()
        assert run.gradients["x"].dtype == trace.gradients["x"].dtype == np.float32
        assert type(run.value) is type(loss.value) is np.float32
        for name, gradient in run.gradients.items():
            assert type(gradient) is type(trace.gradients[name])
            np.testing.assert_allclose(gradient, trace.gradients[name], rtol=1e-5, atol=1e-6)


# ---- where numbers are not finite ----


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("param x = [0, 4]\nloss L = sum(where(x > 0, sqrt(x), 0))", "x"),
        ("param x = [0, 1]\nloss L = sum(relu(x)*log(x + 1e-320))", "x"),
        ("param x = 0\nloss L = where(x > 0, log(x), x)", "x"),
        ("param x = 800\nloss L = 1/(1 + exp(x))", "x"),
        ("param x = [800, 1]\nloss L = sum(1/(1 + exp(x)))", "x"),
        ("param x = -1\nloss L = x^0.5", "x"),
        ("param x = [1e200, 1]\nloss L = sum(x*x)", "x"),
        ("param x = [-800, 800, 0]\nloss L = sum(log(sigmoid(x)))", "x"),
        ("param x = [-740, 1]\nloss L = sum(1/sigmoid(x))", "x"),
    ],
)
def test_where_numbers_leave_the_finite_ones_the_interpreter_has_the_word(
    text: str, name: str
) -> None:
    graph = read_gg(text)
    run, trace = Plan(graph)(), record(graph)
    np.testing.assert_array_equal(run.value, trace.values[graph.output])
    np.testing.assert_allclose(run.gradients[name], trace.gradients[name], rtol=1e-12)


def test_infinities_among_logits_give_what_the_interpreter_gives() -> None:
    graph = read_gg("param z = [[1, 2], [3, 4]]\nloss L = sum(logsumexp(z, axis=2))")
    for entry in (np.inf, -np.inf, np.nan):
        point = {"z": np.array([[entry, 2.0], [entry, entry]])}
        run, trace = Plan(graph)(point), record(graph, point)
        np.testing.assert_array_equal(run.value, trace.values[graph.output])
        np.testing.assert_array_equal(run.gradients["z"], trace.gradients["z"])


def test_a_very_large_graph_is_run_by_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphgrad.compile import plan as plans

    monkeypatch.setattr(plans, "MOST_NODES", 5)
    plan = Plan(network())
    assert plan().value == record(network()).values[-1]
    assert plan.trace().values[-1] == plan().value
    assert not plan._compiled


# ---- random programs ----


@pytest.mark.parametrize("start", range(0, 2000, 250))
def test_random_programs_agree_where_everything_lives_in_buffers(
    start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buffers, "SMALLEST", 0)
    for number in range(start, start + 250, 11):
        built = Built(program(number))
        run = Plan(built.graph)(seed=built.seed)
        bound = 1e-5 if any(leaf.single for leaf in built.program.leaves) else 1e-12
        _same(run.value, built.trace.value(built.program.output), bound)
        for name, found in run.gradients.items():
            _same(found, built.trace.gradients[name], bound)


def test_finite_programs_never_need_the_interpreter() -> None:
    """Else a fault of the writer could hide behind right numbers."""
    for number in range(0, 2000, 17):
        built = Built(program(number))
        if not built.finite:
            continue
        plan = Plan(built.graph)
        leaves, kinds = plan._arguments({}, built.seed)
        assert plan._compile(kinds, {}).run(leaves) is not None, number


@pytest.mark.parametrize("start", range(0, 2000, 500))
def test_exact_programs_give_the_interpreters_bits(start: int) -> None:
    """Numbers of Python's are not repeated in these: math.exp and np.exp may differ in a bit."""
    for number in range(start, start + 500, 13):
        built = Built(program(number))
        if built.seed is not None or any(leaf.single for leaf in built.program.leaves):
            continue
        graph = built.graph
        roots = [graph.find(name) for name in built.trace.gradients]
        shapes = {root: graph.columns.shape(root) for root in sorted(roots)}
        given = {root: "d" if shape else "s" for root, shape in shapes.items()}
        lowering = Lowering(graph, given)
        lowering.backward(given)
        results = [lowering.program.values[graph.output], *lowering.gradients(given)]
        compiled = Compiled(graph, lowering.program, results, exact=True)
        found = compiled.run([built.trace.values[node] for node in sorted(given)])
        if found is None:
            continue
        wanted = [built.trace.adjoint(node) for node in given]
        for mine, theirs in zip(found, [built.trace.values[graph.output], *wanted], strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=3e-16, atol=3e-17)


def test_the_trace_of_a_plan_holds_every_value_and_adjoint() -> None:
    for number in range(0, 2000, 41):
        built = Built(program(number))
        wrt = None if number % 2 else list(built.trace.gradients)[:1]
        trace = Plan(built.graph, wrt).trace(seed=built.seed)
        bound = 1e-4 if any(leaf.single for leaf in built.program.leaves) else 1e-11
        assert trace.adjoints is not None
        for mine, theirs in zip(trace.values, built.trace.values, strict=True):
            _same(mine, theirs, bound)
        for mine, theirs in zip(trace.adjoints, built.trace.adjoints, strict=True):
            assert (mine is None) == (theirs is None)
            if mine is not None:
                _same(mine, theirs, bound)


def _same(mine: Any, theirs: Any, bound: float) -> None:
    assert type(mine) is type(theirs)
    assert getattr(mine, "dtype", None) == getattr(theirs, "dtype", None)
    np.testing.assert_allclose(mine, theirs, rtol=bound, atol=bound)


@pytest.mark.parametrize("op", ["max", "min", "logsumexp", "norm", "std", "mean", "prod"])
@pytest.mark.parametrize("value", [2.0, -3.0, 0.0, float("nan"), float("-inf")])
def test_an_op_along_axes_of_a_number_is_compiled(op: str, value: float) -> None:
    graph = read_gg(f"param x = 1\nloss L = {op}(x)")
    wanted, found = record(graph, {"x": value}), Plan(graph)({"x": value})
    np.testing.assert_array_equal(found.value, wanted.value("L"))
    np.testing.assert_array_equal(found.gradients["x"], wanted.gradients["x"])


@pytest.mark.parametrize("op", ["argmax(x, {})", "argmax_mask(x, {})", "max(x, {})", "min(x, {})"])
@pytest.mark.parametrize("place", [0, 4, 5, 7, 11])
def test_nan_is_the_largest_wherever_it_stands(op: str, place: int) -> None:
    x = np.arange(12.0)
    x[[place, 8]] = np.nan
    for axis in ("axis=1", "axis=2"):
        graph = read_gg(f"param x: 3x4\noutput y = {op.format(axis)}")
        point = {"x": x.reshape(3, 4)}
        seed = np.arange(1.0, 1 + np.prod(graph.columns.shape(graph.output)))
        seed = seed.reshape(graph.columns.shape(graph.output))
        wanted, found = record(graph, point, seed=seed), Plan(graph)(point, seed=seed)
        np.testing.assert_array_equal(found.value, wanted.value("y"))
        np.testing.assert_array_equal(found.gradients["x"], wanted.gradients["x"])


def test_a_number_is_not_sorted_and_products_of_nothing_have_no_derivative() -> None:
    for op in ("sort", "order_mask"):
        with pytest.raises(ShapeError) as caught:
            read_gg(f"param x = 2\ny = {op}(x)")
        assert caught.value.message_id == "op.needs_array"
    nothing = gg.graph(gg.prod(gg.param("x", np.zeros((0, 3)))))
    assert jvp(nothing, {"x": np.zeros((0, 3))}) == (1.0, 0.0)
