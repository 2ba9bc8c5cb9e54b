"""Run a sympy expression on any namespace of functions, by walking its tree: no generated code."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

import sympy
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.functions.special.delta_functions import DiracDelta
from sympy.logic.boolalg import Boolean, BooleanFalse, BooleanTrue

from graphgrad.ops.floats import ArrayMath, ScalarMath
from graphgrad.symbolic.sympy_rows.on_sympy import Applied, Floor, Held
from graphgrad.symbolic.terms import bottom_up

__all__ = ["FUNCTIONS", "NotReplayableError", "first_unknown", "replay"]

FUNCTIONS = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.tanh: "tanh",
    sympy.erf: "erf",
    sympy.Abs: "abs",
    sympy.sign: "sign",
    sympy.asin: "arcsin",
    sympy.acos: "arccos",
    sympy.atan: "arctan",
    sympy.atan2: "arctan2",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.asinh: "arcsinh",
    sympy.acosh: "arccosh",
    sympy.atanh: "arctanh",
    sympy.erfc: "erfc",
    sympy.floor: "floor",
    Floor: "floor",
    Held: "stop_gradient",
    sympy.ceiling: "ceil",
    sympy.Mod: "mod",
}


class NotReplayableError(ValueError):
    """Signal a sympy object that no op computes; its argument is the object's name."""


def replay(expression: Any, m: Any, values: Mapping[Any, Any]) -> Any:
    """Return an expression's value in a namespace, given the values of its symbols.

    Raises:
        NotReplayableError: if a part of the expression is no function of the namespace.

    >>> from graphgrad.ops.floats import ScalarMath
    >>> x = sympy.Symbol("x", real=True)
    >>> replay(x**2 + sympy.exp(x - 3), ScalarMath(), {x: 3.0})
    10.0
    """
    results: dict[Any, Any] = dict(values)
    for part in bottom_up(expression):
        if part not in results:
            args = [results[arg] for arg in part.args]
            results[part] = _part(part, m, args)
    return results[expression]


def _part(part: Any, m: Any, args: list[Any]) -> Any:
    if isinstance(part, sympy.Number):
        return _number(part, m)
    if isinstance(part, Applied):
        return part.row.formula(m, *args, **part.settings)
    name = FUNCTIONS.get(type(part))
    if name is not None:
        return getattr(m, name)(*args)
    for kind, rule in _RULES:
        if isinstance(part, kind):
            return rule(part, m, args)
    raise NotReplayableError(type(part).__name__)


def first_unknown(expression: Any) -> str:
    """Return the name of a part that `replay` cannot run, or an empty text."""
    known = (sympy.Symbol, sympy.Number, Applied, *FUNCTIONS, *(kind for kind, _ in _RULES))
    for part in bottom_up(expression):
        if not isinstance(part, known) or (part.is_Number and not part.is_finite):
            return type(part).__name__
    return ""


def _number(part: Any, m: Any) -> Any:
    if part.is_Integer:
        return int(part)
    if not part.is_finite:
        raise NotReplayableError(str(part))
    if part.is_Float or isinstance(m, ArrayMath | ScalarMath):
        return float(part)
    return Fraction(int(part.p), int(part.q))


def _sum(_part: Any, _m: Any, args: list[Any]) -> Any:
    return reduce(lambda a, b: a + b, args)


def _product(part: Any, m: Any, args: list[Any]) -> Any:
    """Multiply; a fraction p/q multiplies by p and divides by q, so that integers stay exact."""
    top: list[Any] = []
    bottom = 1
    for factor, value in zip(part.args, args, strict=True):
        whole = not factor.is_Rational or factor.is_Integer
        number = value if whole else int(factor.p)
        bottom *= 1 if whole else int(factor.q)
        if not (factor.is_Rational and number == 1):
            top.append(number)
    product = reduce(lambda a, b: a * b, top)
    return product if bottom == 1 else product / bottom


def _power(part: Any, m: Any, args: list[Any]) -> Any:
    base, exponent = part.args
    if exponent == sympy.S.Half:
        return m.sqrt(args[0])
    if exponent.is_Rational and exponent < 0:
        positive = -exponent
        root = _power(sympy.Pow(base, positive, evaluate=False), m, [args[0], None])
        return 1 / root
    if exponent == 1:
        return args[0]
    if exponent.is_Rational:
        return m.powi(args[0], n=_number(exponent, m))
    return m.exp(args[1]) if base == sympy.E else m.pow(args[0], args[1])


def _choice(part: Any, m: Any, args: list[Any]) -> Any:
    """Choose from the last branch forwards; where no condition holds, there is no number."""
    rest = list(args)
    result = rest.pop()[0] if part.args[-1].cond == True else math.nan  # noqa: E712  # sympy's true
    for value, holds in reversed(rest):
        result = m.where(holds, value, result)
    return result


def _relation(part: Any, m: Any, args: list[Any]) -> Any:
    a, b = args
    kind = part.rel_op
    if kind in (">", "<="):
        holds = m.greater(a, b)
    elif kind in ("<", ">="):
        holds = m.less(a, b)
    else:
        holds = m.equal(a, b)
    return 1 - holds if kind in ("<=", ">=", "!=") else holds


def _logic(part: Any, m: Any, args: list[Any]) -> Any:
    if isinstance(part, sympy.ITE):
        return m.where(*args)
    if isinstance(part, sympy.Not):
        return 1 - args[0]
    if isinstance(part, sympy.And):
        return reduce(lambda a, b: a * b, args)
    if isinstance(part, sympy.Or):
        return 1 - reduce(lambda a, b: a * b, [1 - arg for arg in args])
    if isinstance(part, BooleanTrue | BooleanFalse):
        return int(bool(part))
    raise NotReplayableError(type(part).__name__)


def _largest(part: Any, m: Any, args: list[Any]) -> Any:
    if isinstance(part, sympy.Max):
        return reduce(m.maximum, args)
    return reduce(lambda a, b: m.where(m.less(b, a), b, a), args)


_RULES: tuple[tuple[Any, Callable[[Any, Any, list[Any]], Any]], ...] = (
    (sympy.Add, _sum),
    (sympy.Mul, _product),
    (sympy.Pow, _power),
    (sympy.Piecewise, _choice),
    (ExprCondPair, lambda part, m, args: tuple(args)),
    (Relational, _relation),
    (Boolean, _logic),
    (type(sympy.pi), lambda part, m, args: m.pi),
    (type(sympy.E), lambda part, m, args: m.exp(1)),
    (DiracDelta, lambda part, m, args: 0),
    (sympy.Max, _largest),
    (sympy.Min, _largest),
)
