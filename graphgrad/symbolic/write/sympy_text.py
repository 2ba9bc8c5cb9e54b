"""Write sympy expressions as text of the expression language, or as LaTeX, in a fixed order.

An expression of any depth is written without recursion.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy
from sympy.core.relational import Relational
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.logic.boolalg import Boolean

from graphgrad.errors import UsageError
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.text import Written
from graphgrad.symbolic.sympy_rows.conditions import Holds
from graphgrad.symbolic.sympy_rows.on_sympy import Applied
from graphgrad.symbolic.sympy_rows.replay import FUNCTIONS, bottom_up
from graphgrad.symbolic.write.order_of_terms import Ordering, Part
from graphgrad.symbolic.write.spelling_styles import LATEX, TEXT, Style

__all__ = ["expression_latex", "expression_text", "write", "written_expression"]


_NO_RANK = (-1, "")


def write(expression: Any, style: Style, ordering: Ordering | None = None) -> Written:
    """Return an expression written in a style.

    Raises:
        UsageError: if the expression holds something that files cannot say.
    """
    return _Writer(style, ordering or Ordering()).write(expression)


class _Writer:
    """Write the parts of one expression, arguments before what uses them."""

    def __init__(self, style: Style, ordering: Ordering) -> None:
        self.style = style
        self.ordering = ordering
        self.parts: dict[Any, Part] = {}

    def write(self, expression: Any) -> Written:
        for part in bottom_up(expression):
            inside = [self.parts[arg] for arg in part.args]
            simple = part.is_Symbol or part.is_NumberSymbol or _is_symbol_power(part)
            self.parts[part] = Part(
                self.written(part),
                min((known.rank for known in inside if known.rank != _NO_RANK), default=_NO_RANK)
                if not part.is_Symbol
                else self.ordering.symbol_rank(part.name),
                any(known.last for known in inside) or part == self.last,
                bool(simple),
            )
        return self.parts[expression].written

    @property
    def last(self) -> Any:
        return sympy.Symbol(self.ordering.last, real=True) if self.ordering.last else None

    def written(self, part: Any) -> Written:
        """Return one part, its arguments being written already."""
        style = self.style
        if part.is_Symbol:
            return style.symbol(part.name)
        if part.is_Number:
            return self.number(part)
        if part in (sympy.pi, sympy.E):
            return style.constant("pi" if part == sympy.pi else "e")
        if part.is_Add:
            return style.total([self.signed(term) for term in self.sorted_terms(part)])
        if part.is_Mul:
            minus, written = self.signed(part)
            return written if not minus else self.product(part, minus=True)
        if part.is_Pow:
            return self.power(part)
        return self.function(part)

    def sorted_terms(self, total: Any) -> list[Any]:
        return self.ordering.terms(total, self.parts)

    def number(self, value: Any) -> Written:
        if not value.is_finite:
            raise UsageError("symbolic.no_text", got=str(value))
        return self.style.number(float(value) if value.is_Float else _fraction(value))

    def signed(self, term: Any) -> tuple[bool, Written]:
        """Return a term without its minus sign, and whether it has one."""
        if term.is_Number and term < 0:
            return True, self.number(-term)
        if term.is_Mul:
            minus = bool(term.as_coeff_Mul()[0] < 0)
            return minus, self.product(term, minus=False)
        return False, self.parts[term].written

    def product(self, product: Any, *, minus: bool) -> Written:
        """Return a product; with ``minus``, its sign is written too."""
        coefficient, _ = product.as_coeff_Mul()
        top: list[Written] = []
        bottom: list[Written] = []
        for factor in self.ordering.factors(product, self.parts):
            exponent = factor.args[1] if factor.is_Pow else sympy.S.One
            if exponent.is_Rational and exponent < 0:
                bottom.append(self.raised(factor.args[0], -exponent))
            elif not factor.is_Number:
                top.append(self.parts[factor].written)
        number = _fraction(abs(coefficient)) if coefficient.is_Rational else Fraction(1)
        if coefficient.is_Float:
            top.insert(0, self.style.number(float(abs(coefficient))))
        return self.style.product(minus, number, top, bottom)

    def power(self, power: Any) -> Written:
        base, exponent = power.args
        if exponent.is_Rational and exponent < 0:
            return self.style.product(False, Fraction(1), [], [self.raised(base, -exponent)])
        return self.raised(base, exponent)

    def raised(self, base: Any, exponent: Any) -> Written:
        written = self.parts[base].written
        if exponent == 1:
            return written
        if exponent == sympy.S.Half:
            return self.style.call(row_of("sqrt"), [written], {})
        if exponent.is_Rational and exponent.q == 2:  # of roots: x^(3/2), not x^1.5
            half = [Written(str(exponent.p))], [Written("2")]
            return self.style.power(written, self.style.quotient(*half))
        if exponent.is_Rational:
            return self.style.power(written, self.style.number(_fraction(exponent)))
        return self.style.power(written, self.parts[exponent].written)

    def function(self, part: Any) -> Written:
        args = [self.parts[arg].written for arg in part.args]
        if isinstance(part, Holds):
            return self.style.relation(part.sign, args[0], args[1])
        if isinstance(part, Applied):
            return self.style.call(part.row, args, part.settings)
        name = FUNCTIONS.get(type(part))
        if name is not None:
            return self.style.call(row_of(name), args, {})
        if isinstance(part, Relational):
            return self.style.relation(part.rel_op, args[0], args[1])
        if isinstance(part, ExprCondPair):
            return args[0]
        if isinstance(part, sympy.Piecewise):
            return self.choice(part)
        if isinstance(part, sympy.Max | sympy.Min):
            return self.nested("maximum" if isinstance(part, sympy.Max) else "minimum", args)
        if isinstance(part, Boolean):
            return self.logic(part, args)
        raise UsageError("symbolic.no_text", got=type(part).__name__)

    def choice(self, part: Any) -> Written:
        """Return nested ``where``; an indicator is its relation."""
        *rest, (last, _) = part.args
        if len(rest) == 1 and rest[0][0] == 1 and last == 0:
            return self.parts[rest[0][1]].written
        result = self.parts[last].written
        for value, holds in reversed(rest):
            pieces = [self.parts[holds].written, self.parts[value].written, result]
            result = self.style.call(row_of("where"), pieces, {})
        return result

    def nested(self, name: str, args: list[Written]) -> Written:
        result = args[0]
        for arg in sorted(args[1:], key=lambda piece: piece.text):
            result = self.style.call(row_of(name), [result, arg], {})
        return result

    def logic(self, part: Any, args: list[Written]) -> Written:
        """Return true and false as 1 and 0, "and" as a product."""
        one = self.style.number(Fraction(1))
        if part in (sympy.true, sympy.false):
            return self.style.number(Fraction(int(bool(part))))
        if isinstance(part, sympy.ITE):
            return self.style.call(row_of("where"), args, {})
        if isinstance(part, sympy.And):
            ordered = sorted(args, key=lambda piece: piece.text)
            return self.style.product(False, Fraction(1), ordered, [])
        if isinstance(part, sympy.Not):
            return self.style.total([(False, one), (True, args[0])])
        if isinstance(part, sympy.Or):
            misses = [self.style.total([(False, one), (True, arg)]) for arg in args]
            ordered = sorted(misses, key=lambda piece: piece.text)
            none = self.style.product(False, Fraction(1), ordered, [])
            return self.style.total([(False, one), (True, none)])
        raise UsageError("symbolic.no_text", got=type(part).__name__)


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _is_symbol_power(part: Any) -> bool:
    return bool(part.is_Pow and part.args[0].is_Symbol and part.args[1].is_Number)


def expression_text(expression: Any) -> str:
    """Return a sympy expression as a file writes it.

    Raises:
        UsageError: if the expression holds something that files cannot say.

    >>> import sympy
    >>> x, y = sympy.symbols("x y", real=True)
    >>> expression_text(sympy.exp(-(x**2)) / (2 * sympy.sqrt(y)) - 1)
    'exp(-x^2)/(2*sqrt(y)) - 1'
    """
    return written_expression(expression).text


def expression_latex(expression: Any) -> str:
    r"""Return a sympy expression in LaTeX, with its names typeset.

    Raises:
        UsageError: if the expression holds something that files cannot say.

    >>> import sympy
    >>> yhat = sympy.Symbol("yhat", real=True)
    >>> expression_latex(yhat * (1 - yhat))
    '\\hat{y} \\cdot \\left(1 - \\hat{y}\\right)'
    """
    return write(expression, LATEX).text


def written_expression(expression: Any) -> Written:
    """Return a sympy expression as text together with how tightly it binds."""
    return write(expression, TEXT)
