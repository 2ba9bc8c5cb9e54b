"""Read sympy expressions into graphs; sympy's own order of arguments is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from graphgrad.errors import ShapeError, UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.emit import Emitter, Ref
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import quoted
from graphgrad.ops.given import given
from graphgrad.ops.shapes import shape_text
from graphgrad.symbolic.sympy_rows.replay import NotReplayableError, replay

__all__ = ["from_sympy"]


def from_sympy(
    expression: Any, values: Mapping[Any, Any] | None = None, *, name: str = "y"
) -> Graph:
    """Return the graph of a sympy expression.

    Equal subexpressions become one node each, as sympy holds them.

    Args:
        expression: a sympy expression over symbols, which become inputs in order of their names.
        values: the inputs' values, by symbol or by name; the others have none.
        name: the name of the output's line; `_` is added while a symbol has it.

    Raises:
        UsageError: if a function of the expression has no row, two symbols share a name, a
            symbol's name is no identifier, or a value belongs to no symbol.

    >>> import sympy
    >>> from_sympy(sympy.sympify("x**2 + 1"), {"x": 3}).line_names
    ['x', 'y']
    """
    if not isinstance(expression, sympy.Expr):
        kind = type(expression).__name__
        raise UsageError("sympy.expression", got=quoted(expression)[:80], kind=kind)
    builder = GraphBuilder()
    emitter = Emitter(builder)
    known: dict[Any, Any] = _inputs(builder, emitter, expression, values or {})
    if expression.atoms(type(sympy.E)):
        known[sympy.E] = emitter.ref(builder.constant(math.e, symbol="e"))
    try:
        output = replay(expression, emitter, known)
    except NotReplayableError as error:
        raise UsageError("sympy.unsupported", got=str(error)) from None
    node = _line_of_its_own(builder, emitter, output)
    while name in builder.line_names:
        name += "_"
    builder.end_line(name)
    return builder.freeze(node)


def _inputs(
    builder: GraphBuilder, emitter: Emitter, expression: Any, values: Mapping[Any, Any]
) -> dict[Any, Any]:
    """Declare every symbol as an input, and return its node by symbol."""
    values_by_name = {str(symbol): value for symbol, value in values.items()}
    symbols = sorted(expression.free_symbols, key=str)
    names = [str(symbol) for symbol in symbols]
    for name in names:
        if not name.isidentifier():
            raise UsageError("name.invalid", got=name)
        if names.count(name) > 1:
            raise UsageError("sympy.twice", name=name)
    for name in values_by_name:
        if name not in names:
            raise UsageError("leaf.unknown", name=name, known=", ".join(names))
    return {
        symbol: emitter.ref(builder.leaf_line(name, "input", _number(name, values_by_name)))
        for symbol, name in zip(symbols, names, strict=True)
    }


def _number(name: str, values: Mapping[str, Any]) -> Any:
    """Return a symbol's value as the graph keeps it: whole numbers and fractions stay exact."""
    value = values.get(name)
    if value is None:
        return None
    if isinstance(value, sympy.Rational):
        return Fraction(int(value.p), int(value.q))
    kept = given(value, name)
    if hasattr(kept, "shape"):
        got = shape_text(kept.shape)
        raise ShapeError("shape.leaf_value", name=name, got=got, expected="scalar")
    return kept


def _line_of_its_own(builder: GraphBuilder, emitter: Emitter, output: Any) -> int:
    """Return the node of the result; a symbol or a number alone becomes a line by identity."""
    ref = output if isinstance(output, Ref) else emitter.number(output)
    end = builder.line_ends[-1] if builder.line_ends else 0
    return builder.apply("identity", (ref.node,)) if ref.node < end else ref.node
