"""sympy expressions become graphs that compute what sympy computes."""

from __future__ import annotations

import math

import pytest
import sympy

import graphgrad as gg
from graphgrad.errors import UsageError
from graphgrad.source.from_sympy import from_sympy

x, y = sympy.symbols("x y", real=True)
EXPRESSIONS = [
    x**2 + 1,
    x / y - sympy.sqrt(x) * y ** sympy.Rational(-3, 2),
    sympy.exp(x) * sympy.log(y) + sympy.E**2 - sympy.pi / 3,
    sympy.Max(x, y, 1) - sympy.Min(x, y, sympy.Rational(1, 2)),
    sympy.Piecewise((x, x >= y), (y**2, True)),
    sympy.Piecewise((x, x <= y), (y**2, x < 3), (1, True)),
    sympy.Piecewise((x, sympy.Ne(x, y)), (0, True)),
    sympy.Piecewise((x, sympy.And(x > 0, y > 1)), (-y, True)),
    sympy.Piecewise((x, sympy.Or(x > 5, y > 1)), (-y, True)),
    sympy.Piecewise((x, sympy.Not(sympy.And(x > 0, y > 1))), (-y, True)),
    sympy.tanh(x) + sympy.sin(y) / (1 + sympy.exp(-x)) + sympy.Abs(x - y) + sympy.sign(y),
    x**y,
    sympy.Float("0.25") * x,
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
@pytest.mark.parametrize("point", [(0.5, 2.0), (2.0, 2.0), (3.0, 0.75)])
def test_the_graph_computes_what_sympy_computes(
    expression: sympy.Expr, point: tuple[float, float]
) -> None:
    values = {x: point[0], y: point[1]}
    graph = from_sympy(
        expression, {symbol: values[symbol] for symbol in expression.free_symbols}, name="z"
    )
    computed = gg.trace(graph).value("z")
    expected = float(expression.subs(values).evalf(30))
    assert float(computed) == pytest.approx(expected, rel=1e-12)


def test_where_no_branch_holds_there_is_no_number() -> None:
    graph = from_sympy(sympy.Piecewise((x, x > 1)), {"x": 0.5})
    assert math.isnan(float(gg.trace(graph).value("y")))


def test_e_and_pi_keep_their_names() -> None:
    graph = from_sympy(sympy.E + sympy.pi + x, {"x": 1})
    symbols = {graph.node(node).settings.get("symbol") for node in range(len(graph))}
    assert {"e", "pi"} <= symbols


def test_equal_parts_become_one_node() -> None:
    graph = from_sympy((x + 1) ** 2 + sympy.sin(x + 1))
    assert [graph.node(node).row.name for node in range(len(graph))].count("add") == 2


def test_a_symbol_alone_is_a_line() -> None:
    graph = from_sympy(x, {"x": 2}, name="x")
    assert graph.line_names == ["x", "x_"]


@pytest.mark.parametrize(
    ("expression", "values", "message"),
    [
        (sympy.Symbol("x") + x, {}, "sympy.twice"),
        (sympy.Symbol("x_{1}") + 1, {}, "name.invalid"),
        (x + 1, {"z": 3}, "leaf.unknown"),
        (sympy.gamma(x), {}, "sympy.unsupported"),
        (sympy.oo + x, {}, "sympy.unsupported"),
    ],
)
def test_what_cannot_be_read_is_refused(
    expression: sympy.Expr, values: dict[str, float], message: str
) -> None:
    with pytest.raises(UsageError) as error:
        from_sympy(expression, values)
    assert error.value.message_id == message


def test_the_gradient_is_sympys() -> None:
    expression = sympy.exp(x * y) / (1 + x**2)
    graph = from_sympy(expression, {"x": 0.5, "y": 2}, name="z")
    expected = float(expression.diff(x).subs({x: 0.5, y: 2}))
    assert float(gg.trace(graph).adjoint("x")) == pytest.approx(expected, rel=1e-12)
