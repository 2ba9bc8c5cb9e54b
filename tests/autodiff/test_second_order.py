"""Check forward mode, Jacobians, gradient graphs and Hessians against known results."""

from __future__ import annotations

import numpy as np
import pytest

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.hessian import hessian, hessian_vector_product
from graphgrad.autodiff.jacobian import jacobian
from graphgrad.autodiff.jvp import jvp
from graphgrad.autodiff.record import record
from graphgrad.errors import LimitError, ShapeError, UsageError
from graphgrad.graph.check import check_graph
from graphgrad.source.gg import read_gg
from graphgrad.source.writing.graph_text import to_gg


def test_a_directional_derivative() -> None:
    """Curriculum G39: u = (0.6, 0.8) on R = t1^2 + 3 t2 at (1, 2)."""
    graph = read_gg("param t1 = 1\nparam t2 = 2\nloss R = t1^2 + 3*t2")
    assert jvp(graph, {"t1": 0.6, "t2": 0.8}) == (7.0, pytest.approx(3.6))


def test_a_direction_needs_known_leaves_and_their_shapes() -> None:
    graph = read_gg("param t = [1, 2]\nloss R = sum(t^2)")
    with pytest.raises(UsageError):
        jvp(graph, {"s": 1})
    with pytest.raises(ShapeError):
        jvp(graph, {"t": [1, 2, 3]})


def test_the_jacobian_of_an_elementwise_activation_is_diagonal() -> None:
    """Curriculum G34."""
    graph = read_gg("input z = [0.5, -1]\ny = tanh(z)")
    np.testing.assert_allclose(
        jacobian(graph)["z"], np.diag([0.7864477329659274, 0.41997434161402614]), rtol=1e-14
    )


def test_the_jacobian_of_a_layer_in_its_weights_is_a_tensor() -> None:
    """Curriculum G35 and G36."""
    graph = read_gg(
        "param W: 2x3 = zeros()\nparam b: 2 = zeros()\ninput x = [1, 2, 3]\nz = W@x + b"
    )
    blocks = jacobian(graph, wrt=["W", "b"])
    assert blocks["W"].tolist() == [[[1, 2, 3], [0, 0, 0]], [[0, 0, 0], [1, 2, 3]]]
    assert blocks["b"].tolist() == [[1, 0], [0, 1]]


def test_the_jacobian_of_softmax_is_full() -> None:
    """Curriculum A21."""
    graph = read_gg("input z = [1, 2, 3]\np = softmax(z)")
    expected = [0.08192506906499324, -0.022033044520174298, -0.0598920245448189]
    np.testing.assert_allclose(jacobian(graph)["z"][0], expected, rtol=1e-12)


def test_a_jacobian_is_bounded() -> None:
    graph = read_gg("input x: 2000 = ones()\ny = x^2")
    with pytest.raises(LimitError):
        jacobian(graph)


NET = """
input X = [[1, 2], [3, -1], [0.5, 0.2]]
input t = [1, 0, 1]
param W = [[0.3, -0.2], [0.1, 0.4]]
param b = [0.1, -0.3]
param v = [0.7, -0.5]
h = tanh(X@W + b)
p = sigmoid(h@v)
loss L = -mean(t*log(p) + (1 - t)*log(1 - p))
"""


def test_the_gradient_graph_computes_the_gradient() -> None:
    graph = read_gg(NET)
    expected = record(graph).gradients
    for name in expected:
        backward = gradient_graph(graph, name)
        check_graph(backward)
        got = record(backward, backward=False).values[backward.output]
        np.testing.assert_allclose(got, expected[name], rtol=1e-13, atol=1e-15)


def test_hessian_blocks_are_central_differences_of_the_gradient() -> None:
    graph = read_gg(NET)
    blocks = hessian(graph, wrt=["W", "v"])
    base = np.asarray(graph.defaults[graph.find("v") or 0], dtype=float)
    for entry in range(2):
        ends = []
        for step in (1e-5, -1e-5):
            moved = base.copy()
            moved[entry] += step
            ends.append(record(graph, {"v": moved}).gradients["W"])
        central = (ends[0] - ends[1]) / 2e-5
        np.testing.assert_allclose(blocks["W", "v"][..., entry], central, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(blocks["W", "v"], np.moveaxis(blocks["v", "W"], 0, -1), rtol=1e-12)


def test_a_hessian_vector_product_is_the_hessian_times_the_vector() -> None:
    graph = read_gg(NET)
    direction = {"v": np.array([0.3, -2.0]), "b": np.array([1.0, 0.5])}
    product = hessian_vector_product(graph, direction)
    blocks = hessian(graph)
    for name, got in product.items():
        wanted = blocks[name, "v"] @ direction["v"] + blocks[name, "b"] @ direction["b"]
        np.testing.assert_allclose(got, wanted, rtol=1e-11, atol=1e-14)


def test_a_second_and_a_third_derivative_by_repeating_the_gradient_graph() -> None:
    graph = read_gg("input x = 2\nloss y = x^4 - 2*x^2 + x - 1")
    values = []
    for _ in range(3):
        graph = gradient_graph(graph, "x")
        values.append(record(graph, backward=False).values[graph.output])
    assert values == [25.0, 44.0, 48.0]


def test_an_output_without_gradient_says_so() -> None:
    graph = read_gg("input x = 2\nconst k = 3\nloss y = k*k")
    with pytest.raises(UsageError):
        gradient_graph(graph, "x")


@pytest.mark.parametrize(("text", "mixed"), [
    ("param a = 3\nparam b = 0\nloss L = a^b", 1 / 3),
    ("param a = 0.25\nparam b = 0\nloss L = xlogy(b, a)", 4.0),
    ("param a = 0.25\nparam b = 1\nloss L = bce(a, b)", -4.0 - 1 / 0.75),
])  # fmt: skip
def test_what_is_chosen_at_a_singular_point_is_derived_on_beside_it(
    text: str, mixed: float
) -> None:
    blocks = hessian(read_gg(f"gg 1\n{text}"))
    assert blocks["a", "b"] == pytest.approx(mixed, rel=1e-12)
    assert blocks["b", "a"] == pytest.approx(mixed, rel=1e-12)


def test_no_two_adjoints_have_one_name() -> None:
    """A layer's weight a.W and a parameter a_W: the Hessian of one was that of the other."""
    text = "param a.W = [[1, 2]]\nparam {} = [[1], [2]]\nloss L = sum(a.W^2) + sum({}^2)*sum(a.W)"
    both, apart = (read_gg(text.format(name, name)) for name in ("a_W", "q"))
    for one, other in (("a_W", "q"), ("a.W", "a.W")):
        np.testing.assert_array_equal(hessian(both)[one, one], hessian(apart)[other, other])
    inner = read_gg("input x = 2\nparam w = 3\nz_1 = w*x\nz = sin(z_1)*w + x*z_1\nloss L = z^2")
    for graph in (both, inner):
        names = gradient_graph(graph).line_names
        assert len(set(names)) == len(names)


def test_adjoints_of_unrolled_cells_have_names_that_files_can_have() -> None:
    cell = (
        "input x = [[3, -1], [0, 1]]\nlayer k = rnn_sequence(units=2)\nr, _ = k(x)\nloss L = sum(r)"
    )
    graph = gradient_graph(read_gg(cell))
    assert "dL_dr_h_z[2]" in graph.line_names
    assert read_gg(to_gg(graph)).find("dL_dr_h_z[2]") is not None
