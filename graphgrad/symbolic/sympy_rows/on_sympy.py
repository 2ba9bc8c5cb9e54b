"""Run rows on sympy: expanded to their definitions, or kept as functions that read sigmoid(z).

Every symbol is real: without that, sympy takes exponential time to build nested functions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy

from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.own import elementwise

__all__ = [
    "EXPANDED",
    "NAMED",
    "SYMPY",
    "Applied",
    "Expanded",
    "Floor",
    "Held",
    "Named",
    "applied",
    "is_tower",
    "number",
    "real_symbol",
]


def real_symbol(name: str) -> Any:
    """Return a real symbol."""
    return sympy.Symbol(name, real=True)


def number(value: Any) -> Any:
    """Return a number as sympy's, exactly as it is written: 0.1 is one tenth.

    >>> number(0.1), number(Fraction(1, 3))
    (1/10, 1/3)
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            return sympy.nan if value != value else sympy.oo * (1 if value > 0 else -1)
        value = Fraction(repr(value))
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    return sympy.sympify(value)


class Floor(sympy.floor):  # type: ignore[misc]  # sympy has no annotations
    """The largest whole number up to x; sympy's own has no derivative, which is 0 off the jumps."""

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the derivative."""
        return sympy.S.Zero


class Held(sympy.Function):  # type: ignore[misc]  # sympy has no annotations
    """The same value, which does not move when a derivative is taken."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the derivative."""
        return sympy.S.Zero

    @classmethod
    def eval(cls, x: Any) -> Any:
        """Return a number as it is."""
        return x if x.is_number else None


class Named:
    """Namespace whose elementary functions are sympy's and whose other rows keep their names.

    >>> z = real_symbol("z")
    >>> NAMED.exp(z), NAMED.sigmoid(z)
    (exp(z), sigmoid(z))
    """

    pi = sympy.pi
    exp = staticmethod(sympy.exp)
    log = staticmethod(sympy.log)
    sqrt = staticmethod(sympy.sqrt)
    sin = staticmethod(sympy.sin)
    cos = staticmethod(sympy.cos)
    tan = staticmethod(sympy.tan)
    tanh = staticmethod(sympy.tanh)
    erf = staticmethod(sympy.erf)
    arcsin = staticmethod(sympy.asin)
    arctan = staticmethod(sympy.atan)
    floor = staticmethod(Floor)
    stop_gradient = staticmethod(Held)
    abs = staticmethod(sympy.Abs)
    sign = staticmethod(sympy.sign)

    def expm1(self, x: Any) -> Any:
        """Return exp(x) - 1."""
        return sympy.exp(x) - 1

    def log1p(self, x: Any) -> Any:
        """Return log(1 + x)."""
        return sympy.log(1 + sympy.sympify(x))

    def powi(self, x: Any, *, n: Any) -> Any:
        """Return x to a constant power."""
        return sympy.sympify(x) ** number(n)

    def pow(self, x: Any, y: Any) -> Any:
        """Return x to a power."""
        return sympy.sympify(x) ** number(y)

    def greater(self, a: Any, b: Any) -> Any:
        """Return 1 where a > b, else 0."""
        return indicator(sympy.Gt(number(a), number(b)))

    def less(self, a: Any, b: Any) -> Any:
        """Return 1 where a < b, else 0."""
        return indicator(sympy.Lt(number(a), number(b)))

    def equal(self, a: Any, b: Any) -> Any:
        """Return 1 where a = b, else 0."""
        return indicator(sympy.Eq(number(a), number(b)))

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """Return a where the condition is not 0, else b."""
        holds = condition_of(number(condition))
        return sympy.Piecewise((number(a), holds), (number(b), True))

    def every(self, *indicators: Any) -> Any:
        """Return 1 where all indicators are 1, else 0."""
        return indicator(sympy.And(*[condition_of(number(i)) for i in indicators]))

    def maximum(self, a: Any, b: Any) -> Any:
        """Return the larger value; a tie goes to the first."""
        return self.where(self.greater(b, a), b, a)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        row = elementwise(name)
        return lambda *args, **settings: self.call(row, args, settings)

    def call(self, row: Elementwise, args: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        """Return a row that is no elementary function, applied."""
        return applied(row, row.defaults | settings)(*map(number, args))


class Expanded(Named):
    """Namespace in which every row is its formula, down to sympy's own functions.

    >>> EXPANDED.sigmoid(real_symbol("z"))
    1/(1 + exp(-z))
    """

    def call(self, row: Elementwise, args: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        """Return a row's formula on its arguments."""
        return row.formula(self, *map(number, args), **(row.defaults | settings))


def indicator(holds: Any) -> Any:
    """Return 1 where a relation holds, else 0."""
    return sympy.Piecewise((sympy.S.One, holds), (sympy.S.Zero, True))


def condition_of(value: Any) -> Any:
    """Return the relation that a number stands for: that of an indicator, else value != 0."""
    opposite = 1 - value
    for indicated, negated in ((value, False), (opposite, True)):
        if isinstance(indicated, sympy.Piecewise) and len(indicated.args) == 2:
            (first, holds), (second, _) = indicated.args
            if first == 1 and second == 0:
                return sympy.Not(holds) if negated else holds
    return sympy.Ne(value, 0)


NAMED = Named()
EXPANDED = Expanded()


_CLASSES: dict[Any, type[Any]] = {}
_GROWING, _HIGHEST = frozenset({"exp", "sinh", "cosh"}), 3


def _height(value: Any) -> int:
    """Return how many exponentials stand in one another."""
    name = value.row.name if isinstance(value, Applied) else type(value).__name__
    return (name in _GROWING) + max(map(_height, value.args), default=0)


def is_tower(value: Any) -> bool:
    """Tell whether a number is so many exponentials in one another that it has no digits."""
    return not value.free_symbols and _height(value) > _HIGHEST


class Applied(sympy.Function):  # type: ignore[misc]  # sympy has no annotations
    """A row applied to sympy arguments; it stays as it is until it is asked to be expanded.

    Attributes:
        row: the row.
        settings: the row's settings, part of the function.
    """

    row: Elementwise
    settings: Mapping[str, Any]

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the row's partial in one argument (sympy counts from 1)."""
        partial = self.row.partials[argindex - 1]
        return sympy.sympify(partial(NAMED, self, *self.args, **self.settings))

    def _eval_is_extended_real(self) -> bool:
        return True

    def _eval_evalf(self, precision: int) -> Any:
        """Return it in digits; a tower of exponentials has more of them than there is room."""
        if is_tower(self):
            return None
        args = self.args
        if not self.free_symbols:  # once, from the inside: each condition would do it again
            args = tuple(arg._evalf(precision) for arg in args)
        value = sympy.sympify(self.row.formula(EXPANDED, *args, **self.settings))
        return value._eval_evalf(precision)


def applied(row: Elementwise, settings: Mapping[str, Any]) -> type[Any]:
    """Return the sympy function of a row with given settings.

    >>> from graphgrad.ops.registry import row
    >>> z = sympy.Symbol("z", real=True)
    >>> applied(row("sigmoid"), {})(z).diff(z)
    (1 - sigmoid(z))*sigmoid(z)
    """
    key = (row.name, row.formula, row.partials, tuple(settings.items()))
    if key not in _CLASSES:
        content = {"row": row, "settings": dict(settings), "nargs": len(row.arguments)}
        _CLASSES[key] = type(row.name, (Applied,), content)
    return _CLASSES[key]


class Sympy:
    """What formulas are made with: sympy, in the words of `graphgrad.symbolic.own.Own`."""

    number = staticmethod(number)
    symbol = staticmethod(real_symbol)

    def scaled(self, coefficient: Any, product: Any) -> Any:
        """Return a product times a number, which is not multiplied into a sum."""
        return sympy.Mul(coefficient, product, evaluate=not product.is_Add)

    def call(self, row: Elementwise, settings: Mapping[str, Any], args: Any) -> Any:
        """Return a row applied."""
        return applied(row, settings)(*args)

    def constant(self, name: str) -> Any:
        """Return pi or e."""
        return sympy.pi if name == "pi" else sympy.E


SYMPY = Sympy()
