from __future__ import annotations

import pytest

from graphgrad.source.gg import read_gg
from graphgrad.views.text.plain_math import plain_math, typeset_formula, typeset_name, typeset_node


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("yhat", "ŷ"),
        ("w1", "w₁"),
        ("w_1", "w₁"),
        ("w_1_12", "w⁽¹⁾₁₂"),
        ("theta", "θ"),
        ("Sigma", "Σ"),
        ("xbar", "x̄"),
        ("theta_hat", "θ̂"),
        ("dL_dw", "∂L/∂w"),
        ("x_true", "x_true"),
        ("x_i", "xᵢ"),
        ("W1", "W₁"),
        ("loss", "loss"),
        ("h.2", "h.2"),
        ("yhat.c1", "ŷ.c1"),
        ("变量", "变量"),
        ("a_b_c_d", "a_b_c_d"),
    ],
)
def test_names_look_as_on_the_board(name, written):
    assert typeset_name(name) == written


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("w*x", "w·x"),
        ("2*x", "2x"),
        ("2*(a + b)", "2(a + b)"),
        ("x^2*y", "x²·y"),
        ("x/2*y", "x/2·y"),
        ("x^-1", "x⁻¹"),
        ("x^(a + b)", "x^(a + b)"),
        ("x^n", "xⁿ"),
        ("x^y1", "x^y₁"),
        ("x^T", "xᵀ"),
        ("-y/yhat + (1 - y)/(1 - yhat)", "−y/ŷ + (1 − y)/(1 − ŷ)"),
        ("sigmoid(z_1)", "σ(z₁)"),
        ("X^T @ W", "Xᵀ @ W"),
        ("A[1, 2:3]", "A[1, 2:3]"),
        ("reshape(P, shape=2x2)", "reshape(P, shape=2×2)"),
        ("where(z >= 0, z, 0)", "where(z ≥ 0, z, 0)"),
        ("pi*r^2", "π·r²"),
        ("(6*x^2 + 2)^4", "(6x² + 2)⁴"),
        ("1e-7*x", "1e-7x"),
        ("…", "…"),
        ("", ""),
    ],
)
def test_formulas_look_as_on_the_board(formula, written):
    assert typeset_formula(formula) == written


def test_a_label_goes_before_the_name():
    graph = read_gg('input x = 1\nz1 "z^{(1)}" = x + 1\ny = 2*z1 + 1')
    assert [typeset_node(graph, node) for node in (0, 2)] == ["x", "z⁽¹⁾"]


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\hat{y}_{i}", "ŷᵢ"),
        (r"\frac{\partial L}{\partial w_{1}}", "∂L/∂w₁"),
        (r"\theta^{[l]}", "θ^{[l]}"),
        (r"\mathrm{true}", "true"),
        (r"x_", "x"),
        (r"{{{", ""),
        (r"}}}x", "x"),
        (r"\unknown{x}", r"\unknownx"),
        ("w" * 1000, "w" * 1000),
    ],
)
def test_latex_labels_become_unicode(latex, written):
    assert plain_math(latex) == written


def test_nested_braces_do_not_recurse():
    assert plain_math("{" * 190 + "x" + "}" * 190) == "x"
