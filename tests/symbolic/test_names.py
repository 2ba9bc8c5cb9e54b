from __future__ import annotations

import re

import pytest

from graphgrad.source.gg import read_gg
from graphgrad.symbolic.write.formula_latex import line_latex, node_formula_latex
from graphgrad.symbolic.write.names import name_latex, node_latex


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("x", "x"),
        ("yhat", r"\hat{y}"),
        ("y_hat", r"\hat{y}"),
        ("y_hat_1", r"\hat{y}_{1}"),
        ("what", r"\hat{w}"),
        ("hat", r"\mathrm{hat}"),
        ("w1", "w_{1}"),
        ("w_1", "w_{1}"),
        ("w_1_12", "w^{(1)}_{12}"),
        ("zhat_2_3", r"\hat{z}^{(2)}_{3}"),
        ("theta", r"\theta"),
        ("theta_1", r"\theta_{1}"),
        ("lambda_", r"\lambda"),
        ("w_alpha1", r"w_{\alpha 1}"),
        ("x_true", r"x_{\mathrm{true}}"),
        ("loss", r"\mathrm{loss}"),
        ("pérdida", r"\mathrm{pérdida}"),
        ("ŷ", r"\hat{y}"),
        ("σ_1", r"\sigma_{1}"),
        ("_", r"\_"),
        ("h.1", "h_{.1}"),
        ("w_1_12.3", "w^{(1)}_{12.3}"),
        ("dL_dw", r"\frac{\partial L}{\partial w}"),
        ("dL_dyhat", r"\frac{\partial L}{\partial \hat{y}}"),
        ("dz1_dw11", r"\frac{\partial z_{1}}{\partial w_{11}}"),
        ("dloss_dw_1_2", r"\frac{\partial \mathrm{loss}}{\partial w^{(1)}_{2}}"),
        ("data_dim", r"\text{data\_dim}"),
        ("cross_entropy_loss", r"\text{cross\_entropy\_loss}"),
        ("adaptive_avg_pool2d", r"\text{adaptive\_avg\_pool2d}"),
        ("lstm.weight_ih_l0", r"\mathrm{lstm}.\text{weight\_ih\_l0}"),
        ("h_n", "h_{n}"),
        ("reshape_1", r"\mathrm{reshape}_{1}"),
        ("mse_loss[2]", r"\text{mse\_loss}_{2}"),
    ],
)
def test_a_name_is_typeset_as_on_the_board(name: str, latex: str) -> None:
    assert name_latex(name) == latex


def test_a_label_of_the_author_replaces_the_typeset_name_also_inside_the_line() -> None:
    graph = read_gg('input x = 1\nz1 "z^{(1)}" = tanh(2*x)\ny = z1^2\n')
    root = graph.find("z1")
    inner = graph.find("z1.1")
    assert root is not None
    assert inner is not None
    assert node_latex(graph, root) == "z^{(1)}"
    assert node_latex(graph, inner) == "z^{(1)}_{.1}"
    assert line_latex(graph, graph.line(2)) == r"\left(z^{(1)}\right)^{2}"


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("z_1", "{z_1}_{.1}"),
        (r"\mathbf{z}_1", r"{\mathbf{z}_1}_{.1}"),
        ("z_{1}", "z_{1.1}"),
        (r"z_{\mathrm{net}}", r"z_{\mathrm{net}.1}"),
        ("z_{1}^{2}", "{z_{1}^{2}}_{.1}"),
    ],
)
def test_a_label_with_a_subscript_takes_no_second_one(label: str, inside: str) -> None:
    graph = read_gg(f'input x = 1\nz1 "{label}" = tanh(2*x)\ny = z1^2\n')
    node = graph.find("z1.1")
    assert node is not None
    assert node_latex(graph, node) == inside


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        ("w*x + b", r"w \cdot x + b"),
        ("(6*x^2 + 2)^4", r"\left(6 x^{2} + 2\right)^{4}"),
        ("x/(2*w)", r"\frac{x}{2 w}"),
        ("-(x - w)*b", r"-\left(x - w\right) \cdot b"),
        ("exp(-x)^2", r"\left(e^{-x}\right)^{2}"),
        (
            "where(x > 0, x, 0)*b",
            r"\left(\begin{cases} x & x > 0 \\ 0 & x \leq 0 \end{cases}\right) \cdot b",
        ),
        ("(x > 0)*b", r"\left[x > 0\right] \cdot b"),
        (
            "leaky_relu(x, alpha=0.2)",
            r"\operatorname{leaky\_relu}\left(x, \mathrm{alpha}=0.2\right)",
        ),
        ("W @ (v*v)", r"W \, \left(v \odot v\right)"),
        ("sum(W)*b", r"\left(\sum W\right) \cdot b"),
        ("sum(W, axis=1)[2]", r"\left[\sum_{\mathrm{axis}\,1} W\right]_{2}"),
        ("W[1, 2]", "W_{1,2}"),
        ("sum(W^T @ [1, 2])", r"\sum W^{\top} \, \begin{bmatrix} 1 & 2 \end{bmatrix}"),
        ("pi*x + 1e-7", r"\pi \cdot x + 10^{-7}"),
    ],
)
def test_a_formula_is_written_from_the_templates_of_its_rows(formula: str, latex: str) -> None:
    leaves = "input x = 1\nparam w = 1\nparam b = 2\nparam v = [1, 2, 3]\n"
    graph = read_gg(f"{leaves}param W = [[1, 2, 3], [4, 5, 6]]\nq = {formula}\n")
    assert line_latex(graph, graph.line(5)) == latex


def test_one_operation_is_written_on_the_names_of_its_parents() -> None:
    graph = read_gg("input x = 1\nyhat = sigmoid(2*x)\n")
    assert node_formula_latex(graph, graph.output) == r"\sigma\left(\hat{y}_{.1}\right)"
    assert node_formula_latex(graph, 0) == ""


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        ("2*3*x", r"2 \cdot 3 \cdot x"),
        ("2*3", r"2 \cdot 3"),
        ("2*0.5*x", r"2 \cdot 0.5 \cdot x"),
        ("0.5*(2*x)", r"0.5 \left(2 x\right)"),
        ("2*3^x", r"2 \cdot 3^{x}"),
        ("x*2", r"x \cdot 2"),
        ("2*x", "2 x"),
        ("-2*x", r"-2 \cdot x"),
        ("x - 2*(-3)", r"x - 2 \cdot \left(-3\right)"),
        ("2*(-x)", r"2 \cdot \left(-x\right)"),
        ("2*(1/3)*x", r"2 \cdot \frac{1}{3} \cdot x"),
        ("2*(x/3)", r"2 \frac{x}{3}"),
    ],
)
def test_two_numbers_side_by_side_are_never_read_as_one(formula: str, latex: str) -> None:
    graph = read_gg(f"param x = 5\nL = {formula}")
    found = line_latex(graph, graph.line(graph.line_of(graph.output)))
    assert found.startswith(latex)
    assert not re.search(r"\d [-\d]", found)
