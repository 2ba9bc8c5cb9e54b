"""Write what sympy has beside terms: its functions, relations, cases and logic."""

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
from graphgrad.symbolic.sympy_rows.replay import FUNCTIONS
from graphgrad.symbolic.write.order_of_terms import Ordering
from graphgrad.symbolic.write.spelling_styles import LATEX, TEXT, Style
from graphgrad.symbolic.write.term_text import TermWriter

__all__ = ["expression_latex", "expression_text", "write", "written_expression"]


def write(expression: Any, style: Style, ordering: Ordering | None = None) -> Written:
    """Return an expression written in a style.

    Raises:
        UsageError: if the expression holds something that files cannot say.
    """
    return _SympyWriter(style, ordering or Ordering()).write(expression)


class _SympyWriter(TermWriter):
    """Write the parts of one expression of sympy."""

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
