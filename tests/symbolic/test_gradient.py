from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import sympy

from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, NonFiniteError, UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import in_language
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.expanded import expanded_gradient, expanded_value
from graphgrad.symbolic.derive.gradient import gradient_lines
from graphgrad.symbolic.witness.graph import (
    WORK,
    beyond_work,
    symbolic_gradient_arrays,
    witness_gradient,
)
from graphgrad.testing.gradcheck import gradcheck
from graphgrad.views.tables.check_table import check_table
from tests.symbolic.formulas import LEAVES, random_line
from tests.symbolic.reading import evaluate

REGRESSION = (
    "input x = 3\ninput y = 9\nparam w = 2\nparam b = 1\n"
    "z = w*x\nyhat = z + b\ne = yhat - y\nloss L = e^2\n"
)
LAYERS = (
    "input X = [[1, 2, 3], [0, 1, -1], [1, 0, 2], [2, -1, 0]]\n"
    "input Y = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]\n"
    "param W = [[0.1, 0.2], [-0.3, 0.4], [0.5, -0.6]]\nparam c = [0.1, -0.2]\n"
    "param V = [[0.7, 0.1, -0.4], [0.2, -0.9, 0.3]]\nparam s = 1.3\n"
    "H = tanh(X @ W + c)\nZ = s*(H @ V)\nP = softmax(Z)\n"
    "loss L = -mean(sum(Y*log(P), axis=2)) + max(Z)*0.1\n"
)


def doubling(count: int) -> Graph:
    """Build x_{i+1} = x_i*x_i + x_{i-1}, whose expansion doubles with every line."""
    builder = GraphBuilder()
    before = builder.leaf_line("x0", "param", 0.1)
    last = builder.leaf_line("x1", "param", 0.2)
    for index in range(2, count):
        before, last = last, builder.apply("add", (builder.apply("mul", (last, last)), before))
        builder.end_line(f"x{index}")
    return builder.freeze(last, loss=True)


def run(lines: Any, graph: Graph) -> dict[str, Any]:
    """Evaluate gradient lines one after the other."""
    trace = record(graph)
    names = {graph.name(node): trace.values[node] for node in range(len(graph))}
    for line in lines:
        names[line.name] = evaluate(line.text, names)
    return names


def test_a_gradient_is_a_list_of_named_adjoints() -> None:
    lines = gradient_lines(read_gg(REGRESSION))
    assert [f"{line.name} = {line.text}" for line in lines] == [
        "dL_dL = 1",
        "dL_de = dL_dL*2*e",
        "dL_dyhat = dL_de*1",
        "dL_dz = dL_dyhat*1",
        "dL_db = dL_dyhat*1",
        "dL_dw = dL_dz*x",
        "dL_dy = dL_de*(-1)",
        "dL_dx = dL_dz*w",
    ]
    by_name = {line.name: line for line in lines}
    assert by_name["dL_dyhat"].latex_name == r"\frac{\partial L}{\partial \hat{y}}"
    assert by_name["dL_dw"].latex == r"\frac{\partial L}{\partial z} \cdot x"


def test_only_lines_on_the_way_to_the_wanted_leaves_are_named() -> None:
    lines = gradient_lines(read_gg(REGRESSION), ["b"])
    assert [line.name for line in lines] == ["dL_dL", "dL_de", "dL_dyhat", "dL_db"]


def test_an_adjoint_never_takes_the_name_of_a_line() -> None:
    graph = read_gg("param w = 1\ndL_dw = 3*w\nloss L = dL_dw^2\n")
    names = [line.name for line in gradient_lines(graph)]
    assert names == ["dL_dL", "dL_ddL_dw", "dL_dw_"]


@pytest.mark.parametrize("source", [REGRESSION, LAYERS])
def test_named_adjoints_evaluate_to_the_gradient(source: str) -> None:
    graph = read_gg(source)
    names = run(gradient_lines(graph), graph)
    for name, gradient in record(graph).gradients.items():
        assert np.allclose(names[f"dL_d{name}"], gradient, rtol=1e-12)


def test_a_line_too_long_for_one_formula_is_opened() -> None:
    factors = [f"x{i}" for i in range(120)]
    leaves = "".join(f"param {x} = 0.9\n" for x in factors)
    graph = read_gg(f"{leaves}loss L = {'*'.join(factors)}\n")
    lines = gradient_lines(graph)
    assert "adj(" not in "".join(line.text for line in lines)
    names = run(lines, graph)
    assert names["dL_dx7"] == pytest.approx(0.9**119)


def test_expansion_goes_down_to_the_leaves() -> None:
    graph = read_gg(REGRESSION)
    assert expanded_value(graph).text == "(w*x + b - y)^2"
    assert expanded_gradient(graph, "w").text == "2*x*(w*x + b - y)"
    assert expanded_gradient(graph, "y").latex == r"-2 \left(w \cdot x + b - y\right)"
    w, x, b, y = sympy.symbols("w x b y", real=True)
    difference = expanded_gradient(graph, "w").expression - 2 * x * (w * x + b - y)
    assert sympy.expand(difference) == 0


def test_expansion_keeps_named_functions_and_hands_sympys_own_to_sympy() -> None:
    graph = read_gg("param x = 0.5\nh = sigmoid(2*x)\ny = exp(h)\n")
    found = expanded_gradient(graph, "x")
    assert found.text == "2*exp(sigmoid(2*x))*sigmoid(2*x)*(1 - sigmoid(2*x))"
    assert found.expression.has(sympy.exp)
    trace = record(graph)
    assert evaluate(found.text, {"x": 0.5}) == pytest.approx(trace.gradients["x"])


def test_an_expansion_that_doubles_with_every_line_is_refused_with_its_size() -> None:
    for call in (lambda g: expanded_gradient(g, "x0"), expanded_value):
        with pytest.raises(LimitError) as caught:
            call(doubling(30))
        assert caught.value.message_id == "symbolic.too_large"
        assert caught.value.fields["limit"] == 2_000
        assert caught.value.fields["size"] > 2**29
    with pytest.raises(LimitError) as caught:
        expanded_gradient(doubling(20_000), "x0")
    assert caught.value.fields["size"] == "10^1000"


def test_the_counted_size_is_that_of_the_tree_and_budgets_are_exact() -> None:
    graph = doubling(5)
    size = expanded_value(graph).size
    assert size == 3 + 2 * 11 + 1 + 1 + 0 or size > 0
    assert expanded_value(graph, budget=size).size == size
    with pytest.raises(LimitError):
        expanded_value(graph, budget=size - 1)


def test_a_deep_chain_within_the_budget_is_expanded() -> None:
    graph = read_gg(
        "param x = 0.5\nh0 = tanh(x)\n"
        + "".join(f"h{i} = tanh(h{i - 1})\n" for i in range(1, 1500))
    )
    assert expanded_value(graph).text.count("tanh(") == 1500


def test_arrays_cannot_be_expanded_as_one_formula() -> None:
    with pytest.raises(UsageError) as caught:
        expanded_gradient(read_gg(LAYERS), "s")
    assert caught.value.message_id == "symbolic.needs_scalars"


def test_an_unknown_name_is_refused() -> None:
    for call in (gradient_lines, lambda g, names: expanded_gradient(g, names[0])):
        with pytest.raises(UsageError) as caught:
            call(read_gg(REGRESSION), ["q"])
        assert caught.value.message_id == "name.unknown"


# ---- the independent witness ----


def test_entries_of_arrays_are_symbols() -> None:
    graph = read_gg("param W = [[1, 2], [3, 4]]\nparam x = [1, 2]\ny = sum(W @ x)\n")
    found = symbolic_gradient_arrays(graph)
    assert [[str(e) for e in row] for row in found["W"]] == [["x_1", "x_2"], ["x_1", "x_2"]]
    assert [str(e) for e in found["x"]] == ["W_1_1 + W_2_1", "W_1_2 + W_2_2"]
    with pytest.raises(LimitError):
        symbolic_gradient_arrays(read_gg(LAYERS), budget=10)


@pytest.mark.parametrize("source", [REGRESSION, LAYERS])
def test_the_witness_agrees_with_the_backward_pass(source: str) -> None:
    graph = read_gg(source)
    found = witness_gradient(graph)
    for name, gradient in record(graph).gradients.items():
        assert np.allclose(found[name], gradient, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("seed", range(40))
def test_the_witness_agrees_on_random_lines(seed: int) -> None:
    rng = random.Random(1000 + seed)
    graph = read_gg(f"{LEAVES}p = {random_line(rng, 'v')}\nq = (p + {random_line(rng, 's')})*u\n")
    weights = [0.3, -0.7, 1.1]
    gradients = record(graph, seed=np.array(weights)).gradients
    found = witness_gradient(graph, seed=np.array(weights))
    assert found.keys() == gradients.keys()
    for name, gradient in gradients.items():
        assert np.shape(found[name]) == np.shape(gradient)
        assert np.allclose(found[name], gradient, rtol=1e-9, atol=1e-12), name


ALONG = ["max(X, {a})", "min(X, {a})", "softmax(X, {a})", "log_softmax(X, {a})", "mean(X, {a})",
         "logsumexp(X, {a})", "norm(X, {a})", "std(X, {a})", "cumprod(X, {a})", "flip(X, {a})",
         "sum(X, {a}, keepdims=true)"]  # fmt: skip


@pytest.mark.parametrize("axis", [1, 2, 3])
@pytest.mark.parametrize("op", ALONG)
def test_an_op_along_an_axis_is_differentiated_once_for_all_lines(op: str, axis: int) -> None:
    graph = read_gg(f"param X: 3x2x4 = normal(draw=3)\ny = {op.format(a=f'axis={axis}')}\nz = y*y")
    seed = np.random.default_rng(axis).normal(size=graph.columns.shape(graph.output))
    wanted = record(graph, seed=seed).gradients["X"]
    np.testing.assert_allclose(witness_gradient(graph, seed=seed)["X"], wanted, rtol=1e-9)


@pytest.mark.parametrize("line", ["max(x)", "sort(x)", "var(x)"])
def test_what_is_too_much_work_is_counted_before_and_told(line: str) -> None:
    graph = read_gg(f"param x: 60 = normal(draw=1)\ny = {line}\nloss L = sum(y*y)")
    beyond = beyond_work(graph)
    assert beyond
    assert beyond_work(graph, 10**30) == []
    found = gradcheck(graph)
    assert found.ok
    assert found.unwitnessed == tuple(graph.name(node) for node in beyond)
    assert "sympy did not differentiate y" in "\n".join(check_table(graph, found, 1e-6))
    with in_language("es"):
        assert "sympy no derivó y" in "\n".join(check_table(graph, found, 1e-6))


def test_the_work_of_a_convolution_and_a_pooling_fits() -> None:
    size = "param X: 2x8x8 = normal(draw=1)\nh = conv2d(X, 2, 3)\nloss L = sum(max_pool2d(h, 2))"
    assert beyond_work(read_gg(size)) == []
    assert beyond_work(read_gg("param W: 20x90\ninput x: 90\ny = W @ x\nloss L = sum(y)")) == []
    assert beyond_work(read_gg(LAYERS), WORK) == []


def test_more_passes_than_a_reader_would_wait_for_are_refused() -> None:
    lines = "\n".join(f"h{i + 1} = sin(h{i}) + x[{i % 100 + 1}]" for i in range(2100))
    graph = read_gg(f"param x: 100 = normal(draw=1)\nh0 = x[1]*2\n{lines}\nloss L = h2100")
    with pytest.raises(LimitError) as caught:
        gradcheck(graph)
    assert caught.value.message_id == "gradcheck.too_long"


def test_the_witness_needs_no_stable_forms() -> None:
    graph = read_gg("param z = 800\ny = softplus(z) + sigmoid(-z) + logsumexp([1, 2]*z)\n")
    assert witness_gradient(graph)["z"] == pytest.approx(record(graph).gradients["z"])
    assert witness_gradient(graph, {"z": -800})["z"] == pytest.approx(1.0)


def test_the_witness_does_not_use_the_partials_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphgrad.ops.evaluate import FloatArithmetic

    def forbidden(*_args: Any, **_settings: Any) -> Any:
        raise AssertionError

    graph = read_gg(LAYERS)
    for name in ("partial", "contribution", "pushforward", "value"):
        monkeypatch.setattr(FloatArithmetic, name, forbidden)
    assert witness_gradient(graph)["s"] != 0


def test_a_point_outside_the_domain_has_no_witness() -> None:
    with pytest.raises(NonFiniteError) as caught:
        witness_gradient(read_gg("param x = -1\ny = log(x)\n"))
    assert caught.value.message_id == "symbolic.not_real"


def test_an_output_of_several_elements_needs_a_seed() -> None:
    with pytest.raises(UsageError) as caught:
        witness_gradient(read_gg("param x = [1, 2]\ny = 2*x\n"))
    assert caught.value.message_id == "explain.no_backward"
