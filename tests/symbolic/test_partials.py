from __future__ import annotations

import pytest

from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.partials import line_partials
from tests.symbolic.reading import last_line, texts

SCALARS = "input x = 3\ninput y = 0.4\nparam w = 2\nparam b = 1\nyhat = sigmoid(x - 2)\n"
ARRAYS = (
    "param W = [[1, 2, 3], [4, 5, 6]]\nparam v = [0.1, 0.2, 0.3]\nparam c = [0.5, 0.6]\n"
    "input X = [[1, 2, 3], [0, 1, 1], [1, 0, 2], [2, 1, 0]]\nparam s = 2\n"
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("w*x", ["x", "w"]),
        ("x*x", ["x", "x"]),
        ("x - w", ["1", "-1"]),
        ("x/w", ["1/w", "-q/w"]),
        ("y^2", ["2*y"]),
        ("(yhat - y)^2", ["2*(yhat - y)", "-2*(yhat - y)"]),
        ("sigmoid(w*x + b)", ["x*q*(1 - q)", "w*q*(1 - q)", "q*(1 - q)"]),
        ("tanh(w*x + b)", ["x*(1 - q^2)", "w*(1 - q^2)", "1 - q^2"]),
        ("exp(w*x)", ["x*q", "w*q"]),
        ("sqrt(w*x)", ["x/(2*q)", "w/(2*q)"]),
        ("tan(x)", ["1 + q^2"]),
        ("softsign(x)", ["1/(1 + abs(x))^2"]),
        ("softplus(x)", ["sigmoid(x)"]),
        ("silu(x)", ["sigmoid(x)*(1 + x*(1 - sigmoid(x)))"]),
        ("relu(w*x)", ["x*(w*x > 0)", "w*(w*x > 0)"]),
        ("leaky_relu(x)", ["where(x > 0, 1, 0.01)"]),
        ("abs(x)", ["sign(x)"]),
        ("step(x)", ["0"]),
        ("maximum(x, w)", ["x >= w", "w > x"]),
        ("where(x > w, x, b)", ["x > w", "0", "x <= w"]),
        ("w1*x1 + w2*x2", ["x1", "w1", "x2", "w2"]),
        ("(6*x^2 + 2)^4", ["48*x*(6*x^2 + 2)^3"]),
        ("(w*x + b)^2/2", ["x*(w*x + b)", "w*(w*x + b)", "w*x + b"]),
        ("x^2 + w*x + 1", ["2*x + w", "x"]),
        ("x^w", ["w*x^(w - 1)", "q*log(x)"]),
        ("e^x", ["q"]),
        ("0.1*x*w", ["0.1*w", "0.1*x"]),
        ("0.123456789*x^2", ["2*0.123456789*x"]),
        ("x/0", ["1/0"]),
        ("log(x)/log(2)", ["1/(x*log(2))"]),
        (
            "-(y*log(yhat) + (1 - y)*log(1 - yhat))",
            ["-y/yhat + (1 - y)/(1 - yhat)", "log(1 - yhat) - log(yhat)"],
        ),
        (
            "(tanh(w*x) - 1)^2",
            [
                "2*x*(1 - tanh(w*x)^2)*(tanh(w*x) - 1)",
                "2*w*(1 - tanh(w*x)^2)*(tanh(w*x) - 1)",
            ],
        ),
    ],
)
def test_partials_keep_the_taught_form(formula: str, expected: list[str]) -> None:
    leaves = SCALARS + "input x1 = 1\ninput x2 = 1\nparam w1 = 1\nparam w2 = 1\n"
    assert sorted(texts(f"{leaves}q = {formula}\n")) == sorted(expected)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("W @ v", ["outer(adj(q), v)", "W^T @ adj(q)"]),
        ("X @ W^T", ["adj(q)^T @ X", "adj(q) @ W"]),
        ("W^T @ c", ["outer(adj(q), c)^T", "W @ adj(q)"]),
        (
            "tanh(W @ v + c)",
            ["outer(adj(q)*(1 - q^2), v)", "W^T @ (adj(q)*(1 - q^2))", "1 - q^2"],
        ),
        ("sum(s*v)", ["adj(q)*sum(v)", "broadcast(adj(q)*s, shape=3)"]),
        ("mean((v - 1)^2)", ["2*adj(q)*(v - 1)/3"]),
        ("softmax(v)", ["q*(adj(q) - sum(adj(q)*q, keepdims=1))"]),
        ("v[2]*s", ["scatter_add(adj(q)*s, key=[2], shape=3)", "v[2]"]),
        ("c^2*(W @ v)", ["2*c*(W @ v)", "outer(adj(q)*c^2, v)", "W^T @ (adj(q)*c^2)"]),
        ("max(X, axis=1)", ["adj(q)*argmax_mask(X, axis=1)"]),
    ],
)
def test_pullbacks_stand_where_a_structural_op_is_between(
    formula: str, expected: list[str]
) -> None:
    graph = read_gg(f"{ARRAYS}q = {formula}\n")
    partials = line_partials(graph, last_line(graph))
    assert [partial.text for partial in partials] == expected
    assert all(("adj" in p.text) == (p.kind == "pullback") for p in partials)


def test_latex_typesets_names_and_brackets_raised_marks() -> None:
    leaves = "input x = 1\nparam w_1_12 = 2\n"
    graph = read_gg(f"{leaves}yhat = sigmoid(w_1_12^3*x)\n")
    first, second = line_partials(graph, last_line(graph))
    sigmoid = r"\hat{y} \cdot \left(1 - \hat{y}\right)"
    assert first.latex == rf"3 \left(w^{{(1)}}_{{12}}\right)^{{2}} \cdot x \cdot {sigmoid}"
    assert second.latex == rf"\left(w^{{(1)}}_{{12}}\right)^{{3}} \cdot {sigmoid}"
    relu = read_gg("input z = 1\nh = relu(z)\nloss L = h^2\n")
    assert line_partials(relu, relu.line(1))[0].latex == r"\left[z > 0\right]"
    layer = read_gg(f"{ARRAYS}h = tanh(W @ v)\nloss L = sum(h)\n")
    weights, _ = line_partials(layer, layer.line(5))
    upstream = r"\frac{\partial L}{\partial h} \odot \left(1 - h^{2}\right)"
    assert weights.latex == rf"\left({upstream}\right) \, v^{{\top}}"


def test_a_line_reads_the_same_whatever_else_its_graph_holds() -> None:
    graph = read_gg("input a = 1\nb = tanh(2*a)\ninput c = 1\nd = tanh(2*c)\nq = b + d\n")
    (first,), (second,) = (line_partials(graph, graph.line(index)) for index in (1, 3))
    assert (first.text, second.text) == ("2*(1 - b^2)", "2*(1 - d^2)")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("sum(v)", r"\mathbf{1}_{3}"),
        ("sum(v^2)", "2 v"),
        ("sum(v^2)/2", "v"),
        ("mean(v)", r"\frac{\mathbf{1}_{3}}{3}"),
    ],
)
def test_a_pullback_of_the_output_is_spelled_without_the_seed_as_well(formula, expected):
    graph = read_gg(f"param v = [0.1, 0.2, 0.3]\nloss L = {formula}")
    (partial,) = line_partials(graph, graph.line(1))
    assert r"\partial L}{\partial L" in partial.latex
    assert partial.without_seed == expected
    inner = read_gg(f"param v = [0.1, 0.2, 0.3]\ns = {formula}\nloss L = s^2")
    (partial,) = line_partials(inner, inner.line(1))
    assert partial.without_seed == partial.latex
