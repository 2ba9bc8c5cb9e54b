"""Read sympy expressions into graphs; sympy's own order of arguments is kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph

__all__ = ["from_sympy"]

_FUNCTIONS = {
    "exp": "exp",
    "log": "log",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "tanh": "tanh",
    "erf": "erf",
    "Abs": "abs",
    "sign": "sign",
}
_CHAINED = {"Add": "add", "Mul": "mul", "Max": "maximum", "Min": "minimum"}
_RELATIONS = {"StrictGreaterThan": "greater", "StrictLessThan": "less", "Equality": "equal"}
_SYMBOLS = {"Pi": ("pi", math.pi), "Exp1": ("e", math.e)}


def from_sympy(
    expression: Any, values: Mapping[str, Any] | None = None, *, name: str = "y"
) -> Graph:
    """Return the graph of a sympy expression.

    Equal subexpressions become one node each, as sympy holds them.

    Args:
        expression: a sympy expression over symbols, which become inputs in order of their names.
        values: the inputs' values by name; the others have none.
        name: the name of the output's line; `_` is added while a symbol has it.

    Raises:
        UsageError: if a function of the expression has no row.

    >>> import sympy
    >>> from_sympy(sympy.sympify("x**2 + 1"), {"x": 3}).line_names
    ['x', 'y']
    """
    builder = GraphBuilder()
    nodes: dict[Any, int] = {}
    for symbol in sorted(expression.free_symbols, key=str):
        value = (values or {}).get(str(symbol))
        value = Fraction(value) if isinstance(value, int) else value
        nodes[symbol] = builder.leaf_line(str(symbol), "input", value)
    stack = [expression]
    while stack:
        term = stack[-1]
        waiting = [arg for arg in _operands(term) if arg not in nodes]
        if waiting:
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        if term not in nodes:
            nodes[term] = _emit(builder, term, [nodes[arg] for arg in _operands(term)])
    output = nodes[expression]
    if output < (builder.line_ends[-1] if builder.line_ends else 0):
        output = builder.apply("identity", (output,))
    while name in builder.line_names:
        name += "_"
    builder.end_line(name)
    return builder.freeze(output)


def _operands(term: Any) -> tuple[Any, ...]:
    """Return the parts of a term that become nodes; a numeric exponent is a setting."""
    if term.is_Pow and term.exp.is_Rational:
        return (term.base,)
    if type(term).__name__ == "Piecewise":
        return tuple(part for pair in term.args for part in _pair(pair))
    return tuple(term.args)


def _pair(pair: Any) -> tuple[Any, ...]:
    value, condition = pair.args
    return (value,) if condition == True else (condition, value)  # noqa: E712  # sympy's true


def _emit(builder: GraphBuilder, term: Any, parents: list[int]) -> int:
    kind = type(term).__name__
    if term.is_Rational:
        return builder.constant(Fraction(int(term.p), int(term.q)))
    if kind in _SYMBOLS:
        symbol, number = _SYMBOLS[kind]
        return builder.constant(number, symbol=symbol)
    if term.is_Float:
        return builder.constant(float(term))
    if kind in _CHAINED:
        return _chain(builder, _CHAINED[kind], parents)
    if term.is_Pow:
        return _power(builder, term, parents)
    if kind in _FUNCTIONS and len(parents) == 1:
        return builder.apply(_FUNCTIONS[kind], parents)
    if kind in _RELATIONS:
        return builder.apply(_RELATIONS[kind], parents)
    if kind == "Piecewise":
        return _piecewise(builder, parents)
    raise UsageError("sympy.unsupported", got=kind)


def _chain(builder: GraphBuilder, op: str, parents: list[int]) -> int:
    node = parents[0]
    for parent in parents[1:]:
        node = builder.apply(op, (node, parent))
    return node


def _power(builder: GraphBuilder, term: Any, parents: list[int]) -> int:
    if len(parents) == 2:
        return builder.apply("pow", parents)
    exponent = Fraction(int(term.exp.p), int(term.exp.q))
    if exponent == Fraction(1, 2):
        return builder.apply("sqrt", parents)
    return builder.apply("powi", parents, n=exponent)


def _piecewise(builder: GraphBuilder, parents: list[int]) -> int:
    """Nest where(condition, value, rest) from the last pair outwards."""
    rest = list(parents)
    node = rest.pop() if len(rest) % 2 else builder.constant(math.nan)
    while rest:
        value, condition = rest.pop(), rest.pop()
        node = builder.apply("where", (condition, value, node))
    return node
