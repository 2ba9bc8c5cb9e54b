"""Write terms, of our own algebra or of sympy, as text or as LaTeX, in a fixed order.

An expression of any depth is written without recursion.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.text import Written
from graphgrad.symbolic.terms import Term, bottom_up
from graphgrad.symbolic.write.order_of_terms import Ordering, Part
from graphgrad.symbolic.write.spelling_styles import Style

__all__ = ["TermWriter", "write_terms"]


_NO_RANK = (-1, "")
_CONSTANTS = {"pi": "pi", "E": "e"}


def write_terms(expression: Term, style: Style, ordering: Ordering) -> Written:
    """Return terms of our own algebra written in a style."""
    return TermWriter(style, ordering).write(expression)


class TermWriter:
    """Write the parts of one expression, arguments before what uses them."""

    def __init__(self, style: Style, ordering: Ordering) -> None:
        self.style = style
        self.ordering = ordering
        self.parts: dict[Any, Part] = {}

    def write(self, expression: Any) -> Written:
        """Return an expression written."""
        for part in bottom_up(expression):
            inside = [self.parts[arg] for arg in part.args]
            simple = part.is_Symbol or part.is_NumberSymbol or _is_symbol_power(part)
            self.parts[part] = Part(
                self.written(part),
                min((known.rank for known in inside if known.rank != _NO_RANK), default=_NO_RANK)
                if not part.is_Symbol
                else self.ordering.symbol_rank(part.name),
                any(known.last for known in inside)
                or bool(part.is_Symbol and part.name == self.ordering.last),
                bool(simple),
                any(known.calls for known in inside) or _is_function(part),
            )
        return self.parts[expression].written

    def written(self, part: Any) -> Written:
        """Return one part, its arguments being written already."""
        style = self.style
        if part.is_Symbol:
            return style.symbol(part.name)
        if part.is_Number:
            return self.number(part)
        if part.is_NumberSymbol and str(part) in _CONSTANTS:
            return style.constant(_CONSTANTS[str(part)])
        if part.is_Add:
            return style.total([self.term(term) for term in self.sorted_terms(part)])
        if part.is_Mul:
            minus, written = self.signed(part)
            return written if not minus else self.product(part, minus=True)
        if part.is_Pow:
            return self.power(part)
        return self.function(part)

    def sorted_terms(self, total: Any) -> list[Any]:
        """Return the terms of a sum in order."""
        return self.ordering.terms(total, self.parts)

    def number(self, value: Any) -> Written:
        """Return a number written."""
        if not value.is_finite:
            raise UsageError("symbolic.no_text", got=str(value))
        return self.style.number(float(value) if value.is_Float else _fraction(value))

    def term(self, term: Any) -> tuple[bool, Written]:
        """Return a term of a sum and whether it has a minus sign: 1/2 is no 0.5 there either."""
        if term.is_Rational and not term.is_Integer:
            return bool(term < 0), self.style.whole(abs(_fraction(term)))
        return self.signed(term)

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
            exponent = factor.args[1] if factor.is_Pow else None
            if exponent is not None and exponent.is_Rational and exponent < 0:
                bottom.append(self.raised(factor.args[0], -exponent))
            elif not factor.is_Number:
                top.append(self.parts[factor].written)
        number = _fraction(abs(coefficient)) if coefficient.is_Rational else Fraction(1)
        if coefficient.is_Float:
            top.insert(0, self.style.number(float(abs(coefficient))))
        return self.style.product(minus, number, top, bottom)

    def power(self, power: Any) -> Written:
        """Return a power, one below the bar as a fraction."""
        base, exponent = power.args
        if exponent.is_Rational and exponent < 0:
            return self.style.product(False, Fraction(1), [], [self.raised(base, -exponent)])
        return self.raised(base, exponent)

    def raised(self, base: Any, exponent: Any) -> Written:
        """Return a base with its exponent, as a root where that is one."""
        written = self.parts[base].written
        if exponent == 1:
            return written
        if exponent.is_Rational and (exponent.p, exponent.q) == (1, 2):
            return self.style.call(row_of("sqrt"), [written], {})
        if exponent.is_Rational and exponent.q == 2:  # of roots: x^(3/2), not x^1.5
            half = [Written(str(exponent.p))], [Written("2")]
            return self.style.power(written, self.style.quotient(*half))
        if exponent.is_Rational:
            return self.style.power(written, self.style.number(_fraction(exponent)))
        return self.style.power(written, self.parts[exponent].written)

    def function(self, part: Any) -> Written:
        """Return a row applied."""
        args = [self.parts[arg].written for arg in part.args]
        return self.style.call(part.row, args, part.settings)


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _is_function(part: Any) -> bool:
    return bool(part.args) and not (part.is_Add or part.is_Mul or part.is_Pow)


def _is_symbol_power(part: Any) -> bool:
    return bool(part.is_Pow and part.args[0].is_Symbol and part.args[1].is_Number)
