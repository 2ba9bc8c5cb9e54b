"""Write sympy expressions as text of the expression language, or as LaTeX."""

from __future__ import annotations

from typing import Any

from graphgrad.ops.text import Written
from graphgrad.symbolic.styles import LATEX, TEXT
from graphgrad.symbolic.writing import write

__all__ = ["expression_latex", "expression_text", "written_expression"]


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
