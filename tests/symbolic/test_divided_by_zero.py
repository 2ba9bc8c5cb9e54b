"""What is divided by 0, in any spelling of 0, stays as it is written, in every printer."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import cache
from inspect import getsource
from typing import Any

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.ops.shapes import Shape
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive import bars, pieces
from graphgrad.symbolic.derive.bars import Bar, bar_of, ratio
from graphgrad.symbolic.derive.chain_rule import derivation
from graphgrad.symbolic.derive.expanded import expanded_gradient
from graphgrad.symbolic.derive.gradient import gradient_lines
from graphgrad.symbolic.derive.partials import line_partials, node_partials
from graphgrad.symbolic.derive.pieces import PIECES as M
from graphgrad.symbolic.derive.pieces import Piece
from graphgrad.views.text.entries import entry_at
from tests.crossed import crossed

SHAPES = {"number": (), "vector": (3,), "matrix": (2, 3)}
Quotient = Callable[[Piece, Piece, Piece], Any]
ZEROS: dict[str, Callable[[Piece, Piece], Any]] = {
    "0": lambda x, y: M.piece(0),
    "-0.0": lambda x, y: M.piece(-0.0),
    "0^2": lambda x, y: M.piece(0) ** 2,
    "0*x": lambda x, y: 0 * x,
    "x*0*y": lambda x, y: x * (0 * y),
    "-(0*x)": lambda x, y: -(0 * x),
    "0*x/y": lambda x, y: 0 * x / y,
    "0/x": lambda x, y: M.call("div", 0, x),
    "(0*x)^2": lambda x, y: (0 * x) ** 2,
    "2*x - 2*x": lambda x, y: 2 * x - 2 * x,
    "0*x + 0*y": lambda x, y: 0 * x + 0 * y,
    "0 repeated": lambda x, y: M.call("broadcast", 0, shape=x.shape),
    "-0.0 repeated": lambda x, y: M.call("broadcast", -0.0, shape=x.shape),
    "0*sum(x)": lambda x, y: 0 * M.call("sum", x, axis=tuple(range(len(x.shape)))),
    "mean(0*x)": lambda x, y: M.call("mean", 0 * x, axis=tuple(range(len(x.shape)))),
    "y/0": lambda x, y: M.call("div", y, 0),
}


def over(above: Any, below: Any) -> Piece:
    return M.call("div", above, below)


QUOTIENTS: dict[str, Quotient] = {
    "x/z": lambda x, y, z: over(x, z),
    "x/z by the sign": lambda x, y, z: x / z,
    "x*y/z": lambda x, y, z: over(x * y, z),
    "2*x/z": lambda x, y, z: over(2 * x, z),
    "0/z": lambda x, y, z: over(0, z),
    "z/z": lambda x, y, z: over(z, z),
    "-x/z": lambda x, y, z: -over(x, z),
    "x/-z": lambda x, y, z: over(x, -z),
    "x/z^2": lambda x, y, z: over(x, z**2),
    "(x/z)^2": lambda x, y, z: over(x, z) ** 2,
    "x/(y*z)": lambda x, y, z: over(x, y * z),
    "x/(y/z)": lambda x, y, z: over(x, over(y, z)),
    "x/(z/y)": lambda x, y, z: over(x, over(z, y)),
    "z/x/z": lambda x, y, z: over(over(z, x), z),
    "(x/z)/(y/z)": lambda x, y, z: over(over(x, z), over(y, z)),
    "x*(y/z)": lambda x, y, z: x * over(y, z),
    "z*(x/z)": lambda x, y, z: z * over(x, z),
    "x/z + y/z": lambda x, y, z: over(x, z) + over(y, z),
    "x/z - y/z": lambda x, y, z: over(x, z) - over(y, z),
    "x*z - y*z": lambda x, y, z: x * z - y * z,
    "z - z": lambda x, y, z: z - z,
    "z + z": lambda x, y, z: z + z,
    "x/(sqrt(z)*sqrt(z))": lambda x, y, z: over(x, M.sqrt(z) * M.sqrt(z)),
    "z*[x > 0] - z*[x > 0]": lambda x, y, z: z * M.greater(x, 0) - z * M.greater(x, 0),
    "sum(x/z)": lambda x, y, z: _over_all("sum", over(x, z)),
    "sum(x)/z": lambda x, y, z: over(_over_all("sum", x), z),
    "mean(x/z)": lambda x, y, z: _over_all("mean", over(x, z)),
    "transpose(x/z)": lambda x, y, z: M.call("transpose", over(x, z)) if x.shape else None,
    "diag(x/z)": lambda x, y, z: M.call("diag", over(x, z)) if len(x.shape) == 1 else None,
    "outer(x/z, y/z)": lambda x, y, z: M.outer(over(x, z), over(y, z)) if _flat(x) else None,
    "dot(x/z, y)": lambda x, y, z: M.dot(over(x, z), y) if _flat(x) else None,
}


def _over_all(name: str, x: Piece) -> Piece:
    return M.call(name, x, axis=tuple(range(len(x.shape))))


def _flat(x: Piece) -> bool:
    return len(x.shape) == 1


@pytest.mark.parametrize("quotient", QUOTIENTS)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_quotient_of_pieces_divides_by_zero(shape: str, quotient: str) -> None:
    x, y = (M.named(name, name, SHAPES[shape]) for name in "xy")
    for zero in ZEROS.values():
        z = zero(x, y)
        for divisor in (z, 2 * z, x * z, z * y, z * z):
            found = QUOTIENTS[quotient](x, y, divisor)
            assert found is None or (found.text.text and found.latex.text and found.board.text)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_divided_by_zero_stays_divided(shape: str) -> None:
    x, y = (M.named(name, name, SHAPES[shape]) for name in "xy")
    for name in ("0", "-0.0", "0^2", "0*x", "x*0*y", "0*x/y", "(0*x)^2", "0*sum(x)"):
        z = ZEROS[name](x, y)
        for above in (x, 2 * x, x * y):
            found = over(above, z)
            assert found.op == "div", (name, found.text.text)
            assert found.inner == (above, z)


@cache
def _of_source(shape: str) -> str:
    point = {"number": ("2", "3", "0"), "vector": ("[1, 2]", "[3, 4]", "[0, 0]")}[shape]
    return "param x = {}\nparam y = {}\nc = {}\n".format(*point)


WRITTEN_ZEROS = (
    *("0", "-0.0", "0^2", "0*x", "0*x*y", "0*x/y", "0/x", "x - x", "(0*x)^2"),
    *("c", "0*c", "[0, 0]", "0*sum(x)", "-0.0*x", "0*y + 0*x"),
)
WRITTEN = (
    *("x/z", "x*y/z", "2*x/z", "z/z", "x/(y*z)", "x/(y/z)", "x/(z/y)", "(x/z)/(y/z)"),
    *("x*(y/z)", "z*(x/z)", "x/z + y/z", "x/z - y/z", "z*x - z*y", "x/z^2", "(x/z)^2"),
    *("x/sqrt(z*z)", "-x/z", "x/-z", "sum(x/z)", "mean(x/z)", "sum(x)/z", "exp(log(x/z))"),
    *("relu(x/z)", "sigmoid(x)/z", "softmax(x*y)/z", "max(x/z)", "x^z/z", "z^-1*x"),
    *("sum(x)^2/(z*sum(y))", "relu(x)/z - relu(x)*z"),
)


@crossed(formula=WRITTEN, zero=WRITTEN_ZEROS)
def test_every_printer_prints_what_is_divided_by_zero(formula: str, zero: str) -> None:
    """Print partials, adjoints, derivations and gradients in full of files that divide by 0."""
    text = formula.replace("z", f"({zero})")
    for shape in ("number", "vector"):
        if "softmax" in formula and shape == "number":
            continue
        for line in (f"h = {text}\nL = sum(h)", f"L = sum({text})"):
            graph = read_gg(_of_source(shape) + line)
            printed = [p.text for line in graph.lines() for p in line_partials(graph, line)]
            printed += [p.latex for node in range(len(graph)) for p in node_partials(graph, node)]
            assert all(printed)
            assert gradient_lines(graph)
            with suppress(UsageError):  # it writes graphs of numbers only
                assert expanded_gradient(graph, "x")
            trace = record(graph)
            for detail in ("line", "op"):
                assert derivation(trace, "x", detail)
            assert [entry_at(trace, line.root, "line") for line in graph.lines()]


def test_numbers_of_pieces_are_divided_in_one_place() -> None:
    for module in (pieces, bars):
        quotients = [n for n in ast.walk(ast.parse(getsource(module))) if _divides(n)]
        of_ratio = [n for n in ast.walk(ast.parse(getsource(ratio))) if _divides(n)]
        assert len(quotients) == (len(of_ratio) if module is bars else 0)


def _divides(node: ast.AST) -> bool:
    two = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fraction"
    of_two = isinstance(node, ast.Call) and two and len(node.args) > 1
    return of_two or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))


def test_a_fraction_over_zero_is_none() -> None:
    x: Bar[Piece] = bar_of(M.named("x", "x"))
    assert ratio(Fraction(1, 3), 0) is None
    assert x.over(bar_of(M.piece(0) ** 2)) is None
    halved = x.over(bar_of(M.piece(2)))
    assert halved is not None
    assert halved.number == Fraction(1, 2)


def test_shapes_are_those_of_what_is_divided() -> None:
    shape: Shape = (3,)
    x = M.named("x", "x", shape)
    assert over(x, 0 * x).shape == shape
