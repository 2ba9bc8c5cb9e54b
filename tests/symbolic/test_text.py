from __future__ import annotations

import math
import random
from typing import Any

import pytest
import sympy

from graphgrad.errors import UsageError
from graphgrad.symbolic.sympy_rows.precise import PRECISE, precise
from graphgrad.symbolic.sympy_rows.replay import replay
from graphgrad.symbolic.write.sympy_text import expression_latex, expression_text
from tests.symbolic.reading import evaluate

x, y, z = sympy.symbols("x y z", real=True)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (x + 1, "x + 1"),
        (1 - x, "1 - x"),
        (-x, "-x"),
        (-x * y, "-x*y"),
        (y - x, "y - x"),
        (x**2 + x * y + 1 - y**2, "x^2 + x*y - y^2 + 1"),
        (x**-2, "1/x^2"),
        (2 / x, "2/x"),
        (x / (2 * y), "x/(2*y)"),
        (x * sympy.Rational(1, 3), "x/3"),
        (x * sympy.Rational(1, 10), "0.1*x"),
        (sympy.Rational(-1, 3), "-1/3"),
        (sympy.sqrt(x) / sympy.sqrt(y), "sqrt(x)/sqrt(y)"),
        ((-x) ** y, "(-x)^y"),
        (x ** (y + 1), "x^(y + 1)"),
        (x ** sympy.Rational(1, 3), "x^(1/3)"),
        (sympy.exp(-(x**2)) / 2, "exp(-x^2)/2"),
        (sympy.Abs(x) * sympy.sign(x), "abs(x)*sign(x)"),
        (sympy.pi * x + sympy.E, "pi*x + e"),
        (sympy.Piecewise((x, x > 0), (0, True)), "where(x > 0, x, 0)"),
        (y * sympy.Piecewise((1, x > 0), (0, True)), "y*(x > 0)"),
        (sympy.Max(x, y), "maximum(x, y)"),
        (sympy.Mul(2, x - y, evaluate=False), "2*(x - y)"),
        (sympy.Mul(-1, x - y, evaluate=False), "-(x - y)"),
    ],
)
def test_sympy_is_written_as_a_file_writes_it(expression: Any, text: str) -> None:
    assert expression_text(expression) == text


def test_names_and_signs_are_typeset() -> None:
    yhat, w = sympy.symbols("yhat w_1_12", real=True)
    assert expression_latex(yhat * (1 - yhat)) == r"\hat{y} \cdot \left(1 - \hat{y}\right)"
    assert expression_latex(2 * w**2) == r"2 \left(w^{(1)}_{12}\right)^{2}"
    assert expression_latex(-x / y) == r"-\frac{x}{y}"
    assert expression_latex(sympy.Piecewise((1, x >= 0), (0, True)) / 2) == (
        r"\frac{\left[x \geq 0\right]}{2}"
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_written_expression_reads_back_to_the_same_value(seed: int) -> None:
    rng = random.Random(seed)
    expression = sympy.sympify(_expression(rng, 4))
    point = {x: 0.7, y: 1.9, z: -0.4}
    expected = replay(expression, PRECISE, {s: precise(v) for s, v in point.items()})
    got = evaluate(expression_text(expression), {s.name: v for s, v in point.items()})
    assert math.isclose(got, float(expected), rel_tol=1e-9, abs_tol=1e-9)


def _expression(rng: random.Random, depth: int) -> Any:
    if depth == 0:
        return rng.choice([x, y, z, sympy.Integer(2), sympy.Rational(-3, 4), sympy.pi])
    a, b = _expression(rng, depth - 1), _expression(rng, depth - 1)
    makes = [
        lambda: a + b,
        lambda: a - b,
        lambda: a * b,
        lambda: a / (2 + b**2),
        lambda: -a,
        lambda: a**2,
        lambda: sympy.tanh(a),
        lambda: sympy.sqrt(a**2 + 1),
        lambda: sympy.Piecewise((a, b > 1), (b, a <= 0), (x, True)),
        lambda: sympy.Piecewise((1, sympy.Or(a < 1, b > 0)), (0, True)),
        lambda: sympy.Max(a, b),
    ]
    return rng.choice(makes)()


@pytest.mark.parametrize("bad", [sympy.zoo, sympy.gamma(x), sympy.Derivative(x * y, x)])
def test_what_files_cannot_say_is_refused(bad: Any) -> None:
    with pytest.raises(UsageError) as caught:
        expression_text(bad)
    assert caught.value.message_id == "symbolic.no_text"


def test_a_tree_deeper_than_the_recursion_limit_is_written() -> None:
    expression: Any = x
    for _ in range(3_000):
        expression = sympy.Mul(2, expression + y, evaluate=False)
    assert expression_text(expression).count("2*(") == 3_000
