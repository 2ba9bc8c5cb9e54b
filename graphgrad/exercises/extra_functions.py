"""Name the functions that answers may use beyond the rows of files."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from graphgrad.exercises.term_math import TermMath

__all__ = ["ALIASES", "FUNCTIONS"]


def _sinh(m: TermMath, x: Any) -> Any:
    return (m.exp(x) - m.exp(-x)) / 2


def _cosh(m: TermMath, x: Any) -> Any:
    return (m.exp(x) + m.exp(-x)) / 2


def _reciprocal(function: Callable[[TermMath, Any], Any]) -> Callable[[TermMath, Any], Any]:
    return lambda m, x: 1 / function(m, x)


FUNCTIONS: dict[str, Callable[[TermMath, Any], Any]] = {
    "sinh": _sinh,
    "cosh": _cosh,
    "sech": _reciprocal(_cosh),
    "csch": _reciprocal(_sinh),
    "coth": lambda m, x: _cosh(m, x) / _sinh(m, x),
    "sec": lambda m, x: 1 / m.cos(x),
    "csc": lambda m, x: 1 / m.sin(x),
    "cot": lambda m, x: m.cos(x) / m.sin(x),
    "asin": lambda m, x: m.asin(x),
    "acos": lambda m, x: m.pi / 2 - m.asin(x),
    "atan": lambda m, x: m.atan(x),
    "asinh": lambda m, x: m.log(x + m.sqrt(x * x + 1)),
    "acosh": lambda m, x: m.log(x + m.sqrt(x * x - 1)),
    "atanh": lambda m, x: m.log((1 + x) / (1 - x)) / 2,
    "log2": lambda m, x: m.log(x) / m.log(m.pool.number(2)),
    "log10": lambda m, x: m.log(x) / m.log(m.pool.number(10)),
    "asec": lambda m, x: m.pi / 2 - m.asin(1 / x),
    "acsc": lambda m, x: m.asin(1 / x),
    "asech": lambda m, x: m.log((1 + m.sqrt(1 - x * x)) / x),
    "acsch": lambda m, x: m.log(1 / x + m.sqrt(1 / (x * x) + 1)),
    "acoth": lambda m, x: m.log((x + 1) / (x - 1)) / 2,
    "logit": lambda m, x: m.log(x / (1 - x)),
    "cbrt": lambda m, x: m.sign(x) * m.powi(m.abs(x), n=Fraction(1, 3)),
}
"""Functions of one argument, entry by entry."""

ALIASES = {
    "sigma": "sigmoid",
    "senh": "sinh",
    "tanhip": "tanh",
    "th": "tanh",
    "sh": "sinh",
    "ch": "cosh",
    "cosec": "csc",
    "cosech": "csch",
    "cotgh": "coth",
    "cotanh": "coth",
    "cotg": "cot",
    "ctg": "cot",
    "arcsin": "asin",
    "arcsen": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctg": "atan",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "argsinh": "asinh",
    "argcosh": "acosh",
    "argtanh": "atanh",
    "argsh": "asinh",
    "argch": "acosh",
    "argth": "atanh",
    "arcsec": "asec",
    "arccsc": "acsc",
    "arccosec": "acsc",
    "arcsech": "asech",
    "arccsch": "acsch",
    "arccoth": "acoth",
    "seno": "sin",
    "coseno": "cos",
    "tangente": "tan",
    "secante": "sec",
    "cosecante": "csc",
    "cotangente": "cot",
    "arcoseno": "asin",
    "arcocoseno": "acos",
    "arcotangente": "atan",
    "exponencial": "exp",
    "logaritmo": "log",
    "lg": "log10",
    "logten": "log10",
    "loge": "log",
    "signum": "sign",
    "sigm": "sigmoid",
    "logsig": "sigmoid",
    "expit": "sigmoid",
    "traza": "trace",
    "norma": "norm",
    "inversa": "inv",
    "determinante": "det",
    "hadamard": "mul",
}
"""Other spellings; those of rows are in their rows."""
